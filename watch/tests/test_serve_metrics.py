import socket

import pytest
from django.core.management import CommandError, call_command


def test_serving_wants_a_folder(settings):
    settings.METRICS_DIR = ""
    with pytest.raises(CommandError, match="METRICS_DIR"):
        call_command("serve_metrics")


def test_serving_on_a_port_that_is_taken_says_so(settings, tmp_path):
    settings.METRICS_DIR = str(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"127.0.0.1:{port}"):
            call_command("serve_metrics", port=port)


def test_nothing_is_counted_by_default(settings):
    assert "focusguard.web.metrics.MetricsMiddleware" not in settings.MIDDLEWARE
