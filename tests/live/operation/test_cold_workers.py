"""The OpenAPI document of workers that have only just started."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.live.harness.stack import Request, running_stack

READERS = 12


def test_many_who_ask_cold_workers_at_once_get_the_same(transactional_db, tmp_path):
    """Each thread made its own once, out of registries that they share: 500s."""
    with running_stack(tmp_path, cold=True) as stack:
        ready = Barrier(READERS)

        def read(_):
            ready.wait()
            return stack.send(Request("GET", "/openapi.json"))

        with ThreadPoolExecutor(READERS) as pool:
            answers = list(pool.map(read, range(READERS)))
    assert [answer.status_code for answer in answers] == [200] * READERS
    assert len({answer.content for answer in answers}) == 1
    assert json.loads(answers[0].content)["openapi"].startswith("3.1.")
