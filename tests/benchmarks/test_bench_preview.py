"""How long a preview takes to show what was saved, with a server that only hands out files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import preview
from benchmarks.preview import Preview
from benchmarks.processes import CommandFailed

SERVER = """\
import http.server, sys
host, port = sys.argv[1].split(":")
http.server.ThreadingHTTPServer((host, int(port)), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def test_each_edit_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "SETTLE", 0)
    page = tmp_path / "page.html"
    page.write_text("nothing yet", encoding="utf-8")
    seen = []

    def edit(mark: str) -> None:
        seen.append(page.read_text("utf-8"))
        page.write_text(mark, encoding="utf-8")

    costs = preview.measure(
        Preview([sys.executable, "-c", SERVER, "ADDRESS"], tmp_path, "page.html", edit), 2
    )
    assert len(costs) == 2
    assert all(cost.wall > 0 for cost in costs)
    assert seen == ["nothing yet", "previewed0"]


def test_a_preview_that_ends_says_what_it_printed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such thing')", "ADDRESS"]
    with pytest.raises(CommandFailed, match="no such thing"):
        preview.measure(Preview(command, tmp_path, "", lambda mark: None), 1)
