import pytest

from accounts.tests.factories import UserFactory
from accounts.tests.staff import list_url, listed, page_url
from garden.models import Plant
from garden.services import plant_for_session
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.statements import statements

pytestmark = pytest.mark.django_db

LIST = list_url(Plant)


def plant_of(user):
    session = FocusSessionFactory(user=user)
    plant, _ = plant_for_session(
        user_id=user.pk, session_id=session.pk, plant_type="Rose"
    )
    return plant


def test_list_queries_do_not_grow_with_the_plants(as_staff):
    plant_of(UserFactory())
    few = statements(as_staff, LIST)
    for user in UserFactory.create_batch(8):
        plant_of(user)
    # session, staff user, capped count, the first and the last day, the plants with
    # their users
    assert statements(as_staff, LIST) == few == 5


def test_plants_are_found_by_user_and_session(as_staff, alice, bob):
    plant = plant_of(alice)
    plant_of(bob)
    for query in ("alice", str(alice.pk), str(plant.session_id), str(plant.pk)):
        assert listed(as_staff.get(LIST, {"q": query})) == [plant]


def test_plants_can_only_be_looked_at(as_staff, alice):
    plant = plant_of(alice)
    assert as_staff.get(page_url(plant)).status_code == 200
    assert as_staff.post(page_url(plant), {"growth_stage": 5}).status_code == 403
    assert as_staff.get(page_url(plant, "delete")).status_code == 403
    assert as_staff.get(LIST + "add/").status_code == 403
