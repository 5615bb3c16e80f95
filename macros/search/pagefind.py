"""Pagefind (https://pagefind.app) by its command line: a folder of pages → a search index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from macros.errors import TrackerError

_UNUSED = ("*-ui.*", "pagefind-highlight.js")
"""Files for Pagefind's own interfaces, which the site does not show."""


class SearchError(TrackerError):
    """The search index could not be written."""


def index(folder: Path, output: Path, language: str) -> None:
    """Write the index of a folder of pages.

    The package `pagefind[extended]` brings the extended build, which separates the words of Chinese
    and Japanese.

    Args:
        folder: The pages, whose paths become the addresses of results.
        output: Where the index is written.
        language: The language of all pages by its BCP 47 tag.

    Raises:
        SearchError: Pagefind is not installed, or fails.
    """
    paths = ["--site", str(folder), "--output-path", str(output.absolute())]
    options = [*paths, "--force-language", language, "--quiet"]
    command = [sys.executable, "-m", "pagefind", *options]
    run = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    if run.returncode:
        raise SearchError(
            f"Pagefind failed with exit status {run.returncode}; "
            f"is the package 'pagefind[extended]' installed?\n{(run.stderr or run.stdout).strip()}"
        )
    for pattern in _UNUSED:
        for file in output.glob(pattern):
            file.unlink()
