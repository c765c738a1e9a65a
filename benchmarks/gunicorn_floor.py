"""Production's configuration of gunicorn, for an application that is not Django's."""

import runpy
from pathlib import Path

_production = runpy.run_path(
    str(Path(__file__).parents[1] / "gunicorn.conf.py"), run_name="gunicorn_conf"
)
globals().update(
    {name: value for name, value in _production.items() if not name.startswith("_")}
)


def post_worker_init(worker: object) -> None:
    """Make no document: there is no Django to make it."""
