"""Counts of users by score on each board, so that no read counts rows."""

from django.db import models

# A bucket of a level holds the scores that agree in all but this many last bits: those
# of level 0 hold one score each, and 256 buckets of a level are one of the next.
SHIFTS = {0: 0, 1: 8, 2: 16}


class RankCount(models.Model):
    """The number of listed users in a bucket of scores; `fold_leaderboards` keeps it.

    It is exact together with the changes that are not folded yet. No constraint holds
    it positive: a wrong count must not stop the fold, `verify_leaderboards` tells it.
    """

    pk = models.CompositePrimaryKey("board", "level", "bucket")
    board = models.SmallIntegerField()
    level = models.SmallIntegerField()
    bucket = models.IntegerField()
    users = models.IntegerField()

    class Meta:
        db_table = "rank_counts"

    def __str__(self) -> str:
        return f"board {self.board}, level {self.level}, bucket {self.bucket}"


class RankChange(models.Model):
    """So many users more, or fewer, have a score; written by triggers alone.

    Rows are only added and folded away, so that no writer waits for another, as two
    would who count in one row.
    """

    pk = models.CompositePrimaryKey("board", "id")
    board = models.SmallIntegerField()
    id = models.BigIntegerField(help_text="Numbered by Postgres.")
    score = models.IntegerField()
    users = models.IntegerField()

    class Meta:
        db_table = "rank_changes"

    def __str__(self) -> str:
        return f"board {self.board}, score {self.score}: {self.users:+}"
