"""Every page and state of the dashboard × light, dark × 390, 1280 × English, German, Arabic.

At each of them: nothing that axe finds, nothing cut, nothing sideways down to 320 pixels and
up to letters of twice their size, no word of English in another language, and a console
without a line. A page is opened once a language; colours and sizes change under it.
"""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.looks import places
from tests.browser.looks.judging import violations, wrong_words
from tests.browser.looks.lives import OWN, has_lived
from tests.browser.looks.places import Place
from tests.browser.steps import reports_growth, user_of

LOCALES = {"en": "en-GB", "de": "de-DE", "ar": "ar-EG"}
HEIGHT = 844
# Beside each other, so that each look differs from the one before in one thing.
LOOKS = (("light", 1280), ("dark", 1280), ("dark", 390), ("light", 390))
LARGE = "document.documentElement.style.fontSize = '200%'"
USUAL = "document.documentElement.style.fontSize = ''"


class Judge:
    """One browser in one language, and what was found wrong in it."""

    def __init__(self, somebody, language, looks, *, whole):
        self.page = somebody.page
        self.language = language
        self.looks = looks
        self.whole = whole
        self.own = (*OWN, somebody.username)
        self.wrong = {}

    def looks_at(self, all_places: tuple[Place, ...]):
        chosen = [place for place in all_places if self.whole or place.most]
        for n, place in enumerate(chosen):
            self.look(*self.looks[0])
            place.open(self.page, anew=n == 0)
            self._judges(place.name)

    def look(self, scheme, width):
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def _judges(self, name):
        html = self.page.locator("html")
        expect(html).to_have_attribute("lang", self.language)
        expect(html).to_have_attribute("dir", "rtl" if self.language == "ar" else "ltr")
        for scheme, width in self.looks:
            self.look(scheme, width)
            # The other scheme changes colours and nothing else.
            is_other = scheme != self.looks[0][0]
            rules = "colours" if is_other else "all" if self.whole else "structure"
            found = violations(self.page, rules=rules)
            self._note(f"{name}, {scheme} {width}, axe", found)
            if not is_other:
                self._reads(f"{name}, {width}")
        self.look("light", 320)
        self._reads(f"{name}, 320")
        if self.whole:
            self.page.evaluate(LARGE)
            for width in (390, 1280):
                self.look("light", width)
                self._reads(f"{name}, {width} at 200 %")
            self.page.evaluate(USUAL)

    def _reads(self, where):
        found = wrong_words(self.page, language=self.language, own=self.own)
        if "sideways" in found:
            # A chart measures its place anew, a frame after the window changed.
            self.page.wait_for_timeout(200)
            found = wrong_words(self.page, language=self.language, own=self.own)
        self._note(where, found)

    def _note(self, where, found):
        if found:
            self.wrong[where] = found


@pytest.fixture
def judged(open_browser):
    """Open a browser whose pages are looked at; what was wrong fails the test."""
    judges = []

    def _judged(language, looks, *, whole, expected=()):
        somebody = open_browser(locale=LOCALES[language], expected=expected)
        judge = Judge(somebody, language, looks, whole=whole)
        judges.append(judge)
        return somebody, judge

    yield _judged
    wrong = {where: what for one in judges for where, what in one.wrong.items()}
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


def lives_a_day(somebody, judge):
    """Look at the places of weeks, of a session, of its end, and of what follows."""
    user = has_lived(somebody)
    judge.looks_at(places.of_weeks(user))
    session = places.focuses(user, minutes=5)
    judge.looks_at(places.RUNNING)
    places.runs_out(session, minutes=26)
    judge.looks_at(places.ENDED)
    somebody.page.locator(".done .tool.close").click()
    judge.looks_at(places.BREAK)
    if judge.whole:
        session = places.focuses(user, minutes=6)
        # A withered plant grows no more: the report of a page that is late is refused.
        with judge.page.expect_response(reports_growth):
            judge.page.goto("/")
        places.gives_up(user, session)
        judge.page.reload()
        judge.looks_at(places.WITHERED)


def test_main_pages_can_be_read_by_everybody(judged):
    """One look from right to left; colours, which cost the most, are left to the slow ones."""
    somebody, judge = judged("ar", (("light", 390),), whole=False)
    judge.looks_at(places.OUTSIDE)
    lives_a_day(somebody, judge)


@pytest.mark.slow
@pytest.mark.parametrize("language", LOCALES)
def test_every_page_can_be_read_by_everybody(judged, language):
    lives_a_day(*judged(language, LOOKS, whole=True))


@pytest.mark.slow
@pytest.mark.parametrize("language", LOCALES)
def test_pages_of_strangers_and_newcomers_can_be_read_by_everybody(judged, language):
    # A sign-up without a word in it.
    _, judge = judged(language, LOOKS, whole=True, expected=("status of 422",))
    judge.looks_at(places.OUTSIDE)
    newcomer, judge = judged(language, LOOKS, whole=True)
    newcomer.was_here()
    judge.own = (user_of(newcomer).username,)
    judge.looks_at(places.NEW)
