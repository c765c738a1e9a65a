"""A GitHub that knows whom a test tells it of, as an Enterprise server is asked.

A program of its own: `python -m tests.live.providers.github PORT`. `POST /say`
sets what it tells of the user who signs in.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "gho_of_the_stand_in"


class Handler(BaseHTTPRequestHandler):
    """Answers as GitHub's documentation says, errors with status 200 too."""

    says: dict[str, Any] = {}

    def log_message(self, *_: object) -> None:
        """Say nothing: the test says what matters."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/login/oauth/authorize":
            asked = parse_qs(parts.query)
            where = f"{asked['redirect_uri'][0]}?code=c0de&state={asked['state'][0]}"
            self.send_response(302)
            self.send_header("Location", where)
            self.end_headers()
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._json({"message": "Bad credentials"}, 401)
        else:
            self._json(self.says[parts.path.removeprefix("/api/v3")])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/say":
            type(self).says = json.loads(body)
            self._json({})
        elif b"code=c0de" in body and b"code_verifier=" in body:
            self._json({"access_token": TOKEN, "token_type": "bearer", "scope": ""})
        else:
            self._json({"error": "bad_verification_code"})

    def _json(self, told: Any, status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    server.serve_forever()
