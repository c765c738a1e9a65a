import uuid
from datetime import date, timedelta

import pytest

from accounts.exceptions import TokenInvalid
from sessions_app import services
from sessions_app.exceptions import (
    ActiveSessionExists,
    SessionFinished,
    SessionNotFound,
)
from sessions_app.models import FocusSession
from sessions_app.tests.events import ReceiverFailed, failing, heard
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.clock import NOON, after

pytestmark = pytest.mark.django_db


def start(user, duration_min=25, now=NOON):
    return services.start_session(user_id=user.pk, duration_min=duration_min, now=now)


def complete(session, now=NOON):
    return services.complete_session(
        user_id=session.user_id, session_id=session.pk, now=now
    )


def abandon(session, now=NOON):
    return services.abandon_session(
        user_id=session.user_id, session_id=session.pk, now=now
    )


def replan(session, duration_min):
    return services.replan_session(
        user_id=session.user_id, session_id=session.pk, duration_min=duration_min
    )


def settle(session, now):
    return services.settle_overdue_session(
        user_id=session.user_id, session_id=session.pk, now=now
    )


def delete(session):
    services.delete_session(user_id=session.user_id, session_id=session.pk)


def stored(session):
    return FocusSession.objects.values().get(pk=session.pk)


# start


def test_start_session_stores_an_active_session(alice):
    session = start(alice, 25)
    assert stored(session) == {
        "id": session.pk,
        "user_id": alice.pk,
        "duration_min": 25,
        "status": "active",
        "completed": False,
        "focus_min": 0,
        "local_date": date(2026, 1, 18),
        "timezone": "UTC",
        "created_at": NOON,
        "ended_at": None,
        "label_id": None,
        "note": "",
        "started_minute": 720,
    }


@pytest.mark.parametrize(
    ("zone", "day", "minute"),
    [
        ("America/New_York", 18, 7 * 60),
        ("Asia/Kathmandu", 18, 17 * 60 + 45),
        ("Pacific/Kiritimati", 19, 2 * 60),
    ],
)
def test_start_session_keeps_the_day_and_the_minute_of_the_users_clock(
    alice, zone, day, minute
):
    alice.timezone = zone
    alice.save()
    row = stored(start(alice))
    assert (row["local_date"].day, row["started_minute"]) == (day, minute)


def test_start_session_without_a_plan_is_open(alice):
    assert stored(services.start_session(user_id=alice.pk))["duration_min"] is None


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Auckland", date(2026, 1, 19)),
        ("America/Los_Angeles", date(2026, 1, 18)),
        ("Pacific/Kiritimati", date(2026, 1, 19)),
    ],
)
def test_start_session_keeps_the_day_of_the_users_zone(alice, zone, day):
    alice.timezone = zone
    alice.save()
    session = start(alice)
    assert (session.local_date, session.timezone) == (day, zone)


def test_start_session_refuses_a_second_live_one(alice):
    first = start(alice)
    with pytest.raises(ActiveSessionExists) as refused:
        start(alice, now=after(minutes=24, seconds=59))
    assert refused.value.errors == {"session_id": [str(first.pk)]}


def test_start_session_does_not_mind_the_live_session_of_another(alice, bob):
    start(alice)
    assert start(bob).is_active


def test_start_session_completes_an_overdue_planned_one_at_its_deadline(alice):
    old = start(alice, 25)
    new = start(alice, now=after(minutes=25))
    row = stored(old)
    assert (row["status"], row["focus_min"]) == ("completed", 25)
    assert row["ended_at"] == after(minutes=25)
    assert new.is_active


def test_start_session_abandons_an_overdue_open_one_at_its_deadline(alice):
    old = start(alice, None)
    start(alice, now=after(hours=30))
    row = stored(old)
    assert (row["status"], row["focus_min"]) == ("abandoned", 0)
    assert row["ended_at"] == after(minutes=240)


def test_start_session_settles_nothing_when_settling_fails(alice):
    old = start(alice)
    with failing("completed"), pytest.raises(ReceiverFailed):
        start(alice, now=after(hours=1))
    assert list(FocusSession.objects.all()) == [old]
    assert stored(old)["status"] == "active"


def test_start_session_refuses_a_user_who_is_gone():
    with pytest.raises(TokenInvalid):
        services.start_session(user_id=uuid.uuid4())


def test_start_session_refuses_a_deactivated_user(alice):
    alice.is_active = False
    alice.save()
    with pytest.raises(TokenInvalid):
        start(alice)


# complete


