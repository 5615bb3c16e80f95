"""The picture of a timeline: events of several rows over the months, uncertain dates as spans. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from macros.render.charts.shapes import picture, symbols, use


@dataclass(frozen=True)
class Mark:
    """One event: its row, its span of days, its case and its words.

    `open` is `by` for a deadline, whose beginning nobody knows, `from` where the end is not known.
    """

    row: str
    first: date
    last: date
    case: str
    label: str
    open: str = ""


_RIGHT, _TOP, _LANE, _PAD, _FOOT = 99.0, 34.0, 13.0, 11.0, 20.0
_POINT_DAYS = 10
"""A span of more days than this is drawn as a bar: below, it would be no wider than a point."""
_ROOM = {"": (2.0, 2.0), "by": (5.0, 0.5), "from": (0.5, 5.0)}
"""How much of the width a mark that is no bar takes to its left and right, in per cent: on a phone, a few pixels."""
_MONTHS, _QUARTERS, _WIDE_QUARTERS, _YEARS = 4, 5, 12, 9
"""Up to so many years: every month has its letter on a wide screen; the first of a quarter has one everywhere, or on a
wide screen; every year has its figure."""


def timeline(
    name: str,
    marks: Sequence[Mark],
    today: date,
    *,
    months: Sequence[str],
    title: str,
    description: str,
    today_label: str,
) -> Markup:
    """The events of several rows over the months, uncertain dates as spans, with a line at `today`.

    In: marks in any order; rows appear in the order of their first mark; marks of a row that would cover each other
    stand below each other. `months`: the shortest names of the twelve months. Out: a picture, empty without marks.
    """
    if not marks:
        return Markup("")
    rows: dict[str, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(mark.row, []).append(mark)
    axis = _Axis(
        date(min(min(mark.first for mark in marks), today).year, 1, 1),
        date(max(max(mark.last for mark in marks), today).year + 1, 1, 1),
        min(32.0, 3 + 2.4 * max(map(len, rows))),
    )
    lanes = {row: list(_lanes(axis, found)) for row, found in rows.items()}
    height = _TOP + sum(_PAD + _LANE * len(found) for found in lanes.values()) + _FOOT
    parts = [symbols(name, (mark.case for mark in marks)), *axis.grid(months, height - _FOOT)]
    y = _TOP
    for row, found in lanes.items():
        parts.append(f'<line class="rt-timeline__lane" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>')
        parts.append(
            f'<text class="rt-timeline__row" x="0" y="{y + 16:g}">{escape(_short(row))}</text>'
        )
        for lane in found:
            parts += [_mark(name, mark, axis, y + (_PAD + _LANE) / 2) for mark in lane]
            y += _LANE
        y += _PAD
    now = axis.x(today)
    anchor = "end" if now > 50 else "start"
    parts.append(
        f'<line class="rt-timeline__today" x1="{now:.2f}%" x2="{now:.2f}%" y1="18" y2="{height - _FOOT + 4:g}"/>'
    )
    parts.append(
        f'<text class="rt-timeline__label" x="{now:.2f}%" y="{height - 4:g}" text-anchor="{anchor}">{escape(today_label)}</text>'
    )
    return picture(
        name, parts, height=height, title=title, description=description, kind="timeline"
    )


@dataclass(frozen=True)
class _Axis:
    """Days as per cent of the width."""

    start: date
    end: date
    left: float

    def x(self, day: date) -> float:
        return (
            self.left
            + (_RIGHT - self.left) * (day - self.start).days / (self.end - self.start).days
        )

    def after(self, day: date) -> float:
        """Where a day is over."""
        return self.x(date.fromordinal(day.toordinal() + 1))

    def grid(self, months: Sequence[str], bottom: float) -> Iterator[str]:
        """Lines and figures of years, letters of months, as many as can be read."""
        years = self.end.year - self.start.year
        step = -(-years // _YEARS)
        for year in range(self.start.year, self.end.year):
            left, right = self.x(date(year, 1, 1)), self.x(date(year + 1, 1, 1))
            if (year - self.start.year) % step == 0:
                yield f'<line class="rt-timeline__year" x1="{left:.2f}%" x2="{left:.2f}%" y1="4" y2="{bottom:g}"/>'
                middle = (left + right) / 2 if step == 1 else left
                yield f'<text class="rt-timeline__label" x="{middle:.2f}%" y="13" text-anchor="{"middle" if step == 1 else "start"}">{year}</text>'
            for month in range(1, 13):
                quarter = month % 3 == 1
                if years <= (_WIDE_QUARTERS if quarter else _MONTHS):
                    wide = "" if quarter and years <= _QUARTERS else " rt-wide"
                    middle = left + (right - left) * (month - 0.5) / 12
                    yield f'<text class="rt-timeline__month{wide}" x="{middle:.2f}%" y="27" text-anchor="middle">{escape(months[month - 1])}</text>'

    def room(self, mark: Mark) -> tuple[float, float]:
        """From where to where a mark reaches."""
        if _is_bar(mark):
            return self.x(mark.first), self.after(mark.last) + 0.3
        before, behind = _ROOM[mark.open]
        place = _place(self, mark)
        return place - before, place + behind


def _is_bar(mark: Mark) -> bool:
    return not mark.open and (mark.last - mark.first).days > _POINT_DAYS


def _place(axis: _Axis, mark: Mark) -> float:
    """Where a mark that is no bar stands: a deadline at its end, a beginning at its start."""
    first, last = axis.x(mark.first), axis.after(mark.last)
    return {"by": last, "from": first}.get(mark.open, (first + last) / 2)


def _lanes(axis: _Axis, marks: Iterable[Mark]) -> list[list[Mark]]:
    """Marks of a row in as few lanes as keep them apart."""
    lanes: list[list[Mark]] = []
    ends: list[float] = []
    for mark in sorted(marks, key=lambda mark: (axis.room(mark), mark.label)):
        start, end = axis.room(mark)
        free = next((index for index, taken in enumerate(ends) if taken <= start), None)
        if free is None:
            lanes.append([mark])
            ends.append(end)
        else:
            lanes[free].append(mark)
            ends[free] = end
    return lanes


def _mark(name: str, mark: Mark, axis: _Axis, y: float) -> str:
    if _is_bar(mark):
        left, right = axis.x(mark.first), axis.after(mark.last)
        shape = (
            f'<rect x="{left:.2f}%" y="{y - 4:g}" width="{right - left:.2f}%" height="8" rx="1.5"/>'
        )
    elif mark.open:
        path = "M-13-4H-1V4H-13" if mark.open == "by" else "M13-4H1V4H13"
        shape = f'<svg x="{_place(axis, mark):.2f}%" y="{y:g}" overflow="visible"><path d="{path}"/></svg>'
    else:
        shape = use(name, mark.case, _place(axis, mark), y)
    return f'<g class="rt-mark-{mark.case}"><title>{escape(mark.label)}</title>{shape}</g>'


def _short(row: str) -> str:
    return row if len(row) <= 12 else row[:11] + "…"
