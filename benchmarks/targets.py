"""What the figures should be: results → one row for each measure, with ours, a peer's, and whether the target is met.

Builds are compared per language, since a peer builds one: ours takes all languages, divided by their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log

from benchmarks.ground import HUGO, MATERIAL, OURS, ZENSICAL
from benchmarks.indexing import COLD as WHOLE
from benchmarks.indexing import EDITED as ONE
from benchmarks.measuring import COLD, EDITED, PREVIEW, SEARCH, UNCHANGED
from benchmarks.results import Results

GROWTH_FROM = 1500


@dataclass(frozen=True)
class Row:
    """One measure at one size. `whole` are seconds of all languages, `ours` those per language; `value` is compared
    with the target, and is a ratio to the peer where there is one. `work` is the same ratio of what the processors did,
    which says more than the clock on a machine that others use too."""

    measure: str
    size: int
    value: float
    target: float | None = None
    unit: str = ""
    whole: float | None = None
    ours: float | None = None
    peer: str = ""
    theirs: float | None = None
    work: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; `None` if there is none."""
        return None if self.target is None else self.value <= self.target


@dataclass(frozen=True)
class Against:
    """A build of ours beside one of a peer: name, our part, the peer's part and who it is, the targets by size.

    Without `search`, what the index takes is left out of ours.
    """

    measure: str
    part: str
    peer_part: str
    peer: str
    name: str
    targets: Mapping[int, float] = field(default_factory=dict)
    search: bool = True


AGAINST = (
    Against("cold build", COLD, COLD, MATERIAL, "plain Material", {1500: 0.25, 5000: 0.25}),
    Against(
        "cold build", COLD, COLD, ZENSICAL, "Zensical, cold", {15: 1.5, 1500: 0.25, 5000: 0.25}
    ),
    Against("cold build", COLD, COLD, HUGO, "Hugo", {1500: 3, 5000: 3}),
    Against("nothing changed", UNCHANGED, UNCHANGED, ZENSICAL, "Zensical, warm", {1500: 0.2}),
    Against("nothing changed", UNCHANGED, COLD, HUGO, "Hugo, full", {1500: 1.5}),
    Against("one edit", EDITED, EDITED, ZENSICAL, "Zensical, one edit"),
    Against(
        "one edit, without the search index",
        EDITED,
        COLD,
        HUGO,
        "Hugo, full",
        {5000: 0.6},
        search=False,
    ),
)
PREVIEW_TARGETS = {15: 0.7, 150: 0.7, 1500: 1.0}
PREVIEWERS = ((ZENSICAL, "Zensical"), (MATERIAL, "plain Material"))
SEARCH_TARGET, SEARCH_FROM, SEARCH_EDIT_TARGETS = 1.5, 1500, {5000: 1.0}
"""Below that size the index is nearly all fixed cost, so that a thousand pages say nothing."""
GROWTH_TARGET, MEMORY_TARGET = 1.05, 60.0


def rows(results: Results) -> Iterator[Row]:
    """All rows that the results are enough for."""
    for against in AGAINST:
        yield from _against(results, against)
    yield from _previews(results)
    yield from _search(results)
    yield from _growth(results)
    yield from _memory(results)


def _against(results: Results, against: Against) -> Iterator[Row]:
    for size in results.sizes(against.part):
        found = results.of(against.part, size)
        whole, theirs = (
            results.median(against.part, size, OURS),
            results.median(against.peer_part, size, against.peer),
        )
        index = 0.0 if against.search else results.median(SEARCH, size, ONE)
        if found and whole is not None and theirs and index is not None:
            ours = (whole - index) / found.languages
            did = (
                results.median(against.part, size, OURS, "cpu"),
                results.median(against.peer_part, size, against.peer, "cpu"),
            )
            yield Row(
                against.measure, size, ours / theirs, against.targets.get(size),
                whole=whole - index, ours=ours, peer=against.name, theirs=theirs,
                work=did[0] / found.languages / did[1] if against.search and did[0] and did[1] else None,
            )  # fmt: skip


def _previews(results: Results) -> Iterator[Row]:
    for size in results.sizes(PREVIEW):
        ours = results.median(PREVIEW, size, OURS)
        if ours is not None:
            yield Row(
                "preview, from saving to seeing",
                size,
                ours,
                PREVIEW_TARGETS.get(size),
                "s",
                ours=ours,
            )
            for peer, name in PREVIEWERS:
                if theirs := results.median(PREVIEW, size, peer):
                    yield Row(
                        "preview, from saving to seeing",
                        size,
                        ours / theirs,
                        ours=ours,
                        peer=name,
                        theirs=theirs,
                    )


def _search(results: Results) -> Iterator[Row]:
    for size in results.sizes(SEARCH):
        found = results.of(SEARCH, size)
        if found and (whole := found.median(WHOLE)) and (edited := found.median(ONE)):
            each = whole / (found.pages * found.languages) * 1000
            target = SEARCH_TARGET if size >= SEARCH_FROM else None
            yield Row(
                "search index, 1,000 pages", size, each, target, "s", whole, whole / found.languages
            )
            target = SEARCH_EDIT_TARGETS.get(size)
            yield Row(
                "search index, one edit",
                size,
                edited,
                target,
                "s",
                edited,
                edited / found.languages,
            )


def _growth(results: Results) -> Iterator[Row]:
    """Up to the largest size that was measured on the same kind of machine: on another, time says nothing."""
    few = results.of(COLD, GROWTH_FROM)
    if few and few.median(OURS):
        built = [found for found in results.all if found.part == COLD and found.median(OURS)]
        *_, many = (
            found for found in built if found.machine["processor"] == few.machine["processor"]
        )
        if many.size > GROWTH_FROM:
            value = exponent(few.pages, few.median(OURS), many.pages, many.median(OURS))
            yield Row(
                f"growth of the cold build from {GROWTH_FROM:,}", many.size, value, GROWTH_TARGET
            )


def exponent(few: float, short: float, many: float, long: float) -> float:
    """The power of the number of pages with which time grows: 1 if twice the pages take twice the time."""
    return log(long / short) / log(many / few)


def _memory(results: Results) -> Iterator[Row]:
    sizes = [size for size in results.sizes(COLD) if results.median(COLD, size, OURS, "peak")]
    if len(sizes) > 1:
        small, large = results.of(COLD, sizes[0]), results.of(COLD, sizes[-1])
        more = large.median(OURS, "peak") - small.median(OURS, "peak")
        value = more / ((large.pages - small.pages) * large.languages) / 1000
        yield Row(
            f"memory for each page and language more than at {sizes[0]:,}",
            sizes[-1],
            value,
            MEMORY_TARGET,
            "kB",
        )
