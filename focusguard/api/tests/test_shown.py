"""Shown serializers show what DRF would have shown, only sooner."""

import json

import pytest
from django.utils import timezone
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer as DjangoRestJSONRenderer

from accounts.serializers import UserSerializer
from focusguard.api.rendering import JSONRenderer
from focusguard.api.serializers.shown import ShownSerializer
from garden.serializers import PlantSerializer
from garden.tests.factories import PlantFactory
from leaderboard.boards import Entry, Standings
from leaderboard.serializers import XpBoardSerializer
from sessions_app.serializers import RunningSessionSerializer, SessionSerializer
from sessions_app.tests.factories import FocusSessionFactory

pytestmark = pytest.mark.django_db


# Fields of what is off here: left out, as if they had never been added.
OFF = {"picture", "second_factor"}


def without_off(shown):
    return {name: value for name, value in shown.items() if name not in OFF}


def as_drf(shape, value, **options):
    """Let DRF's own code show the value, through the same fields."""
    shown = shape(value, **options)
    plain = serializers.Serializer.to_representation(shown, value)
    return json.loads(DjangoRestJSONRenderer().render(plain), object_hook=without_off)


@pytest.mark.parametrize(
    ("shape", "make"),
    [
        (UserSerializer, lambda: FocusSessionFactory().user),
        (SessionSerializer, lambda: FocusSessionFactory(done=True)),
        (SessionSerializer, lambda: FocusSessionFactory(duration_min=None)),
        (PlantSerializer, PlantFactory),
    ],
)
def test_rows_are_shown_as_by_drf(shape, make):
    row = make()
    row.refresh_from_db()
    context = {"total_plants": 7}
    shown = JSONRenderer().render(shape(row, context=context).data)
    assert json.loads(shown) == as_drf(shape, row, context=context)


def test_a_running_session_is_shown_as_by_drf():
    session = FocusSessionFactory()
    shown = RunningSessionSerializer(session, context={"now": timezone.now()})
    answer = json.loads(JSONRenderer().render(shown.data))
    plain = serializers.Serializer.to_representation(shown, session)
    assert answer == json.loads(DjangoRestJSONRenderer().render(plain))


def test_nested_lists_and_other_names_are_shown_as_by_drf(alice):
    entry = Entry(1, alice.pk, alice.username, 1, None, 50)
    standings = Standings([entry], 1, 1)
    shown = json.loads(JSONRenderer().render(XpBoardSerializer(standings).data))
    assert shown == as_drf(XpBoardSerializer, standings)


def test_none_stays_none():
    class Inner(ShownSerializer):
        name = serializers.CharField()

    class Outer(ShownSerializer):
        inner = Inner()

    assert Outer({"inner": None}).data == {"inner": None}
    assert Outer({"inner": {"name": "a"}}).data == {"inner": {"name": "a"}}
