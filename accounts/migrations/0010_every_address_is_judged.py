from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """By itself: it reads the whole table, and nobody has to wait for it."""

    dependencies = [
        ("accounts", "0009_addresses_are_proven"),
    ]

    operations = [
        ValidateConstraint(model_name="user", name="users_pending_email_form"),
        ValidateConstraint(model_name="user", name="users_awaiting_is_unverified"),
    ]
