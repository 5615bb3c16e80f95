"""Slips that once passed the check, or were refused with a message that did not help.

Each case is a point of the review of the staff's work of 29 November 2026; its id says which.
"""

from __future__ import annotations

from datetime import date

import pytest

from macros.corpus.checks import find_future_outcomes
from macros.i18n.messages import Catalogue
from tests.organ import (
    BODY,
    DOCUMENTS,
    FIRST,
    PERIODS,
    PLACES,
    SECOND,
    SESSIONS,
    SMALL,
    VOCABULARY,
    Organ,
    told,
)

ADOPTED = "session: 1\nadoption: {date: 2023-05-02}\n"
SUPERSEDING = SMALL.edit(
    VOCABULARY, "name: Follows up}", "name: Follows up}\n  - {id: ends, name: E, supersedes: true}"
)
RELATION = "    sources:\n      - {document: AL/REP/1, paragraph: 13}\n"
LOCAL = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
    "data/translations/zh/resolutions/1-10.yml",
    "title:\n  original: Nothing is known\n  text: 一无所知\n",
)

ACCEPTED = {
    "amount 1.500": (SMALL, FIRST, "amount: 1000", "amount: →1.500", "thousands"),
    "amount 24.000": (SMALL, FIRST, "mobilized: 1000", "mobilized: →24.000", "thousands"),
    "currency UDS": (SMALL, BODY, "currency: USD", "currency: →UDS", "unknown_currency"),
    "currency of an amount": (
        SMALL,
        FIRST,
        "amount: 1200.50\n        currency: USD",
        "amount: 1200.50\n        currency: →UDS",
        "unknown_currency",
    ),
    "currency of a resource": (
        SMALL,
        FIRST,
        "currency: USD\n    required",
        "currency: →XYZ\n    required",
        "unknown_currency",
    ),
    "year 1024": (SMALL, FIRST, "date: 2024-10-01", "date: →1024-10-01", "date"),
    "year 2204": (SMALL, FIRST, "date: 2024-10-01", "date: →2204-10-01", "date"),
    "completed before adoption": (
        SMALL.edit(FIRST, "session: 1\n", "session: 1\nadoption: {date: 2023-05-02}\n"),
        FIRST,
        "date: 2024-10-01",
        "date: →2023-04",
        "completed_before_adoption",
    ),
    "completed after the report's as-of date": (
        SMALL.edit(PERIODS, "as_of: 2024-12~", "as_of: 2024-12-15"),
        FIRST,
        "date: 2024-10-01",
        "date: →2024-12-16",
        "completed_after_report",
    ),
    "adoption outside its session": (
        SMALL,
        FIRST,
        "session: 1\n",
        "session: 1\nadoption: {date: →2024-05-02}\n",
        "adopted_outside_session",
    ),
    "a later-listed period that lies earlier": (
        SMALL,
        PERIODS,
        "first: 2024-07-01\n    last: 2024-12-31",
        "first: 2023-07-01\n    last: →2023-12-31",
        "periods_out_of_order",
    ),
    "two periods with one report": (
        SMALL,
        PERIODS,
        "report: AL/REP/2",
        "report: →AL/REP/1",
        "report_twice",
    ),
    "relation to itself": (
        SMALL,
        SECOND,
        "resolution: 1-1",
        "resolution: →1-2",
        "related_to_itself",
    ),
    "supersedes in a circle": (
        SUPERSEDING.edit(SECOND, "kind: follows-up", "kind: ends"),
        FIRST,
        "partners:\n",
        f"relations:\n  - kind: ends\n    resolution: →1-2\n{RELATION}partners:\n",
        "supersedes_in_circle",
    ),
    "supersedes a newer one, by date": (
        SUPERSEDING.edit(FIRST, "session: 1\n", ADOPTED)
        .edit(SECOND, "session: 1\n", ADOPTED.replace("-02", "-01"))
        .edit(SECOND, "follows-up", "ends"),
        SECOND,
        "resolution: 1-1",
        "resolution: →1-1",
        "supersedes_newer",
    ),
    "supersedes a newer one, by session": (
        SUPERSEDING.edit(SECOND, "kind: follows-up", "kind: ends")
        .edit(SECOND, "resolution: 1-1", "resolution: 1-10")
        .edit("data/resolutions/1-10.yml", "session: 1", "session: 2"),
        SECOND,
        "resolution: 1-10",
        "resolution: →1-10",
        "supersedes_newer",
    ),
    "a relation twice": (
        SMALL,
        SECOND,
        f"resolution: 1-1\n{RELATION}",
        f"resolution: 1-1\n{RELATION}  - →kind: follows-up\n    resolution: 1-1\n{RELATION}",
        "listed_twice",
    ),
    "a theme twice": (SMALL, FIRST, "themes: [water]", "themes: [water, →water]", "listed_twice"),
    "a source twice": (
        SMALL,
        FIRST,
        "- {document: AL/REP/2, paragraph: 8}",
        "- →{document: AL/REP/2, paragraph: 7}",
        "listed_twice",
    ),
    "a place that is its own country": (
        SMALL,
        PLACES,
        "name: Lakeland, kind: country}",
        "name: Lakeland, kind: country, country: →lakeland}",
        "own_country",
    ),
    "symbols that differ only in case": (
        SMALL,
        DOCUMENTS,
        "contained_in: AL/REP/1\n",
        "contained_in: AL/REP/1\n  - symbol: →al/rep/2\n    kind: report\n    title: T\n",
        "same_symbol",
    ),
    "symbols of resolutions that differ only in case": (
        SMALL,
        SECOND,
        "session: 1\n",
        "session: 1\nsymbol: {value: →al/1/1, basis: verified}\n",
        "same_symbol",
    ),
    "paragraphs 28-99 of 49": (
        SMALL,
        FIRST,
        "paragraph: 3}",
        "paragraph: →3-99}",
        "no_such_paragraph",
    ),
    "paragraphs backwards": (
        SMALL,
        FIRST,
        "paragraph: 3}",
        "paragraph: →9-3}",
        "no_such_paragraph",
    ),
    "operative paragraph 0": (
        SMALL,
        FIRST,
        "operative_paragraphs:\n",
        "operative_paragraphs:\n  - number: →0\n    gist: Asks for no shores.\n"
        "    sources:\n      - {document: AL/REP/1, paragraph: 2}\n",
        "paragraph_number",
    ),
    "an amount with the state none": (
        SMALL,
        SECOND,
        "state: none\n",
        "state: none\n        amount: →5\n        currency: USD\n",
        "amount_but_absent",
    ),
    "mobilized over required": (
        SMALL,
        FIRST,
        "mobilized: 1000",
        "mobilized: →5000",
        "mobilized_over_required",
    ),
    "bidirectional override": (
        SMALL,
        FIRST,
        "title: Clean shores",
        "title: Clean →\u202eshores",
        "control_character",
    ),
    "bidirectional override as an entity": (
        SMALL,
        FIRST,
        "text: Money came.",
        "text: →Money &#x202e;came.",
        "control_character",
    ),
    "zero-width character": (
        SMALL,
        FIRST,
        "title: Clean shores",
        "title: Clean→\u200b shores",
        "control_character",
    ),
    "zero-width joiner in Latin text": (
        SMALL,
        FIRST,
        "title: Clean shores",
        "title: Cl→\u200dean shores",
        "control_character",
    ),
    "look-alike host": (
        SMALL,
        DOCUMENTS,
        "url: https://example.org/page",
        "url: →https://ex\u0430mple.org/page",
        "link_expected",
    ),
    "another host after @": (
        SMALL,
        DOCUMENTS,
        "url: https://example.org/page",
        "url: →https://example.org@evil.test/page",
        "link_expected",
    ),
    "look-alike host in a text": (
        SMALL,
        FIRST,
        "text: A plan was written; see [the page](https://example.org/page).",
        "text: →A plan was written; see [the page](https://ex\u0430mple.org/page).",
        "link_in_text",
    ),
    "another host after @ in a text": (
        SMALL,
        FIRST,
        "text: A plan was written; see [the page](https://example.org/page).",
        "text: →A plan was written; see [the page](https://example.org@evil.test/).",
        "link_in_text",
    ),
    "# in an unquoted text": (
        SMALL,
        FIRST,
        "title: Clean shores",
        "title: Clean shores→ # 4",
        "text_cut_off",
    ),
    "# in an unquoted translation": (
        LOCAL,
        "data/translations/zh/resolutions/1-10.yml",
        "text: 一无所知",
        "text: 一无所知→ # 4",
        "text_cut_off",
    ),
    "a text of 2 MB": (
        SMALL,
        FIRST,
        "text: Money came.",
        f"text: →{'Money came. ' * 1000}",
        "too_long",
    ),
}
"""By point: the organ, the file, what stands there, what is written instead (the place of the
problem after `→`), and the code of the problem."""


