from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_one_form_of_a_mailbox"),
    ]

    operations = [
        ValidateConstraint(model_name="user", name="users_email_form"),
    ]
