"""The tasks: each asks what is due and calls one service.

None counts its ticks, since a worker that was away has missed some, and none is given
more than ids, since a job outlives what it is about.
"""

from work import rescue
from work.queue import TASKS, task

__all__ = ["TASKS"]


@task(cron="* * * * *")
def rescue_stalled() -> str:
    # Not `alone`: one that died would be waited for by those that should rescue it.
    outcomes = rescue.rescue_stalled()
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
