"""What lists can be filtered by: the facets of rows, and what is offered of them."""

from __future__ import annotations

import pytest

from macros import queries
from macros.corpus.corpus import Corpus
from macros.queries import facets
from macros.queries.facets import NOT_REPORTED, Facet, Value, offered
from tests.organ import SMALL, TODAY


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return SMALL.corpus()


def test_a_resolution_has_what_its_newest_report_and_its_entries_say(corpus: Corpus) -> None:
    assert facets.resolution_values(corpus, corpus.resolutions["1-1"]) == {
        "session": ("1",),
        "state": ("implemented",),
        "constrained": ("no",),
        "theme": ("water",),
        "goal": ("6",),
        "partner": ("acme",),
        "country": ("lakeland",),
        "period": ("autumn", "spring"),
        "event": ("meeting", "publication"),
    }


def test_what_is_not_reported_is_a_value_of_its_own(corpus: Corpus) -> None:
    values = facets.resolution_values(corpus, corpus.resolutions["1-10"])
    assert values["state"] == values["constrained"] == (NOT_REPORTED,)
    assert values["partner"] == values["country"] == values["period"] == ()


def test_an_event_has_its_own_country_kind_and_case_beside_what_its_resolution_has(
    corpus: Corpus,
) -> None:
    whole = facets.resolution_values(corpus, corpus.resolutions["1-1"])
    found = {
        o.event.id: facets.milestone_values(corpus, whole, o)
        for o in queries.timeline(corpus, TODAY, ["1-1"])
    }
    atlas = found["shore-atlas"]
    assert (atlas["case"], atlas["event"]) == (("unreported",), ("publication",))
    assert (atlas["country"], atlas["period"]) == ((), ("spring",))
    assert found["shore-meeting"]["country"] == ("lakeland",)
    assert atlas["theme"] == whole["theme"]


def test_a_contribution_has_its_contributor_kind_and_state(corpus: Corpus) -> None:
    resolution = corpus.resolutions["1-1"]
    (gift,) = resolution.contributions
    values = facets.contribution_values(corpus, {}, gift)
    assert values == {
        "from": ("acme",),
        "country": ("lakeland",),
        "period": ("spring", "autumn"),
        "kind": ("voluntary",),
        "given": ("received",),
    }
    nobody = gift.model_copy(update={"contributor": None})
    anonymous = facets.contribution_values(corpus, {}, nobody)
    assert (anonymous["from"], anonymous["country"]) == ((NOT_REPORTED,), ())
    assert facets.funding_values(corpus, resolution)["given"] == ("received",)


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
