"""Errors outside the API: a page for who looks, the one envelope for every program."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader

from focusguard.api.errors import outside
from focusguard.api.errors.outside import envelope_answer
from focusguard.web.request_log import current_request_id

# Title and sentence, where a person needs others than a program.
WORDS = {
    400: (
        "This cannot be read",
        "If it happens again, clear the cookies of this site and try once more.",
    ),
    403: ("Not for you", "You may not do this."),
    404: ("Nothing grows here", "There is no page at this address."),
    405: ("Not like this", "This page only wants to be looked at."),
    413: ("Too much at once", "What was sent is larger than anything that we take."),
    500: ("Something went wrong", "It is our fault, and it was noted."),
    503: ("Away for a moment", "Try again in a few seconds; nothing saved is lost."),
}
STALE_FORM = (
    "This form is too old",
    "Go back, reload the page and send it again. If that does not help, clear the "
    "cookies of this site.",
)


def wants_page(request: HttpRequest) -> bool:
    """Tell whether a person waits for the answer, and not a program.

    What names HTML before JSON is a browser. Below /api everybody gets the envelope,
    in the staff's site everybody a page.
    """
    path = request.path_info
    if path == "/api" or path.startswith("/api/"):
        return False
    if path.startswith("/admin/"):
        return True
    if "text/html" not in request.headers.get("Accept", "").lower():
        return False
    return request.get_preferred_type(["text/html", "application/json"]) == "text/html"


def error_page(
    request: HttpRequest, status: int, words: tuple[str, str] | None = None
) -> HttpResponse:
    """Write the page of an error; it asks neither the database nor who looks."""
    title, sentence = words or WORDS.get(status, ("No", "This cannot be answered."))
    in_admin = request.path_info.startswith("/admin/")
    page = loader.get_template("error.html").render(
        {
            "title": title,
            "sentence": sentence,
            "status": status,
            "request_id": current_request_id(),
            "home": "/admin/" if in_admin else "/",
        }
    )
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    foreign = outside.foreign_host(request, exception)
    return _for_people(
        request,
        outside.bad_request(request, exception),
        ("Another host", foreign) if foreign else None,
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _for_people(request, outside.permission_denied(request, exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _for_people(request, outside.not_found(request, exception))


def server_error(request: HttpRequest) -> HttpResponseBase:
    return _for_people(request, outside.server_error(request))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form whose cookie is not the one that it was made with."""
    return _for_people(request, envelope_answer(403), STALE_FORM)


class WordlessErrorMiddleware:
    """Give words to what Django and WhiteNoise refuse without any, such as a 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # DRF has words for it: JSON, or a page of the browsable API with its forms.
        if response.status_code != 405 or hasattr(response, "accepted_renderer"):
            return response
        worded = _for_people(request, envelope_answer(405))
        worded["Allow"] = response.get("Allow", "GET, HEAD")
        return worded


def _for_people(
    request: HttpRequest, answer: HttpResponse, words: tuple[str, str] | None = None
) -> HttpResponse:
    if not wants_page(request):
        return answer
    page = error_page(request, answer.status_code, words)
    if retry_after := answer.get("Retry-After"):
        page["Retry-After"] = retry_after
    return page
