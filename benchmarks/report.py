"""Results as text: the table of targets, the medians behind it, and `BENCHMARKS.md` around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.ground import HUGO, MATERIAL, OURS, ZENSICAL
from benchmarks.results import Result, Results
from benchmarks.targets import Row, rows

NAMES = {
    OURS: "this project, all languages",
    MATERIAL: "plain Material",
    ZENSICAL: "Zensical",
    HUGO: "Hugo",
}
ORDER = tuple(NAMES)
METHOD = """\
How it is measured. `benchmarks/corpus.py` invents an organ of each size, in English and Chinese, always the same. Each \
build is a whole process, run in turns: ours, a peer, the next peer, and again. Times are medians of the runs. Memory is \
the highest sum over all processes of a build but those that index for the search, what they share counted once. “By processors” is the same comparison of the \
seconds that the processors worked, which others on the same machine disturb less.

What is compared. All have one page at each address, with the same words; ours is built with everything else that the \
site offers (data, feeds, calendars, cards, the search index), in all languages; a peer builds English alone. So builds are \
compared per language: ours divided by the number of languages.

- Plain Material and Zensical build the same Markdown files: for a resolution, now and as it stood then, the Markdown \
that the site offers; for a list its body made Markdown. Only the lists are in the navigation. Their own search is on, \
for the pages that ours finds, but for lists with a section so long that Zensical refuses it.
- Hugo reads the same YAML files and makes the pages of resolutions with a content adapter; its templates \
(`benchmarks/hugo/`) do the least and show every field, its text as it is. It makes no search index.
- The search index is measured on its own, in the way of a build: the languages side by side, and after an edit only \
what changed. “Without the search index” leaves out the second of these.
- A preview is asked for its page over HTTP every ten milliseconds, from the moment a file is saved until the page has \
the new words. All previews have one language.
- “One edit” changes the text of one progress note in one YAML file, another one in each run.
- Growth is reckoned up to the largest size that was measured on the same kind of processor as 1,500.
"""
COMMANDS = """\
To repeat it:

```
make bench                              # 15, 150, 1,500 and 5,000 resolutions
N="15 150" make bench                   # some sizes
N=20000 PARTS=cold make bench           # ours alone: above 5,000 the peers are left out
N=1500 PARTS="search preview" make bench
WRITE=1 PARTS=none make bench           # this file again, from all that was measured
```

Each size and part is kept in `.cache/bench/`, the last run of each, so that the table can grow over several days.
"""


def table(found: Iterable[Row]) -> str:
    """The table of targets, in Markdown."""
    head = "| measure | resolutions | ours, all languages | ours, per language | peer | compared | target | | by processors |"
    lines = [head, "| --- | ---: | ---: | ---: | --- | ---: | ---: | --- | ---: |"]
    for row in found:
        cells = (
            row.measure, f"{row.size:,}", seconds(row.whole), seconds(row.ours),
            f"{row.peer}: {seconds(row.theirs)}" if row.peer else "",
            f"{row.value:.2f} {row.unit}".strip(),
            "" if row.target is None else f"≤ {row.target:g} {row.unit}".strip(),
            {None: "", True: "met", False: "**missed**"}[row.met],
            "" if row.work is None else f"{row.work:.2f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def medians(results: Results) -> str:
    """The table of what was measured, in Markdown."""
    lines = [
        "| part | resolutions | pages, one language | who | runs | seconds | of processors | memory, MB | day |"
    ]
    lines.append("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |")
    for result in results.all:
        for who in sorted(
            result.samples, key=lambda who: ORDER.index(who) if who in ORDER else len(ORDER)
        ):
            lines.append(f"| {' | '.join(_measured(result, who))} |")
    return "\n".join(lines) + "\n"


def _measured(result: Result, who: str) -> Sequence[str]:
    cpu, peak = result.median(who, "cpu"), result.median(who, "peak")
    return (
        result.part, f"{result.size:,}", f"{result.pages:,}", NAMES.get(who, who), str(len(result.samples[who])),
        seconds(result.median(who)), seconds(cpu) if cpu else "", f"{peak / 1e6:.0f}" if peak else "", result.day,
    )  # fmt: skip


def seconds(value: float | None) -> str:
    """Seconds as the tables have them."""
    return "" if value is None else f"{value:.2f} s"


def conditions(results: Results) -> Iterator[str]:
    """On what machines and with what versions it was measured, one line for each."""
    seen = {}
    for result in results.all:
        machine = {name: value for name, value in result.machine.items() if name != "busy"}
        key = (tuple(machine.items()), tuple(result.versions.items()))
        seen.setdefault(key, []).append(result)
    for (machine, versions), those in seen.items():
        of, built = dict(machine), dict(versions)
        what = ", ".join(f"{result.part} {result.size:,}" for result in those)
        busy = max(float(result.machine["busy"]) for result in those)
        yield (
            f"- {of['processor']}, {of['cores']} cores, {of['memory']}, {of['system']}, Python {of['python']}; "
            f"this project at {built['tracker']}, Material {built['material']} with MkDocs {built['mkdocs']}, "
            f"Zensical {built['zensical']}, Hugo {built['hugo']}, Pagefind {built['pagefind']}: {what}. "
            f"Up to {busy:g} processes at once were ready to run, its own among them."
        )


def document(results: Results) -> str:
    """The whole of `BENCHMARKS.md`."""
    found = list(rows(results))
    missed = sum(row.met is False for row in found)
    met = sum(row.met is True for row in found)
    return "\n".join((
        "# Benchmarks\n",
        f"Made by `make bench`. Targets met: {met} of {met + missed}.\n",
        table(found),
        METHOD,
        COMMANDS,
        "## What was measured\n",
        medians(results),
        "## Machines and versions\n",
        *conditions(results),
        "",
    ))  # fmt: skip
