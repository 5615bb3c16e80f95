"""What the pictures of pages show: the words and numbers of the data, at any size."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from macros import queries
from macros.pages.registry import MACROS
from macros.render.charts import overview as pictures
from macros.render.view import View
from tests.organ import FIRST, SECOND, SESSIONS, SMALL, STATEMENTS, TODAY, Organ
from tests.render.test_shapes import SVG, assert_described, assert_within, parsed


def titles(markup: str) -> list[str]:
    """The words of the parts of a picture."""
    return [
        node.find(f"{SVG}title").text
        for node in parsed(markup).iter(f"{SVG}g")
        if node.find(f"{SVG}title") is not None
    ]


def grown(count: int, sessions: int = 1) -> View:
    """The small organ with very many resolutions, spread over some sessions."""
    corpus = SMALL.corpus()
    patterns = [corpus.resolutions[slug] for slug in ("1-1", "1-2", "1-10")]
    found = {}
    for number in range(count):
        session = str(number % sessions + 1)
        changed = {"number": str(number), "session": session, "relations": ()}
        found[f"{session}-{number}"] = patterns[number % 3].model_copy(update=changed)
    known = {
        str(number): corpus.sessions["1"].model_copy(
            update={"id": str(number), "name": f"Session {number}"}
        )
        for number in range(1, sessions + 1)
    }
    return View(
        replace(corpus, resolutions=MappingProxyType(found), sessions=MappingProxyType(known)),
        TODAY,
    )


# States


def test_the_strip_of_a_session_says_its_states() -> None:
    view = SMALL.view()
    strip = pictures.state_strip(
        view, "states", "First session", queries.of_session(view.corpus, "1"), 4
    )
    assert_described(
        parsed(strip),
        "First session: state of the resolutions",
        "Under implementation: 1; Implemented: 1; not reported: 1",
    )
    assert titles(strip) == ["Under implementation: 1", "Implemented: 1", "not reported: 1"]
    assert_within(parsed(strip))


def test_a_strip_of_nothing_is_no_picture() -> None:
    assert pictures.state_strip(SMALL.view(), "states", "Second session", [], 1) == ""


def test_strips_link_every_resolution_with_its_state_and_money_in_words() -> None:
    html = MACROS["state_strips"](SMALL.view())
    found = dict(
        re.findall(r'href="resolutions/([^/]+)/".*?<span class="rt-hidden"> ([^<]*)', html)
    )
    assert found == {
        "1-1": "Implemented; 25% mobilized",
        "1-2": "Under implementation; amounts not reported",
        "1-10": "not reported; amounts not reported",
        "217-a-iii": "not reported; amounts not reported",
    }
    assert "Outside a session" in html


@pytest.mark.parametrize("count", [pictures.STRIP_MOST, pictures.STRIP_MOST + 1])
def test_a_long_session_is_drawn_as_counts(count: int) -> None:
    html = MACROS["state_strips"](grown(count))
    few = count <= pictures.STRIP_MOST
    assert html.count("rt-strip__cell") == (count if few else 0)
    assert html.count("rt-key") == few
    picture = re.search(r'<svg class="rt-picture.*?</svg>', html)[0]
    assert picture.count("<rect ") == (count if few else 3)
    assert len(re.findall(r"<tr>.*?</tr>", html)) == 3 + 1


def test_the_home_page_does_not_grow_with_the_resolutions() -> None:
    small, large = (str(MACROS["overview"](grown(count, 2))) for count in (100, 5000))
    assert "rt-strip__cell" not in large
    assert len(large) < 1.1 * len(small)
    assert "The state of 5,000 resolutions" in large
    counts = [
        int(number.replace(",", ""))
        for number in re.findall(r'<td class="rt-right">([\d,]+)</td>', large)
    ]
    assert sum(counts) == 5000


def test_the_home_page_shows_the_newest_sessions() -> None:
    html = MACROS["overview"](grown(30, pictures.SESSIONS_MOST + 2))
    assert (
        html.count('class="rt-picture rt-bars"') == pictures.SESSIONS_MOST + 1
    )  # and that of money
    assert "2 earlier sessions" in html
    assert "Session 10" in html and "Session 2<" not in html


def test_a_matrix_of_many_resolutions_has_counts() -> None:
    few, many = MACROS["resolution_matrix"](SMALL.view()), MACROS["resolution_matrix"](grown(600))
    assert 'href="resolutions/1-1/"' in few and "href" not in many
    assert re.search(r"Water</th>.*?<strong>400</strong>", many)
    assert len(many) < 2 * len(few)


def test_the_matrix_says_the_state_in_each_cell() -> None:
    html = MACROS["resolution_matrix"](SMALL.view())
    row = re.search(
        r'<tr><th scope="row"><a class="rt-label" href="resolutions/1-1/".*?</tr>', html
    )
    assert row and "Implemented" in row[0]
    assert re.search(r"<tfoot>.*<td>1</td></tr></tfoot>", html)


def test_without_words_there_is_no_matrix() -> None:
    organ = SMALL.edit(FIRST, "themes: [water]\ngoals: [6]\n", "").edit(
        SECOND, "themes: [water, fish]\n", ""
    )
    assert "<table" not in MACROS["resolution_matrix"](organ.view())


# Money


def test_the_bar_of_constraints_says_yes_no_and_not_reported() -> None:
    assert titles(pictures.constraints(SMALL.view())) == [
        "Held back by a lack of money: 1",
        "Money reported as secured: 1",
        "Whether money holds it back is not reported: 2",
    ]


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("mobilized: 1000", "mobilized: 1000", Decimal("0.25")),
        ("mobilized: 1000", "mobilized: 0", Decimal(0)),
        ("    mobilized: 1000\n", "", None),
        ("    required: 4000\n", "", None),
        ("required: 4000", "required: 0", None),
    ],
)
def test_the_share_that_was_mobilized(old: str, new: str, share: Decimal | None) -> None:
    assert pictures.share(SMALL.edit(FIRST, old, new).view(), "1-1") == share


def test_money_by_resolution_says_how_many_have_no_figures() -> None:
    (picture,) = pictures.resolutions_money(SMALL.view())
    described = parsed(picture).find(f"{SVG}desc").text
    assert (
        described == "Resolution 1/1: Required: USD 4,000, Mobilized: USD 1,000; "
        "The other 3 resolutions: not reported"
    )
    assert picture.count("rt-bar__unknown") == 1


def test_without_figures_no_money_is_drawn() -> None:
    organ = Organ({name: text for name, text in SMALL.files.items() if name != FIRST}).edit(
        SECOND,
        "relations:\n  - kind: follows-up\n    resolution: 1-1\n"
        "    sources:\n      - {document: AL/REP/1, paragraph: 13}\n",
        "",
    )
    assert pictures.resolutions_money(organ.view()) == []
    assert pictures.organ_money(organ.view()) == []


def test_very_many_figures_are_cut_and_it_is_said() -> None:
    (picture,) = pictures.resolutions_money(grown(300))
    assert len(re.findall("rt-picture__row", picture)) == pictures.BARS_MOST + 2
    assert "70 resolutions with smaller gaps" in picture and "The other 200 resolutions" in picture


FIGURES = """\
resources:
  - id: {id}
    period: spring
    currency: {currency}
    required: {required}
    sources:
      - {{document: AL/REP/1, paragraph: 1}}
