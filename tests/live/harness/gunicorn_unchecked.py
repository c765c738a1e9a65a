"""Production's configuration of gunicorn, but that a start is not checked.

The check reads all of Django in a process of its own: as long as a worker boots, for each
of the tests' stacks. `test_start.py` starts with it, and so does the stack that most share.
"""

import runpy
from pathlib import Path

_production = runpy.run_path(
    str(Path(__file__).parents[3] / "gunicorn.conf.py"), run_name="gunicorn_conf"
)
globals().update(
    {name: value for name, value in _production.items() if not name.startswith("_")}
)


def on_starting(server):
    _production["forget_earlier_counts"]()
    if server.cfg.preload_app:
        # The workers take over what each would make after its start.
        _production["post_worker_init"](server)