@pytest.mark.parametrize(
    ("organ", "name", "right", "wrong", "code"), ACCEPTED.values(), ids=ACCEPTED
)
def test_what_was_accepted_is_told(
    organ: Organ, name: str, right: str, wrong: str, code: str
) -> None:
    changed, place = organ.edit_at(name, right, wrong)
    found = [problem for problem in changed.load().problems if problem.code != "untranslated"]
    assert {problem.code for problem in found} == {code}, told(found)
    assert found[0].place == place, told(found)
    for language in ("en", "zh", "fr"):
        assert told(found, language)


NOTICES = {"completed before adoption", "mobilized over required"}


@pytest.mark.parametrize("point", ACCEPTED)
def test_only_what_may_be_right_is_a_notice(point: str) -> None:
    organ, name, right, wrong, code = ACCEPTED[point]
    found = organ.edit(name, right, wrong.replace("→", "")).load().problems
    severities = {problem.severity for problem in found if problem.code == code}
    assert severities == {"notice" if point in NOTICES else "error"}


def test_what_is_to_come_is_not_completed() -> None:
    """Completed in the future."""
    loaded = SMALL.load()
    [problem] = find_future_outcomes(loaded.originals, loaded.sources, date(2024, 9, 30))
    assert problem.place == (FIRST, 62, 15) and problem.code == "completed_in_future"
    assert not list(find_future_outcomes(loaded.originals, loaded.sources, date(2024, 10, 1)))


