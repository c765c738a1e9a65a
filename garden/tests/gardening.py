"""Calls of the garden's services, at noon unless a test says otherwise."""

from garden import services
from garden.models import Plant
from sessions_app import services as session_services
from tests.harness.clock import NOON


def plant_for(session, *, plant_type="Rose", now=NOON, **kwargs):
    plant, _ = services.plant_for_session(
        user_id=session.user_id,
        session_id=session.pk,
        plant_type=plant_type,
        now=now,
        **kwargs,
    )
    return plant


def tend(plant, *, now=NOON, **kwargs):
    return services.tend_plant(
        user_id=plant.user_id, plant_id=plant.pk, now=now, **kwargs
    )


def finish(event, session, now):
    service = {
        "completed": session_services.complete_session,
        "abandoned": session_services.abandon_session,
    }[event]
    return service(user_id=session.user_id, session_id=session.pk, now=now)


def stored(plant):
    return Plant.objects.values().get(pk=plant.pk)
