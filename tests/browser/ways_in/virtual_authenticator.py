"""Chromium's own authenticator, which stands for a phone or a laptop with its owner."""

from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "defaultBackupEligibility": True,
    "defaultBackupState": True,
}


def add_authenticator(
    context: BrowserContext, page: Page
) -> tuple[CDPSession, dict[str, Any]]:
    """Give a page an authenticator; return the session, and what names it there."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    return session, made
