"""A way down a long list by year, month and day."""

import datetime as dt
from calendar import monthrange
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Max, Min
from django.http import HttpRequest


class CalendarChangeList(ChangeList):
    """A list whose date links follow from its oldest and its newest row alone.

    Django's own date hierarchy reads every row to leave the empty days out.
    """

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as error:  # the year 9999 has no next one
            raise IncorrectLookupParameters(error) from error

    def get_results(self, request: HttpRequest) -> None:
        """Look at the rows; a filter that only the database understands as nonsense
        leads back to the whole list, as every other one does.
        """
        try:
            super().get_results(request)
        # ValidationError: an item of an array that is no id.
        except (
            ValueError,
            OverflowError,
            TypeError,
            DataError,
            ValidationError,
        ) as error:
            raise IncorrectLookupParameters(error) from error

    @property
    def calendar(self) -> dict[str, Any]:
        """Return `back` and `choices` as Django's date_hierarchy.html wants them."""
        field = self.date_hierarchy
        ends = self.model._default_manager.aggregate(first=Min(field), last=Max(field))
        if ends["first"] is None:
            return {"back": None, "choices": []}
        first, last = ends["first"].date(), ends["last"].date()
        year, month, day = (self._chosen(part) for part in ("year", "month", "day"))
        if year is None:
            return self._years(first, last)
        if month is None:
            return self._months(first, last, year)
        if day is None:
            return self._days(first, last, year, month)
        chosen = dt.date(year, month, day)
        return {
            "back": self._link(f"{chosen:%B %Y}", year=year, month=month),
            "choices": [{"title": f"{chosen:%B} {day}"}],
        }

    def _years(self, first: dt.date, last: dt.date) -> dict[str, Any]:
        years = range(first.year, last.year + 1)
        links = [self._link(str(year), year=year) for year in years]
        return {"back": None, "choices": links}

    def _months(self, first: dt.date, last: dt.date, year: int) -> dict[str, Any]:
        months = (dt.date(year, month, 1) for month in range(1, 13))
        links = [
            self._link(f"{start:%B %Y}", year=year, month=start.month)
            for start in months
            if first.replace(day=1) <= start <= last
        ]
        return {"back": self._link("All dates"), "choices": links}

    def _days(
        self, first: dt.date, last: dt.date, year: int, month: int
    ) -> dict[str, Any]:
        count = monthrange(year, month)[1]
        days = (dt.date(year, month, day) for day in range(1, count + 1))
        links = [
            self._link(f"{date:%b} {date.day}", year=year, month=month, day=date.day)
            for date in days
            if first <= date <= last
        ]
        return {"back": self._link(str(year), year=year), "choices": links}

    def _chosen(self, part: str) -> int | None:
        """Return the chosen year, month or day; `get_filters` has judged them."""
        value = self.params.get(f"{self.date_hierarchy}__{part}")
        return None if value is None else int(value)

    def _link(self, title: str, **parts: int) -> dict[str, str]:
        params = {f"{self.date_hierarchy}__{part}": n for part, n in parts.items()}
        query = self.get_query_string(params, [f"{self.date_hierarchy}__"])
        return {"title": title, "link": query}
