"""The page that makes a copy of what is held about oneself, in a real browser: the words that were typed for it do
not stay in sight, and the page says where the file is."""

from playwright.sync_api import expect

from tests.browser.kept import keep_account
from tests.browser.rooms import press

TOLD = "The file is made, and on its way"


def test_the_words_go_from_the_field_when_the_file_comes(browse, house):
    page = browse(house, "Tom")
    seven = keep_account(page)
    page.goto("/me/copy")
    words = page.get_by_label("Your seven words")
    words.fill("abacus " * 7)
    press(page, "Make the file")
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.get_by_text(TOLD)).to_have_count(0)
    words.fill(seven)
    with page.expect_download() as coming:
        press(page, "Make the file")
    assert coming.value.suggested_filename == "my-copy.json"
    expect(words).to_have_value("")
    expect(page.get_by_role("status").get_by_text(TOLD)).to_be_in_viewport(ratio=1)
