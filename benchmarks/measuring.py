"""What is measured, and in which order: first ours, then each peer, then ours again, so that whatever else the machine
does meanwhile falls on all alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from benchmarks import indexing, preview, processes
from benchmarks.ground import HUGO, MATERIAL, OURS, ZENSICAL, Ground
from benchmarks.processes import Cost
from macros.builds import Site

COLD, UNCHANGED, EDITED, SEARCH, PREVIEW = PARTS = ("cold", "unchanged", "edited", "search", "preview")
BUILDS = (COLD, UNCHANGED, EDITED)
STEPS = (
    (COLD, OURS), (COLD, MATERIAL), (COLD, ZENSICAL), (COLD, HUGO),
    (UNCHANGED, OURS), (UNCHANGED, ZENSICAL),
    (EDITED, OURS), (EDITED, ZENSICAL),
)  # fmt: skip
PREVIEWS = (OURS, ZENSICAL, MATERIAL)

Samples = dict[str, dict[str, list[Cost]]]
"""What was measured: part, who, runs."""
Tell = Callable[[str], None]


def steps(parts: Collection[str], who: Collection[str]) -> list[tuple[str, str]]:
    """The builds of one run, in order."""
    return [(part, one) for part, one in STEPS if part in parts and one in who]


def builds(ground: Ground, parts: Collection[str], who: Collection[str], runs: int, tell: Tell) -> Iterator[Samples]:
    """Whole builds; yields all samples so far after each run. `UNCHANGED` and `EDITED` find what the build before left."""
    found: Samples = {}
    order = steps(parts, who)
    for one in {one for _, one in order if COLD not in parts}:
        ground.forget(one)
        processes.run(ground.build(one), ground.at(one))
    for run in range(runs):
        for part, one in order:
            if part == COLD:
                ground.forget(one)
            if part == EDITED:
                ground.edit(one, run, f"edited{run}")
            cost = processes.run(ground.build(one), ground.at(one))
            found.setdefault(part, {}).setdefault(one, []).append(cost)
            tell(f"{part}, {one}: {cost.wall:.2f} s, processors {cost.cpu:.2f} s, memory {cost.peak / 1e6:.0f} MB")
        yield found


def searching(ground: Ground, runs: int, tell: Tell) -> tuple[int, Samples]:
    """The number of entries in all languages, and what indexing them takes."""
    count, costs = indexing.measure(Site.load(ground.at(OURS)), runs)
    for what, seconds in costs.items():
        tell(f"{SEARCH}, {what}: {_seconds(seconds)}")
    return count, {SEARCH: costs}


def previews(ground: Ground, who: Collection[str], runs: int, tell: Tell) -> Samples:
    """Seconds from saving to seeing, one preview after the other."""
    found: dict[str, list[Cost]] = {}
    for one in PREVIEWS:
        if one in who:
            found[one] = preview.measure(ground.preview(one), runs)
            tell(f"{PREVIEW}, {one}: {_seconds(found[one])}")
    return {PREVIEW: found}


def _seconds(costs: Sequence[Cost]) -> str:
    return ", ".join(f"{cost.wall:.2f}" for cost in costs) + " s"


def all_parts(ground: Ground, parts: Collection[str], who: Collection[str], runs: int, tell: Tell) -> Iterator[tuple[str, int, dict[str, list[Cost]]]]:
    """Measure; yields parts with the number of their pages in one language and their samples so far, as soon as there are more."""
    for found in builds(ground, parts, who, runs, tell):
        for part, samples in found.items():
            yield part, ground.pages, samples
    if SEARCH in parts:
        count, found = searching(ground, runs, tell)
        yield SEARCH, count // ground.languages, found[SEARCH]
    if PREVIEW in parts:
        yield PREVIEW, ground.pages, previews(ground, who, runs, tell)[PREVIEW]
