"""The live preview and a reader who asks while something was just saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from macros.plugin import preview
from macros.plugin.preview import Preview

NAME, PAGE = "data/resolutions/2-4.yml", "resolutions/2-4/index.html"
PATIENCE = 30


class Server:
    """Answers with what is in a file, as MkDocs' server does once nothing is being built."""

    mount_path = "/"

    def __init__(self, root: Path) -> None:
        self.root, self.asked = str(root), 0
        self.before: Callable[[int], object] = lambda asked: None

    def set_app(self, app: object) -> None:
        """Nobody connects to it."""
        del app

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> list[str]:
        self.before(self.asked)
        self.asked += 1
        file = Path(self.root, environ["PATH_INFO"].strip("/"), "index.html")
        start_response("200 OK" if file.exists() else "404 Not Found", [])
        return [file.read_text("utf-8") if file.exists() else "404"]


class Files:
    """Renders a page from what was saved last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.setup = SimpleNamespace(rendered=())
        source, path = "resolutions/2-4.md", "resolutions/2-4/"
        self.pages = {source: SimpleNamespace(source=source, path=path)}
        self.view = SimpleNamespace(corpus=SimpleNamespace(resolutions={}))

    def render(self, page: object) -> tuple[str, None]:
        return self.text, None


class Tracker:
    """Shows what was saved last."""

    problems = ""
    entries: ClassVar[list[Any]] = []

    def __init__(self) -> None:
        self.show(Project("old"))

    def show(self, project: Any) -> None:
        self.project, self.files = project, Files(project.text)


class Project:
    """A project of one resolution."""

    root = Path()

    def __init__(self, text: str) -> None:
        self.text, self.contents = text, {NAME: text.encode()}

    def renew(self, slugs: set[str], contents: dict[str, bytes]) -> Any:
        return Project(contents[NAME].decode())


def test_who_asks_while_a_save_is_read_gets_the_new_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on, answers = threading.Event(), threading.Event(), []

    def read_tree(root: Path) -> tuple[dict[str, bytes], list]:
        reading.set()
        assert go_on.wait(PATIENCE)
        return {NAME: b"new"}, []

    monkeypatch.setattr(preview, "read_tree", read_tree)
    monkeypatch.setattr(Preview, "_check", lambda self, files: None)
    found = Preview(Tracker(), Server(tmp_path), lambda: None)  # type: ignore[arg-type]

    def ask() -> None:
        answers.extend(
            found.answer({"PATH_INFO": "/resolutions/2-4/"}, lambda status, headers: None)
        )

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


def test_who_asks_just_before_the_site_is_made_anew_gets_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "read_tree", lambda root: ({NAME: b"new"}, []))
    monkeypatch.setattr(Preview, "_check", lambda self, files: None)
    server, statuses = Server(tmp_path), []
    found = Preview(Tracker(), server, lambda: None)  # type: ignore[arg-type]
    server.before = lambda asked: asked or found.build()
    answer = found.answer(
        {"PATH_INFO": "/resolutions/2-4/"}, lambda status, headers: statuses.append(status)
    )
    assert (list(answer), statuses, server.asked) == (["new"], ["200 OK"], 2)


def test_who_asks_for_what_is_not_there_is_told_so_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, statuses = Server(tmp_path), []
    found = Preview(Tracker(), server, lambda: None)  # type: ignore[arg-type]
    monkeypatch.setattr(found.rendered, "render", lambda name: None)
    answer = found.answer(
        {"PATH_INFO": "/nothing/"}, lambda status, headers: statuses.append(status)
    )
    assert (list(answer), statuses, server.asked) == (["404"], ["404 Not Found"], 1)
