"""The live preview and a reader who asks while something was just saved."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macros import preview
from macros.preview import Preview

NAME, PAGE = "data/resolutions/2-4.yml", "resolutions/2-4/index.html"
PATIENCE = 30


class Server:
    """Answers with what is in a file, as MkDocs' server does once nothing is being built."""

    mount_path = "/"

    def __init__(self, root: Path) -> None:
        self.root = str(root)

    def set_app(self, app: object) -> None:
        """Nobody connects to it."""

    def serve_request(self, environ: dict[str, Any], start_response: object) -> list[str]:
        file = Path(self.root, environ["PATH_INFO"].strip("/"), "index.html")
        return [file.read_text("utf-8") if file.exists() else "404"]


class Tracker:
    """Makes a page of what was saved last."""

    faults = ""

    def __init__(self) -> None:
        self.site = SimpleNamespace(contents={NAME: b"old"}, renewed=lambda slugs, files: SimpleNamespace(contents=files))
        self.outside = [SimpleNamespace(path="resolutions/2-4/", slug="2-4")]

    def renew(self, site: Any, slugs: set[str]) -> None:
        self.site = site

    def file_of(self, page: object, found: list[Any]) -> tuple[str, str]:
        return PAGE, self.site.contents[NAME].decode()


def test_who_asks_while_a_save_is_read_gets_the_new_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on, answers = threading.Event(), threading.Event(), []

    def read_tree(root: Path) -> tuple[dict[str, bytes], list]:
        reading.set()
        assert go_on.wait(PATIENCE)
        return {NAME: b"new"}, []

    monkeypatch.setattr(preview, "read_tree", read_tree)
    monkeypatch.setattr(Preview, "_check", lambda self, files: None)
    found = Preview(Tracker(), Server(tmp_path), tmp_path, lambda: None)  # type: ignore[arg-type]

    def ask() -> None:
        answers.extend(found.answer({"PATH_INFO": "/resolutions/2-4/"}, None))

    ask()
    building, asking = threading.Thread(target=found.build), threading.Thread(target=ask)
    building.start()
    assert reading.wait(PATIENCE)
    asking.start()
    asking.join(0.2)
    go_on.set()
    building.join(PATIENCE)
    asking.join(PATIENCE)
    assert answers == ["old", "new"]
