"""Health checks: liveness of the service, and readiness of its engines."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from drf_spectacular.utils import OpenApiExample, extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from focusguard import __version__
from focusguard.api import background
from focusguard.api.views import ApiViewSet

HEALTHY = {
    "status": "ok",
    "database": "ok",
    "cache": "ok",
    "worker": "ok",
    "version": __version__,
    "timestamp": "2026-01-18T15:30:00Z",
}


class HealthSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(["ok", "degraded", "unavailable"])
    database = serializers.ChoiceField(["ok", "unavailable"])
    cache = serializers.ChoiceField(["ok", "unavailable", "none"])
    worker = serializers.ChoiceField(
        ["ok", "away", "none"],
        help_text="`away`: none gives a sign of life; `none`: none ever did, cron does "
        "the work or nobody. The service answers all the same.",
    )
    version = serializers.CharField()
    timestamp = serializers.DateTimeField()


class LiveSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(["ok"])


get_health = extend_schema(
    operation_id="getHealth",
    summary="Health of the service and its engines",
    tags=["service"],
    responses={200: HealthSerializer, 503: HealthSerializer},
    examples=[
        OpenApiExample("Well", value=HEALTHY, response_only=True, status_codes=["200"]),
        OpenApiExample(
            "The database is away",
            value=HEALTHY
            | {"status": "unavailable", "database": "unavailable", "worker": "away"},
            response_only=True,
            status_codes=["503"],
        ),
    ],
)

is_alive = extend_schema(
    operation_id="isAlive",
    summary="Whether the process answers",
    tags=["service"],
    responses=LiveSerializer,
    examples=[OpenApiExample("Alive", value={"status": "ok"}, response_only=True)],
)


class HealthViewSet(ApiViewSet):
    """`/health` and `/health/live`: for probes, so neither counted nor signed in."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    takes_any_query = True
    serializer_class = HealthSerializer

    @get_health
    def retrieve(self, request: Request) -> Response:
        """Ask Postgres and the cache. 200 while Postgres answers, else 503.

        Without its cache the service is slower but right: `degraded`, not down. Without
        a worker it answers as ever, and cron may do the work: that fails nothing.
        """
        database, worker = _database_and_worker()
        cache_state = _cache_state()
        if database != "ok":
            status = "unavailable"
        else:
            status = "degraded" if cache_state == "unavailable" else "ok"
        body = {
            "status": status,
            "database": database,
            "cache": cache_state,
            "worker": worker,
            "version": __version__,
            "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        if database == "ok":
            return Response(body)
        return Response(body, status=503, headers={"Retry-After": "5"})

    @is_alive
    def live(self, request: Request) -> Response:
        """Answer 200 as long as the process can; touches nothing."""
        return Response({"status": "ok"})


def _database_and_worker() -> tuple[str, str]:
    """Ask both by one statement: a database that tells of the worker answers."""
    try:
        return "ok", background.worker_state()
    except DatabaseError:
        # Neither has the worker.
        return "unavailable", "away"


def _cache_state() -> str:
    if not settings.REDIS_URL:
        return "none"
    try:
        cache.get("health")
    except (RedisError, OSError):
        return "unavailable"
    return "ok"
