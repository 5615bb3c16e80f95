"""The form that filters and sorts a list, and what marks each row for filters.js.

Without JavaScript the form is not shown and the whole list is there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from macros.queries import facets
from macros.queries.facets import Facet, FacetValues
from macros.render.view import View

Sort = tuple[str, str]
"""A way to sort in the address (`date`, descending `-date`, empty: as it is) and its name."""


@dataclass(frozen=True)
class FilterForm:
    """The form of one list, empty where it is too short for one, and the facets it offers."""

    html: Markup | None = None
    facets: tuple[Facet, ...] = ()

    def row(self, values: FacetValues, kind: str = "") -> Markup:
        """Write the attributes of a row: its facet values, and its kind if the list has several."""
        if not self.html:
            return Markup()
        tokens = [
            f"{facet.name}:{value}" for facet in self.facets for value in values.get(facet.name, ())
        ]
        attributes = Markup(' data-facets="{}"').format(" ".join(tokens))
        return attributes + Markup(' data-filters-kind="{}"').format(kind) if kind else attributes


def filter_form(
    view: View,
    wanted: Sequence[str],
    rows: Mapping[str, Sequence[FacetValues]],
    sorts: Sequence[Sort],
) -> FilterForm:
    """Make the form of a list.

    Args:
        view: The view from the page.
        wanted: The names of the facets to offer, as far as they tell rows apart.
        rows: The facet values of all rows by their kind; those of the first kind are counted.
        sorts: The ways to sort.
    """
    counted = next(iter(rows.values()))
    if len(counted) < facets.MIN_ROWS:
        return FilterForm()
    offered = facets.offered(view.corpus, wanted, counted)
    names = {facet.name for facet in offered}
    totals = {kind: view.t(f"filters.all.{kind}", count=len(own)) for kind, own in rows.items()}
    strings = {
        "common": {  # what all rows have is not offered, but an address may ask for it
            name: sorted({value for values in counted for value in values.get(name, ())})
            for name in wanted
            if name not in names
        },
        "remove": view.t("filters.remove", value="{value}"),
        "separator": view.t("separator"),
        "all": totals,
        "some": {
            kind: view.t(f"filters.some.{kind}", count=len(own), shown="{shown}")
            for kind, own in rows.items()
        },
    }
    html = view.render(
        "filters.html",
        facets=offered,
        sorts=sorts,
        strings=json.dumps(strings, ensure_ascii=False),
        total=view.t("separator").join(totals.values()),
    )
    return FilterForm(html, offered)


def column_sorts(view: View, columns: Mapping[str, str]) -> list[Sort]:
    """List the ways to sort by columns, ascending and descending.

    Args:
        view: The view from the page.
        columns: Keys of columns with keys of their names; rows are in the order of the first.
    """
    sorts: list[Sort] = []
    for key, name in columns.items():
        column = view.t(name)
        descending = view.t("filters.descending", column=column)
        sorts += [(key if sorts else "", column), (f"-{key}", descending)]
    return sorts
