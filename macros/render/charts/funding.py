"""The picture of money required and mobilized: bars on a common scale, what is not reported never drawn as zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from macros.render.charts.shapes import draw


@dataclass(frozen=True)
class Row:
    """One bar: what it is of, a figure in words at its right, and what was required and mobilized (`None`: not reported).

    All rows of a picture are in the same currency.
    """

    label: str
    figure: str
    required: Decimal | None = None
    mobilized: Decimal | None = None


def money(name: str, rows: Sequence[Row], *, title: str, description: str) -> Markup:
    """Draw what was mobilized within what was required; a part that is not reported has a dashed, empty outline.

    Returns:
        A picture, empty where there are no rows.
    """
    amounts = (amount for row in rows for amount in (row.required, row.mobilized) if amount)
    words = {"name": name, "title": title, "description": description}
    most = max(amounts, default=Decimal(1))
    return draw("money.html", rows=rows, most=most, **words) if rows else Markup("")
