"""The picture of money required and mobilized: bars on a common scale, what is not reported never drawn as zero. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from macros.render.charts.shapes import picture


@dataclass(frozen=True)
class Row:
    """One bar: what it is of, a figure in words at its right, and what was required and mobilized (`None`: not reported).

    All rows of a picture are in the same currency.
    """

    label: str
    figure: str
    required: Decimal | None
    mobilized: Decimal | None


_STEP, _BAR, _TOP = 46, 16, 20


def money(name: str, rows: Sequence[Row], *, title: str, description: str) -> Markup:
    """Bars of what was mobilized within what was required; a part that is not reported has a dashed, empty outline.

    Out: a picture, empty where there are no rows.
    """
    if not rows:
        return Markup("")
    most = max(
        (amount for row in rows for amount in (row.required, row.mobilized) if amount),
        default=Decimal(1),
    )
    parts: list[str] = []
    for index, row in enumerate(rows):
        y = _STEP * index
        parts.append(f'<text class="rt-picture__row" x="0" y="{y + 13}">{escape(row.label)}</text>')
        parts.append(f'<text x="100%" y="{y + 13}" text-anchor="end">{escape(row.figure)}</text>')
        parts += _bar(row, y + _TOP, most)
    return picture(
        name,
        parts,
        height=_STEP * len(rows) - 8,
        title=title,
        description=description,
        kind="money",
    )


def _bar(row: Row, y: float, most: Decimal) -> Iterator[str]:
    def rect(kind: str, start: Decimal, end: Decimal) -> str:
        return f'<rect class="rt-bar__{kind}" x="{start:.2f}%" y="{y:g}" width="{end - start:.2f}%" height="{_BAR}" rx="2"/>'

    required, mobilized = (
        None if amount is None else amount / most * 100 for amount in (row.required, row.mobilized)
    )
    if required is None:
        yield rect("unknown", mobilized or Decimal(0), Decimal(100))
    else:
        yield rect("gap" if mobilized is not None else "unknown", Decimal(0), required)
    if mobilized:
        yield rect("part", Decimal(0), mobilized)
