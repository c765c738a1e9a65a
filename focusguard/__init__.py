"""The project that ties the apps together: settings, URLs, WSGI and checks."""

__version__ = "1.0.0"
