"""Members of staff, and how their pages are used."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.tests.factories import UserFactory


def superuser(**fields):
    return UserFactory(is_staff=True, is_superuser=True, **fields)


def staff_with(*codenames, **fields):
    """Return a member of staff who has these permissions and no others."""
    user = UserFactory(is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    assert user.user_permissions.count() == len(codenames)
    return user


def list_url(model):
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")


def page_url(row, page="change"):
    name = row._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{name}_{page}", args=[row.pk])


def run_action(client, action, *rows, **extra):
    """Tick rows in their list and run an action; return the page that follows."""
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows], **extra}
    return client.post(list_url(type(rows[0])), data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def log_of(row):
    entries = LogEntry.objects.filter(object_id=str(row.pk)).order_by("pk")
    return [entry.get_change_message() for entry in entries]


def listed(response):
    return list(response.context["cl"].result_list)
