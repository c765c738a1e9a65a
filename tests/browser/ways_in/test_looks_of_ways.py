"""Pages of the ways in × light, dark × 390, 1280 × English, German, Arabic, as all others."""

import pytest

from tests.browser.looks.places import Place, in_turn, press
from tests.browser.looks.test_everywhere import LOCALES, LOOKS, judged
from tests.browser.ways_in.test_ways_in import (
    UNAUTHORIZED,
    company,
    dashboard_stack,
    halves,
    origin,
)

__all__ = ["company", "dashboard_stack", "judged", "origin"]  # fixtures

NEW = press(".setting[data-tall] .button", opens=".token-form")


def cuts_a_picture(page):
    page.locator("input[type=file]").set_input_files(halves())
    page.locator(".crop-view").wait_for()


OUTSIDE = (
    Place("ways in", "/sign-in"),
    Place("what was called off", "/sign-in?error=OAUTH_CANCELLED"),
    Place("too late", "/sign-up?step=finish"),
)
INSIDE = (
    Place("signing in", "/you/signing-in"),
    Place(
        "second step",
        "/you/signing-in",
        press(".settings-group:nth-of-type(3) .button", opens=".enrolment"),
    ),
    Place("programs", "/you/programs"),
    Place("new token", "/you/programs", NEW),
    Place("picture", "/you", press("button.avatar")),
    Place("cut", "/you", in_turn(press("button.avatar"), cuts_a_picture)),
)


@pytest.mark.slow
@pytest.mark.parametrize("language", LOCALES)
def test_pages_of_ways_in_can_be_read_by_everybody(judged, language):
    somebody, judge = judged(language, LOOKS, whole=True, expected=(UNAUTHORIZED,))
    judge.own = (*judge.own, "Company")
    judge.looks_at(OUTSIDE)
    somebody.was_here()
    judge.looks_at(INSIDE)
