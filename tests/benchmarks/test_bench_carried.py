"""What readers carry, as it is told of a site: the heaviest page, the largest list, what is too much."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.carried import LARGEST, WEIGHED, Figure, spread, weights
from macros.pages.page import Page


def put(folder: Path, path: str, html: bytes, slug: str | None = None) -> Page:
    (folder / path).mkdir(parents=True)
    (folder / path / "index.html").write_bytes(html)
    return Page(path, "", "", lambda view: "", slug)


def test_the_heaviest_page_and_the_largest_list_are_named(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(12_000)
    made = [
        put(tmp_path, "resolutions/1-1/", b"<nav>12</nav><article a>words</article><i>", "1-1"),
        put(tmp_path, "resolutions/1-2/", b"<nav>12</nav><article>" + noise + b"</article>", "1-2"),
        put(tmp_path, "resolutions/1-3/", b"<article>" + b"a" * 90_000 + b"</article>", "1-3"),
        put(tmp_path, "funding/", b"b" * 300_001),
        put(tmp_path, "timeline/", b"b" * 9),
    ]
    largest, mean, around, other = weights(tmp_path, made)
    assert (
        "`resolutions/1-2/`" in largest.row()
        and 12_000 < largest.value < 12_200
        and "**missed**" in largest.row()
    )
    assert mean.value < largest.value / 2 and around.value == len("<nav>12</nav><i>")
    assert (
        other.value == 300_001 and "`funding/`, of 2" in other.row() and "**missed**" in other.row()
    )


def test_a_figure_without_a_target_is_neither_met_nor_missed() -> None:
    assert Figure("x", 0.501, "s", 0.5).row() == "| x | 0.50 s | ≤ 0.5 | **missed** |  |"
    assert Figure("x", 1234, "bytes", 250_000).row() == "| x | 1,234 bytes | ≤ 250,000 | met |  |"
    assert Figure("x", 1234, "bytes").row() == "| x | 1,234 bytes |  |  |  |"


def test_of_very_many_pages_some_are_weighed_and_all_the_largest() -> None:
    names = [f"resolutions/{number}/" for number in range(3 * WEIGHED)]
    sizes = [random.Random(number).randrange(10_000) for number in range(len(names))]
    some = spread(names, sizes)
    assert WEIGHED / 2 <= len(some) <= WEIGHED + LARGEST and some == sorted(
        set(some), key=names.index
    )
    assert {name for _, name in sorted(zip(sizes, names))[-LARGEST + 1 :]} <= {*some}
    assert spread(names[:7], sizes[:7]) == names[:7]
