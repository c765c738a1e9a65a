from django.db import migrations, models

# Whoever changes a hash changes what opens the account, so whoever was signed in by the
# old one is signed out. Services say that they see to it (accounts.passwords.writes).
GUARD = """
CREATE FUNCTION users_password_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('focusguard.hash_written', true) = 'knowingly' THEN
        RETURN NULL;
    END IF;
    UPDATE auth_sessions
        SET revoked_at = clock_timestamp(), revoked_reason = 'password'
        WHERE user_id = NEW.id AND revoked_at IS NULL;
    INSERT INTO security_events
        (id, at, kind, user_id, device_id, address, user_agent, request_id)
        VALUES (gen_random_uuid(), clock_timestamp(), 'password_changed', NEW.id,
                NULL, NULL, '', 'database');
    RETURN NULL;
END $$;
CREATE TRIGGER users_password_ends_devices
    AFTER UPDATE OF password ON users
    FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password)
    EXECUTE FUNCTION users_password_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_session_epoch"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sign_outs",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION users_password_guard CASCADE"),
    ]
