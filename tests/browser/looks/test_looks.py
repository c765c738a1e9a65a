"""Pages for eyes that need more: large letters, colours of the device, long words."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks.lives import has_lived
from tests.browser.steps import KEEP_TRYING, OFFLINE, began

PATHS = (
    *("/", "/garden", "/insight", "/boards"),
    *("/you", "/you/signing-in", "/you/programs", "/you/data"),
    *("/settings", "/settings/plan", "/settings/labels"),
)
WIDTH = "document.documentElement.scrollWidth"
LOOK = """element => {
    const {backgroundColor, color, outlineStyle} = getComputedStyle(element);
    return [backgroundColor, color, outlineStyle].join(" ");
}"""
LARGE = "document.documentElement.style.fontSize = '200%'"


def opens(page, path):
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    page.wait_for_load_state("networkidle")


def test_page_at_twice_its_size_on_a_phone_needs_no_scrolling_sideways(open_browser):
    """Caught: the boards were 219 px wide in a window of 195, and an end 218."""
    somebody = open_browser(viewport={"width": 195, "height": 422})
    somebody.had_begun(plan=480)
    page = somebody.page
    for path in PATHS:
        opens(page, path)
        assert page.evaluate(WIDTH) <= 195, path
    for link in page.get_by_role("navigation").get_by_role("link").all():
        # The words of the bar stand in one line each.
        assert link.bounding_box()["height"] < 56, link.inner_text()
    began(somebody, hours=8)
    page.goto("/")
    expect(page.get_by_role("heading", name="480 minutes of focus")).to_be_visible()
    assert page.evaluate(WIDTH) <= 195


def test_side_is_wide_enough_for_large_letters(somebody):
    """Caught: the name stood over the edge, its mark was gone, and icons were dots."""
    somebody.comes_back()
    page = somebody.page
    page.evaluate(LARGE)
    side = page.get_by_role("banner")
    assert side.evaluate("side => side.scrollWidth <= side.clientWidth")
    brand, edge = page.locator(".brand").bounding_box(), side.bounding_box()
    assert brand["x"] + brand["width"] <= edge["x"] + edge["width"]
    for icon in side.locator("svg").all():
        assert icon.bounding_box()["width"] >= 22


def test_long_words_of_the_bar_stay_apart(open_browser):
    """Another language has longer words: they must not run into each other."""
    somebody = open_browser(viewport={"width": 390, "height": 844})
    somebody.comes_back()
    links = somebody.page.get_by_role("navigation").get_by_role("link")
    for link in links.all():
        link.evaluate("link => { link.lastChild.data = 'Bestenlistenplatz'; }")
        assert link.evaluate("link => link.scrollWidth <= link.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_is_seen_in_the_colours_of_the_device(open_browser, scheme):
    """Caught: in forced colours every choice and every page of the bar looked alike."""
    somebody = open_browser(forced_colors="active", color_scheme=scheme)
    somebody.comes_back()
    page = somebody.page
    expect(page.get_by_role("radio", name="Sunflower")).to_be_visible()
    radios = page.locator("form.start").get_by_role("radio")
    looks = {
        (radio.get_attribute("name"), radio.is_checked()): radio.evaluate(
            f"radio => ({LOOK})(radio.nextElementSibling)"
        )
        for radio in radios.all()
    }
    for name in ("plan", "plant"):
        assert looks[name, True] != looks[name, False], name
    links = page.get_by_role("navigation").get_by_role("link")
    assert links.nth(0).evaluate(LOOK) != links.nth(1).evaluate(LOOK)
    somebody.go_to("Insight")
    legend = page.locator(".heat-keys .scale i")
    expect(legend.first).to_be_visible()
    colours = {square.evaluate(LOOK) for square in legend.all()}
    assert len(colours) == legend.count()


PAINTED = """element => {
    const {backgroundImage, fill} = getComputedStyle(element);
    return `${backgroundImage} ${fill}`;
}"""


def test_what_was_told_is_hatched_in_the_colours_of_the_device(open_browser):
    """In the bars of days, of labels and of weeks, in their legends, and in the year."""
    somebody = open_browser(forced_colors="active")
    has_lived(somebody)
    page = somebody.page
    opens(page, "/insight")
    for place in (".part.told", ".chart-keys .told", ".share.told", ".cell .over"):
        told = page.locator(place)
        expect(told.first).to_be_attached()
        bare = {one.evaluate(PAINTED) for one in told.all()}
        assert all(re.search(r"gradient|url", one) for one in bare), (place, bare)
    for seen in (".part.focus", ".chart-keys .focus", ".share:not(.told)"):
        plain = page.locator(seen).first.evaluate(PAINTED)
        assert not re.search(r"gradient|url", plain), (seen, plain)


# Boxes over which another one lies, by their words; what holds the other one does not count.
COVERED = """() => {
    const said = [...document.querySelectorAll("main .notice, main > .offline-mark, .rewards")];
    const ways = [...document.querySelectorAll(
        ".side .brand, .side a, .side .offline-mark, .stage .close, .stage h2")];
    const overlap = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
    // The bar of the pages on a phone is fixed: what is below it is scrolled to.
    const isSeen = (one) => one.textContent !== "" && !one.closest(".nav:not(.own)")
        || innerWidth > 760;
    return said.filter((one) => one.checkVisibility()).flatMap((one) =>
        ways.filter(isSeen)
            .filter((other) => overlap(one.getBoundingClientRect(), other.getBoundingClientRect()))
            .map((other) => [one.className, other.textContent]));
}"""


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_what_is_said_above_an_ended_session_lies_over_no_way_out(open_browser, width):
    """Caught: it stood below the navigation, whose words were read through it."""
    somebody = open_browser(
        viewport={"width": width, "height": 844}, expected=(OFFLINE,)
    )
    page = somebody.page
    page.clock.install()
    somebody.comes_back_focusing(minutes=5)
    page.get_by_role("button", name="End now").click()
    expect(page.get_by_role("heading", name="5 minutes of focus")).to_be_visible()
    somebody.context.set_offline(True)
    # Once another device is asked after.
    page.clock.fast_forward(25_000)
    expect(page.get_by_text(KEEP_TRYING)).to_be_visible()
    expect(page.get_by_text("Offline", exact=True)).to_be_visible()
    assert page.evaluate(COVERED) == []
