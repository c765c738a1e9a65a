"""Networks between a page and the service: a sign-in page, a full storage."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from garden.models import Plant
from sessions_app.models import FocusSession
from tests.browser.steps import (
    IMPORT,
    KEEP_TRYING,
    OFFLINE,
    give_up,
    is_marked,
    mark,
    only,
)

PORTAL = {
    "content_type": "text/html",
    "body": "<!doctype html><title>Airport</title><p>Accept our terms to go on.",
}
ONE_SESSION = re.compile("/api/sessions/[0-9a-f-]{36}$")
FULL = """
Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
};
IDBFactory.prototype.open = () => {
    throw new DOMException("full", "QuotaExceededError");
};
"""


@pytest.mark.parametrize("status", [200, 403, 404, 409, 511])
def test_end_that_a_foreign_network_answered_is_not_lost(open_browser, status):
    """Caught: a 404 of somebody else's settled it, and a 403 dropped it."""
    somebody = open_browser(expected=(f"status of {status}",))
    somebody.comes_back_focusing()
    page = somebody.page
    page.route(ONE_SESSION, lambda route: route.fulfill(status=status, **PORTAL))
    give_up(page)
    expect(
        page.get_by_text("The end is kept, also if you close this page")
    ).to_be_visible()
    assert only(somebody).status == "active"
    page.close()
    page = somebody.context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="Given up")).to_be_visible()
    assert only(somebody).status == "abandoned"


def test_page_of_a_foreign_network_is_no_newer_version(open_browser):
    somebody = open_browser(expected=(IMPORT, "MIME type"))
    somebody.comes_back()
    page = somebody.page
    mark(page)
    page.route(
        re.compile("/assets/Garden-|:[0-9]+/$"), lambda route: route.fulfill(**PORTAL)
    )
    page.get_by_role("link", name="Garden").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    page.unroute_all()
    expect(page.get_by_role("heading", name="Your first plant")).to_be_visible()
    assert is_marked(page)


def test_what_a_full_storage_can_not_keep_is_not_said_to_be_kept(open_browser):
    somebody = open_browser(expected=(OFFLINE, "status of 401"))
    somebody.context.add_init_script(FULL)
    somebody.sign_up()
    somebody.start()
    page = somebody.page
    somebody.context.set_offline(True)
    give_up(page)
    expect(page.get_by_text("leave this page open")).to_be_visible()
    expect(page.get_by_text("also if you close this page")).to_be_hidden()
    somebody.context.set_offline(False)
    expect(page.get_by_role("heading", name="Given up")).to_be_visible()
    assert only(somebody).status == "abandoned"


def test_garden_has_the_days_of_its_owners_zone(open_browser):
    """A traveller's device must not move a plant to another day, nor today to another."""
    somebody = open_browser(timezone_id="Pacific/Honolulu")
    user = somebody.was_here()
    user.timezone = "Asia/Tokyo"
    user.save()
    somebody.had_begun()
    last = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    session = Plant.objects.get(user=user).session
    FocusSession.objects.filter(pk=session.pk).update(
        created_at=last, local_date=user.local_date(last)
    )
    somebody.page.goto("/garden?month=2026-01")
    plant = somebody.page.get_by_role("button", name="January 1, 2026")
    expect(plant).to_be_visible()
