"""What is kept of files that were read: the same values, the same problems and places, nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.corpus import source
from macros.corpus.readings import MANY, Readings
from macros.corpus.source import read

GOOD = b"a: [1, 2.5, true, null, {b: x}]\nlong: |\n  words\n  more\n"
BAD = b"a: 1\na: 2\n"


def test_a_file_that_has_not_changed_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:-1], lambda raw: b"", lambda raw: raw[:40] + b"x" + raw[41:]]
)
def test_what_is_damaged_is_read_anew(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    readings = Readings(tmp_path / "kept")
    readings.read("x.yml", GOOD)
    readings.save()
    (tmp_path / "kept").write_bytes(spoil((tmp_path / "kept").read_bytes()))
    assert Readings(tmp_path / "kept").read("x.yml", GOOD).value == read("x.yml", GOOD).value


def have(monkeypatch: pytest.MonkeyPatch, processors: int) -> None:
    """A machine with so many processors, and none of the threads that other tests may have left in this process."""
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    monkeypatch.setattr("threading.active_count", lambda: 1)


def test_many_new_files_are_parsed_by_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"data/{number}.yml": b"a: %d\n" % number for number in range(MANY)} | {
        "data/bad.yml": BAD,
        "docs/en/x.md": GOOD,
    }
    have(monkeypatch, processors=2)
    readings = Readings(tmp_path / "kept")
    readings.ahead(files)
    asked = []
    monkeypatch.setattr(source, "read", lambda name, raw: asked.append(name) or read(name, raw))
    for name in ("data/7.yml", "data/bad.yml", "docs/en/x.md"):
        found, alone = readings.read(name, files[name]), read(name, files[name])
        assert (found.name, found.value, found.problems) == (name, alone.value, alone.problems)
    assert asked == ["data/bad.yml", "docs/en/x.md"]
    readings.save()
    again = Readings(tmp_path / "kept")
    asked.clear()
    again.read("data/7.yml", files["data/7.yml"])
    assert asked == []


def test_what_another_process_fails_to_parse_is_read_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have(monkeypatch, processors=3)
    monkeypatch.setattr("macros.build.beside._tell", lambda task, told: os._exit(1))
    files = {f"data/{number}.yml": b"a: %d\n" % number for number in range(MANY)}
    readings = Readings(tmp_path / "kept")
    readings.ahead(files)
    assert [readings.read(name, raw).value for name, raw in files.items()] == [
        {"a": number} for number in range(MANY)
    ]


@pytest.mark.parametrize("processors, number", [(1, MANY), (2, MANY - 1)])
def test_one_processor_and_few_files_need_no_other_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int, number: int
) -> None:
    have(monkeypatch, processors)
    monkeypatch.setattr("macros.build.beside.multiprocessing", None)
    Readings(tmp_path / "kept").ahead(
        {f"data/{number}.yml": b"a: %d\n" % number for number in range(number)}
    )
