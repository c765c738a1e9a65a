"""The dashboard's page, where it has been built: `npm run build` in `dashboard/`.

Its router works in the browser, so each of its paths answers the same page: the frame,
which is seen before the script is there, in the language and the theme of the browser or
in those that somebody chose. Whoever signs in, or comes by a link in a mail, sees no frame.
"""

import json
import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from csp.constants import HEADER, NONE, SELF
from csp.decorators import csp_update
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from focusguard.environment import NO_SOCKET
from pages.csp import allow_connection

# Read once: the static files that a process serves are those of its start too, and a
# page of a later build would name others.
# index.html is English, index.de.html German: dashboard/pages.ts makes them.
PAGES = {
    (file.suffixes[0].strip(".") if len(file.suffixes) > 1 else "en"): file.read_bytes()
    for file in settings.DASHBOARD_BUILD.glob("index*.html")
}
# As in dashboard/src/App.tsx.
FRAMED = (
    *("", "history", "history/import", "garden", "insight", "boards"),
    *("you", "you/signing-in", "you/programs", "you/data"),
    *("settings", "settings/plan", "settings/labels"),
)
# Links in mails have their secret behind the #, which no server is sent; a page that one
# of these leads to is not even told their path.
LINKED = ("reset", "verify", "unsubscribe")
PATHS = (*FRAMED, "sign-in", "sign-up", "welcome", "forgot", *LINKED)
FRAME = re.compile(rb"<!-- The frame .*<!-- end of the frame -->", re.DOTALL)
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
BARE_PAGES = {language: FRAME.sub(b"", page) for language, page in PAGES.items()}
# The looks of the first frame stand in the page, and the policy lets in these alone.
STYLES = {style for page in PAGES.values() for style in re.findall(STYLE, page)}
LOOKS = [f"'sha256-{b64encode(sha256(style).digest()).decode()}'" for style in STYLES]
# What somebody chose on this device: dashboard/src/text/look.ts keeps it.
LOOK_COOKIE = "focusguard-look"
THEMES = ("light", "dark")
# Where the page's socket is; empty where there is none, and the page asks by itself.
SOCKET = b'<meta name="focusguard-realtime" content=""'
# Made by dashboard/art/draw.py, and named by index.html.
PICTURE = "/static/focusguard/link.png"

# What the service worker may answer without a network; not the pages that mails lead to,
# which are of no use then, and whose path is no other site's business.
KEPT = [f"/{name}" for name in PATHS if name not in LINKED]
WORKER = (
    f"const PAGES = {json.dumps(KEPT)};\n".encode()
    + (settings.DASHBOARD_BUILD / "sw.js").read_bytes()
)
# Below "default-src 'none'", as all that is no page has it, its first request is refused
# and it is thrown away, without a word in any console.
WORKER_POLICY = build_policy(
    config={"default-src": [NONE], "connect-src": [SELF], "frame-ancestors": [NONE]}
)


# It reads nothing that was sent; a POST is a wrong method and no stale form.
@csrf_exempt
@require_safe
@csp_update({"style-src": LOOKS})
@gzip_page
def page(request: HttpRequest) -> HttpResponse:
    """Answer the page; its scripts have names that change with their content."""
    name = request.path_info.strip("/")
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
    if name in LINKED:
        headers["Referrer-Policy"] = "no-referrer"
    language, theme = _look(request)
    content = (PAGES if name in FRAMED else BARE_PAGES)[language]
    if theme in THEMES:
        content = content.replace(b"<html ", f'<html data-theme="{theme}" '.encode(), 1)
    # Who shows a link to others takes a whole address alone.
    picture = request.build_absolute_uri(PICTURE)
    content = content.replace(
        f'content="{PICTURE}"'.encode(), f'content="{picture}"'.encode()
    )
    address = socket_address(request)
    content = content.replace(SOCKET, SOCKET[:-1] + address.encode() + b'"', 1)
    response = HttpResponse(content, headers=headers)
    if not address.startswith("/"):
        allow_connection(response, address)
    return response


def socket_address(request: HttpRequest) -> str:
    """Return where a page opens its socket: a path, a URL, or nothing."""
    if not settings.REDIS_URL or settings.REALTIME_URL == NO_SOCKET:
        return ""
    if settings.REALTIME_URL or not settings.LOCAL_MODE:
        return settings.REALTIME_URL or "/api/ws"
    # No proxy stands before both processes there.
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    host = f"[{host}]" if ":" in host else host
    return f"ws://{host}:{settings.REALTIME_PORT}/api/ws"


def _look(request: HttpRequest) -> tuple[str, str]:
    """Return the language of the page, and the theme where one was chosen."""
    chosen, _, theme = request.COOKIES.get(LOOK_COOKIE, "").partition(".")
    if chosen in PAGES:
        return chosen, theme
    accepted = request.headers.get("Accept-Language", "")
    for tag, _weight in parse_accept_lang_header(accepted):
        language = tag.split("-")[0]
        if language in PAGES:
            return language, theme
    return "en", theme


@csrf_exempt
@require_safe
def without_slash(request: HttpRequest) -> HttpResponse:
    """Lead an address that somebody typed with a slash to the page that it means."""
    query = request.META.get("QUERY_STRING", "")
    address = request.path_info.rstrip("/")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


@csrf_exempt
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker; at the root, since it answers for pages below its folder.

    No cache may keep it: a browser compares it byte by byte, to see a newer build.
    """
    headers = {"Cache-Control": "no-store", HEADER: WORKER_POLICY}
    return HttpResponse(WORKER, content_type="text/javascript", headers=headers)


urlpatterns = [
    *(path(route, page) for route in PATHS),
    *(path(f"{route}/", without_slash) for route in PATHS if route),
    path("sw.js", worker),
]
