"""Shapes and pictures as inline SVG: widths in per cent, so that they fit any screen and text keeps its size.

A picture has a title and a description and holds no links: what reads it aloud takes it for one image. The page shows
a table that says the same, with the links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import jinja2
from markupsafe import Markup

GLYPHS = {
    "idle": '<circle cx="8" cy="8" r="6"/>',
    "preparing": '<circle cx="8" cy="8" r="6"/><path class="fill" d="M8 8V2a6 6 0 0 1 6 6Z"/>',
    "active": '<circle cx="8" cy="8" r="6"/><path class="fill" d="M8 2a6 6 0 0 1 0 12Z"/>',
    "standing": '<circle cx="8" cy="8" r="6"/><circle class="fill" cx="8" cy="8" r="3"/>',
    "done": '<circle class="fill" cx="8" cy="8" r="6"/><path class="mark" d="m5 8.2 2.1 2.1L11.2 6"/>',
    "past": '<circle cx="8" cy="8" r="6"/><path d="m4 12 8-8"/>',
    "unknown": '<circle cx="8" cy="8" r="6" stroke-dasharray="2.1 2.1"/>',
    "happened": '<circle class="fill" cx="8" cy="8" r="5"/>',
    "unreported": '<circle cx="8" cy="8" r="5" stroke-dasharray="2.4 2"/>',
    "undated": '<path d="M8 2.5 13.5 8 8 13.5 2.5 8Z" stroke-dasharray="2.4 2"/>',
    "ahead": '<path d="M8 2.5 13.5 8 8 13.5 2.5 8Z"/>',
    "short": '<path d="M2.5 2.5h11v11h-11Z"/><path class="fill" d="M2.5 10.5h11v3h-11Z"/>',
    "secured": '<path class="fill" d="M2.5 2.5h11v11h-11Z"/>',
    "unstated": '<path d="M2.5 2.5h11v11h-11Z" stroke-dasharray="2.2 2.2"/>',
    "span": '<rect x="1" y="5" width="14" height="6" rx="1.5"/>',
    "by": '<path d="M1 4.5H14v7H1"/>',
    "from": '<path d="M15 4.5H2v7H15"/>',
}
"""Round: the state of a resolution, or an event of the past; a lozenge: an event to come; square: money; a bar: a date."""


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("macros.render", "templates/charts"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(percent="{:.2f}%".format, g="{:g}".format, zip=zip)
    environment.globals["glyphs"] = {tone: Markup(shape) for tone, shape in GLYPHS.items()}
    return environment


def draw(template: str, **values: object) -> Markup:
    """Draw a picture from one of `templates/charts/`."""
    return Markup(_environment().get_template(template).render(values))


def glyph(tone: str) -> Markup:
    """Draw the shape of a status or of a case of an event; the same everywhere, for those who see no colour."""
    return Markup(
        f'<svg class="rt-glyph rt-tone-{tone}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">'
        f"{GLYPHS[tone]}</svg>"
    )


def money_bar(share: float | Decimal) -> Markup:
    """Draw what was mobilized (0 to 1 of what is required) and the gap. Decorative: a table says the same."""
    return Markup(
        '<svg class="rt-bar" width="100%" height="14" aria-hidden="true">'
        '<rect class="rt-bar__gap" x="0" y="0" width="100%" height="14" rx="3"/>'
        f'<rect class="rt-bar__part" x="0" y="0" width="{_within(share) * 100:.1f}%" height="14" rx="3"/></svg>'
    )


def spark(share: float | Decimal | None, tone: str | None = None) -> Markup:
    """Draw state and money within a line: the shape of a status, if one is given, and the share that was mobilized.

    `None` for a share that is not reported: a dashed line, never an empty bar. Decorative: words beside it say the same.
    """
    left = 20 if tone else 1
    shape = f'<g class="rt-glyph rt-tone-{tone}">{GLYPHS[tone]}</g>' if tone else ""
    bar = f'<path class="rt-spark__none" d="M{left} 8h38"/>'
    if share is not None:
        rect = f'<rect class="rt-spark__{{}}" x="{left}" y="4.5" width="{{}}" height="7" rx="1"/>'
        bar = rect.format("all", 38) + rect.format("part", f"{38 * _within(share):.1f}")
    return Markup(
        f'<svg class="rt-spark" width="{left + 39}" height="16" viewBox="0 0 {left + 39} 16" aria-hidden="true">'
        f"{shape}{bar}</svg>"
    )


def _within(share: float | Decimal) -> float:
    """Cut a share to 0 to 1."""
    return max(0.0, min(1.0, float(share)))


@dataclass(frozen=True)
class Segment:
    """A part of a bar: so many things of one tone; its name, the number as the language writes it, and both in words."""

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
        units: Whether each thing is a cell of its own; else figures stand in the segments with room for them.
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
    """Give the start and width of the cells of each segment; no segment is thinner than one per cent."""
    widths = [max(segment.count * scale, 1.0) for segment in segments]
    total = sum(segment.count for segment in segments) * scale
    shrink = total / sum(widths) if total > len(segments) else 1.0
    for segment, width in zip(segments, widths, strict=True):
        cells = segment.count if units else 1
        size = width * shrink / cells
        yield [(left + size * cell, size) for cell in range(cells)]
        left += width * shrink
