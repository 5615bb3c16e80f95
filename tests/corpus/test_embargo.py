"""What is held from publication: what goes with it, what stays, what a preview of drafts marks."""

from __future__ import annotations

from datetime import date

import pytest

from macros.corpus.corpus import Corpus
from macros.corpus.embargo import published, waits, with_drafts
from macros.corpus.translations import LocalText
from macros.model.fields import HoldError, hold
from macros.model.traversal import records, texts
from tests.organ import (
    BODY,
    DOCUMENTS,
    FIRST,
    ORGANIZATIONS,
    PERIODS,
    PLACES,
    SECOND,
    SMALL,
    STATEMENTS,
    TODAY,
    Organ,
    told,
)

DRAFT = "held: draft"


def public(organ: Organ, today: date = TODAY) -> Corpus:
    return published(organ.corpus(), today)


def ids(corpus: Corpus, slug: str) -> set[str]:
    """The ids of all entries of a resolution."""
    return {entry.id for _, entry in records(corpus.resolutions[slug]) if hasattr(entry, "id")}


def holding(name: str, line: str, held: str = DRAFT) -> Organ:
    """The small organ with an entry held, given the first line of the entry."""
    lead, dash, _ = line.partition("- ")
    indent = " " * len(lead + dash)
    return SMALL.edit(name, f"{line}\n", f"{line}\n{indent}{held}\n")


# --- the day ---


@pytest.mark.parametrize(
    ("held", "today", "waiting"),
    [
        (None, date(2025, 3, 1), False),
        ("draft", date(2025, 3, 1), True),
        ("draft", date(2999, 12, 31), True),
        ("2025-03-02", date(2025, 3, 1), True),
        ("2025-03-02", date(2025, 3, 2), False),
        ("2025-03-02", date(2025, 3, 3), False),
    ],
)
def test_what_waits(held: str | None, today: date, waiting: bool) -> None:
    assert waits(held and hold(held), today) is waiting


@pytest.mark.parametrize(
    ("today", "there"),
    [(date(2025, 5, 31), False), (date(2025, 6, 1), True), (date(2025, 6, 2), True)],
)
def test_an_entry_is_published_on_its_day(today: date, there: bool) -> None:
    organ = holding(FIRST, "  - id: money-came", "held: 2025-06-01")
    assert ("money-came" in ids(public(organ, today), "1-1")) is there


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        2025,
        1.5,
        "Draft",
        "yes",
        "2025",
        "2025-06",
        "2025-06-31",
        "2025-06-01~",
        "2025-06-01/2025-06-02",
        "../2025-06-01",
        "",
        (),
        {},
    ],
)
def test_a_hold_is_draft_or_a_day_and_nothing_less_clear(value: object) -> None:
    with pytest.raises(HoldError):
        hold(value)


@pytest.mark.parametrize(
    "written", ["nonsense", "", "true", "2025", "2025-06", "../2025-06", "[draft]"]
)
def test_a_hold_that_cannot_be_read_is_a_problem_at_its_place(written: str) -> None:
    organ, place = SMALL.edit_at(
        FIRST, "  - id: money-came\n", f"  - id: money-came\n    held: →{written}\n"
    )
    problem = organ.problem()
    assert problem.code == "held"
    if written:
        assert problem.place == place
    assert "write draft, or the day from which this is published" in told([problem])


# --- what goes ---


def test_nothing_held_leaves_the_corpus_as_it_is() -> None:
    corpus = SMALL.corpus()
    assert published(corpus, TODAY) is corpus
    assert with_drafts(corpus, TODAY) is corpus


def test_what_was_held_until_a_day_that_has_come_leaves_the_texts_unmarked() -> None:
    corpus = holding(FIRST, "  - id: money-came", "held: 2025-03-01").corpus()
    assert published(corpus, TODAY) is corpus
    assert with_drafts(corpus, TODAY) is corpus


