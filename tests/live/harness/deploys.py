"""A proxy before the stack that plays the deployment of another build of the dashboard."""

import re
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings

HASHED = re.compile(r"-([\w-]{8})\.(?=js|css|woff2)")
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
STYLE_HASH = re.compile(r"'sha256-[^']*'")
WRITTEN = ("text/html", "text/javascript", "text/css", "application/javascript")
DROPPED = {"accept-encoding", "connection", "if-none-match", "if-modified-since"}
# The browser's own cache would have the files that a worker was to keep, and has not.
UNKEPT = ("Cache-Control", "no-store")
OWN = {"connection", "content-length", "transfer-encoding", "date", "server"} | {
    UNKEPT[0].lower()
}


class Deploys(ThreadingHTTPServer):
    """Forwards to a port; once `is_newer`, each hashed file has another name."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of a page that was left before its answer came."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Forward)
        self.port = port
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.is_newer = False
        names = " ".join(
            path.name for path in (settings.DASHBOARD_BUILD / "assets").iterdir()
        )
        hashes = set(HASHED.findall(f"{names} "))
        self.newer = {f"-{old}.": f"-2{old[1:]}." for old in hashes}

    def path_of(self, path: str) -> str | None:
        """Return the stack's path of a file; None where a newer build has it no more."""
        if not self.is_newer or "/assets/" not in path:
            return path
        for old, new in self.newer.items():
            if new in path:
                return path.replace(new, old)
        return None

    def written(self, body: bytes) -> bytes:
        text = body.decode()
        for old, new in self.newer.items():
            text = text.replace(old, new)
        return re.sub('"id":"[0-9a-f]{12}"', '"id":"another"', text).encode()


def _with_hash(policy: str, body: bytes) -> str:
    """Let in the style that stands in the page: it names a file of the newer build."""
    style = STYLE.search(body)
    if style is None:
        return policy
    digest = b64encode(sha256(style[1]).digest()).decode()
    return STYLE_HASH.sub(f"'sha256-{digest}'", policy)


class _Forward(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Deploys

    def log_message(self, *_: object) -> None:
        pass

    def _forward(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.server.path_of(self.path)
        if path is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        headers = {k: v for k, v in self.headers.items() if k.lower() not in DROPPED}
        # Closed also where the stack gives no answer, or the test fails of what is left open.
        with closing(
            HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        ) as upstream:
            upstream.request(self.command, path, sent or None, headers)
            answer = upstream.getresponse()
            body = answer.read()
        kind = answer.headers.get_content_type()
        if self.server.is_newer and kind in WRITTEN:
            body = self.server.written(body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name == "Content-Security-Policy":
                self.send_header(name, _with_hash(value, body))
            elif name.lower() not in OWN:
                self.send_header(name, value)
        self.send_header(*UNKEPT)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PATCH = do_PUT = do_DELETE = _forward  # noqa: N815  (http.server calls them)


@contextmanager
def deploying(port: int) -> Iterator[Deploys]:
    with Deploys(port) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
