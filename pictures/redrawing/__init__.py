"""Pictures as they come, and the one form that is kept of them; no database, no HTTP."""
