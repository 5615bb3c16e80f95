"""Templates are compiled once, and what is kept of them is never trusted when it is damaged or of other code."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from macros.build import building
from macros.render import compiled
from macros.render import view as render
from macros.render.compiled import Compiled


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render.environment(), "bytecode_cache", None)


def rendered(
    root: Path, monkeypatch: pytest.MonkeyPatch, text: str = "Hello {{ name }}", save: bool = True
) -> tuple[str, int]:
    """What a template gives in a new environment with what was kept below `root`, and how often it was compiled."""
    found = Compiled(root)
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page.html": text}), bytecode_cache=found
    )
    count = []
    compile_ = environment.compile
    monkeypatch.setattr(
        environment, "compile", lambda *given, **named: count.append(1) or compile_(*given, **named)
    )
    html = environment.get_template("page.html").render(name="all")
    if save:
        found.save()
    return html, len(count)


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path, monkeypatch) == ("Hello all", 1)
    assert rendered(tmp_path, monkeypatch) == ("Hello all", 0)


def test_another_text_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path, monkeypatch)
    assert rendered(tmp_path, monkeypatch, "Bye {{ name }}") == ("Bye all", 1)


def test_other_code_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path, monkeypatch)
    monkeypatch.setattr(building, "code", lambda: "another")
    assert rendered(tmp_path, monkeypatch) == ("Hello all", 1)


def test_what_is_damaged_counts_as_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path, monkeypatch)
    file = tmp_path / compiled.FILE
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    assert rendered(tmp_path, monkeypatch) == ("Hello all", 1)


def test_nothing_is_written_where_nothing_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered(tmp_path, monkeypatch)
    (tmp_path / compiled.FILE).unlink()
    found = Compiled(tmp_path)
    found.save()
    assert not (tmp_path / compiled.FILE).exists()


def test_the_templates_of_pages_are_kept(tmp_path: Path) -> None:
    found = Compiled(tmp_path)
    assert render.environment().bytecode_cache is found
