"""The dashboard without a network: its shell, what it keeps, and newer builds."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from accounts.models import User
from local.processes import wait_until
from pages.dashboard import FRAMED
from sessions_app.models import Entry, FocusSession
from tests.browser.steps import (
    ABORTED,
    CLOCK,
    IMPORT,
    OFFLINE,
    at_noon,
    comes_true,
    give_up,
    is_marked,
    mark,
    only,
    open_tabs,
    user_of,
)
from tests.browser.visitor import PASSWORD
from tests.harness.bounds import DEADLINE
from tests.live.harness.deploys import deploying

PAGES = [f"/{path}" for path in FRAMED]
DAY = timedelta(days=1)
KEPT = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  const names = (await caches.keys()).filter((name) => name.startsWith("focusguard-shell-"));
  return active.state === "activated" && names.length === 1
    && navigator.serviceWorker.controller !== null;
}"""
IS_WAITING = """async () =>
  (await navigator.serviceWorker.ready).waiting?.state === "installed"
"""
PATHS_OF_CACHES = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
  (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)
))).flat()"""
# Let what was started without a network have begun so many minutes ago.
BEGAN_AGO = """(minutes) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("focusguard");
  opening.onerror = reject;
  opening.onsuccess = () => {
    const change = opening.result.transaction("outbox", "readwrite");
    const lists = change.objectStore("outbox");
    lists.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const ago = minutes * 60000;
      cursor.update(cursor.value.map((one) => one.what !== "start" ? one : {
        ...one,
        at: one.at - ago,
        began: { server: one.began.server && one.began.server - ago,
                 device: one.began.device - ago },
      }));
      cursor.continue();
    };
    change.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""
ONE_SESSION = re.compile("/api/sessions/[0-9a-f-]{36}$")
WITHOUT_NETWORK = (OFFLINE, ABORTED, IMPORT, "Failed to load", "FetchEvent")


# What is shown to wait may not be kept yet: a page that is left then takes it along.
AS_MANY_WAIT = """async (n) => {
    const answer = (request) =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await answer(indexedDB.open("focusguard"));
    const shelf = database.transaction("outbox").objectStore("outbox");
    const kept = await answer(shelf.getAll());
    database.close();
    return kept.flat().length === n;
}"""


def has_shell(page):
    """Wait until the worker has kept the shell, and answers for this page."""
    comes_true(page, KEPT)


def sign_in(page, username):
    page.get_by_label("Username or e-mail").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    everywhere = page.get_by_role("button", name="Sign out everywhere")
    expect(everywhere).to_be_visible()


def sign_out(page):
    page.goto("/you/signing-in")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_each_page_opens_without_a_network_and_nothing_else_does(open_browser):
    """Caught: a worker that answered for `/admin/` too, one that knew `/` alone, and one
    that kept what the API had said.
    """
    somebody = open_browser(service_workers="allow", expected=WITHOUT_NETWORK)
    somebody.comes_back_focusing(minutes=5)
    page = somebody.page
    has_shell(page)
    # What was asked for while there was a network is kept by no cache of ours either.
    paths = page.evaluate(PATHS_OF_CACHES)
    assert {path for path in paths if not path.startswith("/static/")} == {"/"}
    somebody.context.set_offline(True)
    for path in PAGES:
        page.goto(path)
        expect(page.get_by_text("Offline", exact=True)).to_be_visible()
        # The session that was last seen goes on.
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(20|19):\d\d"))
        assert page.url.endswith(path)
    for path in ("/admin/", "/docs", "/openapi.json", "/api", "/reset"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(path)
    somebody.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("Offline", exact=True)).to_be_hidden()
    expect(page.get_by_role("timer")).to_be_visible()


