from django.apps import AppConfig
from django.conf import settings


class RealtimeConfig(AppConfig):
    name = "realtime"
    verbose_name = "Live updates"

    def ready(self) -> None:
        # Nobody could hear a hint.
        if settings.REDIS_URL:
            from realtime import receivers

            receivers.connect()
