"""The preferences of a user, a typed column each."""

from django.db import models
from django.db.models import Q

from accounts.models.user import User
from accounts.preferences.bounds import RANGES, WORDS


def _word_out_of(name: str, default: str) -> "models.CharField[str, str]":
    return models.CharField(
        max_length=8,
        choices=[(word, word) for word in WORDS[name]],
        default=default,
        db_default=default,
    )


def _number(default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(default=default, db_default=default)


def _switch(default: bool) -> "models.BooleanField[bool, bool]":
    return models.BooleanField(default=default, db_default=default)


class Preferences(models.Model):
    """How somebody likes their rounds, their pages and to be told; no row: the defaults.

    Typed columns, so that the rules are the database's, and one that is added is there
    at once for everybody. Not of `users`, a row that is locked and watched.
    """

    user = models.OneToOneField(
        User,
        # The migration writes the key: checked at once, cascading in the database.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="preferences",
    )
    language = _word_out_of("language", "auto")
    theme = _word_out_of("theme", "auto")
    week_start = _word_out_of("week_start", "mon")
    clock = _word_out_of("clock", "auto")
    # In minutes, as the two breaks.
    focus_min = _number(25)
    short_break_min = _number(5)
    long_break_min = _number(15)
    rounds = _number(4)
    breaks = _switch(True)
    auto_start = _switch(False)
    bell = _switch(True)
    ambient = _word_out_of("ambient", "none")
    volume = _number(40)
    # One of the garden's, which stands above; none: the person is asked each time.
    species = models.CharField(  # noqa: DJ001  (none is no name)
        max_length=32, null=True, blank=True
    )
    shortcuts = _switch(True)
    season = _word_out_of("season", "auto")
    friends_see = _switch(True)
    show_awards = _switch(False)
    notify_end = _switch(False)
    notify_streak = _switch(False)
    onboarded_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "preferences"
        verbose_name_plural = "preferences"
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q((f"{name}__in", words)),
                    name=f"preferences_{name}_known",
                )
                for name, words in WORDS.items()
            ),
            *(
                models.CheckConstraint(
                    condition=Q((f"{name}__range", bounds)),
                    name=f"preferences_{name}_range",
                )
                for name, bounds in RANGES.items()
            ),
            models.CheckConstraint(
                condition=~Q(species=""), name="preferences_species_named"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)
