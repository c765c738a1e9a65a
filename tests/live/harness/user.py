"""A user of a stack, over HTTP alone."""

import itertools
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from accounts.tests.factories import PASSWORD
from tests.live.harness.stack import Answer, Request, Stack

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """A registered user; every request goes over a connection of its own."""

    stack: Stack
    id: str
    username: str
    token: str
    refresh_token: str

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> Answer:
        return self.stack.send(self.request(method, path, body, **headers))

    def request(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> Request:
        return Request(method, f"/api{path}", body, self.token, headers)

    def attempt(self, method: str, path: str, body: object = None) -> Answer | None:
        """Ask; None where the connection broke before the answer."""
        try:
            return self.ask(method, path, body)
        except (OSError, HTTPException):
            return None


def register(stack: Stack) -> Person:
    name = f"live_{next(_numbers)}"
    body = {
        "username": name,
        "email": f"{name}@focusguard.test",
        "password": PASSWORD,
    }
    answer = stack.send(Request("POST", "/api/auth/register", body))
    assert answer.status_code == 201, answer.content
    told: dict[str, Any] = answer.json()
    return Person(
        stack, told["user"]["id"], name, told["access_token"], told["refresh_token"]
    )
