from django.contrib.postgres.operations import AddConstraintNotValid
from django.core.exceptions import ValidationError
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.mailboxes import FORM, canonical_mailbox


def give_one_form(apps, schema_editor):
    """Store the few other spellings in the one form; who comes second keeps theirs."""
    User = apps.get_model("accounts", "User")
    spelled = User.objects.exclude(email__regex=FORM).order_by("created_at", "id")
    for user in spelled.only("email").iterator():
        try:
            mailbox = canonical_mailbox(user.email)
        except ValidationError:
            mailbox = None
        namesakes = User.objects.annotate(name=Lower("email")).exclude(pk=user.pk)
        if mailbox is None or namesakes.filter(name=mailbox.lower()).exists():
            User.objects.filter(pk=user.pk).update(shares_mailbox=True)
        else:
            User.objects.filter(pk=user.pk).update(email=mailbox)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_pairs_of_tokens"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="shares_mailbox",
            field=models.BooleanField(
                db_default=False, default=False, editable=False
            ),
        ),
        migrations.RunPython(give_one_form, migrations.RunPython.noop),
        # Looked at row by row in the next one, beside traffic.
        AddConstraintNotValid(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=Q(email__regex=FORM) | Q(shares_mailbox=True),
                name="users_email_form",
            ),
        ),
    ]
