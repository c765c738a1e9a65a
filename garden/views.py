"""The garden over HTTP (docs/contract.md, Garden)."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.exceptions import InvalidParameter
from focusguard.api.idempotency import idempotent
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.revalidation import revalidated
from focusguard.api.scopes import Scope
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet, parse_id
from garden import exceptions as errors
from garden import schema, services, species
from garden.models import Plant, PlantQuerySet
from garden.selectors import OWN_COUNT, OWN_PLANTS, own_landscape
from garden.serializers import (
    LandscapeQuerySerializer,
    LandscapeSerializer,
    PlantCreateSerializer,
    PlantSerializer,
    PlantUpdateSerializer,
    SpeciesSerializer,
)

MOST_DAYS = 366


class PlantViewSet(ApiViewSet):
    """`/garden`: the user's own plants; somebody else's id is 404."""

    serializer_class = PlantSerializer
    token_scopes: ClassVar[Any] = {
        "create": Scope.GARDEN_WRITE,
        "list": Scope.GARDEN_READ,
        "landscape": Scope.GARDEN_READ,
        "species": Scope.GARDEN_READ,
        "retrieve": Scope.GARDEN_READ,
        "of_session": Scope.GARDEN_READ,
        "partial_update": Scope.GARDEN_WRITE,
        "destroy": Scope.GARDEN_WRITE,
    }
    query_shapes: ClassVar[Any] = {
        "list": (PageQuerySerializer,),
        "landscape": (LandscapeQuerySerializer,),
    }

    def get_queryset(self) -> PlantQuerySet:
        plants: PlantQuerySet = Plant.objects.for_user(signed_in_user(self.request).pk)
        return plants

    @schema.plant
    @idempotent(Plant)
    def create(self, request: Request) -> Response:
        body = PlantCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        plant, total = services.plant_for_session(
            user_id=signed_in_user(request).pk, **body.validated_data
        )
        return Response(_shape(plant, total), status=201)

    @schema.list_plants
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

    @schema.get_landscape
    def landscape(self, request: Request) -> Response:
        span = parse_query(LandscapeQuerySerializer, request)
        first, last = span["from"], span["to"]
        if (last - first).days >= MOST_DAYS:
            raise InvalidParameter(f"from: At most {MOST_DAYS} days are shown at once.")
        plants, more = own_landscape(signed_in_user(request).pk, first, last)
        return Response(LandscapeSerializer({"plants": plants, "more": more}).data)

    @schema.list_species
    @revalidated
    def species(self, request: Request) -> Response:
        kinds = SpeciesSerializer(
            species.ALL, many=True, context={"request": request}
        ).data
        return Response({"species": kinds, "total": len(kinds)})

    @schema.get_plant
    def retrieve(self, request: Request, garden_id: str) -> Response:
        plant = self.get_queryset().filter(pk=parse_id(garden_id)).first()
        return Response(self._found(plant))

    @schema.get_plant_of_session
    def of_session(self, request: Request, session_id: str) -> Response:
        plant = self.get_queryset().filter(session_id=parse_id(session_id)).first()
        return Response(self._found(plant))

    @schema.update_plant
    def partial_update(self, request: Request, garden_id: str) -> Response:
        plant_id = parse_id(garden_id)
        body = PlantUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        plant = services.tend_plant(
            user_id=signed_in_user(request).pk, plant_id=plant_id, **body.validated_data
        )
        return Response(self._found(plant))

    @schema.remove_plant
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
