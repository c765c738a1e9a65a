"""The WSGI entry point that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from focusguard import reporting
from focusguard.web.bodies import BoundedBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focusguard.settings")
if settings.METRICS_DIR:
    # Asked for by prometheus_client when it is imported first. Here and not in the
    # settings: a command a minute would leave as many files.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_DIR
reporting.start()

application = BoundedBodies(get_wsgi_application())
