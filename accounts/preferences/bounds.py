"""The values of a preference: the words of each list, and the range of each number."""

WORDS = {
    # `auto` follows the browser, or the time zone.
    "language": ("auto", "en", "de", "ar"),
    "theme": ("auto", "light", "dark"),
    "week_start": ("mon", "sat", "sun"),
    "clock": ("auto", "12h", "24h"),
    "ambient": ("none", "noise", "rain", "waves"),
    "season": ("auto", "north", "south"),
}
RANGES = {
    # As long as a session may be planned.
    "focus_min": (1, 480),
    "short_break_min": (1, 120),
    "long_break_min": (1, 120),
    "rounds": (2, 12),
    "volume": (0, 100),
}
