"""What a first load of each kind of page costs, as a browser with nothing stored asks for it.

`python -m tests.weight` (from the root of the project, after `make site`) prints it
as a table in Markdown.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

PAGES = {
    "": "home",
    "resolutions/": "all resolutions",
    "resolutions/2-4/": "a resolution",
    "resolutions/2-4/eb-2024-2/": "a resolution as of a report",
    "sessions/2/": "a session",
    "funding/": "funding",
    "timeline/": "timeline",
    "documents/": "documents",
    "partners/": "partners",
    "periods/eb-2024-2/": "a report",
    "about/": "about",
    "data/": "link, cite and reuse",
    "accessibility/": "accessibility",
    "corrections/": "corrections",
    "search/": "search, before a query",
    "search/?q=2/4": "search, with results",
    "embed/2-4/": "a card",
}
"""The address of one page of every kind, and what it is."""


def first_load(browser, address: str) -> dict[str, tuple[int, int]]:  # type: ignore[no-untyped-def]
    """Each address that is asked for → its bytes over the line (the body alone), and unpacked."""
    context = browser.new_context()
    page = context.new_page()
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))
    page.goto(address, wait_until="networkidle")
    sizes = {
        got.url: (got.sizes()["responseBodySize"], len(got.response().body())) for got in answers
    }
    context.close()
    return sizes


def table(browser, root: str) -> list[str]:  # type: ignore[no-untyped-def]
    """The lines of a table in Markdown, of the default language and of Chinese."""
    lines = [
        "| page | requests | HTML | HTML, gzip | all, gzip | all, gzip, zh |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for address, name in PAGES.items():
        loads = first_load(browser, root + address)
        other = sum(size for size, _ in first_load(browser, f"{root}zh/{address}").values())
        html = next(sizes for url, sizes in loads.items() if urlsplit(url).path.endswith("/"))
        whole = sum(size for size, _ in loads.values())
        lines.append(
            f"| {name} | {len(loads)} | {html[1]:,} | {html[0]:,} | {whole:,} | {other:,} |"
        )
    return lines


def main() -> None:
    """Print the table for `site/`."""
    from playwright.sync_api import sync_playwright

    from tests.host import hosted

    with hosted(Path("site")) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("TRACKER_CHROMIUM"), args=["--no-sandbox"]
        )
        print("\n".join(table(browser, served)))
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
