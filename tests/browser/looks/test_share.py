"""The picture of a week: made in the page, under its policy, and of nobody who did not say so."""

import struct
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

from django.utils import timezone
from playwright.sync_api import expect

from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats


def size_of(download):
    """The width and height of a PNG, which it says in its first chunk."""
    head = Path(download.path()).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def test_week_is_shared_as_a_picture_without_a_name_unless_chosen(open_browser):
    """A policy violation would be an error in the console, which fails every test.

    Caught: a `blob:` of the picture, shown or drawn, and a name or an address unasked.
    """
    somebody = open_browser(
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
        accept_downloads=True,
    )
    user = somebody.was_here()
    somebody.comes_back("/insight")
    page = somebody.page

    def drawn():
        return unquote(page.get_by_role("img", name="as it will").get_attribute("src"))

    def saved():
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as PNG").click()
        return download.value

    page.get_by_role("button", name="Share the week").click()
    assert "A week of rest" in drawn()
    assert size_of(saved()) == (1200, 630)

    today = user.local_date(timezone.now())
    begin = datetime.combine(today, datetime.min.time(), user.zone)
    for part in range(3):
        at = begin - timedelta(hours=8 * (part + 1))
        FocusSessionFactory(
            user=user,
            created_at=at,
            local_date=today,
            timezone=user.timezone,
            duration_min=480,
            done=True,
        )
    rebuild_stats(user_id=user.pk)
    page.reload()
    page.get_by_role("button", name="Share the week").click()
    picture = drawn()
    assert ">24 h<" in picture
    assert somebody.username not in picture
    assert "127.0.0.1" not in picture
    page.get_by_role("switch", name="Dark").set_checked(
        not page.get_by_role("switch", name="Dark").is_checked()
    )
    page.get_by_role("switch", name="With my name").check()
    assert somebody.username in drawn()
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert size_of(saved()) == (1200, 630)
    expect(page.get_by_text("Saved.")).to_be_visible()
