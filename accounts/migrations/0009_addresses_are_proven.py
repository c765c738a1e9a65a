import importlib
import uuid

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

from accounts.mailboxes import FORM

guarded = importlib.import_module("accounts.migrations.0004_passwords_guarded")

# What was proven was the address of before. A writer who proves the new one in the
# same statement says so by another time.
EMAIL_GUARD = """
CREATE FUNCTION users_email_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.email_verified_at IS NOT DISTINCT FROM OLD.email_verified_at THEN
        NEW.email_verified_at := NULL;
    END IF;
    NEW.pending_email := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER users_email_is_proven_anew
    BEFORE UPDATE OF email ON users
    FOR EACH ROW WHEN (lower(OLD.email) IS DISTINCT FROM lower(NEW.email))
    EXECUTE FUNCTION users_email_guard();
"""

# Whoever asked for a link, or for another address, before the hash changed may be the
# one whom it was changed against.
PASSWORD_GUARD = """
CREATE OR REPLACE FUNCTION users_password_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('focusguard.hash_written', true) = 'knowingly' THEN
        RETURN NULL;
    END IF;
    UPDATE auth_sessions
        SET revoked_at = clock_timestamp(), revoked_reason = 'password'
        WHERE user_id = NEW.id AND revoked_at IS NULL;
    UPDATE mail_links SET used_at = clock_timestamp()
        WHERE user_id = NEW.id AND used_at IS NULL AND kind <> 'verify';
    UPDATE users SET pending_email = NULL
        WHERE id = NEW.id AND pending_email IS NOT NULL;
    INSERT INTO security_events
        (id, at, kind, user_id, device_id, address, user_agent, request_id)
        VALUES (gen_random_uuid(), clock_timestamp(), 'password_changed', NEW.id,
                NULL, NULL, '', 'database');
    RETURN NULL;
END $$;
"""
OLD_PASSWORD_GUARD = guarded.GUARD.partition("CREATE TRIGGER")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_registration_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_verified_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="pending_email",
            field=models.EmailField(editable=False, max_length=254, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="awaits_verification",
            field=models.BooleanField(
                db_default=False, default=False, editable=False
            ),
        ),
        # Looked at row by row in the next one, beside traffic.
        AddConstraintNotValid(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=Q(pending_email__regex=FORM),
                name="users_pending_email_form",
            ),
        ),
        AddConstraintNotValid(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=Q(awaits_verification=False) | Q(email_verified_at=None),
                name="users_awaiting_is_unverified",
            ),
        ),
        migrations.CreateModel(
            name="MailLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("verify", "verifies the address"), ("change", "changes the address"), ("reset", "resets the password")], max_length=8)),
                ("mail_id", models.UUIDField(editable=False, unique=True)),
                ("address", models.EmailField(help_text="Where it was sent, and what it proves.", max_length=254)),
                ("from_address", models.EmailField(blank=True, default="", help_text="Of a change: the address that it replaces.", max_length=254)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, help_text="Used, or ended by what came after it.", null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mail_links", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "mail_links",
                "indexes": [models.Index(F("expires_at"), name="mail_links_expiry")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(Q(kind="change"), ~Q(from_address=""))
                        | Q(~Q(kind="change"), from_address=""),
                        name="mail_links_change_has_from",
                    )
                ],
            },
        ),
        migrations.AlterField(
            model_name="securityevent",
            name="kind",
            field=models.CharField(choices=[("registered", "registered"), ("signed_in", "signed in"), ("sign_in_failed", "sign-in failed"), ("token_repeated", "refresh answered once more"), ("token_reused", "spent refresh token came back"), ("signed_out", "device signed out"), ("signed_out_everywhere", "signed out everywhere"), ("password_changed", "password changed"), ("password_refused", "current password wrong"), ("email_changed", "e-mail changed"), ("email_change_asked", "change of e-mail asked for"), ("email_verified", "e-mail verified"), ("password_reset_asked", "password reset asked for"), ("password_reset", "password reset by mail"), ("staff_signed_in", "signed in to this site"), ("staff_access_changed", "staff access changed"), ("deactivated", "deactivated"), ("reactivated", "activated again"), ("account_deleted", "account deleted")], max_length=24),
        ),
        migrations.RunSQL(EMAIL_GUARD, "DROP FUNCTION users_email_guard CASCADE"),
        migrations.RunSQL(PASSWORD_GUARD, OLD_PASSWORD_GUARD),
    ]
