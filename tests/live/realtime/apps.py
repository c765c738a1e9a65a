import os
import signal
from pathlib import Path

from django.apps import AppConfig

ORDER = "FOCUSGUARD_TEST_DIE_BEFORE_PUBLISH"


class DyingConfig(AppConfig):
    """Web workers that die between COMMIT and PUBLISH, once for each file of orders."""

    name = "tests.live.realtime"
    label = "dying"

    def ready(self):
        from realtime.hints import _Hint

        order, publish = Path(os.environ[ORDER]), _Hint.__call__

        def die_or_publish(hint):
            if order.exists():
                order.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
            publish(hint)

        _Hint.__call__ = die_or_publish
