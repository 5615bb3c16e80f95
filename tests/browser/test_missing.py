"""An address that leads nowhere: the reader is told so in the language of the address, and can search."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESK, Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("address", "shown", "hidden", "folder"),
    [
        ("no/such/page/", "Page not found", "未找到页面", ""),
        ("zhongwen/", "Page not found", "未找到页面", ""),
        ("zh/", None, None, "zh/"),
        ("zh/no/such/page/", "未找到页面", "Page not found", "zh/"),
    ],
)
def test_in_the_language_of_the_address(
    shared: Open, address: str, shown: str | None, hidden: str, folder: str
) -> None:
    page = shared(DESK, "light").open(address)
    if shown is None:  # a page that is there is not touched
        assert page.locator("[data-folder]").count() == 0
        return
    assert page.locator("h1").inner_text().strip() == shown
    assert page.title().startswith(shown)
    assert not page.get_by_text(hidden).is_visible()
    page.locator("article input[type=search]:visible").fill("housing")
    page.locator("article button:visible").click()
    page.wait_for_url(f"**/{folder}search/?q=housing")


def test_without_scripts_in_all_languages(shared: Open) -> None:
    page = shared(DESK, "light", False).open("zh/no/such/page/")
    assert page.get_by_text("Page not found", exact=True).is_visible()
    assert page.get_by_text("未找到页面", exact=True).is_visible()
    assert page.locator("article form").count() == 2
