"""Days beside what was planned for them: today, a calendar, labels and hours."""
