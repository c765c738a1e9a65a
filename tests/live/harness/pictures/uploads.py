"""Pictures that are sent to a stack, and what a worker took to draw them."""

from contextlib import closing
from pathlib import Path

import psutil

from tests.live.harness.stack import Answer

PICTURE = "/api/users/me/picture"


def send_picture(stack, token, raw, content_type="image/jpeg", **headers):
    """Send a picture over a connection of its own."""
    told = {"Authorization": f"Bearer {token}", "Content-Type": content_type}
    with closing(stack.connect()) as client:
        client.request("PUT", PICTURE, raw, told | headers)
        response = client.getresponse()
        answer = Answer(response.status, response.headers, response.read())
    stack.answers.append(answer)
    return answer


def workers_of(stack):
    return psutil.Process(stack.process.pid).children()


def forget_peaks(stack):
    for worker in workers_of(stack):
        Path(f"/proc/{worker.pid}/clear_refs").write_text("5")


def peaks(stack):
    """Return the most memory that each worker has had, in MB."""
    return [
        int(line.split()[1]) // 1024
        for worker in workers_of(stack)
        for line in Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
