"""What Postgres knows of the ranking in Valkey, so that it is trusted only when right."""

from django.db import models
from django.db.models import Q


class Ranking(models.Model):
    """The one ranking that is in use: four boards as sorted sets in Valkey.

    Triggers note whose figures change while `recorded_until` is ahead. Valkey holds
    the number of the last batch of changes that was applied to it; it is as far as
    the tables when that is `position` and no change is pending. A Valkey that was
    flushed, restored or exchanged does not hold it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    generation = models.UUIDField(help_text="Names the sorted sets.")
    position = models.BigIntegerField(null=True, help_text="Null while it is built.")
    recorded_until = models.DateTimeField()
    claimed_until = models.DateTimeField(help_text="Somebody builds it until then.")

    class Meta:
        db_table = "leaderboard_ranking"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="leaderboard_one_ranking")
        ]

    def __str__(self) -> str:
        return str(self.generation)


class Change(models.Model):
    """Somebody's figures or visibility changed; written by triggers alone.

    No foreign key: a deletion is a change too. Rows are only added and removed, so
    that no writer waits for another or for who applies them.
    """

    id = models.BigAutoField(primary_key=True)
    user_id = models.UUIDField()

    class Meta:
        db_table = "leaderboard_changes"

    def __str__(self) -> str:
        return str(self.user_id)
