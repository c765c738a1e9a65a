"""An OpenID provider that says what a test has it say, and signs it.

A program of its own: `python -m tests.live.providers.lying PORT`. What it says is
set by `POST /say`, and what was asked of it is told by `GET /asked`. Below `/hang` and
the other TROUBLES is an issuer whose discovery is in trouble for ever.
"""

import base64
import hashlib
import json
import sys
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT_ID, SECRET = "focusguard", "a-secret-of-the-client"
TROUBLES = ("hang", "trickle", "redirect", "large", "html")
HONEST: dict[str, Any] = {
    # Laid over the claims of the ID token; null takes one away.
    "claims": {},
    "header": {},
    # Who signs: the key of /jwks, another of the same id, the client's secret, or nobody.
    "signed_by": "own",
    "userinfo": {},
    # Of `token`, `jwks` or `me`, one of TROUBLES.
    "trouble": {},
    "keys": "own",
    # Whether a code is good with the verifier of its flow alone (RFC 7636).
    "pkce": True,
}


@cache
def keys() -> tuple[RSAKey, RSAKey]:
    """Return its own key, and one that only bears the same name."""
    named = {"kid": "own", "use": "sig"}
    return RSAKey.generate_key(2048, named), RSAKey.generate_key(2048, named)


def _challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class State:
    """The state of a lying provider: its claims, the nonce of each code, what it was asked."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.own, self.other = keys()
        self.says = dict(HONEST)
        # In the place of what discovery says of it.
        self.document: Any = None
        self.asked: list[str] = []
        self.headers: Any = None
        self.lock = Lock()
        self.released = Event()
        # What hung until the one that asked could be thought to wait for ever.
        self.outwaited: list[str] = []


class Handler(BaseHTTPRequestHandler):
    """Answers for the `state` of its server."""

    protocol_version = "HTTP/1.1"

    @property
    def state(self) -> State:
        state: State = self.server.state  # type: ignore[attr-defined]  # of `Server`
        return state

    def log_message(self, *_: object) -> None:
        """Say nothing: the test says what matters."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/asked":
            self._json(self.state.asked)
            return
        first, _, _ = parts.path.removeprefix("/").partition("/")
        name = parts.path.rpartition("/")[2]
        if self._makes_trouble(name, always=first if first in TROUBLES else None):
            return
        match name:
            case "openid-configuration" | "internal":
                told = self.state.document
                self._json(self._configuration() if told is None else told)
            case "auth":
                self._send_back(parse_qs(parts.query))
            case "jwks":
                keys = [] if self.state.says["keys"] == "none" else [self.state.own]
                self._json({"keys": [key.as_dict(private=False) for key in keys]})
            case "me":
                self._json(self.state.says["userinfo"])
            case _:
                self._json({}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/say":
            with self.state.lock:
                self.state.says = HONEST | json.loads(body)
                self.state.asked.clear()
                self.state.released.set()
                self.state.released = Event()
            self._json({})
            return
        if self._makes_trouble("token"):
            return
        sent = parse_qs(body.decode())
        told = json.loads(base64.urlsafe_b64decode(sent["code"][0]))
        verifier = sent.get("code_verifier", [""])[0]
        if self.state.says["pkce"] and _challenge_of(verifier) != told["challenge"]:
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json(
            {
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": self._id_token(told["nonce"]),
            }
        )

    def _configuration(self) -> dict[str, Any]:
        issuer = self.state.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/auth",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "userinfo_endpoint": f"{issuer}/me",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _send_back(self, asked: dict[str, list[str]]) -> None:
        told = {
            "nonce": asked.get("nonce", [""])[0],
            "challenge": asked.get("code_challenge", [""])[0],
        }
        code = base64.urlsafe_b64encode(json.dumps(told).encode()).decode()
        back = f"{asked['redirect_uri'][0]}?code={code}&state={asked['state'][0]}"
        self.send_response(303)
        self.send_header("Location", back)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _id_token(self, nonce: str) -> str:
        says, now = self.state.says, int(time.time())
        claims = {
            "iss": self.state.issuer,
            "sub": "mallory",
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "email": "mallory@provider.example",
            "email_verified": True,
        } | says["claims"]
        claims = {name: value for name, value in claims.items() if value is not None}
        for name in ("exp", "iat"):
            # As seconds from now, since a test cannot know when it is asked.
            if isinstance(claims.get(name), str):
                claims[name] = now + int(claims[name])
        match says["signed_by"]:
            case "nobody":
                head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
                body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()
                return f"{head}.{body.rstrip('=')}."
            case "secret":
                key: Any = OctKey.import_key(SECRET)
                header = {"alg": "HS256", "kid": "own"} | says["header"]
            case signer:
                key = getattr(self.state, signer)
                header = {"alg": "RS256", "kid": "own"} | says["header"]
        return jwt.encode(header, claims, key, algorithms=[header["alg"]])

    def _makes_trouble(self, name: str, *, always: str | None = None) -> bool:
        with self.state.lock:
            self.state.asked.append(name)
            self.state.headers = self.headers
            released = self.state.released
            trouble = always or self.state.says["trouble"].get(name)
        match trouble:
            case None:
                return False
            case "hang":
                if not released.wait(60):
                    self.state.outwaited.append(name)
                self.close_connection = True
            case "trickle":
                self._trickle(released)
            case "redirect":
                self.send_response(302)
                # As 169.254.169.254 would be: where only the service itself can ask.
                self.send_header("Location", f"{self.state.issuer}/internal")
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "large":
                self._plain(b'{"a": "' + b"x" * 10_000_000 + b'"}', "application/json")
            case "html":
                self._plain(b"<p>Under repair.</p>", "text/html")
        return True

    def _trickle(self, released: Event) -> None:
        """Send a byte each half second: no time-out of a socket ends that."""
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not released.wait(0.5):
            try:
                self.wfile.write(b" ")
            except OSError:
                return
        self.close_connection = True

    def _json(self, told: Any, status: int = 200) -> None:
        self._plain(json.dumps(told).encode(), "application/json", status)

    def _plain(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            # Whoever asked has heard enough.
            self.close_connection = True


class Server(ThreadingHTTPServer):
    """Threads that die with it, and no word of clients that have gone."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, Handler)
        self.state = State(f"http://127.0.0.1:{self.server_port}")

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that left."""


def main(port: int) -> None:
    server = Server(("127.0.0.1", port))
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
