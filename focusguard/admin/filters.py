"""A filter of a list whose choices are conditions."""

from abc import abstractmethod
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

# By the word in the address: its name on the page, and what it leaves.
Conditions = dict[str, tuple[str, Q]]


class ConditionFilter(admin.SimpleListFilter):
    """Offer a few conditions by name; any other word filters nothing."""

    @abstractmethod
    def conditions(self) -> Conditions:
        """Return the choices, as true as now."""

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return [(word, name) for word, (name, _) in self.conditions().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        _, condition = self.conditions().get(self.value() or "", ("", Q()))
        return queryset.filter(condition)
