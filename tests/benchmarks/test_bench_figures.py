"""From what was measured to a table that says whether targets are met."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import indexing, processes, report, results, targets
from benchmarks.ground import (
    HUGO,
    MATERIAL,
    OURS,
    PEERS,
    ZENSICAL,
    changed_in,
    marked_data,
    marked_page,
)
from benchmarks.measuring import BUILDS, COLD, EDITED, PREVIEW, SEARCH, UNCHANGED, builds, steps
from benchmarks.processes import CommandFailed, Cost
from benchmarks.results import Result, Results
from benchmarks.targets import Row

MACHINE = {
    "processor": "A processor",
    "cores": "2",
    "memory": "8 GiB",
    "system": "Linux",
    "python": "3.12.1",
    "busy": "0.5",
}
VERSIONS = {
    "tracker": "abc",
    "material": "9",
    "mkdocs": "1.6",
    "zensical": "0.0.1",
    "hugo": "0.160",
    "pagefind": "1.5",
}


def result(part: str, size: int, **walls: float | list[float]) -> Result:
    samples = {
        who: [
            Cost(wall, wall * 2, int(wall * 1e6))
            for wall in (given if isinstance(given, list) else [given])
        ]
        for who, given in walls.items()
    }
    return Result(part, size, size * 3, 2, "2026-01-31", MACHINE, VERSIONS, samples)


def of(found: Results, measure: str, size: int, peer: str = "") -> Row:
    return next(
        row
        for row in targets.rows(found)
        if row.measure == measure and row.size == size and row.peer == peer
    )


def test_ours_is_compared_per_language_with_the_median_of_the_runs() -> None:
    found = Results([result(COLD, 1500, ours=[9, 4, 100], material=[20, 18, 19], hugo=1)])
    row = of(found, "cold build", 1500, "plain Material")
    assert (row.whole, row.ours, row.theirs) == (9, 4.5, 19)
    assert row.value == row.work == pytest.approx(4.5 / 19)
    assert row.met is True
    assert of(found, "cold build", 1500, "Hugo").met is False


def test_a_size_without_a_target_is_neither_met_nor_missed() -> None:
    row = of(Results([result(COLD, 150, ours=9, material=20)]), "cold build", 150, "plain Material")
    assert row.met is None


def test_nothing_changed_is_beside_a_full_build_by_hugo() -> None:
    found = Results([result(COLD, 1500, hugo=2), result(UNCHANGED, 1500, ours=3, zensical=30)])
    assert of(found, "nothing changed", 1500, "Hugo, full").value == pytest.approx(0.75)
    assert of(found, "nothing changed", 1500, "Zensical, warm").value == pytest.approx(0.05)


def test_one_edit_without_the_index_leaves_out_what_a_build_waits_for() -> None:
    edited, cold = result(EDITED, 5000, ours=6), result(COLD, 5000, hugo=5)
    name = "one edit, without the search index"
    search = result(SEARCH, 5000, **{indexing.COLD: 9, indexing.EDITED: 2})
    row = of(Results([edited, cold, search]), name, 5000, "Hugo, full")
    assert (row.whole, row.ours, row.value) == (4, 2, pytest.approx(0.4))
    assert name not in [row.measure for row in targets.rows(Results([edited, cold]))]


def test_a_preview_is_beside_its_limit_and_beside_others() -> None:
    found = Results([result(PREVIEW, 15, ours=0.5, zensical=0.25)])
    assert of(found, "preview, from saving to seeing", 15).met is True
    assert of(found, "preview, from saving to seeing", 15, "Zensical").value == pytest.approx(2)


def test_search_is_told_for_a_thousand_pages() -> None:
    found = Results([result(SEARCH, 5000, **{indexing.COLD: 60, indexing.EDITED: 0.9})])
    row = of(found, "search index, 1,000 pages", 5000)
    assert row.value == pytest.approx(2)
    assert row.met is False
    assert of(found, "search index, one edit", 5000).met is True


def test_growth_and_memory_are_of_the_sizes_that_were_run() -> None:
    found = Results(
        [result(COLD, size, ours=wall) for size, wall in ((15, 1), (1500, 10), (15000, 100))]
    )
    growth = of(found, "growth of the cold build from 1,500", 15000)
    assert growth.value == pytest.approx(1)
    elsewhere = replace(result(COLD, 20000, ours=1), machine={"processor": "another"})
    assert of(Results([*found.all, elsewhere]), growth.measure, 15000) == growth
    memory = of(found, "memory for each page and language more than at 15", 15000)
    assert memory.value == pytest.approx(99e6 / (14985 * 3 * 2) / 1000)
    assert not [
        row
        for row in targets.rows(Results([result(COLD, 15, ours=1)]))
        if row.measure.startswith(("growth", "memory"))
    ]


def test_the_exponent_is_two_if_twice_the_pages_take_four_times_as_long() -> None:
    assert targets.exponent(100, 1, 200, 4) == pytest.approx(2)


def test_what_is_kept_comes_back_and_a_later_run_takes_its_place(tmp_path: Path) -> None:
    first, second, other = (
        result(COLD, 15, ours=1),
        result(COLD, 15, ours=2),
        result(PREVIEW, 15, ours=3),
    )
    for one in (first, other, second):
        results.save(one, tmp_path)
    found = results.load(tmp_path)
    assert found.all == [second, other]
    assert found.median(COLD, 15, OURS, "cpu") == 4
    assert found.median(COLD, 150, OURS) is None


def test_the_table_says_met_or_missed() -> None:
    rows = [
        Row("a", 1500, 0.5, 0.25, whole=2, ours=1, peer="P", theirs=2, work=0.75),
        Row("b", 15, 0.25, 0.7, "s"),
        Row("c", 15, 1),
    ]
    lines = report.table(rows).splitlines()
    assert lines[2:] == [
        "| a | 1,500 | 2.00 s | 1.00 s | P: 2.00 s | 0.50 | ≤ 0.25 | **missed** | 0.75 |",
        "| b | 15 |  |  |  | 0.25 s | ≤ 0.7 s | met |  |",
        "| c | 15 |  |  |  | 1.00 |  |  |  |",
    ]


def test_the_document_has_both_tables_and_the_machine() -> None:
    text = report.document(
        Results([result(COLD, 15, ours=1, zensical=1), result(COLD, 1500, ours=5, hugo=0.5)])
    )
    assert "Targets met: 2 of 3" in text  # beside Zensical, and memory; not beside Hugo
    assert "| cold | 1,500 | 4,500 | Hugo | 1 | 0.50 s | 1.00 s | 0 | 2026-01-31 |" in text
    assert text.count("- A processor, 2 cores, 8 GiB, Linux, Python 3.12.1") == 1
    assert "cold 15, cold 1,500" in text


def test_an_edit_takes_the_place_of_the_one_before() -> None:
    data = 'updates:\n  - {id: update-3, text: "One."}\n  - {id: update-4, text: "Two."}\n'
    once = marked_data(data, "a1")
    assert once == data.replace("One.", "Marked a1. One.")
    assert marked_data(once, "b2") == data.replace("One.", "Marked b2. One.")
    page = "# Title\n\nText.\n"
    assert marked_page(marked_page(page, "a1"), "b2") == "# Title\n\nMarked b2.\n\nText.\n"


def test_each_run_changes_another_resolution_that_is_there() -> None:
    assert [changed_in(run, 15) for run in (0, 1, 14, 15)] == ["1-1", "1-2", "1-15", "1-1"]
    assert changed_in(100, 1500) == "1-1"


def test_ours_comes_first_and_every_build_of_a_peer_has_one_of_ours_before_it() -> None:
    order = steps(BUILDS, (OURS, *PEERS))
    assert [who for part, who in order if part == COLD] == [OURS, MATERIAL, ZENSICAL, HUGO]
    for part in BUILDS:
        assert next(who for of, who in order if of == part) == OURS
    assert steps([COLD], [OURS]) == [(COLD, OURS)]
    assert (UNCHANGED, ZENSICAL) in order


class Told:
    """A ground that only tells what is done to it."""

    def __init__(self, failing: str = "") -> None:
        self.done: list[str] = []
        self.failing = failing

    def forget(self, who: str) -> None:
        self.done.append(f"forget {who}")

    def edit(self, who: str, run: int, mark: str) -> None:
        self.done.append(f"edit {who} {run}")

    def build(self, who: str) -> list[str]:
        return [who]

    def at(self, who: str) -> Path:
        return Path(who)

    def run(self, command: list[str], folder: Path) -> Cost:
        if command[0] == self.failing:
            raise CommandFailed("it does not want to")
        self.done.append(f"build {command[0]}")
        return Cost(1, 1, 1)


def test_each_build_finds_the_state_that_it_is_measured_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Told()
    monkeypatch.setattr(processes, "run", ground.run)
    found = list(builds(ground, [COLD, UNCHANGED, EDITED], [OURS], 2, lambda text: None))[-1]
    once = ["forget ours", "build ours", "build ours", "edit ours {}", "build ours"]
    assert ground.done == [line.format(run) for run in (0, 1) for line in once]
    assert {part: len(costs[OURS]) for part, costs in found.items()} == {
        COLD: 2,
        UNCHANGED: 2,
        EDITED: 2,
    }


def test_without_cold_builds_there_is_one_that_is_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Told()
    monkeypatch.setattr(processes, "run", ground.run)
    found = list(builds(ground, [UNCHANGED], [OURS, HUGO], 2, lambda text: None))[-1]
    assert ground.done == ["forget ours", "build ours", "build ours", "build ours"]
    assert {part: len(costs[OURS]) for part, costs in found.items()} == {UNCHANGED: 2}


def test_a_peer_that_fails_is_left_out_and_ours_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ground, told = Told(failing=ZENSICAL), []
    monkeypatch.setattr(processes, "run", ground.run)
    found = list(builds(ground, BUILDS, [OURS, ZENSICAL, HUGO], 2, told.append))[-1]
    assert found[COLD].keys() == {OURS, HUGO}
    assert [text for text in told if "left out" in text] == [
        "zensical fails and is left out: it does not want to"
    ]
    ground.failing = OURS
    with pytest.raises(CommandFailed):
        list(builds(ground, BUILDS, [OURS], 1, told.append))
