"""Shapes and pictures as inline SVG, pure strings: widths in per cent, so that they fit any screen and text keeps its size.

A picture has a title and a description and holds no links: what reads it aloud takes it for one image. The page shows
a table that says the same, with the links.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Iterable, Sequence

from markupsafe import Markup, escape

_GLYPHS = {
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


def glyph(tone: str) -> Markup:
    """The shape of a status or of a case of an event; the same shape everywhere, for those who see no colour."""
    return Markup(
        f'<svg class="rt-glyph rt-tone-{tone}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{_GLYPHS[tone]}</svg>'
    )


def money_bar(share: float | Decimal) -> Markup:
    """A bar of what was mobilized (0 to 1 of what is required) and of the gap. Decorative: a table says the same."""
    return Markup(
        '<svg class="rt-bar" width="100%" height="14" aria-hidden="true">'
        '<rect class="rt-bar__gap" x="0" y="0" width="100%" height="14" rx="3"/>'
        f'<rect class="rt-bar__part" x="0" y="0" width="{within(share) * 100:.1f}%" height="14" rx="3"/></svg>'
    )


def spark(share: float | Decimal | None, tone: str | None = None) -> Markup:
    """State and money within a line: the shape of a status, if one is given, and what was mobilized of what is required.

    `None` for a share that is not reported: a dashed line, never an empty bar. Decorative: words beside it say the same.
    """
    left = 20 if tone else 1
    shape = f'<g class="rt-glyph rt-tone-{tone}">{_GLYPHS[tone]}</g>' if tone else ""
    if share is None:
        bar = f'<path class="rt-spark__none" d="M{left} 8h38"/>'
    else:
        bar = (
            f'<rect class="rt-spark__all" x="{left}" y="4.5" width="38" height="7" rx="1"/>'
            f'<rect class="rt-spark__part" x="{left}" y="4.5" width="{38 * within(share):.1f}" height="7" rx="1"/>'
        )
    width = left + 39
    return Markup(
        f'<svg class="rt-spark" width="{width}" height="16" viewBox="0 0 {width} 16" aria-hidden="true">{shape}{bar}</svg>'
    )


def within(share: float | Decimal) -> float:
    """A share cut to 0 to 1."""
    return max(0.0, min(1.0, float(share)))


def picture(
    name: str, parts: Iterable[str], *, height: float, title: str, description: str, kind: str
) -> Markup:
    """The frame of a picture. `name` makes its ids, one of a kind on a page; `kind` its class."""
    ids = f"picture-{escape(name)}"
    return Markup(
        f'<svg class="rt-picture rt-{kind}" width="100%" height="{height:g}" role="img" aria-labelledby="{ids}-title {ids}-desc">'
        f'<title id="{ids}-title">{escape(title)}</title><desc id="{ids}-desc">{escape(description)}</desc>'
        + "".join(parts)
        + "</svg>"
    )


def symbols(name: str, tones: Iterable[str]) -> str:
    """Shapes to be drawn many times in a picture, with their middle at the place; `use` draws them."""
    drawn = "".join(
        f'<g id="picture-{escape(name)}-{tone}" class="rt-glyph" transform="translate(-7 -7) scale(.875)">{_GLYPHS[tone]}</g>'
        for tone in dict.fromkeys(tones)
    )
    return f"<defs>{drawn}</defs>"


def use(name: str, tone: str, x: float, y: float, shift: float = 0) -> str:
    """A shape of `symbols` with its middle at `x` per cent and `y`, moved by `shift` pixels."""
    move = f' transform="translate({shift:g} 0)"' if shift else ""
    return f'<use href="#picture-{escape(name)}-{tone}" x="{x:.2f}%" y="{y:g}"{move}/>'


@dataclass(frozen=True)
class Segment:
    """A part of a bar: so many things of one tone; its name, the number as the language writes it, and both in words."""

    tone: str
    name: str
    count: int
    number: str
    label: str


@dataclass(frozen=True)
class Bar:
    """A bar of segments; with a label, it has a column for it on the left."""

    segments: Sequence[Segment]
    label: str = ""


_BAR, _STEP, _GAP, _LABELS = 24, 30, 0.5, 14.0
_THIN, _LETTERED = 1.0, 9.0
"""Per cent of the width: no segment is thinner than the first; a figure stands in those wider than the second."""


def bars(
    name: str, rows: Sequence[Bar], *, whole: int, units: bool, title: str, description: str
) -> Markup:
    """Bars of counts on a common scale, each segment with the shape of its tone.

    In: `whole`, the count that is as wide as the picture; `units`, whether each thing is a cell of its own, else
    figures stand in the segments that have room for them. Out: a picture, empty where there is nothing to count.
    """
    rows = [row for row in rows if any(segment.count for segment in row.segments)]
    if not rows:
        return Markup("")
    left = _LABELS if any(row.label for row in rows) else 0.0
    scale = (100 - left) / max(
        whole, max(sum(segment.count for segment in row.segments) for row in rows)
    )
    parts = [
        symbols(name, (segment.tone for row in rows for segment in row.segments if segment.count))
    ]
    for index, row in enumerate(rows):
        y = _STEP * index + 1
        if row.label:
            parts.append(
                f'<text class="rt-picture__row" x="0" y="{y + 16}">{escape(row.label)}</text>'
            )
        parts += _segments(name, row.segments, left, scale, y, units)
    return picture(
        name, parts, height=_STEP * len(rows) - 4, title=title, description=description, kind="bars"
    )


def _segments(
    name: str, segments: Sequence[Segment], left: float, scale: float, y: float, units: bool
) -> Iterable[str]:
    shown = [segment for segment in segments if segment.count]
    widths = [max(segment.count * scale, _THIN) for segment in shown]
    total = sum(segment.count for segment in shown) * scale
    widths = (
        [width * total / sum(widths) for width in widths] if total > _THIN * len(shown) else widths
    )
    for segment, width in zip(shown, widths, strict=True):
        cells, middle = segment.count if units else 1, y + _BAR / 2
        parts = []
        for cell in range(cells):
            start, size = left + width * cell / cells, width / cells
            parts.append(
                f'<rect x="{start:.2f}%" y="{y:g}" width="{max(size - _GAP, _GAP):.2f}%" height="{_BAR}" rx="2"/>'
            )
            centre = start + (size - _GAP) / 2
            if units:
                parts.append(use(name, segment.tone, centre, middle))
            elif size > _LETTERED:
                parts.append(use(name, segment.tone, centre, middle, -12))
                parts.append(
                    f'<text x="{centre:.2f}%" y="{middle + 4:g}">{escape(segment.number)}</text>'
                )
        yield f'<g class="rt-tone-{segment.tone}"><title>{escape(segment.label)}</title>{"".join(parts)}</g>'
        left += width