@pytest.mark.parametrize(
    ("planned", "passed", "credited"),
    [
        (25, timedelta(seconds=0), 0),
        (25, timedelta(seconds=59), 0),
        (25, timedelta(seconds=60), 1),
        (25, timedelta(minutes=10, seconds=59), 10),
        (25, timedelta(minutes=25), 25),
        (25, timedelta(hours=3), 25),
        (480, timedelta(hours=8), 480),
        (None, timedelta(minutes=10), 10),
        (None, timedelta(minutes=239, seconds=59), 239),
        (25, timedelta(minutes=-5), 0),
    ],
)
def test_complete_session_credits_what_the_clock_saw(alice, planned, passed, credited):
    session = complete(start(alice, planned), NOON + passed)
    row = stored(session)
    assert (row["status"], row["completed"]) == ("completed", True)
    assert row["focus_min"] == session.focus_min == credited


def test_complete_session_ends_it_now(alice):
    session = complete(start(alice), after(minutes=10, seconds=30))
    assert stored(session)["ended_at"] == after(minutes=10, seconds=30)


def test_complete_session_again_changes_nothing(alice):
    session = start(alice)
    complete(session, after(minutes=10))
    before = stored(session)
    with heard("completed") as heard_again:
        again = complete(session, after(minutes=20))
    assert stored(session) == before
    assert (again.focus_min, again.ended_at) == (10, before["ended_at"])
    assert heard_again == []


def test_complete_session_keeps_the_day_and_zone_after_a_move(alice):
    session = start(alice)
    alice.timezone = "Pacific/Kiritimati"
    alice.save()
    done = complete(session, after(minutes=25))
    assert (done.local_date, done.timezone) == (date(2026, 1, 18), "UTC")


def test_complete_session_refuses_an_abandoned_one(alice):
    session = abandon(start(alice))
    with pytest.raises(SessionFinished):
        complete(session, after(minutes=25))


def test_complete_session_is_undone_when_a_receiver_fails(alice):
    session = start(alice)
    before = stored(session)
    with failing("completed"), pytest.raises(ReceiverFailed):
        complete(session, after(minutes=25))
    assert stored(session) == before


def test_complete_session_with_a_stale_object_still_credits_once(alice):
    session = start(alice)
    complete(session, after(minutes=10))
    with pytest.raises(SessionFinished):
        # What a caller does that holds no lock and read the row too early.
        services._complete(session, after(minutes=20))
    assert stored(session)["focus_min"] == 10


# abandon


def test_abandon_session_ends_it_without_credit(alice):
    session = abandon(start(alice), after(minutes=10))
    row = stored(session)
    assert (row["status"], row["completed"], row["focus_min"]) == (
        "abandoned",
        False,
        0,
    )
    assert row["ended_at"] == after(minutes=10)


@pytest.mark.parametrize("finish", [complete, abandon])
def test_abandon_session_refuses_a_finished_one(alice, finish):
    session = finish(start(alice), after(minutes=5))
    before = stored(session)
    with pytest.raises(SessionFinished):
        abandon(session, after(minutes=6))
    assert stored(session) == before


def test_abandon_session_is_undone_when_a_receiver_fails(alice):
    session = start(alice)
    with failing("abandoned"), pytest.raises(ReceiverFailed):
        abandon(session)
    assert stored(session)["status"] == "active"


# re-plan


@pytest.mark.parametrize("planned", [1, 480])
def test_replan_session_changes_the_plan_of_a_live_one(alice, planned, time_machine):
    time_machine.move_to(NOON, tick=False)
    session = start(alice)
    before = stored(session)
    replan(session, planned)
    assert stored(session) == before | {"duration_min": planned}


def test_replan_session_moves_what_can_be_credited(alice, time_machine):
    time_machine.move_to(after(minutes=20), tick=False)
    session = start(alice, 25)
    replan(session, 45)
    assert complete(session, after(hours=2)).focus_min == 45


def test_replan_session_gives_an_open_one_a_plan(alice, time_machine):
    time_machine.move_to(after(minutes=20), tick=False)
    session = start(alice, None)
    replan(session, 30)
    assert complete(session, after(hours=2)).focus_min == 30


def test_replan_session_below_what_passed_credits_the_new_plan(alice, time_machine):
    time_machine.move_to(after(minutes=20), tick=False)
    session = start(alice, 25)
    replan(session, 10)
    assert complete(session, after(minutes=20)).focus_min == 10


@pytest.mark.parametrize(
    ("planned", "moment"), [(25, after(minutes=25)), (None, after(minutes=240))]
)
def test_replan_session_refuses_an_overdue_one(alice, planned, moment, time_machine):
    session = start(alice, planned)
    time_machine.move_to(moment, tick=False)
    with pytest.raises(SessionFinished):
        replan(session, 480)
    assert stored(session)["duration_min"] == planned


