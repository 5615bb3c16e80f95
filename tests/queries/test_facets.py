"""What lists can be filtered by: the facets that rows have, what is offered of them, and how rows are marked."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from macros import queries
from macros.build.project import Project
from macros.corpus.corpus import Corpus
from macros.queries import facets
from macros.queries.facets import NOT_REPORTED, Facet, Value, offered, tokens
from tests.organ import SMALL, TODAY


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return SMALL.corpus()


def test_a_resolution_has_what_its_newest_report_and_its_entries_say(project: Project) -> None:
    corpus = project.public["en"]
    assert facets.resolution_values(corpus, corpus.resolutions["2-4"]) == {
        "session": ("2",),
        "state": ("under-implementation",),
        "constrained": ("yes",),
        "theme": ("biodiversity", "urban-planning"),
        "goal": ("11", "15"),
        "partner": ("sida", "world-bank", "member-states"),
        "country": ("japan", "colombia", "egypt", "sweden"),
        "period": ("eb-2024-2",),
        "event": ("milestone", "expert-meeting", "presentation"),
    }


def test_what_is_not_reported_is_a_value_of_its_own(corpus: Corpus) -> None:
    values = facets.resolution_values(corpus, corpus.resolutions["1-10"])
    assert values["state"] == values["constrained"] == (NOT_REPORTED,)
    assert values["partner"] == values["country"] == values["period"] == ()


def test_an_event_has_its_own_country_kind_and_case_beside_what_its_resolution_has(
    project: Project,
) -> None:
    corpus = project.public["en"]
    whole = facets.resolution_values(corpus, corpus.resolutions["2-4"])
    found = {
        o.event.id: facets.milestone_values(corpus, whole, o)
        for o in queries.timeline(corpus, TODAY, ["2-4"])
    }
    cali, data = found["cop16-side-event"], found["san-jose-validation"]
    assert (cali["case"], cali["country"], cali["event"]) == (
        ("unreported",),
        ("colombia",),
        ("presentation",),
    )
    assert data["country"] == (), "a region whose country is not given lies in none"
    assert cali["theme"] == whole["theme"]


def test_a_contribution_has_its_contributor_kind_and_state(project: Project) -> None:
    corpus = project.public["en"]
    resolution = corpus.resolutions["2-4"]
    own = {c.id: facets.contribution_values(corpus, {}, c) for c in resolution.contributions}
    assert own["sida-support"] == {
        "from": ("sida",), "country": ("sweden",), "period": ("eb-2024-2",), "kind": ("project",), "given": ("received",),
    }  # fmt: skip
    assert own["advisory-services-funding"]["from"] == (NOT_REPORTED,)
    assert facets.funding_values(corpus, resolution)["given"] == ("received", "none", "sought")


ROWS = [
    {"state": ("implemented",), "theme": ("water",), "goal": ("6", "11")},
    {"state": ("under-way",), "theme": ("water",), "goal": ()},
    {"state": ("implemented",), "theme": ("water",), "goal": ("11",)},
]


def test_only_facets_that_tell_rows_apart_are_offered_with_their_counts(
    corpus: Corpus, monkeypatch
) -> None:
    known = {
        "state": {"under-way": "Under way", "implemented": "Done"},
        "theme": {"water": "Water"},
    }
    known["goal"] = {"6": "6 Water", "11": "11 Cities", "13": "13 Climate"}
    monkeypatch.setattr(facets, "names", lambda _, name: known[name])
    assert offered(corpus, ("state", "theme", "goal"), ROWS) == (
        Facet(
            "state", "State", (Value("under-way", "Under way", 1), Value("implemented", "Done", 2))
        ),
        Facet(
            "goal",
            "Sustainable Development Goal",
            (Value("6", "6 Water", 1), Value("11", "11 Cities", 2)),
        ),
    )


def test_a_row_is_marked_with_what_is_offered() -> None:
    shown = (Facet("state", "State", ()), Facet("goal", "Goal", ()))
    assert tokens(ROWS[0], shown) == "state:implemented goal:6 goal:11"
    assert tokens({}, shown) == ""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("macro", ["resolution_list", "funding_index", "timeline_index"])
def test_the_form_offers_what_the_rows_have_and_counts_it(
    project: Project, language: str, macro
) -> None:
    html = MACROS[macro](project.public_view(language))
    (strings,) = re.findall(r'data-filters="([^"]*)"', html)
    first = next(iter(json.loads(unescape(strings))["all"]))
    rows = [
        row.split()
        for row, kind in re.findall(r'data-facets="([^"]*)"(?: data-filters-kind="(\w+)")?', html)
        if kind in ("", first)
    ]
    pattern = (
        r'name="(\w+)" value="([\w-]+)"><span>(.*?)</span> <span class="rt-quiet">(\d+)</span>'
    )
    boxes = {
        f"{name}:{value}": int(count)
        for name, value, text, count in re.findall(pattern, html)
        if text.strip()
    }
    assert {token: count for token, count in boxes.items() if count} == {
        token: sum(token in row for row in rows) for row in rows for token in row
    }


def test_a_list_that_is_seen_at_a_glance_has_no_form(project: Project) -> None:
    view = project.public_view("en")
    assert len(queries.of_session(view.corpus, "1")) < facets.MIN_ROWS
    html = MACROS["resolution_list"](view, "1")
    assert "<form" not in html and "data-facets" not in html


def test_names_of_the_data_are_escaped() -> None:
    hostile = SMALL
    for number in range(3, 9):
        text = (
            SMALL.files["data/resolutions/1-2.yml"]
            .decode()
            .replace("number: 2", f"number: {number}")
        )
        hostile = hostile.add(f"data/resolutions/1-{number}.yml", text)
    name = "data/vocabulary.yml"
    hostile = hostile.add(
        name, hostile.files[name].decode().replace("name: Water", 'name: \'<b onclick="x">"Water\'')
    )
    html = MACROS["resolution_list"](hostile.view())
    assert "<span>&lt;b onclick=" in html
    assert "<b onclick" not in html


def test_every_way_to_sort_has_a_column() -> None:
    view = SMALL.view()
    html = table(view, list(view.corpus.resolutions))
    assert "<option" not in html
    corpus = view.corpus
    record = corpus.resolutions["1-1"]
    many = {f"1-{n}": record.changed({"number": str(n)}) for n in range(1, facets.MIN_ROWS + 1)}
    html = table(replace(view, corpus=replace(corpus, resolutions=many)), list(many))
    keys = set(re.findall(r'<option value="-?([a-z]*)"', html))
    assert keys - {""} == set(re.findall(r'data-sort="(\w+)"', html))
