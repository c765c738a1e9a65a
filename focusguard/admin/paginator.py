"""Pages of a table too long to be counted for every look at it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

COUNT_UP_TO = 1000
# Beyond any table that we will see; keeps a hand-made page number inside a bigint.
LAST_PAGE = 10_000_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # no generic at run time
    """Count up to a bound, but always beyond the page that is asked for.

    The first pages cost the same with a thousand rows as with a million, and every
    row is reached by going on: from each page there is a link to the next.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, *, page: int) -> None:
        super().__init__(rows, per_page)
        page = max(1, min(page, LAST_PAGE))
        self._bound = max(COUNT_UP_TO, (page + 1) * per_page)

    @cached_property
    def _seen(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # wider in the stub
        return rows.order_by().values("pk")[: self._bound + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._seen, self._bound)

    @property
    def is_capped(self) -> bool:
        """Tell that there are more rows than `count`."""
        return self._seen > self._bound
