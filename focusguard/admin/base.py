"""Base classes of the staff's pages: they stay quick, and act through services."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from focusguard.admin.paginator import CappedPaginator
from focusguard.api.exceptions import DomainError

# No name and no address is longer, and none has a space.
LONGEST_SEARCH = 254
MOST_WORDS = 4


class Refused(DomainError):
    """A refusal: the member of staff may not do this to that row."""

    status_code = 403
    code = "FORBIDDEN"
    message = "You may not do this."


# What a filter raises that is nonsense to Python, to a field or to the database only.
NONSENSE = (ValueError, OverflowError, TypeError, ValidationError, DataError)


class StrictChangeList(ChangeList):
    """A list that is shown as a whole where a filter is nonsense, as Django's own are."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except NONSENSE as error:  # the year 9999 has no next one
            raise IncorrectLookupParameters(error) from error

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except NONSENSE as error:  # an item of an array that is no id
            raise IncorrectLookupParameters(error) from error


class BoundedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Pages whose cost does not grow with the table."""

    list_per_page = 50
    show_full_result_count = False
    # Counting beside each filter would read the table once a filter.
    show_facets = admin.ShowFacets.NEVER
    # A whole id in the search box is looked for in these, and nowhere else.
    id_fields: tuple[str, ...] = ("pk",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StrictChangeList

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> CappedPaginator:
        try:
            page = int(request.GET.get(PAGE_VAR, 1))
        except ValueError:
            page = 1
        return CappedPaginator(queryset, per_page, page=page)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        # Each word is a condition of its own: thousands of them keep Postgres busy.
        if len(search_term) > LONGEST_SEARCH or len(search_term.split()) > MOST_WORDS:
            return queryset.none(), False
        try:
            wanted = uuid.UUID(search_term.strip())
        except ValueError:
            wanted = None
        if wanted is None or not self.id_fields:
            return super().get_search_results(request, queryset, search_term)
        # A union of ORed look-ups by index, not one condition over a join.
        found = Q()
        for field in self.id_fields:
            found |= Q(**{field: wanted})
        return queryset.filter(found), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # It would collect every row below the selected ones, and go past the services.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any
    ) -> HttpResponse | None:
        if not self._are_keys(request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)):
            self.message_user(request, "Choose rows of this list.", messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        # The page offers no "select all pages"; a request made by hand gets none.
        if request.POST.get("select_across", "0") != "0":
            queryset = queryset.filter(
                pk__in=request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
            )
        return super().response_action(request, queryset, *args)

    def _are_keys(self, chosen: Iterable[str]) -> bool:
        """Tell whether these may be keys of rows; Django asks for them as they come."""
        try:
            for key in chosen:
                self.model._meta.pk.to_python(key)
        except ValidationError:
            return False
        return True

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refused:
            return self._refuse(request, refused)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as refused:
            return self._refuse(request, refused)

    def act_on_each(
        self,
        request: HttpRequest,
        rows: Iterable[Model],
        act: Callable[[Any], str],
        done: str,
    ) -> None:
        """Act on each row, log what `act` says it did, and tell what was done.

        A row that a rule refuses is named with the reason; the others go on.
        """
        count = 0
        for row in rows:
            try:
                with transaction.atomic():
                    self.log_change(request, row, act(row))
            except DomainError as refused:
                self.message_user(request, f"{row}: {refused.detail}", messages.WARNING)
            else:
                count += 1
        if count:
            self.message_user(request, f"{done}: {count}", messages.SUCCESS)

    def _refuse(self, request: HttpRequest, refused: DomainError) -> HttpResponse:
        self.message_user(request, refused.detail, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


class ReadOnly:
    """For rows that only the system writes; beside a ModelAdmin or an inline."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, BoundedAdmin):
    """A table of what belongs to users, to look at."""

    list_select_related: ClassVar[Any] = ("user",)
    search_fields = ("^user__username", "^user__email")
    search_help_text = "The start of the user's name or e-mail address, or a whole id."
    # What is for its owner alone: on no page, and in no filter of an address either, by
    # which it could be guessed letter by letter.
    private_fields: tuple[str, ...] = ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.private_fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        fields = map(self.model._meta.get_field, self.private_fields)
        private = {name for field in fields for name in (field.name, field.attname)}
        if lookup.partition("__")[0] in private:
            return False
        return super().lookup_allowed(lookup, value, request)
