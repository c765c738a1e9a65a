from io import StringIO

import pytest
from django.core.management import call_command

from garden.models import Plant
from garden.tests.factories import PlantFactory

pytestmark = pytest.mark.django_db


def unearned(**options):
    out = StringIO()
    call_command("unearned_plants", **options, stdout=out)
    return out.getvalue()


@pytest.fixture
def forged(alice):
    """A plant as it stood after a completion of 0 minutes, before credit grew plants."""
    return PlantFactory(
        session__user=alice, grown=True, session__focus_min=0, plant_num=7
    )


def test_unearned_plants_are_listed_and_kept(forged, alice):
    PlantFactory(session__user=alice, grown=True, plant_num=8)
    before = list(Plant.objects.order_by("plant_num").values())
    assert unearned() == f"{alice.pk} 7 Rose\n1 found, 0 corrected\n"
    assert list(Plant.objects.order_by("plant_num").values()) == before


def test_unearned_plants_wither_when_asked_and_keep_their_numbers(forged, alice):
    earned = PlantFactory(session__user=alice, grown=True, plant_num=8)
    early = PlantFactory(session__user=alice, grown=True, plant_num=9)
    early.session.focus_min = 1
    early.session.save()
    assert unearned(correct=True).endswith("1 found, 1 corrected\n")
    rows = Plant.objects.order_by("plant_num").values_list(
        "plant_num", "growth_stage", "state"
    )
    assert list(rows) == [(7, 0, "withered"), (8, 5, "grown"), (9, 5, "grown")]
    assert unearned(correct=True) == "0 found, 0 corrected\n"
    earned.refresh_from_db()


def test_unearned_plants_of_a_deactivated_user_are_corrected_too(forged, alice):
    alice.is_active = False
    alice.save()
    assert "1 corrected" in unearned(correct=True)
