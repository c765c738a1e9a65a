"""The operations of the garden for the OpenAPI document, with the examples of the seed."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.idempotency import IDEMPOTENCY, IDEMPOTENCY_ERRORS
from focusguard.api.revalidation import IF_NONE_MATCH
from focusguard.api.schema import domain_errors
from garden import exceptions as errors
from garden.serializers import (
    GardenSerializer,
    LandscapeSerializer,
    PlantCreateSerializer,
    PlantSerializer,
    PlantUpdateSerializer,
    SpeciesListSerializer,
)
from sessions_app.exceptions import SessionNotFound
from sessions_app.schema import SESSION_ID

PLANT = {
    "id": "01949d2e-9c00-7a11-b2c3-9d8e7f6a5b4c",
    "user_id": "a1111111-1111-1111-1111-111111111111",
    "session_id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "plant_num": 1,
    "plant_type": "Rose",
    "growth_stage": 5,
    "state": "grown",
    "total_plants": 3,
    "created_at": "2026-01-15T10:00:00Z",
}

PLANT_EXAMPLE = OpenApiExample("A grown rose", value=PLANT, response_only=True)
GARDEN_EXAMPLE = OpenApiExample(
    "One of three",
    value={"gardens": [PLANT], "total": 3, "next": None, "previous": None},
    response_only=True,
)
LANDSCAPE_EXAMPLE = OpenApiExample(
    "A rose of 25 minutes",
    value={
        "plants": [
            {
                "id": "01949d2e-9c00-7a11-b2c3-9d8e7f6a5b4c",
                "session_id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
                "plant_num": 1,
                "plant_type": "Rose",
                "growth_stage": 5,
                "state": "grown",
                "local_date": "2026-01-15",
                "focus_min": 25,
                "started_at": "2026-01-15T09:35:00Z",
            }
        ],
        "more": False,
    },
    response_only=True,
)
SPECIES_EXAMPLE = OpenApiExample(
    "The first of 19",
    value={
        "species": [
            {"plant_type": "Rose", "rarity": "common", "level": 1, "unlocked": True}
        ],
        "total": 19,
    },
    response_only=True,
)
PLANT_REQUEST_EXAMPLE = OpenApiExample(
    "A rose",
    value={
        "session_id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
        "plant_type": "Rose",
        "growth_stage": 0,
        "plant_num": 1,
    },
    request_only=True,
)
GROW_EXAMPLE = OpenApiExample("Grow", value={"growth_stage": 2}, request_only=True)

GARDEN_ID = OpenApiParameter("garden_id", uuid.UUID, OpenApiParameter.PATH)

plant = extend_schema(
    operation_id="plant",
    summary="Plant for a session",
    description="One for each session, also a completed one: that comes as tall as "
    "was earned, ⌊5 × credited ÷ planned⌋, whatever stage is asked for. Without "
    "`plant_num` it gets your next number.",
    tags=["garden"],
    parameters=IDEMPOTENCY,
    request=PlantCreateSerializer,
    examples=[PLANT_REQUEST_EXAMPLE, PLANT_EXAMPLE],
    responses={
        201: PlantSerializer,
        **domain_errors(
            SessionNotFound,
            errors.PlantLocked,
            errors.SessionAlreadyPlanted,
            errors.SessionAbandoned,
            errors.PlantNumberTaken,
            errors.GrowthAheadOfFocus,
            *IDEMPOTENCY_ERRORS,
        ),
    },
)

list_plants = extend_schema(
    operation_id="listPlants",
    summary="Your garden, newest first",
    description="`total` counts all of them, `total_plants` too.",
    tags=["garden"],
    examples=[GARDEN_EXAMPLE],
    responses=GardenSerializer,
)

get_landscape = extend_schema(
    operation_id="getLandscape",
    summary="The plants of some days, each with its day and minutes",
    description="Oldest first, in one answer: a plant is of the day of its session, and "
    "as large as the minutes that were credited. At most 366 days, and the newest 4,000 "
    "plants of them; `more` says that there are older ones.",
    tags=["garden"],
    examples=[LANDSCAPE_EXAMPLE],
    responses=LandscapeSerializer,
)

list_species = extend_schema(
    operation_id="listSpecies",
    summary="The species, and which of them you may plant",
    description="In the order of the level that each needs.",
    tags=["garden"],
    parameters=[IF_NONE_MATCH],
    examples=[SPECIES_EXAMPLE],
    responses=SpeciesListSerializer,
)

get_plant = extend_schema(
    operation_id="getPlant",
    summary="One plant",
    description="Somebody else's is not found.",
    tags=["garden"],
    parameters=[GARDEN_ID],
    examples=[PLANT_EXAMPLE],
    responses={200: PlantSerializer, **domain_errors(errors.PlantNotFound)},
)

get_plant_of_session = extend_schema(
    operation_id="getPlantOfSession",
    summary="The plant of a session",
    description="Found by the session that it grows with.",
    tags=["garden"],
    parameters=[SESSION_ID],
    examples=[PLANT_EXAMPLE],
    responses={200: PlantSerializer, **domain_errors(errors.PlantNotFound)},
)

update_plant = extend_schema(
    operation_id="updatePlant",
    summary="Let a plant grow",
    description="Never smaller, and never ahead of the focus: ⌊5 × focused ÷ "
    "planned⌋ at most, with 25 minutes for an open plan.",
    tags=["garden"],
    parameters=[GARDEN_ID],
    request=PlantUpdateSerializer,
    examples=[GROW_EXAMPLE, PLANT_EXAMPLE],
    responses={
        200: PlantSerializer,
        **domain_errors(
            errors.PlantNotFound,
            errors.PlantLocked,
            errors.PlantWithered,
            errors.PlantCannotShrink,
            errors.GrowthAheadOfFocus,
        ),
    },
)

remove_plant = extend_schema(
    operation_id="removePlant",
    summary="Remove a plant",
    description="The session and its minutes stay.",
    tags=["garden"],
    parameters=[GARDEN_ID],
    responses={204: None, **domain_errors(errors.PlantNotFound)},
)
