"""Pictures as inline SVG, pure strings: widths in per cent, so that they fit any screen and text keeps its size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Sequence

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
}


def glyph(tone: str) -> Markup:
    """The shape of a status or of a case of an event; the same shape everywhere, for those who see no colour."""
    return Markup(f'<svg class="rt-glyph rt-tone-{tone}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{_GLYPHS[tone]}</svg>')


def money_bar(share: float) -> Markup:
    """A bar of what was mobilized (0 to 1 of what is required) and of the gap. Decorative: a table says the same."""
    width = max(0.0, min(1.0, share)) * 100
    return Markup(
        '<svg class="rt-bar" width="100%" height="14" aria-hidden="true">'
        '<rect class="rt-bar__gap" x="0" y="0" width="100%" height="14" rx="3"/>'
        f'<rect class="rt-bar__part" x="0" y="0" width="{width:.1f}%" height="14" rx="3"/></svg>'
    )


@dataclass(frozen=True)
class Mark:
    """One event in the picture of the timeline: its row, its span of days, its case, its address and label."""

    row: str
    first: date
    last: date
    case: str
    href: str
    label: str


_LEFT, _RIGHT, _ROW, _TOP = 14.0, 98.5, 24, 30


def timeline(marks: Sequence[Mark], today: date, *, title: str, description: str, today_label: str) -> Markup:
    """The events of several rows over the months, uncertain dates as spans, with a line at `today`.

    In: marks in any order; rows appear in the order of their first mark. Out: an SVG with title and
    description, empty where there are no marks.
    """
    if not marks:
        return Markup("")
    rows = list(dict.fromkeys(mark.row for mark in marks))
    start = date(min(min(mark.first for mark in marks), today).year, 1, 1)
    end = date(max(max(mark.last for mark in marks), today).year + 1, 1, 1)
    days = (end - start).days

    def x(day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - start).days / days

    height = _TOP + _ROW * len(rows) + 22
    parts = [
        f'<svg class="rt-timeline" width="100%" height="{height}" role="group" aria-labelledby="rt-timeline-title rt-timeline-desc">'
        f'<title id="rt-timeline-title">{escape(title)}</title><desc id="rt-timeline-desc">{escape(description)}</desc>'
    ]
    for year in range(start.year, end.year):
        left, right = x(date(year, 1, 1)), x(date(year + 1, 1, 1))
        parts.append(f'<line class="rt-timeline__year" x1="{left:.2f}%" x2="{left:.2f}%" y1="18" y2="{height - 18}"/>')
        parts.append(f'<text class="rt-timeline__label" x="{(left + right) / 2:.2f}%" y="13" text-anchor="middle">{year}</text>')
    for index, row in enumerate(rows):
        y = _TOP + _ROW * index + _ROW / 2
        parts.append(f'<text class="rt-timeline__row" x="0" y="{y + 4:g}">{escape(row)}</text>')
        parts.append(f'<line class="rt-timeline__lane" x1="{_LEFT}%" x2="{_RIGHT}%" y1="{y:g}" y2="{y:g}"/>')
        for mark in sorted((m for m in marks if m.row == row), key=lambda m: (m.first - m.last, m.first, m.label)):
            parts.append(_mark(mark, x(mark.first), x(date.fromordinal(mark.last.toordinal() + 1)), y))
    now = x(today)
    parts.append(f'<line class="rt-timeline__today" x1="{now:.2f}%" x2="{now:.2f}%" y1="18" y2="{height - 18}"/>')
    anchor = "end" if now > 50 else "start"
    parts.append(f'<text class="rt-timeline__label" x="{now:.2f}%" y="{height - 5}" text-anchor="{anchor}">{escape(today_label)}</text></svg>')
    return Markup("".join(parts))


def _mark(mark: Mark, left: float, right: float, y: float) -> str:
    if (mark.last - mark.first).days > 10:
        shape = f'<rect x="{left:.2f}%" y="{y - 5:g}" width="{right - left:.2f}%" height="10" rx="5"/>'
    else:
        shape = f'<circle cx="{(left + right) / 2:.2f}%" cy="{y:g}" r="5"/>'
    return f'<a href="{escape(mark.href)}" class="rt-case-{mark.case}"><title>{escape(mark.label)}</title>{shape}</a>'
