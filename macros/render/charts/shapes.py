"""Shapes and pictures as inline SVG: widths in per cent, so that text keeps its size on any screen.

A picture has a title and a description and holds no links: what reads it aloud takes it for one
image. The page shows a table that says the same, with the links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import jinja2
from markupsafe import Markup


def environment() -> jinja2.Environment:
    """Return what renders the templates of this package."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("macros.render"),
        autoescape=jinja2.select_autoescape(("html", "xml")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=jinja2.FileSystemBytecodeCache(),
    )
    environment.filters.update(percent="{:.2f}%".format, g="{:g}".format, zip=zip)
    return environment


@cache
def _template(name: str) -> jinja2.Template:
    return environment().get_template(f"charts/{name}")


def draw(template: str, **values: object) -> Markup:
    """Draw a picture from one of `templates/charts/`."""
    return Markup(_template(template).render(values))


@cache
def glyph(tone: str) -> Markup:
    """Draw the shape of a status or of a case of an event."""
    return Markup(_template("shapes.html").module.__dict__["glyph"](tone))


@dataclass(frozen=True)
class Segment:
    """A part of a bar: so many things of one tone.

    `name` and `number` (as the language writes it) are together in words in `label`.
    """

    tone: str
    name: str
    count: int
    number: str
    label: str


Bar = tuple[str, list[Segment]]
"""A bar of segments. If any has a label, there is a column for labels on the left."""


def bars(
    name: str, rows: Sequence[Bar], *, whole: int, units: bool, title: str, description: str
) -> Markup:
    """Draw bars of counts on a common scale, each segment with the shape of its tone.

    Args:
        name: Makes the ids of the picture.
        rows: The bars.
        whole: The count that is as wide as the picture.
        units: Whether each thing is a cell of its own; else figures stand in the segments.
        title: The title of the picture.
        description: What it shows, in words.

    Returns:
        A picture, empty where there is nothing to count.
    """
    counted = [(label, [part for part in parts if part.count]) for label, parts in rows]
    counted = [(label, parts) for label, parts in counted if parts]
    if not counted:
        return Markup("")
    left = 14.0 if any(label for label, _ in counted) else 0.0
    most = max(whole, *(sum(part.count for part in parts) for _, parts in counted))
    places = [list(_cells(parts, left, (100 - left) / most, units)) for _, parts in counted]
    words = {"name": name, "title": title, "description": description}
    return draw("bars.html", rows=counted, places=places, units=units, **words)


def _cells(
    segments: Sequence[Segment], left: float, scale: float, units: bool
) -> Iterator[list[tuple[float, float]]]:
    """Give the start and width of the cells of each segment, at least one per cent together."""
    widths = [max(segment.count * scale, 1.0) for segment in segments]
    total = sum(segment.count for segment in segments) * scale
    shrink = total / sum(widths) if total > len(segments) else 1.0
    for segment, width in zip(segments, widths, strict=True):
        cells = segment.count if units else 1
        size = width * shrink / cells
        yield [(left + size * cell, size) for cell in range(cells)]
        left += width * shrink
