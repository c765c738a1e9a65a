"""The topics of a hint: what a client should ask for again (docs/contract.md, Socket)."""

DEVICES = "devices"
ENTRIES = "entries"
GARDEN = "garden"
HISTORY = "history"
IMPORTS = "imports"
LABELS = "labels"
PLAN = "plan"
PREFERENCES = "preferences"
PROFILE = "profile"
STATS = "stats"

ALL = frozenset(
    {
        *(DEVICES, ENTRIES, GARDEN, HISTORY, IMPORTS),
        *(LABELS, PLAN, PREFERENCES, PROFILE, STATS),
    }
)
