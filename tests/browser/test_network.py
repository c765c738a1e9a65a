"""Networks that come and go."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    ABORTED,
    IMPORT,
    KEEP_TRYING,
    OFFLINE,
    figure,
    is_marked,
    mark,
)

ANOTHER = "<script src=/static/dashboard/assets/index-another.js></script>"


def test_page_that_failed_to_load_comes_when_the_network_is_back(open_browser):
    somebody = open_browser(expected=(OFFLINE, IMPORT))
    somebody.comes_back()
    page = somebody.page
    mark(page)
    somebody.context.set_offline(True)
    page.get_by_role("link", name="Garden").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    somebody.context.set_offline(False)
    expect(page.get_by_role("heading", name="Your first plant")).to_be_visible()
    assert is_marked(page)


def test_page_and_figures_that_both_wait_for_the_network_say_so_once(open_browser):
    """Caught: "No connection" of the page below "No connection" of the frame's own figures."""
    somebody = open_browser(expected=(ABORTED, IMPORT))
    somebody.was_here()
    page = somebody.page
    blocked = ("**/api/users/me", "**/assets/Garden-*.js", "**/")
    for address in blocked[:2]:
        page.route(address, lambda route: route.abort())
    page.goto("/")
    notice = page.get_by_text(KEEP_TRYING)
    expect(page.get_by_role("status").filter(has=notice)).to_be_visible()
    # The page's own look at which version there is.
    page.route(blocked[2], lambda route: route.abort())
    page.get_by_role("link", name="Garden").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    expect(notice).to_have_count(1)
    for address in blocked:
        page.unroute(address)
    expect(page.get_by_role("heading", name="Your first plant")).to_be_visible()
    expect(notice).to_be_hidden()


def test_page_that_was_left_while_it_failed_comes_the_next_time(open_browser):
    somebody = open_browser(expected=(OFFLINE, IMPORT))
    somebody.comes_back()
    page = somebody.page
    somebody.context.set_offline(True)
    page.get_by_role("link", name="Boards").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    page.get_by_role("link", name="Today", exact=True).click()
    somebody.context.set_offline(False)
    page.get_by_role("link", name="Boards").click()
    expect(page.get_by_role("heading", name="Boards")).to_be_visible()


def test_newer_version_is_loaded_once_and_then_offered(open_browser):
    """A page open for days, whose files the service has no more."""
    somebody = open_browser(expected=("status of 404", IMPORT))
    somebody.comes_back()
    page = somebody.page
    loads = []
    page.on("load", lambda: loads.append(page.url))
    page.route("**/assets/Garden-*.js", lambda route: route.fulfill(status=404))
    # The page's own look at which version there is; a reload is a navigation.
    page.route(
        "**/",
        lambda route: (
            route.continue_()
            if route.request.is_navigation_request()
            else route.fulfill(body=ANOTHER)
        ),
    )
    page.get_by_role("link", name="Garden").click()
    offered = page.get_by_role("alert").get_by_role("button", name="Reload")
    expect(offered).to_be_visible()
    # Once more asked for in vain: it is not reloaded in a circle.
    with page.expect_response("**/assets/Garden-*.js"):
        pass
    expect(offered).to_be_visible()
    assert len(loads) == 1
    page.unroute("**/assets/Garden-*.js")
    expect(page.get_by_role("heading", name="Your first plant")).to_be_visible()


def test_figures_that_did_not_come_are_asked_for_until_they_do(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    somebody.was_here()
    page = somebody.page
    page.route("**/api/stats/**", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_text(KEEP_TRYING)).to_be_visible()
    expect(figure(page, "Streak")).to_contain_text("…")
    page.unroute("**/api/stats/**")
    expect(figure(page, "Streak")).to_contain_text("0 days")
    expect(page.get_by_text(KEEP_TRYING)).to_be_hidden()


@pytest.mark.parametrize("status", [429, 503])
def test_busy_service_is_asked_again_when_it_says(open_browser, status):
    somebody = open_browser(expected=(f"status of {status}",))
    somebody.was_here()
    page = somebody.page
    moments = []

    def refuse(route):
        moments.append(datetime.now(UTC))
        if len(moments) > 1:
            route.continue_()
        else:
            route.fulfill(status=status, headers={"Retry-After": "3"}, json={})

    page.route("**/api/stats/today", refuse)
    page.goto("/")
    expect(
        page.get_by_role("status").filter(has_text=re.compile("We "))
    ).to_be_visible()
    expect(figure(page, "Streak")).to_contain_text("0 days")
    assert moments[1] - moments[0] >= timedelta(seconds=3)


def test_page_whose_script_does_not_come_says_what_to_do(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    page = somebody.page
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto("/")
    late = page.get_by_text("Reload the page when you have a connection")
    expect(late).to_be_visible()


def test_first_page_without_an_answer_keeps_asking_who_is_there(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    somebody.was_here()
    page = somebody.page
    page.route("**/api/auth/refresh", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("status")).to_have_text(KEEP_TRYING)
    page.unroute("**/api/auth/refresh")
    somebody.sees_start()
