"""What somebody sets out to do: goals, weekdays of focus, and days off."""
