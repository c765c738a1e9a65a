"""Somebody before a browser, and what they do there."""

import json
from itertools import count

from playwright.sync_api import BrowserContext, Page, expect

from tests.harness.bounds import DEADLINE

PASSWORD = "green meadow 12"
TIMEOUT = DEADLINE * 1000  # milliseconds
_numbers = count(1)


class Somebody:
    """One browser: its tabs share cookies, and nothing with anybody else's."""

    def __init__(self, context: BrowserContext, expected: tuple[str, ...]) -> None:
        self.context = context
        self.username = f"browser_{next(_numbers)}"
        self.said: list[str] = []
        self._stored: list[str] = []
        self._expected = expected
        context.set_default_timeout(TIMEOUT)
        context.on("page", self._listen)
        self.page = context.new_page()

    def _listen(self, page: Page) -> None:
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))

    def _note(self, kind: str, words: str) -> None:
        if kind in ("error", "warning") and not any(
            allowed in words for allowed in self._expected
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
        self.sees_start()

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
        self.page.wait_for_load_state("networkidle")


STORED = "() => [{...localStorage}, {...sessionStorage}, document.cookie]"
