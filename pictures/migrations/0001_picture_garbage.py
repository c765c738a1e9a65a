from django.db import migrations, models

# Whoever writes to users, or deletes one: the file of the picture before is noted in the
# same transaction. Neither looks at a row that had none, nor at an UPDATE of anything else.
NOTE = """
CREATE FUNCTION picture_garbage_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO picture_garbage (picture_id) VALUES (OLD.picture_id)
    ON CONFLICT (picture_id) DO UPDATE SET kept_until = NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER users_picture_replaced
    AFTER UPDATE OF picture_id ON users FOR EACH ROW
    WHEN (OLD.picture_id IS NOT NULL AND NEW.picture_id IS DISTINCT FROM OLD.picture_id)
    EXECUTE FUNCTION picture_garbage_note();
CREATE TRIGGER users_picture_deleted
    AFTER DELETE ON users FOR EACH ROW
    WHEN (OLD.picture_id IS NOT NULL)
    EXECUTE FUNCTION picture_garbage_note();
"""
NO_NOTE = """
DROP TRIGGER users_picture_deleted ON users;
DROP TRIGGER users_picture_replaced ON users;
DROP FUNCTION picture_garbage_note();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0015_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="PictureGarbage",
            fields=[
                ("picture_id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kept_until", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "picture garbage",
                "db_table": "picture_garbage",
                "indexes": [
                    models.Index(
                        condition=models.Q(("kept_until__isnull", False)),
                        fields=["kept_until"],
                        name="picture_garbage_kept",
                    )
                ],
            },
        ),
        migrations.RunSQL(NOTE, NO_NOTE),
    ]
