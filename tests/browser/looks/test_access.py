"""Pages with a keyboard alone, by their addresses, and under their policy."""

import pytest
from django.conf import settings
from playwright.sync_api import expect


def test_keyboard_is_enough(somebody):
    somebody.comes_back()
    page = somebody.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="5 minutes less")).to_be_focused()
    page.keyboard.press("Tab")
    length = page.get_by_role("textbox", name="Minutes, 1 to 480")
    expect(length).to_be_focused()
    page.keyboard.type("90")
    expect(length).to_have_value("90")
    page.keyboard.press("ArrowDown")
    expect(length).to_have_value("85")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("25")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="25 min")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="45 min")).to_be_checked()
    page.get_by_role("button", name="Start focusing").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_role("button", name="Give up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_role("button", name="End now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A short one")).to_be_visible()
    # Caught: with its button the place was lost, and Tab began at the top of the page.
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Another 45")).to_be_focused()


def test_unknown_page_leads_back(open_browser):
    somebody = open_browser(expected=("status of 404",))
    somebody.was_here()
    answer = somebody.page.goto("/garden?x=1")
    assert answer.status == 200
    for path in ("/nothing", "/garden/nothing"):
        somebody.page.goto(path)
        expect(somebody.page.get_by_role("heading")).to_have_text("Nothing grows here")
        somebody.page.get_by_role("link", name="Back to FocusGuard").click()
        somebody.sees_start()


@pytest.mark.parametrize(
    "path", ["garden", "insight", "boards", "you", "settings/plan", "sign-up"]
)
def test_page_is_found_by_its_address_with_a_slash(somebody, path):
    request = somebody.context.request
    for method in ("GET", "HEAD"):
        answer = request.fetch(f"/{path}/?by=xp", method=method, max_redirects=0)
        assert (answer.status, answer.headers["location"]) == (302, f"/{path}?by=xp")
    assert request.post(f"/{path}/", max_redirects=0).status == 405
    assert request.get(f"/{path}//").status == 404


def test_page_is_fresh_and_its_parts_are_kept(somebody):
    request = somebody.context.request
    page = request.get("/")
    assert page.headers["cache-control"] == "no-cache"
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy.split("; ")
    assert "unsafe" not in policy
    assets = settings.DASHBOARD_BUILD / "assets"
    script = next(assets.glob("index-*.js")).name
    kept = request.get(f"/static/dashboard/assets/{script}")
    assert "immutable" in kept.headers["cache-control"]
