"""Tabs of a real browser on the built site, in which everything that goes wrong is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 740, DESK: 800}
SLOW_WORKER = "Failed to initialize Pagefind in the web worker"
"""What Pagefind says on a busy machine before it goes on without its worker."""


@dataclass
class Tab:
    """A page of a browser, and what went wrong or was asked for since `open`."""

    page: Page
    root: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Write down what happens in a context."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", self._failed)
        context.on(
            "response",
            lambda got: (
                self.problems.append(f"{got.status}: {got.url}") if got.status >= 400 else None
            ),
        )
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("console", self._said)

    def _failed(self, request: Request) -> None:
        if (
            request.failure != "net::ERR_ABORTED"
        ):  # which is what becomes of an icon when the reader goes on
            self.problems.append(f"request failed: {request.url} {request.failure}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and SLOW_WORKER not in message.text:
            self.problems.append(f"console {message.type}: {message.text}")

    def open(self, address: str = "") -> Page:
        """Load a page of the site, given its address from the root; what happened before is forgotten."""
        self.problems.clear()
        self.requests.clear()
        self.page.goto(self.root + address, wait_until="load")
        return self.page

    @property
    def path(self) -> str:
        """The address of the page from the root of the site."""
        return self.page.url.removeprefix(self.root)

    @property
    def foreign(self) -> list[str]:
        """Requests that went anywhere but to the server of the site."""
        host = urlsplit(self.root).netloc
        return [
            url
            for url in self.requests
            if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != host
        ]

    def assert_clean(self) -> None:
        """Nothing was wrong on the page, and nobody else was asked."""
        assert not self.problems, f"/{self.path}: " + "\n".join(self.problems)
        assert not self.foreign, f"/{self.path} asks another host: {self.foreign}"


Open = Callable[..., Tab]


def _tab(browser: Browser, root: str, width: int, scheme: str, scripts: bool) -> Tab:
    options: dict[str, Any] = {
        "viewport": {"width": width, "height": HEIGHTS[width]},
        "color_scheme": scheme,
        "java_script_enabled": scripts,
        "reduced_motion": "reduce",
    }
    context = browser.new_context(**options)
    tab = Tab(context.new_page(), root)
    tab.watch(context)
    return tab


@pytest.fixture(scope="session")
def shared(browser: Browser, served: str) -> Iterator[Open]:
    """`shared(width, scheme, scripts)`: a tab that tests use one after the other; they leave no traces in it."""
    tabs: dict[tuple[int, str, bool], Tab] = {}

    def get(width: int = DESK, scheme: str = "light", scripts: bool = True) -> Tab:
        key = (width, scheme, scripts)
        if key not in tabs:
            tabs[key] = _tab(browser, served, *key)
        return tabs[key]

    yield get
    for tab in tabs.values():
        tab.page.context.close()


@pytest.fixture
def fresh(browser: Browser, served: str) -> Iterator[Open]:
    """`fresh(width, scheme, scripts)`: a tab in a profile of its own, for tests that leave traces."""
    tabs: list[Tab] = []

    def make(width: int = DESK, scheme: str = "light", scripts: bool = True) -> Tab:
        tabs.append(_tab(browser, served, width, scheme, scripts))
        return tabs[-1]

    yield make
    for tab in tabs:
        tab.page.context.close()
