"""The picture of a timeline: events of several rows over the months, uncertain dates as spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from macros.queries.grouping import group
from macros.render.charts.shapes import draw
from macros.render.formatting import Formatting

_ROOM = {"": (2.0, 2.0), "by": (5.0, 0.5), "from": (0.5, 5.0)}
"""Per cent of the width that a mark which is no bar takes to its left and right."""
_MONTHS, _QUARTERS, _WIDE_QUARTERS, _YEARS = 4, 5, 12, 9
"""Up to so many years: every month has its letter on a wide screen; the first of a quarter has one
everywhere, or on a wide screen; every year has its figure."""
_TOP, _LANE, _PAD, _FOOT = 34, 13, 11, 20
"""Pixels above the first row, of a lane, between rows, and below the last; as in the template."""


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

    @property
    def is_bar(self) -> bool:
        """Whether it is drawn as a bar; one of up to ten days would be no wider than a point."""
        return not self.open and (self.last - self.first).days > 10


@dataclass(frozen=True)
class _Axis:
    """Days as per cent of the width; `left` is where the first day stands."""

    start: date
    end: date
    left: float

    def x(self, day: date) -> float:
        return self.left + (99 - self.left) * (day - self.start).days / (self.end - self.start).days

    def span(self, mark: Mark) -> tuple[float, float]:
        """Give where a mark begins and is over."""
        return self.x(mark.first), self.x(mark.last + timedelta(days=1))

    def place(self, mark: Mark) -> float:
        """Give where a mark that is no bar stands: a deadline at its end, a start at its start."""
        first, last = self.span(mark)
        return {"by": last, "from": first}.get(mark.open, (first + last) / 2)

    def room(self, mark: Mark) -> tuple[float, float]:
        """Give from where to where a mark reaches."""
        if mark.is_bar:
            return self.x(mark.first), self.span(mark)[1] + 0.3
        before, after = _ROOM[mark.open]
        return self.place(mark) - before, self.place(mark) + after

    def years(self) -> Iterator[tuple[int, float, float]]:
        """Yield each year, where it begins and where it is over."""
        for year in range(self.start.year, self.end.year):
            yield year, self.x(date(year, 1, 1)), self.x(date(year + 1, 1, 1))

    def months(self, left: float, right: float) -> Iterator[tuple[int, float, bool]]:
        """Yield months with room for a letter, their middle, whether on wide screens only."""
        years = self.end.year - self.start.year
        for month in range(12):
            is_quarter = month % 3 == 0
            if years <= (_WIDE_QUARTERS if is_quarter else _MONTHS):
                is_wide = not is_quarter or years > _QUARTERS
                yield month, left + (right - left) * (month + 0.5) / 12, is_wide

    def lanes(self, marks: Iterable[Mark]) -> list[list[Mark]]:
        """Give the marks of a row in as few lanes as keep them apart."""
        lanes: list[list[Mark]] = []
        for mark in sorted(marks, key=lambda mark: (self.room(mark), mark.label)):
            start, _ = self.room(mark)
            lane = next((lane for lane in lanes if self.room(lane[-1])[1] <= start), None)
            if lane is None:
                lanes.append(lane := [])
            lane.append(mark)
        return lanes


def timeline(view: Formatting, marks: Sequence[Mark], left_out: int) -> Markup:
    """Draw the events of several rows over the months, with a line at today.

    Args:
        view: The corpus in words.
        marks: In any order; rows appear in the order of their first mark; marks of a row that
            would cover each other stand below each other.
        left_out: How many events are not drawn.

    Returns:
        A picture, empty without marks.
    """
    if not marks:
        return Markup("")
    days = [view.today, *(day for mark in marks for day in (mark.first, mark.last))]
    by_row = group((mark.row, mark) for mark in marks)
    axis = _Axis(
        date(min(days).year, 1, 1),
        date(max(days).year + 1, 1, 1),
        min(32.0, 3 + 2.4 * max(map(len, by_row))),
    )
    rows, y = [], _TOP
    for row, own in by_row.items():
        lanes = axis.lanes(own)
        rows.append((row, y, lanes))
        y += _PAD + _LANE * len(lanes)
    step = -(-(axis.end.year - axis.start.year) // _YEARS)
    values = {"v": view, "axis": axis, "step": step, "marks": marks, "left_out": left_out}
    return draw("timeline.html", rows=rows, height=y + _FOOT, **values)
