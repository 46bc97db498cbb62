"""Keeping the account whose page this is, and opening what only its words open, as somebody does it in a browser."""

from playwright.sync_api import Page

from tests.browser.rooms import press


def keep_account(page: Page) -> str:
    """Type the seven words back once; returns them."""
    page.goto("/keep")
    words = " ".join(page.locator("ol.words li").all_inner_texts())
    page.locator("[name=words]").fill(words)
    press(page, "Keep this account")
    return words


def open_entries(page: Page) -> None:
    """Keep the account, and open its private entries."""
    words = keep_account(page)
    page.goto("/me/entries")
    page.locator("[name=words]").fill(words)
    press(page, "Begin")
