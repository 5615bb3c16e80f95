"""What a build keeps for the next one, and the theme that is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.build import kept, ledger
from macros.build.building import State, Work, run
from macros.build.ledger import Ledger, key
from macros.plugin.shell import Shell, mark


def described(name: str, data: bytes) -> tuple[str, int]:
    return name, len(data)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    kept.write(tmp_path / "deep/file", "住房".encode())
    assert kept.read(tmp_path / "deep/file") == "住房".encode()


def test_pieces_that_cannot_be_kept_last_as_long_as_the_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    pieces = kept.Pieces(tmp_path / "file" / "below")
    places = [pieces.put(data) for data in (b"one", b"", "二".encode())]
    assert [pieces.get(place) for place in places] == [b"one", b"", "二".encode()]
    assert pieces.get(pieces.put(b"three")) == b"three" and pieces.get(places[0]) == b"one"
    pieces.close()


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 40])
def test_what_is_damaged_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "file").write_bytes(damage)
    assert kept.read(tmp_path / "file") is None
    assert ledger.read(tmp_path / "file").parts == {}
    (tmp_path / "pieces").write_bytes(damage)
    assert kept.Pieces(tmp_path / "pieces").get((0, 2, kept.digest(b"xy"))) is None
    assert kept.Pieces(tmp_path / "none").get((0, 2, kept.digest(b"xy"))) is None
    assert State.read(tmp_path / "file") is None


def test_a_part_is_made_again_when_its_key_or_its_files_changed(tmp_path: Path) -> None:
    made: list[str] = []

    def build(made_from: str, present: set[str], last: str | None, new: str = "new") -> None:
        old = ledger.read(tmp_path / f"{last}.json") if last else None
        one = Ledger(tmp_path / f"{new}.json", tmp_path / "site", "zh/", described, old, present)

        def make(told: dict) -> list[tuple[str, str]]:
            made.append(made_from)
            told |= {"values": ["one", 2], "text": "住房", "nothing": ""}
            return [("a/index.html", "text")]

        one.part("part", made_from, make)
        assert [one.told("part", what) for what in ("values", "text", "nothing", "other")] == [
            ["one", 2],
            "住房",
            "",
            None,
        ]
        one.write([("list", "all")])
        one.save(7)

    here = {"zh/a/index.html"}
    build("1", set(), None, "first")
    saved = ledger.read(tmp_path / "first.json")
    assert saved.files == {"zh/a/index.html": ("zh/a/index.html", 4), "zh/list": ("zh/list", 3)}
    assert saved.told("part", "text") == "住房" and saved.count == 7
    build("1", here, "first")
    assert made == ["1"]
    build("1", set(), "first")
    build("2", here, "first")
    assert made == ["1", "1", "2"]
    ledger.merge([ledger.read(tmp_path / "first.json")], tmp_path / "merged.json")
    build("1", here, "merged")
    assert made == ["1", "1", "2"]
    told = tmp_path / "first.told"
    told.write_bytes(told.read_bytes().replace(b"one", b"two"))
    build("1", here, "first")
    assert made == ["1", "1", "2", "1"]


def test_a_key_tells_values_apart() -> None:
    assert key("a", "b") == key("a", "b")
    assert len({key("a", "b"), key("ab"), key("b", "a"), key(("a", "b")), key("a", "b", None)}) == 5


def test_a_build_needs_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "mkdocs.yml").write_text("site_name: x\n")
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(folder: Path, work: Work) -> None:
        kept.put(folder / "index.html", b"home")

    assert run(root, root / "site", 0, make) == (0, True)
    assert run(root, root / "site", 0, make) == (0, False)
    assert (root / "site/index.html").read_bytes() == b"home"


def test_a_shell_is_filled_in_its_gaps() -> None:
    shell = Shell.of(f"<title>{mark('title')}</title><a>{mark('title')}</a>{mark('article')}")
    assert (
        shell.fill({"title": "A", "article": mark("title")})
        == f"<title>A</title><a>A</a>{mark('title')}"
    )
    with pytest.raises(KeyError):
        shell.fill({"title": "A"})
