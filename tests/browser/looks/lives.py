"""Lives of weeks for the browser's tests, in words of two scripts."""

from datetime import timedelta

from django.utils import timezone

from accounts.tests.factories import UserFactory
from garden.models import Plant
from garden.tests.factories import PlantFactory
from sessions_app.models import FocusSession
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
)
from stats.services import rebuild_stats

DAYS = 40
# With signs at their ends, which move to the other end in a page of another direction.
LABELS = ("Dissertation (v2)!", "قراءة (٢)!")
NOTES = ("Read §3, then stop!", "مراجعة (الفصل ٣)!")
OWN = (*LABELS, *NOTES)
KINDS = ("Rose", "Tulip", "Daisy", "Fern", "Cactus", "Sunflower")


def has_lived(somebody):
    """Store weeks of focus of somebody, and of others on the boards; return the user."""
    user = somebody.was_here()
    now = timezone.now()
    since = now - timedelta(days=DAYS + 1)
    type(user).objects.filter(pk=user.pk).update(created_at=since)
    labels = [LabelFactory(user=user, name=name, created_at=since) for name in LABELS]
    for day in range(DAYS):
        at = now - timedelta(days=DAYS - day, hours=day % 5)
        session = FocusSessionFactory(
            user=user,
            created_at=at,
            duration_min=25 + 20 * (day % 3),
            label=labels[day % 2],
            note=NOTES[day // 2 % 2],
            done=True,
        )
        withers = day % 9 == 8
        if withers:
            FocusSession.objects.filter(pk=session.pk).update(
                status=FocusSession.Status.ABANDONED, focus_min=0
            )
        PlantFactory(
            session=session,
            plant_num=day + 1,
            plant_type=KINDS[day % len(KINDS)],
            created_at=at,
            growth_stage=3 if withers else 5,
            state=Plant.State.WITHERED if withers else Plant.State.GROWN,
        )
        if day % 4 == 0:
            EntryFactory(
                user=user,
                at=at - timedelta(hours=3),
                label=labels[0],
                note=NOTES[1],
                created_at=at,
            )
    rebuild_stats(user_id=user.pk)
    for n, name in enumerate(
        ("Amina-al-Fihri", "wolfeschlegelstein_hausenberger", "bob")
    ):
        other = UserFactory(username=name, created_at=since)
        FocusSessionFactory(
            user=other, duration_min=60 * (n + 1), created_at=since, done=True
        )
        rebuild_stats(user_id=other.pk)
    return user
