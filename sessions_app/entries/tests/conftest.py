"""The clock of the app's tests, for those of entries too."""

from sessions_app.tests.conftest import at

__all__ = ["at"]
