"""Template tags of the staff's pages, beside Django's own."""

import datetime as dt
import re
from collections.abc import Iterable
from copy import copy
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import date_hierarchy
from django.contrib.admin.views.main import ChangeList
from django.db.models import Max, Min
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CELL = re.compile(r"(<t[dh])\b")
STARTS: dict[str, dict[str, Any]] = {
    "year": {"month": 1, "day": 1},
    "month": {"day": 1},
    "day": {},
}


@register.simple_tag
def labelled(cells: Iterable[str], headers: Iterable[dict[str, Any]]) -> SafeString:
    """Return a row's cells, each with the name of its column: a narrow page has no head."""
    row = ""
    for cell, header in zip(cells, headers, strict=False):
        name = str(header["text"])
        if header.get("class_attrib", "").find("action-checkbox") >= 0:
            name = "Select"
        label = format_html(' data-label="{}"', name[:1].upper() + name[1:])
        head, tag, rest = CELL.split(cell, maxsplit=1)
        row += f"{head}{tag}{label}{rest}"
    return mark_safe(row)  # noqa: S308  (Django made the cells, `format_html` the rest)


@register.inclusion_tag("admin/date_hierarchy.html")
def date_links(changes: ChangeList) -> dict[str, Any] | None:
    """Return Django's links to years, months and days, without a look at every row."""
    bounded = copy(changes)
    bounded.queryset = _Dates(changes)
    links: dict[str, Any] | None = date_hierarchy(bounded)
    return links


class _Dates:
    """All dates between the oldest row and the newest, as Django's links ask for them.

    Of a queryset Django reads every row, to leave out the dates that have none.
    """

    def __init__(self, changes: ChangeList) -> None:
        field = changes.date_hierarchy
        self._ends = changes.model._default_manager.aggregate(
            first=Min(field), last=Max(field)
        )
        self._chosen = {
            part: int(changes.params[name])
            for part in ("year", "month", "day")
            if (name := f"{changes.date_hierarchy}__{part}") in changes.params
        }

    def aggregate(self, **ends: Any) -> dict[str, Any]:
        return self._ends

    def datetimes(self, field: str, kind: str) -> list[dt.date]:
        """Return the first day of each year or month, or each day, of what is chosen."""
        if self._ends["first"] is None:
            return []
        first, last = (self._ends[end].date() for end in ("first", "last"))
        days = (first + dt.timedelta(n) for n in range((last - first).days + 1))
        return sorted(
            {
                day.replace(**STARTS[kind])
                for day in days
                if all(getattr(day, part) == n for part, n in self._chosen.items())
            }
        )
