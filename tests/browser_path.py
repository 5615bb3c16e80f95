"""Print the path of a Chromium for the browser tests, installing one where there is none.

Order: TRACKER_CHROMIUM; a browser on the PATH; Playwright's own; as root on Debian, the distribution's.
Prints nothing where none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def run(*command: str) -> bool:
    print("+", *command, file=sys.stderr)
    try:
        return (
            subprocess.run(command, stdout=sys.stderr, stderr=sys.stderr, timeout=600).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str | None:
    if run(sys.executable, "-m", "playwright", "install", "chromium") and (
        found := playwrights_own()
    ):
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        run(
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
            "fonts-noto-cjk",
        )
    return on_path()


if __name__ == "__main__":
    print(os.environ.get("TRACKER_CHROMIUM") or on_path() or playwrights_own() or install() or "")
