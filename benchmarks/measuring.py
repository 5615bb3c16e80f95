"""What is measured, and in which order: first ours, then each peer, then ours again, so that whatever else the machine
does meanwhile falls on all alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from benchmarks import indexing, preview, processes
from benchmarks.ground import HUGO, MATERIAL, OURS, ZENSICAL, Ground
from benchmarks.processes import CommandFailed, Cost
from macros.build.project import Site

COLD, UNCHANGED, EDITED, SEARCH, PREVIEW = PARTS = (
    "cold",
    "unchanged",
    "edited",
    "search",
    "preview",
)
BUILDS = (COLD, UNCHANGED, EDITED)
STEPS = (
    (COLD, OURS), (COLD, MATERIAL), (COLD, ZENSICAL), (COLD, HUGO),
    (UNCHANGED, OURS), (UNCHANGED, ZENSICAL),
    (EDITED, OURS), (EDITED, ZENSICAL),
)  # fmt: skip
PREVIEWS = (OURS, ZENSICAL, MATERIAL)

Runs = dict[str, list[Cost]]
"""Who, or what, and what each of its runs took."""
Tell = Callable[[str], None]


def steps(parts: Collection[str], who: Collection[str]) -> list[tuple[str, str]]:
    """The builds of one run, in order."""
    return [(part, one) for part, one in STEPS if part in parts and one in who]


def builds(
    ground: Ground, parts: Collection[str], who: Collection[str], runs: int, tell: Tell
) -> Iterator[dict[str, Runs]]:
    """Whole builds; yields all samples so far, by part, after each run. A peer that fails is left out from then on.

    `UNCHANGED` and `EDITED` find what the build before them left.
    """
    found: dict[str, Runs] = {}
    order, failed = steps(parts, who), set()
    for run in range(runs):
        first = (
            []
            if run or COLD in parts
            else [(COLD, one) for one in who if any(one == of for _, of in order)]
        )
        for part, one in (*first, *order):
            if one in failed:
                continue
            if part == COLD:
                ground.forget(one)
            if part == EDITED:
                ground.edit(one, run, f"edited{run}")
            try:
                cost = processes.run(ground.build(one), ground.at(one))
            except CommandFailed as error:
                if one == OURS:
                    raise
                tell(f"{one} fails and is left out: {error}")
                failed.add(one)
                continue
            if part in parts:
                found.setdefault(part, {}).setdefault(one, []).append(cost)
                tell(
                    f"{part}, {one}: {cost.wall:.2f} s, processors {cost.cpu:.2f} s, memory {cost.peak / 1e6:.0f} MB"
                )
        yield found


def previews(ground: Ground, who: Collection[str], runs: int, tell: Tell) -> Runs:
    """Seconds from saving to seeing, one preview after the other; a peer's that fails is left out."""
    found: Runs = {}
    for one in PREVIEWS:
        if one in who:
            try:
                found[one] = preview.measure(ground.preview(one), runs)
            except CommandFailed as error:
                if one == OURS:
                    raise
                tell(f"{one} fails and is left out: {error}")
    return found


def measured(
    ground: Ground, parts: Collection[str], who: Collection[str], runs: int, tell: Tell
) -> Iterator[tuple[str, int, Runs]]:
    """Measure; yields a part, the number of its pages in one language, and its runs so far, whenever there are more."""
    for found in builds(ground, parts, who, runs, tell):
        for part, costs in found.items():
            yield part, ground.pages, costs
    if SEARCH in parts:
        count, costs = indexing.measure(Site.load(ground.at(OURS)), runs)
        _tell_seconds(SEARCH, costs, tell)
        yield SEARCH, count // ground.languages, costs
    if PREVIEW in parts:
        costs = previews(ground, who, runs, tell)
        _tell_seconds(PREVIEW, costs, tell)
        yield PREVIEW, ground.pages, costs


def _tell_seconds(part: str, costs: Runs, tell: Tell) -> None:
    for who, runs in costs.items():
        tell(f"{part}, {who}: {', '.join(f'{run.wall:.2f}' for run in runs)} s")
