"""The visitor of a browser test, and what a visitor does."""

import json
from datetime import timedelta
from itertools import count
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.devices.one_door import open_device
from accounts.models import User
from accounts.tests.factories import UserFactory
from garden.services import plant_for_session
from sessions_app.services import start_session
from tests.harness.bounds import DEADLINE

PASSWORD = "green meadow 12"
# What Playwright itself says where a test goes without the service worker.
BLOCKED_WORKER = "Service Worker registration blocked by Playwright"
# The smallest answer of the origin: where it is shown its storage can be filled.
PLACE = "/health/live"
TIMEOUT = DEADLINE * 1000  # milliseconds
_numbers = count(1)


class Somebody:
    """A visitor with a browser, whose tabs share cookies with no other browser."""

    def __init__(
        self, context: BrowserContext, origin: str, expected: tuple[str, ...]
    ) -> None:
        self.context = context
        self._origin = origin
        self._user: User | None = None
        self.username = f"browser_{next(_numbers)}"
        self.said: list[str] = []
        self._stored: list[str] = []
        self._expected = expected
        context.set_default_timeout(TIMEOUT)
        context.on("page", self._listen)
        self.page = context.new_page()

    def _listen(self, page: Page) -> None:
        # Of a failed load the words name no address.
        page.on(
            "console",
            lambda message: self._note(
                message.type, f"{message.text} at {message.location['url']}"
            ),
        )
        page.on("pageerror", lambda error: self._note("error", str(error)))

    def _note(self, kind: str, words: str) -> None:
        if kind in ("error", "warning") and not any(
            allowed in words for allowed in (*self._expected, BLOCKED_WORKER)
        ):
            self.said.append(f"{kind}: {words}")

    def leave(self) -> None:
        """Close the browser, and keep what its pages stored."""
        try:
            self._stored = [
                json.dumps(page.evaluate(STORED))
                for page in self.context.pages
                if page.url.startswith("http")
            ]
        finally:
            self.context.close()

    def left_nothing(self) -> None:
        assert not self.said, self.said
        # Every token of ours begins like this: {"alg": in base64.
        assert not any("eyJ" in stored for stored in self._stored), self._stored

    def sign_up(self) -> None:
        self.page.goto("/sign-up")
        self.page.get_by_label("Username").fill(self.username)
        self.page.get_by_label("E-mail").fill(f"{self.username}@example.com")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Create account").click()
        self.skips_the_steps()
        self.sees_start()

    def skips_the_steps(self, page: Page | None = None) -> None:
        """Go to the start from the three steps after a sign-up, by one tap."""
        (page or self.page).get_by_role("button", name="Skip, just start").click()

    def comes_back(self, path: str = "/") -> None:
        """Open a page in a browser that is signed in from an earlier visit.

        A sign-up by hand takes three times the work, and most tests are of what follows.
        """
        self.was_here()
        self.page.goto(path)
        expect(self.page.get_by_role("heading", level=1)).to_be_attached()
        self.page.wait_for_load_state("networkidle")

    def comes_back_focusing(
        self,
        path: str = "/",
        *,
        plan: int | None = 25,
        plant: str = "Sunflower",
        **ago: float,
    ) -> None:
        """Open a page while a session runs that began so long `ago`: minutes=3."""
        self.had_begun(plan=plan, plant=plant, **ago)
        self.page.goto(path)
        expect(self.page.get_by_role("timer")).to_be_attached()

    def had_begun(
        self, *, plan: int | None = 25, plant: str = "Sunflower", **ago: float
    ) -> None:
        """Store a session that began so long `ago`, of somebody who is signed in."""
        user = self.was_here()
        began = timezone.now() - timedelta(**ago)
        session = start_session(user_id=user.pk, duration_min=plan, now=began)
        plant_for_session(
            user_id=user.pk, session_id=session.pk, plant_type=plant, now=began
        )

    def was_here(self) -> User:
        """Store a user, and in the browser what a sign-in leaves there; once."""
        if self._user is not None:
            return self._user
        user = UserFactory(
            username=self.username,
            email=f"{self.username}@example.com",
            password=PASSWORD,
        )
        return self._is(user)

    def is_also(self, other: Self) -> None:
        """Be the other one, before another device of theirs."""
        self.username = other.username
        self._is(other.was_here())

    def _is(self, user: User) -> User:
        self._user = user
        self.context.add_cookies(
            [
                {
                    "name": settings.REFRESH_COOKIE_NAME,
                    "value": open_device(user=user).refresh_token,
                    "domain": urlsplit(self._origin).hostname,
                    "path": settings.REFRESH_COOKIE_PATH,
                    "expires": -1,
                    "httpOnly": True,
                    "secure": False,
                    "sameSite": "Lax",
                }
            ]
        )
        # Playwright's own way opens a page for it, whose renderer costs half as much as
        # a whole visit; and what is intercepted is compiled anew, as all that follows.
        self.page.goto(PLACE)
        self.page.evaluate("localStorage.setItem('focusguard-known', '')")
        return user

    def sees_start(self, page: Page | None = None) -> None:
        start = (page or self.page).get_by_role("button", name="Start focusing")
        expect(start).to_be_visible()

    def start(self, minutes: int = 25, plant: str = "Sunflower") -> None:
        self.page.get_by_role("radio", name=f"{minutes} min").check()
        self.page.get_by_role("radio", name=plant, exact=True).check()
        self.page.get_by_role("button", name="Start focusing").click()
        expect(self.page.get_by_role("timer")).to_be_visible()
        expect(self.page.get_by_role("img", name=plant)).to_be_visible()

    def go_to(self, name: str) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name=name).click()
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_be_visible()
        # No document is loaded, so there is no idle network to be waited for.
        expect(self.page.locator(".skeleton")).to_have_count(0)


STORED = "() => [{...localStorage}, {...sessionStorage}, document.cookie]"
