"""Prometheus figures of hints and sockets, for /metrics.

The web processes and workers count the hints that they send; the realtime processes
the rest.
"""

from prometheus_client import Counter, Gauge, Histogram

_HINTS = Counter(
    "focusguard_hints",
    "Hints after a commit; a failed one is found by the sweep.",
    ["outcome"],
)
HINTS_SENT = _HINTS.labels("sent")
HINTS_FAILED = _HINTS.labels("failed")

# The processes that are alive, added up: those that hold no sockets add nothing.
SOCKETS = Gauge("focusguard_sockets", "Open sockets.", multiprocess_mode="livesum")
SOCKETS_MOST = Gauge(
    "focusguard_sockets_max", "Sockets that are taken.", multiprocess_mode="livesum"
)
PROCESSES = Gauge(
    "focusguard_realtime_processes",
    "Realtime processes.",
    multiprocess_mode="livesum",
)
HEARING = Gauge(
    "focusguard_realtime_hearing",
    "Realtime processes that hear hints.",
    multiprocess_mode="livesum",
)
HEARD = Counter("focusguard_hints_heard", "Hints heard, by each realtime process.")
PUSH_SECONDS = Histogram(
    "focusguard_push_seconds",
    "From a hint's arrival to what it led to being sent.",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
ASK_SECONDS = Histogram(
    "focusguard_truth_seconds",
    "Time of the statement that proves rights and reads states, for 500 at most.",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
SWEEP_FOUND = Counter(
    "focusguard_sweep_found",
    "Sockets whose state or rights had changed without a hint that came.",
)
CLOSED = Counter(
    "focusguard_sockets_closed", "Sockets closed by us, by code.", ["code"]
)
REFUSED = Counter(
    "focusguard_sockets_refused", "Handshakes refused, by status.", ["status"]
)
