"""Measures builds and previews and prints a table in Markdown; see the package."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import click

from benchmarks import corpus
from benchmarks.processes import measure_build, measure_preview

TRACKER = str(Path(sys.executable).with_name("tracker"))
_TEXT = re.compile(r'(?<="text": ")(?:Marked \w+\. )?')


def mark(text: str, word: str) -> str:
    """Change the text of the first update of a resolution so that it contains a word."""
    marked, count = _TEXT.subn(f"Marked {word}. ", text, count=1)
    if not count:
        raise ValueError("the resolution has no text")
    return marked


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--runs", default=3, show_default=True, help="Builds and edits of each kind.")
@click.option("--against", multiple=True, help="NAME=COMMAND: another tracker to take turns with.")
def main(sizes: tuple[int, ...], runs: int, against: tuple[str, ...]) -> None:
    """Measure organs of some SIZES in resolutions (15 if none is given)."""
    pairs = (entry.partition("=") for entry in against)
    commands = {"this checkout": TRACKER} | {name: command for name, _, command in pairs}
    click.echo("| what | resolutions | who | wall clock | processors |")
    click.echo("| --- | ---: | --- | ---: | ---: |")
    for size in sizes or (15,):
        with tempfile.TemporaryDirectory() as folder:
            for row in _measure(Path(folder), size, commands, runs):
                click.echo(row)


def _measure(folder: Path, size: int, commands: dict[str, str], runs: int) -> Iterator[str]:
    """Measure all commands in turns, each in a project of its own; yields the rows of a table."""
    for name in commands:
        corpus.write(folder / name, size)
    costs = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            for left in ("site", ".cache"):
                shutil.rmtree(folder / name / left, ignore_errors=True)
            costs[name].append(measure_build(f"{command} build", folder / name))
    for name, found in costs.items():
        wall, cpu = median(cost.wall for cost in found), median(cost.cpu for cost in found)
        yield f"| cold build | {size:,} | {name} | {wall:.2f} s | {cpu:.2f} s |"
    for name, command in commands.items():
        file = folder / name / "data/resolutions/1-1.yml"

        def edit(word: str, file: Path = file) -> None:
            file.write_text(mark(file.read_text("utf-8"), word), encoding="utf-8")

        serve = f"{command} serve --address"
        times = measure_preview(serve, folder / name, "resolutions/1-1/", edit, runs)
        yield f"| preview of an edit | {size:,} | {name} | {median(times):.2f} s | |"


main()
