"""What the checks by other people's tools share: tabs of a real browser, and tables printed at the end of the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.browser.conftest import shared  # noqa: F401  (a fixture)

TABLES = pytest.StashKey[dict[str, list[Sequence[str]]]]()
Tell = Callable[..., None]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """`tell(title, *cells)`: a line of a table that is printed when all tests are done."""
    tables = request.config.stash.setdefault(TABLES, {})
    return lambda title, *cells: tables.setdefault(title, []).append([str(cell) for cell in cells])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the tables."""
    for title, rows in config.stash.get(TABLES, {}).items():
        terminalreporter.section(title)
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            terminalreporter.line(
                "  ".join(
                    cell.ljust(width) for cell, width in zip(row, widths, strict=True)
                ).rstrip()
            )
