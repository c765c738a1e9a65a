"""The examples of the seed (docs/contract.md) for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

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