ENTRIES = [
    # file, first line of the entry, what is gone (beside nothing else)
    (FIRST, "  - id: assessment-autumn", {"assessment-autumn"}),
    (FIRST, "  - id: money-came", {"money-came"}),
    (FIRST, "  - id: shore-atlas", {"shore-atlas"}),
    (FIRST, "  - id: shore-meeting", {"shore-meeting"}),
    (FIRST, "  - id: budget", {"budget"}),
    (FIRST, "  - id: acme-gift", {"acme-gift"}),
    (FIRST, "  - id: shore-fund", {"shore-fund", "shore-fund-seat"}),
    (
        FIRST,
        "      - id: shore-fund-seat",
        {"shore-fund", "shore-fund-seat"},
    ),  # a mechanism has one term at least
    (FIRST, "  - organization: acme", {"partner-acme"}),
    (FIRST, '  - number: "2 (a)"', {"op-2-a", "assessment-spring-op-2-a"}),
    (SECOND, "  - id: fish-day", {"fish-day"}),
    (SECOND, "  - id: no-money", {"no-money"}),
]


@pytest.mark.parametrize(("name", "line", "gone"), ENTRIES)
def test_an_entry_goes_with_what_is_about_it_alone(name: str, line: str, gone: set[str]) -> None:
    slug = name.rpartition("/")[2].removesuffix(".yml")
    before, after = SMALL.corpus(), public(holding(name, line))
    assert ids(before, slug) - ids(after, slug) == gone
    for other in before.resolutions.keys() - {slug}:
        assert after.resolutions[other] == before.resolutions[other]
    assert (after.statements, after.periods) == (before.statements, before.periods)


def test_a_report_goes_and_the_entry_stands_as_it_was_before() -> None:
    organ = SMALL.edit(
        FIRST,
        "      - period: autumn\n        outcome: completed\n",
        f"      - period: autumn\n        {DRAFT}\n        outcome: completed\n",
    )
    [event] = [
        event for event in public(organ).resolutions["1-1"].events if event.id == "shore-meeting"
    ]
    assert (len(event.reports), event.outcome) == (1, "planned")


def test_an_entry_all_of_whose_reports_are_held_goes() -> None:
    organ = SMALL.edit(
        FIRST,
        "      - period: spring\n        outcome: planned\n        date: ../2024-12\n",
        f"      - period: spring\n        {DRAFT}\n        outcome: planned\n"
        "        date: ../2024-12\n",
    )
    assert ids(SMALL.corpus(), "1-1") - ids(public(organ), "1-1") == {"shore-atlas"}


def test_a_period_goes_with_all_that_was_reported_in_it() -> None:
    before, after = SMALL.corpus(), public(holding(PERIODS, "  - id: autumn"))
    assert list(after.periods) == ["spring"]
    assert ids(before, "1-1") - ids(after, "1-1") == {
        "assessment-autumn",
        "money-came",
        "shore-song",
    }
    for resolution in after.resolutions.values():
        assert not [
            entry for _, entry in records(resolution) if getattr(entry, "period", None) == "autumn"
        ]
    assert {len(event.reports) for event in after.resolutions["1-1"].events} == {1}
    assert [gift.latest.period for gift in after.resolutions["1-1"].contributions] == ["spring"]
    assert after.latest_period.id == "spring"


def test_with_a_period_go_the_statements_about_the_organ() -> None:
    after = public(holding(PERIODS, "  - id: spring"))
    assert after.statements.statements == ()


@pytest.mark.parametrize("line", ["statements:\n  - id: money-is-short"])
def test_a_statement_about_the_organ_goes(line: str) -> None:
    organ = SMALL.edit(STATEMENTS, line, f"{line}\n    {DRAFT}")
    assert public(organ).statements.statements == ()


CORRECTIONS = """\
corrections:
  - {id: c-first, date: 2025-01-05, resolution: 1-1, text: The figure was wrong.}
  - {id: c-second, date: 2025-01-06, resolution: 1-2, text: The date was wrong., HOLD}
  - {id: c-site, date: 2025-01-07, text: The title was wrong.}
"""


