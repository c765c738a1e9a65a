"""Intentions: goals, weekdays of focus, and days off."""
