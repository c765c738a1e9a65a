"""Serializers of what is shown and never read, without DRF's copy for each use."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from rest_framework import serializers

Taker = Callable[[Any], tuple[Any, ...]]


class ShownSerializer(serializers.Serializer[Any]):
    """A shape that is shown and never read.

    DRF copies a serializer's fields for each use and asks each field to represent its
    value. Here the fields are looked at once, and values go to the renderer as they
    are: it knows how to write ids, days and times.
    """

    @property
    def data(self) -> Any:
        # The browsable API asks what an empty form would show.
        if self.instance is None:
            return super().data
        return self.to_representation(self.instance)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        plan = _plan(type(self))
        of = plan.of_dict if isinstance(instance, dict) else plan.of_object
        shown = dict(zip(plan.names, of(instance), strict=True))
        for name, show in plan.nested:
            shown[name] = show(shown[name])
        for name, method in plan.methods:
            shown[name] = getattr(self, method)(instance)
        return shown

    def show_all(self, items: Iterable[Any]) -> list[dict[str, Any]]:
        """Show a list; a shape overrides it to ask once for what all its items share."""
        return [self.to_representation(item) for item in items]


@dataclass(frozen=True, slots=True)
class Plan:
    """The output of a serializer: its fields by name, taken out of a dict or an object.

    Then those that are shapes themselves, and the methods that work out the others.
    """

    names: list[str]
    of_dict: Taker
    of_object: Taker
    nested: list[tuple[str, Callable[[Any], Any]]]
    methods: list[tuple[str, str]]


@cache
def _plan(shape: type[ShownSerializer]) -> Plan:
    methods, taken = {}, {}
    for name, field in fields_of(shape).items():
        if isinstance(field, serializers.SerializerMethodField):
            methods[name] = str(field.method_name)
        else:
            taken[name] = field
    sources = []
    for field in taken.values():
        (source,) = field.source_attrs
        sources.append(source)
    return Plan(
        names=list(taken),
        of_dict=_taker(itemgetter, sources),
        of_object=_taker(attrgetter, sources),
        nested=[
            (name, show) for name, field in taken.items() if (show := _nested(field))
        ],
        methods=list(methods.items()),
    )


def _taker(getter: Callable[..., Callable[[Any], Any]], sources: list[str]) -> Taker:
    take = getter(*sources)
    # Of a single source a getter returns the value, of several a tuple of them.
    return take if len(sources) > 1 else lambda instance: (take(instance),)


def _nested(field: Any) -> Callable[[Any], Any] | None:
    """Return what shows the value of a field that is a shape, or a list of a shape."""
    if isinstance(field, serializers.ListSerializer):
        child: Any = field.child
        if isinstance(child, ShownSerializer):
            return child.show_all
        return lambda items: [child.to_representation(item) for item in items]
    if isinstance(field, ShownSerializer):
        return lambda item: None if item is None else field.to_representation(item)
    return None


@cache
def fields_of(
    shape: type[serializers.Serializer[Any]],
) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """Return the fields of one instance for all, since DRF copies them for each."""
    return dict(shape().fields)