@pytest.mark.parametrize("when", ["../2025-12", "2024-12-31~", "2024-12/2025-01", "2024"])
def test_dates_that_may_lie_before_the_report_are_accepted(when: str) -> None:
    organ = SMALL.edit(PERIODS, "as_of: 2024-12~", "as_of: 2024-12-15")
    assert not organ.edit(FIRST, "date: 2024-10-01", f"date: {when}").load().problems


def test_marks_that_arabic_needs_are_allowed_beside_its_letters() -> None:
    assert not SMALL.edit(FIRST, "Clean shores", "می\u200cخواهم").load().problems


POOR = {
    "full-width colon": ("session: 1", "session→：1", "session: "),
    "no-break space after the colon": ("session: 1", "session:→\u00a01", "session: "),
    "no space after the colon": ("session: 1", "session:→1", "session: "),
    "no space after the colon of a source": (
        "{document: AL/REP/1, paragraph: 3}",
        "{→document:AL/REP/1, paragraph: 3}",
        "document: ",
    ),
    "full-width colon in a list": (
        "- id: shore-atlas\n    kind: publication\n    title: Atlas of the shores\n"
        "    reports:\n      - period: spring\n        outcome: planned\n        date: ../2024-12\n"
        "        sources:\n          - {document: AL/REP/1, paragraph: 5}",
        "- →id：shore-atlas",
        "id: ",
    ),
    "conflict markers": (
        "session: 1\n",
        "→<<<<<<< HEAD\nsession: 1\n=======\nsession: 2\n>>>>>>> other\n",
        "<<<<<<<",
    ),
    "form of an id": ("- id: shore-atlas", "- id: →Shore Atlas", "shore-atlas"),
    "an amount in quotation marks": ("amount: 1000", 'amount: →"24000000"', "amount: 24000000"),
    "an empty status": ("status: implemented", "status:→", "write a value after the colon"),
    "a list of paragraphs": ("paragraph: 3}", "paragraph: →[28, 29]}", '"28-29"'),
    "9/12/2024": ("date: 2024-10-01", "date: →9/12/2024", "“9/12/2024” is not a date; write date"),
}
"""By point: what stands in the first resolution, what is written instead, and what the sentence
says to write."""


@pytest.mark.parametrize(("right", "wrong", "advice"), POOR.values(), ids=POOR)
def test_messages_say_what_to_write(right: str, wrong: str, advice: str) -> None:
    organ, place = SMALL.edit_at(FIRST, right, wrong)
    found = [problem for problem in organ.load().problems if problem.file == FIRST]
    assert [problem.line for problem in found] == [place[1]], told(found)
    assert advice in told(found)
    for language in ("zh", "fr"):
        assert found[0].sentence(Catalogue.of(language).t)


@pytest.mark.parametrize(
    ("right", "wrong", "advice"),
    [
        ("languages: [en]", "languages: [en, →en]", "“en” stands twice"),
        ("currency: USD", "currency: →dollars", "three capital letters such as USD"),
        ("languages: [en]", "languages: [→EN]", "use a tag such as en"),
    ],
    ids=["languages [en, en]", "form of a currency", "form of a language"],
)
def test_messages_on_the_organ_say_what_to_write(right: str, wrong: str, advice: str) -> None:
    organ, place = SMALL.edit_at(BODY, right, wrong)
    problem = organ.problem()
    assert problem.place == place and advice in told([problem])


def test_sessions_without_meetings_say_nothing_of_adoptions() -> None:
    organ = SMALL.edit(SESSIONS, "    meetings: [2023-05-01/2023-05-03]\n", "")
    assert not organ.edit(FIRST, "session: 1\n", ADOPTED).load().problems