def corrections(organ: Organ) -> list[str]:
    return [correction.id for correction in public(organ).statements.corrections]


def test_a_correction_goes() -> None:
    assert corrections(SMALL.append(STATEMENTS, CORRECTIONS.replace("HOLD", DRAFT))) == [
        "c-first",
        "c-site",
    ]


def test_a_whole_resolution_goes_with_what_names_it() -> None:
    organ = SMALL.append(STATEMENTS, CORRECTIONS.replace(", HOLD", "")).edit(
        FIRST, "number: 1\n", f"number: 1\n{DRAFT}\n"
    )
    assert any(
        relation.resolution == "1-1" for relation in organ.corpus().resolutions["1-2"].relations
    )
    after = public(organ)
    assert "1-1" not in after.resolutions
    assert not [
        relation for relation in after.resolutions["1-2"].relations if relation.resolution == "1-1"
    ]
    assert corrections(organ) == ["c-second", "c-site"]


def test_what_mentions_among_others_what_is_held_is_severed_from_it() -> None:
    after = public(holding(FIRST, '  - number: "2 (a)"')).resolutions["1-1"]
    assert {entry.paragraphs for entry in after.updates} == {()}
    after = public(holding(FIRST, "  - id: shore-meeting")).resolutions["1-1"]
    assert [mechanism.events for mechanism in after.mechanisms] == [()]
    after = public(holding(FIRST, "  - id: shore-fund")).resolutions["1-1"]
    assert [gift.mechanism for gift in after.contributions] == [None]


def test_a_mechanism_of_another_resolution_is_severed_too() -> None:
    organ = SMALL.edit(
        SECOND, "  - id: no-money\n", "  - id: no-money\n    mechanism: shore-fund\n"
    ).edit(FIRST, "number: 1\n", f"number: 1\n{DRAFT}\n")
    [found] = [
        gift for gift in public(organ).resolutions["1-2"].contributions if gift.id == "no-money"
    ]
    assert found.mechanism is None


# --- what only held things name ---

NEW = (
    SMALL.append(
        DOCUMENTS,
        "  - {symbol: AL/SECRET/1, kind: report, title: Secret, contained_in: AL/SECRET/2}\n",
    )
    .append(DOCUMENTS, "  - {symbol: AL/SECRET/2, kind: report, title: Secret too}\n")
    .append(PLACES, "  - {id: far-land, name: Far land, kind: country}\n")
    .append(PLACES, "  - {id: far-town, name: Far town, kind: city, country: far-land}\n")
    .append(ORGANIZATIONS, "  - {id: quiet, name: Quiet, kind: government, country: far-land}\n")
    .append(ORGANIZATIONS, "  - {id: nobody, name: Nobody, kind: government}\n")
    .edit(
        SECOND,
        "partners:\n",
        "partners:\n"
        "  - {organization: quiet, role: looks on, HOLD, "
        "reports: [{period: spring, sources: [{document: AL/SECRET/1}]}]}\n",
    )
    .edit(
        SECOND,
        "events:\n",
        "events:\n"
        "  - {id: far-meeting, kind: meeting, title: Far, place: far-town, HOLD, "
        "reports: [{period: spring, outcome: planned, sources: [{document: AL/REP/1}]}]}\n",
    )
)


def test_documents_organizations_and_places_that_only_held_entries_name_go_with_them() -> None:
    text = NEW.files[SECOND].decode()
    shown, after = (
        NEW.add(SECOND, text.replace("HOLD, ", "")).corpus(),
        public(NEW.add(SECOND, text.replace("HOLD", DRAFT))),
    )
    assert set(shown.documents) - set(after.documents) == {"AL/SECRET/1", "AL/SECRET/2"}
    assert set(shown.places) - set(after.places) == {"far-land", "far-town"}
    assert set(shown.organizations) - set(after.organizations) == {"quiet"}