"""


def test_currencies_are_never_on_one_scale() -> None:
    organ = SMALL.append(STATEMENTS, FIGURES.format(id="a", currency="USD", required=10))
    more = FIGURES.format(id="b", currency="EUR", required=20).removeprefix("resources:\n")
    found = pictures.organ_money(organ.append(STATEMENTS, more).view())
    assert [(len(rows), rows[0][1].currency) for _, rows in found] == [(1, "EUR"), (1, "USD")]
    assert all("not reported" in picture for picture, _ in found)
    assert len({re.search('id="([^"]+)"', picture)[1] for picture, _ in found}) == 2


# Events


def test_the_timeline_has_a_mark_for_every_date() -> None:
    view = SMALL.view()
    found = queries.timeline(view.corpus, TODAY)
    picture = pictures.timeline(view, found)
    assert sorted(titles(picture)) == [
        "1/1 · 1 October 2024 · Meeting on shores · Held",
        "1/1 · by the end of 2024 · Atlas of the shores · To be published; outcome not reported",
        "1/2 · May 2025 · Day of the fish · To be held",
    ]
    assert "3 events drawn" in picture and "1 events without" in picture
    assert pictures.forms(found) == ["span", "by"]


def test_a_long_timeline_is_counted_by_year() -> None:
    view = grown(3 * pictures.ROWS_MOST)
    found = queries.timeline(view.corpus, TODAY)
    assert pictures.is_long(found)
    html = MACROS["timeline_index"](view)
    picture = re.search(r'<svg class="rt-picture.*?</svg>', html, re.DOTALL)[0]
    assert_within(parsed(picture))
    assert "180 events, counted by the year" in picture
    assert pictures.year_counts(found) == {
        2024: {"happened": 60, "unreported": 60},
        2025: {"ahead": 60},
    }
    assert re.search(r'>2025</th><td class="rt-right" data-label="Lies ahead">60</td>', html)


def test_home_tells_when_the_next_report_is_due_and_then_that_none_is_there() -> None:
    late = MACROS["overview"](SMALL.view(today=TODAY.replace(year=2026)))
    assert "No later report incorporated yet." in late and "next report" not in late
    assert "The next report is due by 30 June 2025." in MACROS["overview"](SMALL.view())


def test_home_counts_what_the_latest_report_assessed() -> None:
    html = MACROS["overview"](SMALL.view())
    assert "(AL/REP/2, as of about December 2024): 1 of 4 resolutions." in html
    assert "The other 3 are not assessed in it" in html


def test_home_tells_what_the_last_report_changed() -> None:
    html = MACROS["overview"](SMALL.view())
    assert "state: In preparation → Implemented" in html


def test_home_without_sessions_or_periods() -> None:
    organ = SMALL.edit(SESSIONS, "  - id: 2\n    name: Second session\n    expected: 2026\n", "")
    assert 'id="state"' in MACROS["overview"](organ.view())