@pytest.mark.parametrize("finish", [complete, abandon])
def test_replan_session_refuses_a_finished_one(alice, finish, time_machine):
    time_machine.move_to(after(minutes=6), tick=False)
    session = finish(start(alice), after(minutes=5))
    with pytest.raises(SessionFinished):
        replan(session, 45)
    assert stored(session)["duration_min"] == 25


def test_replan_session_announces_nothing(alice, time_machine):
    time_machine.move_to(NOON, tick=False)
    session = start(alice)
    with heard("completed") as completed, heard("abandoned") as abandoned:
        replan(session, 45)
    assert completed == abandoned == []


# delete


@pytest.mark.parametrize(
    "become",
    [lambda session: session, complete, abandon],
    ids=["active", "completed", "abandoned"],
)
def test_delete_session_removes_it(alice, become):
    delete(become(start(alice)))
    assert not FocusSession.objects.exists()


def test_delete_session_leaves_the_others(alice):
    other = FocusSessionFactory(user=alice, done=True)
    delete(start(alice))
    assert list(FocusSession.objects.all()) == [other]


def test_delete_session_is_undone_when_a_receiver_fails(alice):
    session = start(alice)
    with failing("deleted"), pytest.raises(ReceiverFailed):
        delete(session)
    assert stored(session)["status"] == "active"


# settle


def test_settle_overdue_session_completes_a_planned_one_at_its_deadline(alice):
    session = start(alice, 25)
    settled = settle(session, after(hours=9))
    assert (settled.status, settled.focus_min) == ("completed", 25)
    assert stored(session)["ended_at"] == after(minutes=25)


def test_settle_overdue_session_abandons_an_open_one_at_its_deadline(alice):
    session = start(alice, None)
    settled = settle(session, after(hours=9))
    assert (settled.status, settled.focus_min) == ("abandoned", 0)
    assert stored(session)["ended_at"] == after(minutes=240)


def test_settle_overdue_session_leaves_a_live_one(alice):
    session = start(alice, 25)
    assert settle(session, after(minutes=24)) is None
    assert stored(session)["status"] == "active"


def test_settle_overdue_session_leaves_one_that_was_finished_meanwhile(alice):
    session = complete(start(alice), after(minutes=3))
    before = stored(session)
    assert settle(session, after(hours=9)) is None
    assert stored(session) == before


def test_settle_overdue_session_passes_over_one_that_is_gone(alice):
    session = start(alice)
    FocusSession.objects.all().delete()
    assert settle(session, after(hours=9)) is None


def test_settle_overdue_session_passes_over_a_user_who_is_gone(alice):
    session = start(alice)
    user_id = alice.pk
    alice.delete()
    session.user_id = user_id
    assert settle(session, after(hours=9)) is None


def test_settle_overdue_session_settles_for_a_deactivated_user(alice):
    session = start(alice)
    alice.is_active = False
    alice.save()
    assert settle(session, after(hours=9)).focus_min == 25


def test_settle_overdue_session_is_undone_when_a_receiver_fails(alice):
    session = start(alice)
    with failing("completed"), pytest.raises(ReceiverFailed):
        settle(session, after(hours=9))
    assert stored(session)["status"] == "active"


# whose, and what is told


@pytest.mark.parametrize(
    "change",
    [complete, abandon, delete, lambda session: replan(session, 45)],
    ids=["complete", "abandon", "delete", "replan"],
)
def test_service_does_not_find_the_session_of_another(alice, bob, change):
    session = start(alice)
    before = stored(session)
    session.user_id = bob.pk
    with pytest.raises(SessionNotFound):
        change(session)
    assert stored(session) == before


@pytest.mark.parametrize(
    "change",
    [complete, abandon, delete, lambda session: replan(session, 45)],
    ids=["complete", "abandon", "delete", "replan"],
)
def test_service_does_not_find_a_session_that_never_was(alice, change):
    with pytest.raises(SessionNotFound):
        change(FocusSession(user=alice))


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("completed", lambda session: complete(session, after(minutes=10))),
        ("completed", lambda session: settle(session, after(hours=9))),
        ("abandoned", abandon),
        ("deleted", delete),
    ],
)
def test_event_is_announced_once_with_its_session(alice, event, change):
    session = start(alice)
    with heard(event) as sessions:
        change(session)
    assert [heard_of.pk for heard_of in sessions] == [session.pk]


def test_completed_event_carries_the_credit(alice):
    session = start(alice)
    with heard("completed") as sessions:
        complete(session, after(minutes=10))
    (told,) = sessions
    assert (told.status, told.completed, told.focus_min) == ("completed", True, 10)
    assert told.ended_at == after(minutes=10)


def test_settling_at_a_start_is_announced(alice):
    old = start(alice, None)
    with heard("abandoned") as sessions:
        start(alice, now=after(days=1))
    assert [session.pk for session in sessions] == [old.pk]
