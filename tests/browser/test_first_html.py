"""What is seen before the script is there, and what a page asks of whom."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import LOOKS

pytestmark = pytest.mark.live

PLACES = """() => Object.fromEntries([
    ...document.querySelectorAll('.brand, .nav a, .nav svg, main')
].map((part, n) => {
    const {x, y, width} = part.getBoundingClientRect();
    return [n + part.tagName + part.textContent.trim(), [x, y, width]];
}))"""
GROUND = "() => getComputedStyle(document.body).backgroundColor"
STALLED = "() => performance.getEntriesByType('paint').length > 0"


def without_the_text_of(places):
    """The main part is filled meanwhile; where it stands and how wide counts."""
    return {("MAIN" if "MAIN" in name else name): at for name, at in places.items()}


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_frame_is_there_before_the_script_and_stays_where_it_is(
    open_browser, scheme, width
):
    somebody = open_browser(
        color_scheme=scheme, viewport={"width": width, "height": 844}
    )
    somebody.was_here()
    page, held, let_through = somebody.page, [], []

    def hold(route):
        if let_through:
            route.continue_()
        else:
            held.append(route)

    page.route("**/assets/*.js", hold)
    page.goto("/garden", wait_until="commit")
    page.wait_for_function(STALLED)
    expect(page.get_by_role("link", name="Insight")).to_be_visible()
    expect(page.locator("main .skeleton")).to_be_visible()
    assert held, "the script was there already"
    first, ground = without_the_text_of(page.evaluate(PLACES)), page.evaluate(GROUND)
    let_through.append(True)
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", name="Garden")).to_be_visible()
    assert without_the_text_of(page.evaluate(PLACES)) == first
    assert page.evaluate(GROUND) == ground
    dark = int(ground.removeprefix("rgb(").split(",")[0]) < 128
    assert dark == (scheme == "dark")


def test_who_signs_in_sees_no_frame_first(somebody):
    request = somebody.context.request
    for path in ("/sign-in", "/sign-up"):
        assert "Insight" not in request.get(path).text()
    assert "Insight" in request.get("/").text()


def test_without_scripts_the_frame_says_what_is_missing(open_browser):
    somebody = open_browser(java_script_enabled=False)
    somebody.page.goto("/")
    expect(somebody.page.get_by_role("link", name="Garden")).to_be_visible()
    # Playwright leaves out what `noscript` shows.
    html = somebody.context.request.get("/").text()
    assert "FocusGuard needs JavaScript" in html.split("<noscript")[1]


@pytest.mark.parametrize("path", ["/redoc", "/docs", "/", "/nothing", "/admin/"])
def test_no_page_asks_a_foreign_host(open_browser, path):
    """Caught: the logo that ReDoc fetches from its maker, stopped by the policy alone."""
    somebody = open_browser(expected=("status of 404",))
    page, asked = somebody.page, []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if path == "/redoc":
        expect(page.get_by_role("heading", name="FocusGuard API")).to_be_visible()
    if path == "/docs":
        expect(page.get_by_text("Create an account and sign in")).to_be_visible()
    own = page.evaluate("location.origin")
    foreign = [url for url in asked if not url.startswith((own, "data:", "blob:"))]
    assert not foreign