@pytest.mark.parametrize(
    ("minutes", "told", "plan", "ahead"),
    [
        *((10, 10, 15, 0 * DAY), (30, 25, None, 0 * DAY)),
        # It says that time is up, or that none has passed.
        *((10, 10, None, DAY), (10, 10, 15, -DAY)),
    ],
)
def test_local_timer_becomes_an_entry_and_the_rest_of_its_session_once(
    open_browser, minutes, told, plan, ahead
):
    """Caught: an outbox in memory, and minutes by the clock of a device that was set to
    another day.
    """
    somebody = open_browser(service_workers="allow", expected=WITHOUT_NETWORK)
    somebody.comes_back()
    page = somebody.page
    has_shell(page)
    somebody.context.set_offline(True)
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_text("Not verified yet.")).to_be_visible()
    comes_true(page, AS_MANY_WAIT, 1)
    for _ in range(3):
        page.reload()
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(25|24):\d\d"))
    page.evaluate(BEGAN_AGO, minutes)
    page.close()
    # The device is set to another day before it has a network again.
    somebody.context.add_init_script(CLOCK)
    somebody.context.add_init_script(f"moveClock({ahead / timedelta(milliseconds=1)})")
    tabs = [somebody.context.new_page() for _ in range(2)]
    # The first answer is lost on its way here: the page can not know that it was heard.
    asked, answered = [], []

    def lose(route):
        asked.append(route)
        answer = route.fetch()
        answered.append(answer.status)
        return route.abort() if len(answered) == 1 else route.fulfill(response=answer)

    somebody.context.route("**/api/entries/batch", lose)
    for tab in tabs:
        tab.goto("/garden")
        expect(tab.locator(".outbox")).to_contain_text("One thing waits")
        expect(tab.locator(".outbox")).to_contain_text("You are offline.")
    somebody.context.set_offline(False)
    for tab in tabs:
        expect(tab.locator(".outbox")).to_have_count(0)
        if plan is not None:
            expect(tab.get_by_role("timer")).to_have_text(re.compile(r"^(15|14):\d\d"))
    for tab in tabs:
        comes_true(tab, AS_MANY_WAIT, 0)
        expect(tab.get_by_text("could not be told")).to_have_count(0)
    assert answered[0] == 200
    # A request that is still on its way could yet make a second entry.
    assert wait_until(
        lambda: tabs[0].evaluate("true") and len(asked) == len(answered),
        seconds=DEADLINE,
    )
    user = user_of(somebody)
    entry = Entry.objects.get(user=user)
    assert (entry.minutes, entry.source) == (told, "offline")
    ago = timezone.now() - entry.at - timedelta(minutes=minutes)
    assert timedelta(0) <= ago < timedelta(minutes=2)
    sessions = FocusSession.objects.filter(user=user).values_list("duration_min")
    assert list(sessions) == ([] if plan is None else [(plan,)])


def test_what_waits_is_sent_by_its_own_user_alone_and_once(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    somebody.comes_back_focusing()
    page = somebody.page
    patched = []
    somebody.context.on(
        "request",
        lambda request: (
            patched.append(request.url)
            if request.method == "PATCH" and ONE_SESSION.search(request.url)
            else None
        ),
    )
    page.route(ONE_SESSION, lambda route: route.abort())
    give_up(page)
    expect(page.get_by_text("The end is kept")).to_be_visible()
    sign_out(page)
    page.unroute(ONE_SESSION)
    patched.clear()
    other = open_browser().was_here()
    sign_in(page, other.username)
    for path in ("/", "/garden"):
        page.goto(path)
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_attached()
    assert patched == []
    assert only(somebody).status == "active"
    sign_out(page)
    # What is left before its answer came would be sent again, and settled by a 409.
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        sign_in(page, somebody.username)
    # A page that is left before it is dropped sends it again.
    comes_true(page, AS_MANY_WAIT, 0)
    page.goto("/")
    expect(page.get_by_role("timer")).to_be_hidden()
    assert only(somebody).status == "abandoned"
    assert len(patched) == 1
    assert User.objects.count() == 2


def test_entry_that_is_typed_without_a_network_waits_and_is_told_once(open_browser):
    somebody = open_browser(expected=(OFFLINE,))
    at_noon(somebody.was_here())
    somebody.comes_back("/history")
    page = somebody.page
    page.get_by_role("button", name="Add an entry").first.click()
    page.get_by_role("radio", name="Minutes only").check(force=True)
    somebody.context.set_offline(True)
    sheet = page.locator(".sheet")
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".outbox")).to_contain_text("An entry of 25 minutes")
    somebody.context.set_offline(False)
    expect(page.locator(".outbox")).to_have_count(0)
    entries = Entry.objects.filter(user=user_of(somebody)).values_list("minutes")
    assert list(entries) == [(25,)]


