import factory
from django.utils import timezone

from accounts.tests.factories import UserFactory
from importing import findings
from importing.models import Import

FILE = b"start,end,label,note\n2026-01-02 09:00,2026-01-02 09:25,Study,Chapter 3\n"


class ImportFactory(factory.django.DjangoModelFactory):
    """A file of one row that waits to be applied; nobody is told of it."""

    class Meta:
        model = Import

    user = factory.SubFactory(UserFactory)
    source = "generic"
    zone = "Europe/Berlin"
    status = Import.Status.READY
    raw = FILE
    report = findings.EMPTY | {"rows": 1, "accepted": 1}
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        ended = factory.Trait(
            status=Import.Status.UNDONE,
            raw=None,
            undone_at=factory.SelfAttribute("created_at"),
        )
