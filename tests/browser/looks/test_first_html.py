"""First HTML: what is seen before the script is there, and what a page asks of whom."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import LOOKS

# Of the main part, and of what gets the letter of the name, the place alone counts.
PLACES = """() => Object.fromEntries([
    ...document.querySelectorAll('.brand, .nav a, .nav:not(.own) svg, .own .round, main')
].map((part, n) => {
    const {x, y, width} = part.getBoundingClientRect();
    const words = part.matches('main, .you, .round') ? '' : part.textContent.trim();
    return [n + part.tagName + words, [x, y, width]];
}))"""
GROUND = "() => getComputedStyle(document.body).backgroundColor"
# The start waits a second for its heading, and here for as long as that takes.
PATIENT = """(() => {
    const after = window.setTimeout;
    window.setTimeout = (call, ms, ...rest) => ms === 1000 ? 0 : after(call, ms, ...rest);
})()"""
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const {value} of list.getEntries()) sum += value;
    }).observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
STALLED = "() => performance.getEntriesByType('paint').length > 0"


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_frame_is_there_before_any_file_and_stays_where_it_is(
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

    # Caught: a frame that came with the whole sheet, after 5.6 seconds on a slow line.
    page.route("**/assets/*.{js,css}", hold)
    page.goto("/garden", wait_until="commit")
    page.wait_for_function(STALLED)
    expect(page.get_by_role("link", name="Insight")).to_be_visible()
    expect(page.locator("main .skeleton")).to_be_visible()
    asked = {route.request.resource_type for route in held}
    assert asked >= {"script", "stylesheet"}, "they were there already"
    first, ground = page.evaluate(PLACES), page.evaluate(GROUND)
    let_through.append(True)
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", name="Garden")).to_be_visible()
    assert page.evaluate(PLACES) == first
    assert page.evaluate(GROUND) == ground
    dark = int(ground.removeprefix("rgb(").split(",")[0]) < 128
    assert dark == (scheme == "dark")


def test_start_comes_with_its_heading_and_moves_no_more(open_browser):
    """Caught: a heading of two lines that pushed the dial down under a finger."""
    somebody = open_browser(viewport={"width": 390, "height": 844})
    somebody.was_here()
    somebody.context.add_init_script(PATIENT)
    page, held = somebody.page, []
    page.route("**/api/stats/today", lambda route: held.append(route))
    start = page.get_by_role("button", name="Start focusing")
    with page.expect_response("**/api/sessions/now"):
        page.goto("/")
    expect(page.locator(".act .skeleton")).to_be_visible()
    expect(start).to_be_hidden()
    for route in held:
        route.continue_()
    expect(start).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.02


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
