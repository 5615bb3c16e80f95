"""Partial dates: the part of EDTF (ISO 8601-2:2019) that reports need, as immutable values.

Supported are level 1 and the sub-year groupings of level 2.

A report says "in the fourth quarter of 2024", "by the end of the year", "from June to August". Each
stays as it was meant (`2024-36`, `../2024-12`, `2024-06/2024-08`) and never rounded to a day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from macros.errors import TrackerError

# ISO 8601-2, 4.8: two-digit sub-year groupings → (first month, number of months).
_GROUPINGS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[?~%]?)\Z", re.ASCII
)

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""The years that dates may lie in: those of documents, not of mistyped numbers."""

_SPAN = (
    r"(1[89]|2[01])\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-(2[1-4]|3[3-9]|4[01]))?[?~%]?"
)

PATTERN = rf"^({_SPAN}(/({_SPAN}|\.\.))?|\.\./{_SPAN})$"
"""The same forms as one regular expression, for editors; only `parse` knows the lengths of
months."""

FORMS = (
    "2024-12-09, 2024-12, 2024, 2024-36 (fourth quarter), 2024-06/2024-08, "
    "../2024-12 (by the end of 2024), "
    "2024-11/.. (from November 2024), 2024~ (about 2024) or 2024? (uncertain)"
)


class DateError(TrackerError, ValueError):
    """The text is no date of the supported forms, or no day of the calendar.

    `str()` says which and why, in English; `code` names the same sentence in the catalogues
    (`problem.date.<code>`, with the text as `value`).
    """

    def __init__(self, code: str, text: str, message: str) -> None:
        """Say what is wrong with a text."""
        super().__init__(f"{text!r} {message}")
        self.code, self.text = code, text


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: a year, a month, a day or a grouping such as a quarter.

    `month` holds the month (1–12) or the grouping's code (21–41); `mark` is `""`, `"~"`
    (approximate), `"?"` (uncertain) or `"%"` (both).
    """

    year: int
    month: int | None = None
    day: int | None = None
    mark: str = ""

    @property
    def is_grouping(self) -> bool:
        """Whether `month` names a quarter, season, third or half of a year rather than a month."""
        return self.month is not None and self.month > 12

    @property
    def _months(self) -> tuple[int, int]:
        """Its first month, and over how many months it goes."""
        return (1, 12) if self.month is None else _GROUPINGS.get(self.month, (self.month, 1))

    @property
    def first(self) -> date:
        """The first day this point can mean."""
        return date(self.year, self._months[0], self.day or 1)

    @property
    def last(self) -> date:
        """The last day this point can mean."""
        if self.day:
            return self.first
        start, months = self._months
        years, month = divmod(start + months - 2, 12)
        year, month = self.year + years, month + 1
        return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as a source gave it: a point, or an interval one end of which may be open (`..`).

    `start` and `end` are the same object for a point; `None` stands for an open end; never both.
    """

    text: str
    start: Point | None
    end: Point | None

    @property
    def given(self) -> Point:
        """Its beginning, or its end where the beginning is open."""
        point = self.start or self.end
        if point is None:
            raise ValueError("a date has one end at least")
        return point

    @property
    def is_interval(self) -> bool:
        """Whether the date was written with a `/`."""
        return self.start is not self.end

    @property
    def earliest(self) -> date:
        """The first day it can mean; for an open beginning, the first day of the end."""
        return self.given.first

    @property
    def latest(self) -> date:
        """The last day it can mean; for an open end, the last day of the beginning."""
        return (self.end or self.given).last

    @property
    def is_day(self) -> bool:
        """Whether it is exactly one known day."""
        return not self.is_interval and bool(self.given.day) and not self.given.mark

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Orders by the latest end, then by beginning: what is due first comes first."""
        return (self.latest, self.earliest, self.text)

    def __str__(self) -> str:
        """Return the text as given."""
        return self.text


def parse(text: str) -> PartialDate:
    """Read a date in EDTF.

    Args:
        text: For example `2024-12-09/2024-12-11`.

    Raises:
        DateError: It says what is wrong in plain words.
    """
    if "/" not in text:
        point = _point(text)
        return PartialDate(text, point, point)
    left, _, right = text.partition("/")
    if not left or not right:
        raise DateError("end_empty", text, "leaves one end empty; write .. for an open end")
    if any(end != ".." and not _POINT.match(end) for end in (left, right)):
        raise DateError("form", text, "is not a date")
    start = None if left == ".." else _point(left)
    end = None if right == ".." else _point(right)
    if start is None and end is None:
        raise DateError("no_end", text, "has no end that is known")
    if start and end and end.last < start.first:
        raise DateError("backwards", text, "ends before it begins")
    return PartialDate(text, start, end)


def _point(text: str) -> Point:
    match = _POINT.match(text)
    if not match:
        raise DateError("form", text, "is not a date")
    year = int(match["year"])
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("year", text, f"has a year outside {FIRST_YEAR} to {LAST_YEAR}")
    is_month = month is None or 1 <= month <= 12
    if not is_month and (day is not None or month not in _GROUPINGS):
        raise DateError("month", text, f"has no month {match['month']}")
    if month and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise DateError("day", text, "is no day of the calendar")
    return Point(year, month, day, match["mark"])
