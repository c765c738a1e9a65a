"""The single keys of the dashboard, where they count and where they are somebody's writing."""

from playwright.sync_api import expect

from sessions_app.models import FocusSession
from tests.browser.steps import changes_preferences, only, user_of

# An input method that has not settled what is written: Latin "s" on its way to another letter.
COMPOSING = """() => document.body.dispatchEvent(
    new KeyboardEvent("keydown", {key: "s", bubbles: true, isComposing: true}))"""


def listed(page):
    """Open the list of keys, read which there are, and close it."""
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    keys = set(sheet.locator("kbd").all_inner_texts())
    page.keyboard.press("s")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    return keys


def test_keys_count_where_nobody_writes_and_each_is_listed(somebody):
    """Caught: keys that were heard in fields, in dialogs, of an input method, as long as they
    were held, and after they were switched off.
    """
    somebody.comes_back()
    page, user = somebody.page, user_of(somebody)
    somebody.sees_start()
    pages = set("1234567")
    assert listed(page) == pages | {"?", "S"}
    page.get_by_role("button", name="Note", exact=True).click()
    note = page.get_by_label("What is it about?")
    note.press_sequentially("s3 m?")
    expect(note).to_have_value("s3 m?")
    note.blur()
    page.evaluate(COMPOSING)
    page.keyboard.press("Control+Alt+s")
    page.get_by_role("button", name="Label", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    somebody.sees_start()
    assert not FocusSession.objects.filter(user=user).exists()

    # What is held down has started a session, and asks for no end of it.
    page.keyboard.down("s")
    expect(page.get_by_role("timer")).to_be_visible()
    for _ in range(3):
        page.keyboard.down("s")
    page.keyboard.up("s")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert listed(page) >= pages | {"?", "S", "M"}
    assert only(somebody).status == "active"

    page.keyboard.press("7")
    off = page.get_by_role("switch", name="Single keys")
    with page.expect_response(changes_preferences):
        # React may draw what is chosen after the click, where uncheck() looks at once.
        off.click()
    expect(off).not_to_be_checked()
    page.keyboard.press("3")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("/settings")
