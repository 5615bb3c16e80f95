"""The form of a list: when there is one, what it escapes, and its ways to sort."""

from __future__ import annotations

import re
from dataclasses import replace

from markupsafe import Markup

from macros.pages import MACROS
from macros.pages.filters import FilterForm
from macros.pages.resolutions import table
from macros.queries import facets
from macros.queries.facets import Facet
from tests.organ import SMALL, VOCABULARY


def test_a_list_that_is_seen_at_a_glance_has_no_form() -> None:
    html = str(MACROS["resolution_list"](SMALL.view()))
    assert "<form" not in html and "data-facets" not in html


def test_names_of_the_data_are_escaped() -> None:
    hostile = SMALL.edit(VOCABULARY, "name: Water", 'name: \'<b onclick="x">"Water\'')
    second = SMALL.files["data/resolutions/1-2.yml"].decode()
    for number in range(3, 9):
        text = second.replace("number: 2", f"number: {number}")
        hostile = hostile.add(f"data/resolutions/1-{number}.yml", text)
    html = str(MACROS["resolution_list"](hostile.view()))
    assert "<span>&lt;b onclick=" in html
    assert "<b onclick" not in html


def test_every_way_to_sort_has_a_column() -> None:
    view = SMALL.view()
    corpus = view.corpus
    assert "<option" not in table(view, list(corpus.resolutions))
    record = corpus.resolutions["1-1"]
    numbers = range(1, facets.MIN_ROWS + 1)
    many = {f"1-{n}": record.model_copy(update={"number": str(n)}) for n in numbers}
    html = table(replace(view, corpus=replace(corpus, resolutions=many)), list(many))
    keys = set(re.findall(r'<option value="-?([a-z]*)"', html))
    assert keys - {""} == set(re.findall(r'data-sort="(\w+)"', html))


def test_a_row_is_marked_with_the_values_that_are_offered() -> None:
    form = FilterForm(Markup("<form>"), (Facet("state", "State", ()), Facet("goal", "Goal", ())))
    values = {"state": ("implemented",), "theme": ("water",), "goal": ("6", "11")}
    assert form.row(values) == ' data-facets="state:implemented goal:6 goal:11"'
    assert form.row({}) == ' data-facets=""'
