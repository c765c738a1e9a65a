"""Planting, growing and removing plants, under the lock of the user's row."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from accounts.models import User
from accounts.user_lock import lock_user
from garden import growth, species
from garden.exceptions import (
    GrowthAheadOfFocus,
    PlantCannotShrink,
    PlantLocked,
    PlantNotFound,
    PlantNumberTaken,
    PlantWithered,
    SessionAbandoned,
    SessionAlreadyPlanted,
)
from garden.models import Plant, PlantQuerySet
from garden.selectors import GROW
from garden.signals import garden_changed
from sessions_app.exceptions import SessionNotFound
from sessions_app.models import FocusSession
from sessions_app.services import settle_overdue_session

State = Plant.State
Status = FocusSession.Status


@transaction.atomic
def plant_for_session(
    *,
    user_id: uuid.UUID,
    session_id: uuid.UUID,
    plant_type: str,
    growth_stage: int = 0,
    plant_num: int | None = None,
    now: datetime | None = None,
) -> tuple[Plant, int]:
    """Plant for one of the user's sessions; return the plant and the user's count.

    Without `plant_num` it gets the user's next. For a session that was completed the
    plant comes as it would have ended, whatever stage is asked for; one past its
    deadline is settled first. SessionNotFound, SessionAbandoned, SessionAlreadyPlanted,
    PlantLocked, PlantNumberTaken, GrowthAheadOfFocus.
    """
    user = lock_user(user_id)
    now = now or timezone.now()
    session = FocusSession.objects.for_user(user_id).filter(pk=session_id).first()
    if session is None:
        raise SessionNotFound
    session = _settled(session, now)
    if session.status == Status.ABANDONED:
        raise SessionAbandoned
    _require_unlocked(user, plant_type)
    growth_stage, state = _growth_at_planting(session, growth_stage, now)
    plants = Plant.objects.for_user(user_id)
    if plants.filter(session=session).exists():
        raise SessionAlreadyPlanted
    figures = plants.aggregate(count=Count("id"), last=Max("plant_num"))
    if plant_num is None:
        plant_num = (figures["last"] or 0) + 1
    elif plants.filter(plant_num=plant_num).exists():
        raise PlantNumberTaken
    plant = Plant.objects.create(
        user_id=user_id,
        session=session,
        plant_num=plant_num,
        plant_type=plant_type,
        growth_stage=growth_stage,
        state=state,
        created_at=now,
    )
    garden_changed.send(sender=Plant, user_id=user_id)
    return plant, figures["count"] + 1


@transaction.atomic
def tend_plant(
    *,
    user_id: uuid.UUID,
    plant_id: uuid.UUID,
    growth_stage: int | None = None,
    plant_type: str | None = None,
    now: datetime | None = None,
) -> Plant:
    """Let a plant grow, or make it another species.

    Past the deadline of its session that one is settled first. PlantNotFound, PlantLocked, PlantWithered, PlantCannotShrink, GrowthAheadOfFocus.
    """
    user = lock_user(user_id)
    now = now or timezone.now()
    plants = Plant.objects.for_user(user_id).select_related("session")
    plant = plants.filter(pk=plant_id).first()
    if plant is None:
        raise PlantNotFound
    if plant.session.is_overdue(now):
        _settled(plant.session, now)
        plant = plants.get(pk=plant_id)
    if plant_type is not None:
        _require_unlocked(user, plant_type)
        plant.plant_type = plant_type
    if growth_stage is not None and growth_stage != plant.growth_stage:
        if plant.state == State.WITHERED:
            raise PlantWithered
        if growth_stage < plant.growth_stage:
            raise PlantCannotShrink
        _require_earned(plant.session, growth_stage, now)
        plant.growth_stage = growth_stage
    plant.save(update_fields=["plant_type", "growth_stage"])
    garden_changed.send(sender=Plant, user_id=user_id)
    return plant


@transaction.atomic
def remove_plant(*, user_id: uuid.UUID, plant_id: uuid.UUID) -> None:
    """Remove a plant; its session and credit stay. PlantNotFound."""
    lock_user(user_id)
    deleted, _ = Plant.objects.for_user(user_id).filter(pk=plant_id).delete()
    if not deleted:
        raise PlantNotFound
    garden_changed.send(sender=Plant, user_id=user_id)


def finish_growth(*, session: FocusSession) -> None:
    """Let the plant of a completed session stand as tall as earned, if it has one."""
    GROW.run(
        session_id=session.pk,
        growth_stage=_stage_earned(session),
        state=State.of_credit(session.focus_min),
    )


def fit_to_plan(*, session: FocusSession, now: datetime) -> None:
    """Take back what a plant grew by a shorter plan, which was cheaper to earn."""
    allowed = growth.stage_allowed(session.focused_seconds(now), session.duration_min)
    Plant.objects.filter(session=session, growth_stage__gt=allowed).update(
        growth_stage=allowed
    )


def wither(*, session: FocusSession) -> None:
    """Let the plant of an abandoned session wither, if it has one."""
    Plant.objects.filter(session=session).update(state=State.WITHERED)


def unearned_plants() -> PlantQuerySet:
    """Return the plants that stand as grown for a session without a minute."""
    grown: PlantQuerySet = Plant.objects.filter(
        state=State.GROWN, session__status=Status.COMPLETED, session__focus_min=0
    )
    return grown.order_by("user_id", "plant_num")


@transaction.atomic
def correct_unearned_plant(*, user_id: uuid.UUID, plant_id: uuid.UUID) -> bool:
    """Let one of them wither; tell whether it still stood. TokenInvalid."""
    lock_user(user_id, active_only=False)
    unearned = unearned_plants().order_by().filter(pk=plant_id)
    return bool(unearned.update(growth_stage=0, state=State.WITHERED))


def _settled(session: FocusSession, now: datetime) -> FocusSession:
    """Return the session, settled if its deadline has passed."""
    if not session.is_overdue(now):
        return session
    settled = settle_overdue_session(
        user_id=session.user_id, session_id=session.pk, now=now
    )
    return settled or session


def _growth_at_planting(
    session: FocusSession, growth_stage: int, now: datetime
) -> tuple[int, State]:
    """Return the stage and the state of a new plant. GrowthAheadOfFocus."""
    if session.status == Status.COMPLETED:
        return _stage_earned(session), State.of_credit(session.focus_min)
    _require_earned(session, growth_stage, now)
    return growth_stage, State.GROWING


def _stage_earned(session: FocusSession) -> int:
    return growth.stage_earned(session.focus_min, session.duration_min)


def _require_unlocked(user: User, plant_type: str) -> None:
    needed = species.BY_NAME[plant_type].level
    if user.lvl < needed:
        raise PlantLocked(f"{plant_type} needs level {needed}; you have {user.lvl}.")


def _require_earned(session: FocusSession, growth_stage: int, now: datetime) -> None:
    if session.status == Status.COMPLETED:
        allowed = _stage_earned(session)
    else:
        focused = session.focused_seconds(now)
        allowed = growth.stage_allowed(focused, session.duration_min)
    if growth_stage > allowed:
        raise GrowthAheadOfFocus
