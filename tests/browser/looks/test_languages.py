"""The page in the language and the theme of whoever opens it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats
from tests.browser.looks.lives import has_lived
from tests.browser.looks.test_looks import LARGE
from tests.browser.steps import ABORTED

GROUND = "() => getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(246, 248, 244)", "rgb(16, 22, 19)"


def test_theme_that_was_chosen_is_that_of_the_first_frame_too(open_browser):
    somebody = open_browser(color_scheme="light", expected=(ABORTED,))
    page = somebody.page
    page.goto("/sign-in")
    assert page.evaluate(GROUND) == LIGHT
    page.evaluate("document.cookie = 'focusguard-look=.dark'")
    # The script never comes.
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto("/")
    assert page.evaluate(GROUND) == DARK
    expect(page.locator("html")).to_have_attribute("lang", "en")


PAGES = ("/", "/history", "/garden", "/insight", "/boards", "/you", "/settings")
WIDE = "document.documentElement.scrollWidth"
# Words of twice the length between marks, as of a language that nobody has written yet.
LONGER = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
        if (!node.data.trim() || node.parentElement.closest('script, svg')) continue;
        node.data = node.data.replace(/\\p{L}{4,}/gu, (word) => `[${word}${word}]`);
    }
}"""


def opens(page, path):
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    page.wait_for_load_state("networkidle")


def test_the_page_of_arabic_is_mirrored_and_its_clock_is_not(open_browser):
    somebody = open_browser(locale="ar-EG", viewport={"width": 1280, "height": 844})
    somebody.comes_back_focusing("/garden")
    page = somebody.page
    side, main = (
        page.get_by_role("banner").bounding_box(),
        page.locator("main").bounding_box(),
    )
    assert side["x"] > main["x"]
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile("^[٠-٩]{2}:[٠-٩]{2}$"))
    assert timer.evaluate(INORDER)


# Where the minutes stand and where the seconds: a clock is read from the left.
INORDER = """timer => {
    const walker = document.createTreeWalker(timer, NodeFilter.SHOW_TEXT);
    const places = [];
    while (walker.nextNode()) {
        for (let n = 0; n < walker.currentNode.data.length; n += 1) {
            const range = document.createRange();
            range.setStart(walker.currentNode, n);
            range.setEnd(walker.currentNode, n + 1);
            places.push(range.getBoundingClientRect().x);
        }
    }
    return places.every((x, n) => n === 0 || x > places[n - 1]);
}"""


# Signs at their ends, which a sentence from the right would move to the other end.
NAMES = ("_ada-", "-bob_")
# The letters of a name as they stand within a place, from the left.
READ = """(place, name) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { currentNode: node } = walker;
        const from = node.data.indexOf(name);
        if (from < 0) continue;
        const letters = [...name].map((letter, n) => {
            const range = document.createRange();
            range.setStart(node, from + n);
            range.setEnd(node, from + n + 1);
            return [range.getBoundingClientRect().x, letter];
        });
        return letters.sort(([one], [other]) => one - other).map((one) => one[1]).join("");
    }
}"""


def test_names_beside_ranks_of_arabic_are_read_as_they_are_written(open_browser):
    somebody = open_browser(locale="ar-EG", viewport={"width": 1280, "height": 844})
    somebody.username = "-somebody_"
    users = [*(UserFactory(username=name) for name in NAMES), somebody.was_here()]
    for minutes, user in zip((75, 50, 25), users, strict=True):
        FocusSessionFactory(user=user, duration_min=minutes, done=True)
        rebuild_stats(user_id=user.pk)
    page = somebody.page
    opens(page, "/boards")
    rows = page.locator(".board tbody tr").all()
    for row, name in zip(rows, (*NAMES, somebody.username), strict=True):
        assert row.evaluate(READ, name) == name
        rank, person = row.locator(".rank"), row.locator(".person")
        assert rank.bounding_box()["x"] > person.bounding_box()["x"]
        # Caught: the medals had the digits of another language.
        assert not FOREIGN.search(rank.inner_text()), rank.inner_text()
    # The one who is next, within a sentence.
    assert page.locator(".your-place").evaluate(READ, "-bob_") == "-bob_"


