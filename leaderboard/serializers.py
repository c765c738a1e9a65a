"""The shapes of boards (docs/contract.md, Leaderboards)."""

from typing import Any

from rest_framework import serializers

from accounts.appearance.shown_pictures import ShownWithPicture
from focusguard.api.serializers.shown import ShownSerializer


class BoardQuerySerializer(serializers.Serializer[Any]):
    limit = serializers.IntegerField(min_value=1, max_value=100, default=10)
    offset = serializers.IntegerField(min_value=0, max_value=1_000_000_000, default=0)


class EntrySerializer(ShownWithPicture):
    rank = serializers.IntegerField(help_text="Equal scores share it: 1, 2, 2, 4.")
    user_id = serializers.UUIDField()
    username = serializers.CharField()
    lvl = serializers.IntegerField()


class XpEntrySerializer(EntrySerializer):
    xp_points = serializers.IntegerField(source="score")


class FocusTimeEntrySerializer(EntrySerializer):
    total_focus_min = serializers.IntegerField(source="score")


class StreakEntrySerializer(EntrySerializer):
    best_streak = serializers.IntegerField(source="score")


class SessionsEntrySerializer(EntrySerializer):
    total_sessions = serializers.IntegerField(source="score")


class StandingsSerializer(ShownSerializer):
    current_user_rank = serializers.IntegerField(
        source="own_rank", allow_null=True, help_text="Null for a score of 0."
    )
    total_users = serializers.IntegerField(source="total", help_text="All ranked.")

    def get_fields(self) -> dict[str, Any]:
        """Put the list first, as the seed shows it."""
        fields = super().get_fields()
        return {"leaderboard": fields.pop("leaderboard"), **fields}


class XpBoardSerializer(StandingsSerializer):
    leaderboard = XpEntrySerializer(many=True, source="entries")


class FocusTimeBoardSerializer(StandingsSerializer):
    leaderboard = FocusTimeEntrySerializer(many=True, source="entries")


class StreakBoardSerializer(StandingsSerializer):
    leaderboard = StreakEntrySerializer(many=True, source="entries")


class SessionsBoardSerializer(StandingsSerializer):
    leaderboard = SessionsEntrySerializer(many=True, source="entries")