def test_those_that_nothing_names_stay() -> None:
    after = public(NEW.add(SECOND, NEW.files[SECOND].decode().replace("HOLD", DRAFT)))
    assert "nobody" in after.organizations and "page" in after.documents


def test_the_report_of_a_held_period_goes_if_nothing_else_cites_it() -> None:
    organ = SMALL.append(
        DOCUMENTS, "  - {symbol: AL/REP/3, kind: report, title: Third report}\n"
    ).append(
        PERIODS,
        f"  - {{id: winter, name: Winter, first: 2025-01-01, last: 2025-06-30, report: AL/REP/3, "
        f"as_of: 2025-06, as_of_basis: inferred, {DRAFT}}}\n",
    )
    after = public(organ)
    assert list(after.periods) == ["spring", "autumn"]
    assert "AL/REP/3" not in after.documents


# --- the preview of drafts ---


def marked(corpus: Corpus) -> set[str]:
    """The texts of a corpus that are marked as drafts."""
    tops = [corpus.statements, *corpus.periods.values(), *corpus.resolutions.values()]
    found = (getattr(owner, name) for top in tops for _, owner, name in texts(top))
    return {str(text) for text in found if isinstance(text, LocalText) and text.state == "draft"}


MARKED = [
    (FIRST, "  - id: money-came", {"Money came."}),
    (FIRST, "  - id: shore-atlas", {"Atlas of the shores"}),
    (FIRST, "  - id: shore-fund", {"Shore Fund", "It pays for brooms.", "It lies at the shore."}),
    (FIRST, '  - number: "2 (a)"', {"Asks for clean shores.", "Work goes on."}),
    (
        PERIODS,
        "  - id: autumn",
        {
            "Autumn report",
            "The shores are **clean**.",
            "Money came.",
            "Meeting on shores",
            "Song of the shores",
            "Brooms",
        },
    ),
]


@pytest.mark.parametrize(("name", "line", "expected"), MARKED)
def test_a_preview_marks_the_texts_of_what_is_held_and_no_other(
    name: str, line: str, expected: set[str]
) -> None:
    organ = holding(name, line)
    shown = with_drafts(organ.corpus(), TODAY)
    assert marked(shown) == expected
    assert ids(shown, "1-1") == ids(SMALL.corpus(), "1-1")
    assert list(shown.periods) == list(SMALL.corpus().periods)


def test_a_preview_marks_what_would_go_with_what_is_held() -> None:
    organ = SMALL.append(STATEMENTS, CORRECTIONS.replace(", HOLD", "")).edit(
        FIRST, "number: 1\n", f"number: 1\n{DRAFT}\n"
    )
    shown = with_drafts(organ.corpus(), TODAY)
    assert {"The figure was wrong.", "Clean shores"} <= marked(shown)
    assert not {"The date was wrong.", "The title was wrong.", "Many fish"} & marked(shown)
    assert {"Shore Fund", "It lies at the shore."} <= marked(
        with_drafts(holding(FIRST, "      - id: shore-fund-seat").corpus(), TODAY)
    )


def test_a_preview_marks_everything_of_a_held_resolution() -> None:
    corpus = SMALL.edit(SECOND, "number: 2\n", f"number: 2\n{DRAFT}\n").corpus()
    shown = with_drafts(corpus, TODAY)
    assert marked(shown) == {
        str(getattr(owner, name)) for _, owner, name in texts(corpus.resolutions["1-2"])
    }


def test_a_mark_keeps_the_language_of_an_untranslated_text() -> None:
    organ = holding(FIRST, "  - id: money-came").edit(
        BODY, "languages: [en]", "languages: [en, zh]"
    )
    shown = with_drafts(organ.corpus("zh"), TODAY)
    [text] = [entry.text for entry in shown.resolutions["1-1"].updates if entry.id == "money-came"]
    assert (text, text.language, text.state) == ("Money came.", "en", "draft")