def test_tab_that_is_killed_while_it_sends_leaves_the_rest_to_another(open_browser):
    """Caught: a key made anew for each attempt, by which one entry became two."""
    somebody = open_browser(expected=(OFFLINE,))
    at_noon(somebody.was_here())
    somebody.comes_back("/history")
    first = somebody.page
    [second] = open_tabs(somebody, "/garden")
    somebody.context.set_offline(True)
    for waiting in (1, 2):
        first.get_by_role("button", name="Add an entry").first.click()
        sheet = first.locator(".sheet")
        sheet.get_by_role("radio", name="Minutes only").click(force=True)
        sheet.get_by_role("button", name="Add", exact=True).click()
        comes_true(first, AS_MANY_WAIT, waiting)
    heard, senders = [], []

    def hold(route):
        answer = route.fetch()
        heard.append(answer.status)
        if senders:
            return route.fulfill(response=answer)
        return senders.append(route.request.frame.page)

    somebody.context.route("**/api/entries", hold)
    somebody.context.set_offline(False)
    # What is told of the routes comes while the page is asked something.
    assert wait_until(lambda: first.evaluate("true") and senders, seconds=DEADLINE)
    [sender] = senders
    [other] = {first, second} - {sender}
    sender.close()
    expect(other.locator(".outbox")).to_have_count(0)
    comes_true(other, AS_MANY_WAIT, 0)
    assert len(heard) == 3
    assert Entry.objects.filter(user=user_of(somebody)).count() == 2


def test_newer_build_waits_for_a_click_and_every_tab_keeps_its_files(
    open_browser, dashboard_stack
):
    """Caught: a page that loaded itself anew, and a worker that dropped the files of a page
    that was still open.
    """
    with deploying(dashboard_stack.port) as deploys:
        somebody = open_browser(
            service_workers="allow", base_url=deploys.origin, expected=(ABORTED,)
        )
        somebody.comes_back_focusing()
        page = somebody.page
        has_shell(page)
        beside = somebody.context.new_page()
        beside.goto("/")
        expect(beside.get_by_role("timer")).to_be_visible()
        for tab in (page, beside):
            mark(tab)
        deploys.is_newer = True
        page.bring_to_front()
        page.evaluate(
            "navigator.serviceWorker.ready.then((registration) => registration.update())"
        )
        expect(page.get_by_text("There is a newer version.")).to_be_visible()
        for name in ("History", "Garden", "Boards", "Settings"):
            somebody.go_to(name)
            expect(page.get_by_role("timer")).to_be_visible()
        somebody.context.route(ONE_SESSION, lambda route: route.abort())
        page.get_by_role("link", name="To the running session").click()
        give_up(page)
        expect(page.get_by_text("The end is kept")).to_be_visible()
        assert is_marked(page)
        assert page.evaluate(IS_WAITING)
        page.get_by_role("button", name="Load it").click()
        # Of the page that has come anew alone; a worker's navigation has no other sign.
        scripts = page.locator('script[src*="/assets/index-2"]')
        expect(scripts).to_have_count(1)
        expect(page.get_by_text("The end is kept")).to_be_visible()
        somebody.context.unroute(ONE_SESSION)
        # The other tab is of the build before, which the service has no more.
        beside.bring_to_front()
        beside.get_by_role("navigation").get_by_role("link", name="Insight").click()
        expect(beside.get_by_role("heading", level=1, name="Insight")).to_be_visible()
        assert is_marked(beside)
        for tab in (page, beside):
            expect(tab.get_by_role("timer")).to_be_hidden()
        assert only(somebody).status == "abandoned"
        somebody.leave()
