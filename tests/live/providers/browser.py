"""A browser that signs in by a provider: it keeps cookies and follows what it is told."""

from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import requests

from tests.live.harness.stack import ALLOWED_ORIGIN, Answer, Request, Stack


class Browser:
    """Cookies of the service, and of the provider, each of its own.

    The service says that its site is `ALLOWED_ORIGIN`, and is asked at its port.
    """

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.cookies: dict[str, str] = {}
        self.elsewhere = requests.Session()

    def request(
        self, method: str, path: str, body: object = None, token: str | None = None
    ) -> Request:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        if method != "GET":
            headers["Origin"] = ALLOWED_ORIGIN
        return Request(method, path, body, token, headers)

    def ask(self, *args: object, **kwargs: object) -> Answer:
        return self.take(self.stack.send(self.request(*args, **kwargs)))

    def take(self, answer: Answer) -> Answer:
        """Keep the cookies of an answer."""
        for header in answer.headers.get_all("Set-Cookie") or ():
            for name, cookie in SimpleCookie(header).items():
                if cookie["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.value
        return answer

    def start(self, provider: str, token: str | None = None) -> str:
        """Begin a flow, of who links where they have a token; return where to go."""
        intent = "link" if token else "sign_in"
        path = f"/api/auth/oauth/{provider}/start"
        answer = self.ask("POST", path, {"intent": intent}, token)
        assert answer.status_code == 200, answer.content
        return answer.json()["authorization_url"]

    def sent_back(self, url: str) -> str:
        """Go to a provider that asks nothing; return the path of the way back."""
        answer = self.elsewhere.get(url, allow_redirects=False, timeout=30)
        assert answer.status_code in (302, 303), answer.text
        return path_of(answer.headers["Location"])

    def sent_back_by_panva(self, url: str, *, account: str) -> str:
        """Sign in by the forms of a real provider; return the path of the way back."""
        answer = self.elsewhere.get(url, allow_redirects=False, timeout=30)
        forms = iter(
            [
                {"prompt": "login", "login": account, "password": "any"},
                {"prompt": "consent"},
            ]
        )
        while True:
            if answer.status_code == 200:
                answer = self.elsewhere.post(
                    answer.url, data=next(forms), allow_redirects=False, timeout=30
                )
                continue
            where = requests.compat.urljoin(answer.url, answer.headers["Location"])
            if where.startswith(ALLOWED_ORIGIN):
                return path_of(where)
            answer = self.elsewhere.get(where, allow_redirects=False, timeout=30)

    def come_back(self, path: str) -> str:
        """Bring what a provider gave; return the page that is shown then."""
        answer = self.ask("GET", path)
        return page_of(answer)

    def sign_in(self, provider: str, token: str | None = None) -> str:
        """Go all the way there and back; return the page that is shown then."""
        return self.come_back(self.sent_back(self.start(provider, token)))

    def refreshed(self) -> dict[str, object]:
        """Do what a page does on each load, and return its token answer."""
        answer = self.ask("POST", "/api/auth/refresh", {})
        assert answer.status_code == 200, answer.content
        return answer.json()


def path_of(url: str) -> str:
    assert url.startswith(ALLOWED_ORIGIN), url
    return url.removeprefix(ALLOWED_ORIGIN)


def page_of(answer: Answer) -> str:
    """Return the page of a 303, which tells nobody anything and is kept nowhere."""
    assert answer.status_code == 303, (answer.status_code, answer.content)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return path_of(answer.headers["Location"])


def query_of(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
