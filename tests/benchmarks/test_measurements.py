"""What builds and previews cost, measured with small programs in their place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import processes
from benchmarks.processes import CommandError, measure_build, measure_preview

SERVER = """\
import http.server, sys
host, port = sys.argv[1].split(":")
handler = http.server.SimpleHTTPRequestHandler
http.server.ThreadingHTTPServer((host, int(port)), handler).serve_forever()
"""


def test_build_has_a_cost(tmp_path: Path) -> None:
    cost = measure_build(f'{sys.executable} -c "sum(range(10**6))"', tmp_path)
    assert cost.cpu > 0
    assert cost.wall > 0


def test_build_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such thing"):
        measure_build(f"{sys.executable} -c \"raise SystemExit('no such thing')\"", tmp_path)


def test_date_of_builds_is_fixed_and_own_settings_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    monkeypatch.setenv("TRACKER_DRAFTS", "1")
    given = processes.environment()
    assert given["SOURCE_DATE_EPOCH"] == processes.EPOCH
    assert not {"SITE_URL", "TRACKER_DRAFTS"} & given.keys()


def test_preview_is_asked_until_it_shows_each_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "SETTLE", 0)
    (tmp_path / "server.py").write_text(SERVER, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text("nothing yet", encoding="utf-8")
    seen = []

    def edit(word: str) -> None:
        seen.append(page.read_text("utf-8"))
        page.write_text(word, encoding="utf-8")

    times = measure_preview(f"{sys.executable} server.py", tmp_path, "page.html", edit, 2)
    assert len(times) == 2
    assert seen == ["nothing yet", "previewed0"]


def test_preview_that_ends_says_what_it_printed(tmp_path: Path) -> None:
    command = f"{sys.executable} -c \"raise SystemExit('no such thing')\""
    with pytest.raises(CommandError, match="no such thing"):
        measure_preview(command, tmp_path, "", lambda word: None, 1)
