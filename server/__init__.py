"""gunicorn's worker: it takes requests in whole and sends answers without waiting."""
