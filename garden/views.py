"""The garden over HTTP (docs/contract.md, Garden)."""

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import signed_in_user
from focusguard.api.idempotency import (
    IDEMPOTENCY,
    IDEMPOTENCY_ERRORS,
    idempotent,
)
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.revalidation import IF_NONE_MATCH, revalidated
from focusguard.api.schema import domain_errors
from focusguard.api.views import ApiViewSet, parse_id
from garden import exceptions as errors
from garden import schema as examples
from garden import services, species
from garden.models import Plant, PlantQuerySet
from garden.selectors import OWN_COUNT, OWN_PLANTS
from garden.serializers import (
    GardenSerializer,
    PlantCreateSerializer,
    PlantSerializer,
    PlantUpdateSerializer,
    SpeciesListSerializer,
    SpeciesSerializer,
)
from sessions_app.exceptions import SessionNotFound

GARDEN_ID = OpenApiParameter("garden_id", uuid.UUID, OpenApiParameter.PATH)
SESSION_ID = OpenApiParameter("session_id", uuid.UUID, OpenApiParameter.PATH)


class PlantViewSet(ApiViewSet):
    """`/garden`: the user's own plants; somebody else's id is 404."""

    serializer_class = PlantSerializer
    query_shapes: ClassVar[Any] = {"list": (PageQuerySerializer,)}

    def get_queryset(self) -> PlantQuerySet:
        plants: PlantQuerySet = Plant.objects.for_user(signed_in_user(self.request).pk)
        return plants

    @extend_schema(
        operation_id="plant",
        summary="Plant for a session",
        description="One for each session, also a completed one: that comes as tall as "
        "was earned, ⌊5 × credited ÷ planned⌋, whatever stage is asked for. Without "
        "`plant_num` it gets your next number.",
        tags=["garden"],
        parameters=IDEMPOTENCY,
        request=PlantCreateSerializer,
        examples=[examples.PLANT_REQUEST_EXAMPLE, examples.PLANT_EXAMPLE],
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
    @idempotent(Plant)
    def create(self, request: Request) -> Response:
        body = PlantCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        plant, total = services.plant_for_session(
            user_id=signed_in_user(request).pk, **body.validated_data
        )
        return Response(_shape(plant, total), status=201)

    @extend_schema(
        operation_id="listPlants",
        summary="Your garden, newest first",
        description="`total` counts all of them, `total_plants` too.",
        tags=["garden"],
        examples=[examples.GARDEN_EXAMPLE],
        responses=GardenSerializer,
    )
    def list(self, request: Request) -> Response:
        user_id = signed_in_user(request).pk
        page = OWN_PLANTS.page(request, user_id=user_id)
        (total,) = OWN_COUNT.first(user_id=user_id) or (0,)
        context = {"total_plants": total}
        return Response(
            {
                "gardens": PlantSerializer(page.rows, many=True, context=context).data,
                "total": total,
                "next": page.next,
                "previous": page.previous,
            }
        )

    @extend_schema(
        operation_id="listSpecies",
        summary="The species, and which of them you may plant",
        description="In the order of the level that each needs.",
        tags=["garden"],
        parameters=[IF_NONE_MATCH],
        examples=[examples.SPECIES_EXAMPLE],
        responses=SpeciesListSerializer,
    )
    @revalidated
    def species(self, request: Request) -> Response:
        kinds = SpeciesSerializer(
            species.ALL, many=True, context={"request": request}
        ).data
        return Response({"species": kinds, "total": len(kinds)})

    @extend_schema(
        operation_id="getPlant",
        summary="One plant",
        description="Somebody else's is not found.",
        tags=["garden"],
        parameters=[GARDEN_ID],
        examples=[examples.PLANT_EXAMPLE],
        responses={200: PlantSerializer, **domain_errors(errors.PlantNotFound)},
    )
    def retrieve(self, request: Request, garden_id: str) -> Response:
        plant = self.get_queryset().filter(pk=parse_id(garden_id)).first()
        return Response(self._found(plant))

    @extend_schema(
        operation_id="getPlantOfSession",
        summary="The plant of a session",
        description="Found by the session that it grows with.",
        tags=["garden"],
        parameters=[SESSION_ID],
        examples=[examples.PLANT_EXAMPLE],
        responses={200: PlantSerializer, **domain_errors(errors.PlantNotFound)},
    )
    def of_session(self, request: Request, session_id: str) -> Response:
        plant = self.get_queryset().filter(session_id=parse_id(session_id)).first()
        return Response(self._found(plant))

    @extend_schema(
        operation_id="updatePlant",
        summary="Let a plant grow",
        description="Never smaller, and never ahead of the focus: ⌊5 × focused ÷ "
        "planned⌋ at most, with 25 minutes for an open plan.",
        tags=["garden"],
        parameters=[GARDEN_ID],
        request=PlantUpdateSerializer,
        examples=[examples.GROW_EXAMPLE, examples.PLANT_EXAMPLE],
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
    def partial_update(self, request: Request, garden_id: str) -> Response:
        plant_id = parse_id(garden_id)
        body = PlantUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        plant = services.tend_plant(
            user_id=signed_in_user(request).pk, plant_id=plant_id, **body.validated_data
        )
        return Response(self._found(plant))

    @extend_schema(
        operation_id="removePlant",
        summary="Remove a plant",
        description="The session and its minutes stay.",
        tags=["garden"],
        parameters=[GARDEN_ID],
        responses={204: None, **domain_errors(errors.PlantNotFound)},
    )
    def destroy(self, request: Request, garden_id: str) -> Response:
        services.remove_plant(
            user_id=signed_in_user(request).pk, plant_id=parse_id(garden_id)
        )
        return Response(status=204)

    def _found(self, plant: Plant | None) -> Any:
        if plant is None:
            raise errors.PlantNotFound
        return _shape(plant, self.get_queryset().count())


def _shape(plant: Plant, total_plants: int) -> Any:
    return PlantSerializer(plant, context={"total_plants": total_plants}).data