# Of Egypt, from January on.
MONTHS = (
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
)
# Of each chart: the days or months from the oldest on, its words, and where both stand.
CHARTS = """() => [...document.querySelectorAll(".plot")].map((plot) => {
    const placeOf = (one) => one.getBoundingClientRect().x;
    const shown = [...plot.querySelectorAll("[data-mark] > rect:first-child")];
    const words = [...plot.querySelectorAll("text")].filter((one) => one.checkVisibility());
    return {
        title: plot.querySelector("svg").getAttribute("aria-label"),
        marks: shown.map(placeOf),
        sides: words.filter((one) => one.getAttribute("text-anchor") === "end").map(placeOf),
        words: words.map((one) => one.textContent),
        names: [...plot.querySelectorAll("[data-mark]")].map(
            (one) => one.getAttribute("aria-label")),
        cells: [...plot.parentElement.querySelectorAll("td, th, summary")].map(
            (one) => one.textContent),
        isMirrored: new DOMMatrix(getComputedStyle(plot).transform).a < 0,
    };
})"""
FOREIGN = re.compile("[A-Za-z0-9]")


def test_charts_of_arabic_go_from_the_left_in_its_own_words_and_digits(open_browser):
    """Time goes from left to right in every language, as a clock does."""
    somebody = open_browser(locale="ar-EG", viewport={"width": 1280, "height": 844})
    user = has_lived(somebody)
    page = somebody.page
    opens(page, "/insight")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    # Of the days, the hours, the weeks and the months, and the year's days.
    expect(page.locator(".plot")).to_have_count(5)
    charts = page.evaluate(CHARTS)
    for chart in charts:
        places = chart["marks"]
        assert len(places) >= 7
        assert not chart["isMirrored"]
        # The sheet of a year stands below itself, a week in one column.
        if len(places) < 100:
            assert places == sorted(set(places)), chart
        assert places[0] < places[-1], chart
        # The axis stands where time begins.
        assert all(side < places[0] for side in chart["sides"]), chart
        said = [chart["title"], *chart["words"], *chart["names"], *chart["cells"]]
        assert not [one for one in said if FOREIGN.search(one)], said
        assert any(re.search("[٠-٩]", one) for one in said)
    of_twelve = [one["words"] for one in charts if len(one["marks"]) == 12]
    [months] = [words for words in of_twelve if set(words) & set(MONTHS)]
    this = MONTHS[user.local_date(timezone.now()).month - 1]
    named = [word for word in months if word in MONTHS]
    assert len(named) > 2 and named[-1] == this, named
    # What stands beside a mark is read from the right.
    page.locator(".plot").first.locator("[data-mark]").last.focus()
    expect(page.locator(".tip")).to_have_css("direction", "rtl")
    expect(page.locator(".tip strong")).to_contain_text(this)


def fits(page, width):
    """Wait for charts, which measure their place anew, and tell whether all is in sight."""
    try:
        # A function: the policy lets nothing but the first look evaluate words.
        page.wait_for_function(f"() => {WIDE} <= {width}", timeout=3_000)
    except PlaywrightTimeout:
        return False
    return True


@pytest.mark.parametrize("width", [320, 1280])
def test_longer_words_are_neither_cut_nor_wider_than_the_page(open_browser, width):
    somebody = open_browser(viewport={"width": width, "height": 844})
    somebody.was_here()
    page, wide = somebody.page, []
    for path in PAGES:
        opens(page, path)
        if width > 320:
            page.evaluate(LARGE)
            if not fits(page, width):
                wide.append(f"{path} at 200 %")
            page.evaluate("document.documentElement.style.fontSize = ''")
        page.evaluate(LONGER)
        if not fits(page, width):
            wide.append(path)
    assert wide == []
