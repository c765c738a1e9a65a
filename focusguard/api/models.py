"""The counters behind the rate limits when there is no Redis."""

from django.db import models


class RateCounter(models.Model):
    """A number that ends by itself; the table is UNLOGGED, a crash may empty it."""

    key = models.CharField(max_length=200, primary_key=True)
    count = models.BigIntegerField()
    expires_at = models.DateTimeField(db_index=True)  # for the removal of the expired

    class Meta:
        db_table = "rate_counters"

    def __str__(self) -> str:
        return f"{self.key}={self.count}"
