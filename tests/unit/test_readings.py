"""What is kept of files that were read: the same values, the same problems and places, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import source
from macros.readings import Readings
from macros.source import read

GOOD = b"a: [1, 2.5, true, null, {b: x}]\nlong: |\n  words\n  more\n"
BAD = b"a: 1\na: 2\n"


def test_a_file_that_has_not_changed_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Readings(tmp_path / "kept")
    assert first.read("x.yml", GOOD).value == read("x.yml", GOOD).value
    first.save()
    monkeypatch.setattr(source, "read", None)
    known = Readings(tmp_path / "kept").read("y.yml", GOOD)
    monkeypatch.undo()
    assert (known.name, known.value, known.problems) == ("y.yml", read("y.yml", GOOD).value, [])
    assert known.position(("a", 4, "b")) == read("y.yml", GOOD).position(("a", 4, "b")) == (1, 29)


def test_problems_are_found_again(tmp_path: Path) -> None:
    for _ in range(2):
        readings = Readings(tmp_path / "kept")
        assert readings.read("x.yml", BAD).problems == read("x.yml", BAD).problems != []
        readings.save()


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-1], lambda raw: b"", lambda raw: raw[:40] + b"x" + raw[41:]])
def test_what_is_damaged_is_read_anew(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    readings = Readings(tmp_path / "kept")
    readings.read("x.yml", GOOD)
    readings.save()
    (tmp_path / "kept").write_bytes(spoil((tmp_path / "kept").read_bytes()))
    assert Readings(tmp_path / "kept").read("x.yml", GOOD).value == read("x.yml", GOOD).value
