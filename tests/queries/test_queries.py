"""Questions to a corpus: status, events, money, changes, and what belongs together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from macros import queries
from macros.corpus.corpus import Corpus
from macros.model.dates import parse
from macros.model.events import Event, EventReport
from macros.model.fields import Source
from macros.model.funding import Contribution, ContributionReport
from tests.organ import BODY, PERIODS, SECOND, SMALL, TODAY

SOURCES = (Source(document="AL/REP/1"),)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return SMALL.corpus()


def event(outcome: str = "planned", when: str | None = None, id: str = "e") -> Event:
    report = EventReport(period="spring", outcome=outcome, date=when, sources=SOURCES)
    return Event(id=id, kind="meeting", title="Meeting", reports=(report,))


def contribution(
    amount: str | None,
    state: str = "received",
    kind: str = "voluntary",
    currency: str = "USD",
    approximate: bool = False,
) -> Contribution:
    value = None if amount is None else Decimal(amount)
    report = ContributionReport(
        period="spring",
        state=state,
        amount=value,
        currency=currency,
        approximate=approximate,
        sources=SOURCES,
    )
    return Contribution(id="c", kind=kind, purpose="P", reports=(report,))


# --- one resolution ---


@pytest.mark.parametrize(
    ("slug", "paragraph", "found"),
    [
        ("1-1", None, "assessment-autumn"),
        ("1-1", "2 (a)", "assessment-spring-op-2-a"),
        ("1-1", "3", None),
        ("1-2", None, "assessment-spring"),
        ("1-10", None, None),
    ],
)
def test_the_newest_assessment(
    corpus: Corpus, slug: str, paragraph: str | None, found: str | None
) -> None:
    assessment = queries.assessment(corpus.resolutions[slug], corpus, paragraph)
    assert (assessment and assessment.id) == found


def test_the_newest_assessment_is_that_of_the_newest_period_wherever_it_stands_in_the_file(
    corpus: Corpus,
) -> None:
    resolution = corpus.resolutions["1-1"]
    backwards = resolution.model_copy(update={"assessments": resolution.assessments[::-1]})
    assert queries.assessment(backwards, corpus) == queries.assessment(resolution, corpus)


@pytest.mark.parametrize(
    ("slug", "periods"), [("1-1", ["autumn", "spring"]), ("1-2", ["spring"]), ("1-10", [])]
)
def test_periods_in_which_a_resolution_was_reported(
    corpus: Corpus, slug: str, periods: list[str]
) -> None:
    assert queries.reported_in(corpus.resolutions[slug], corpus) == periods


@pytest.mark.parametrize(
    ("period", "about", "ids"),
    [
        ("spring", "progress", ["plan-written"]),
        ("autumn", "funding", ["money-came"]),
        ("autumn", "progress", []),
    ],
)
def test_notes_of_a_period_are_listed_by_subject(
    corpus: Corpus, period: str, about: str, ids: list[str]
) -> None:
    notes = queries.updates(corpus.resolutions["1-1"], period, about)
    assert [note.id for note in notes] == ids


# --- the cases of an event ---

BOUNDARIES = [
    # what was announced, its last day, the day after
    ("2024-12-09", date(2024, 12, 9), date(2024, 12, 10)),
    ("2024-12-09/2024-12-11", date(2024, 12, 11), date(2024, 12, 12)),
    ("2024-11", date(2024, 11, 30), date(2024, 12, 1)),
    ("2024-02", date(2024, 2, 29), date(2024, 3, 1)),
    ("2024-36", date(2024, 12, 31), date(2025, 1, 1)),
    ("2024-24", date(2025, 2, 28), date(2025, 3, 1)),
    ("2025", date(2025, 12, 31), date(2026, 1, 1)),
    ("../2024-10-28", date(2024, 10, 28), date(2024, 10, 29)),
    ("../2024-12", date(2024, 12, 31), date(2025, 1, 1)),
    ("2024~", date(2024, 12, 31), date(2025, 1, 1)),
]


@pytest.mark.parametrize(("announced", "last", "after"), BOUNDARIES)
def test_what_was_announced_lies_ahead_until_its_last_day_is_over(
    announced: str, last: date, after: date
) -> None:
    assert queries.case(event(when=announced), date(2024, 1, 1)) == "ahead"
    assert queries.case(event(when=announced), last) == "ahead"
    assert queries.case(event(when=announced), after) == "unreported"
    assert queries.case(event(when=announced), date(2999, 1, 1)) == "unreported"


@pytest.mark.parametrize("today", [date(2000, 1, 1), date(2024, 12, 9), date(2999, 1, 1)])
@pytest.mark.parametrize("when", [None, "2024-12-09", "../2024-12"])
def test_what_a_source_says_happened_has_happened_on_any_day(when: str | None, today: date) -> None:
    assert queries.case(event("completed", when), today) == "happened"


@pytest.mark.parametrize(
    ("outcome", "case"), [("cancelled", "cancelled"), ("not-mentioned", "dropped")]
)
@pytest.mark.parametrize("today", [date(2000, 1, 1), date(2999, 1, 1)])
def test_what_is_given_up_is_never_called_overdue(outcome: str, case: str, today: date) -> None:
    assert queries.case(event(outcome, "2025"), today) == case


def reported(*reports: tuple[str, str | None]) -> Event:
    return Event(
        id="e",
        kind="meeting",
        title="E",
        reports=tuple(
            EventReport(period=f"p{number}", outcome=outcome, date=when, sources=SOURCES)
            for number, (outcome, when) in enumerate(reports)
        ),
    )


@pytest.mark.parametrize(
    ("reports", "when", "planned_for"),
    [
        ([("planned", "2025"), ("completed", None)], "2025", None),
        ([("planned", "2025"), ("cancelled", None)], "2025", None),
        ([("planned", "2025"), ("not-mentioned", None)], "2025", None),
        ([("planned", "2025"), ("postponed", "2027")], "2027", "2025"),
        ([("planned", "2025"), ("postponed", "2025-36")], "2025-36", "2025"),
        ([("planned", "2025"), ("postponed", None)], None, "2025"),
        ([("planned", "2025"), ("postponed", None), ("completed", None)], None, "2025"),
        ([("planned", "2025"), ("planned", "2027")], "2027", "2025"),
        ([("planned", "2025"), ("planned", "2027"), ("completed", None)], "2027", "2025"),
        ([("planned", "2025"), ("completed", "2025-03-04")], "2025-03-04", None),
        ([("planned", "2025-03-04"), ("completed", "2025")], "2025", None),
        ([("planned", "../2025-12"), ("completed", "2025-03")], "2025-03", None),
        ([("planned", "../2025-12"), ("completed", "2026")], "2026", "../2025-12"),
        ([("planned", "2025"), ("planned", None)], None, "2025"),
    ],
)
def test_the_date_of_a_milestone_and_that_from_which_it_slipped(
    reports: list[tuple[str, str | None]], when: str | None, planned_for: str | None
) -> None:
    found = reported(*reports)
    assert (found.date and str(found.date)) == when
    assert (found.planned_for and str(found.planned_for)) == planned_for


@pytest.mark.parametrize("today", [date(2000, 1, 1), date(2999, 1, 1)])
def test_what_was_announced_without_a_date_is_never_called_overdue(today: date) -> None:
    assert queries.case(event(), today) not in ("happened", "unreported")


def test_the_latest_report_decides(corpus: Corpus) -> None:
    meeting = corpus.resolutions["1-1"].events[0]
    assert (meeting.outcome, str(meeting.date)) == ("completed", "2024-10-01")
    assert queries.case(meeting, date(2024, 1, 1)) == "happened"


def test_every_case_is_listed() -> None:
    days = [date(2024, 1, 1), date(2025, 1, 1)]
    outcomes = ("completed", "cancelled", "not-mentioned")
    events = [event(), event(when="2024-06"), *map(event, outcomes)]
    assert {queries.case(found, day) for found in events for day in days} == set(queries.CASES)


# --- as it stood, and what changed ---


def test_as_of_the_last_period_everything_is_there(corpus: Corpus) -> None:
    then = queries.as_of(corpus, "autumn")
    assert then.resolutions == {slug: corpus.resolutions[slug] for slug in ("1-1", "1-2", "1-10")}


def test_what_neither_was_adopted_nor_reported_by_then_is_not_there(corpus: Corpus) -> None:
    assert "217-a-iii" not in queries.as_of(corpus, "spring").resolutions


def test_as_of_an_earlier_period_what_came_later_is_left_out(corpus: Corpus) -> None:
    then = queries.as_of(corpus, "spring")
    resolution = then.resolutions["1-1"]
    assert list(then.periods) == ["spring"]
    assert queries.assessment(resolution, then).id == "assessment-spring"
    assert [update.id for update in resolution.updates] == ["plan-written"]
    assert [(found.id, found.outcome) for found in resolution.events] == [
        ("shore-meeting", "planned"),
        ("shore-atlas", "planned"),
    ]
    assert [found.latest.state for found in resolution.contributions] == ["pledged"]


def test_what_belongs_to_no_period_stays(corpus: Corpus) -> None:
    then, now = queries.as_of(corpus, "spring").resolutions["1-1"], corpus.resolutions["1-1"]
    assert (then.operative_paragraphs, then.resources, then.mechanisms) == (
        now.operative_paragraphs,
        now.resources,
        now.mechanisms,
    )


def test_in_the_first_period_everything_is_first_reported(corpus: Corpus) -> None:
    assert queries.changes(corpus, "spring") == [
        queries.Change("1-1", "first", None, "in-preparation"),
        queries.Change("1-2", "first", None, "under-implementation"),
    ]


def test_changes_between_two_periods(corpus: Corpus) -> None:
    assert queries.changes(corpus, "autumn") == [
        queries.Change("1-1", "status", "in-preparation", "implemented"),
        queries.Change("1-1", "constraint", None, False),
        queries.Change(
            "1-1",
            "date",
            ("planned", "2024-09-10/2024-09-12"),
            ("completed", "2024-10-01"),
            "shore-meeting",
        ),
        queries.Change("1-1", "date", None, ("planned", None), "shore-song"),
        queries.Change(
            "1-1",
            "contribution",
            ("pledged", Decimal(1000), "USD"),
            ("received", Decimal("1200.5"), "USD"),
            "acme-gift",
        ),
    ]


def test_what_is_reported_again_unchanged_is_no_change() -> None:
    text = SMALL.files[SECOND].decode().replace("period: spring", "period: autumn")
    again = (
        SMALL.files[SECOND]
        .decode()
        .replace(
            "assessments:",
            "assessments:\n  - id: again\n    period: autumn\n    status: under-implementation\n"
            "    constrained_by_funding: true\n    reason: R.\n    sources: [{document: page}]",
        )
    )
    assert "1-2" not in {
        change.slug for change in queries.changes(SMALL.add(SECOND, again).corpus(), "autumn")
    }
    first = queries.changes(SMALL.add(SECOND, text).corpus(), "autumn")
    assert queries.Change("1-2", "first", None, "under-implementation") in first


def test_a_resolution_of_which_nothing_new_is_said_has_not_changed(corpus: Corpus) -> None:
    assert {change.slug for change in queries.changes(corpus, "autumn")} == {"1-1"}


# --- all resolutions ---


def test_states_are_counted_and_what_is_not_reported_is_counted_as_such(corpus: Corpus) -> None:
    assert queries.by_status(corpus, corpus.resolutions) == {
        "implemented": 1,
        "under-implementation": 1,
        None: 2,
    }


def test_resolutions_by_whether_money_holds_them_back(corpus: Corpus) -> None:
    assert queries.constrained(corpus) == {
        True: ["1-2"],
        False: ["1-1"],
        None: ["1-10", "217-a-iii"],
    }


def test_the_timeline_is_ordered_by_when_things_are_over_and_undated_ones_come_last(
    corpus: Corpus,
) -> None:
    found = queries.timeline(corpus, TODAY)
    assert [(one.slug, one.event.id) for one in found] == [
        ("1-1", "shore-meeting"),  # 1 October 2024
        ("1-1", "shore-atlas"),  # by the end of 2024
        ("1-2", "fish-day"),  # May 2025
        ("1-1", "shore-song"),  # no date
    ]
    assert [one.case for one in found[:3]] == ["happened", "unreported", "ahead"]
    assert found[-1].date is None


def test_the_timeline_of_some_resolutions(corpus: Corpus) -> None:
    assert {one.slug for one in queries.timeline(corpus, TODAY, ["1-2"])} == {"1-2"}
    assert queries.timeline(corpus, TODAY, []) == []


def test_dates_of_any_precision_have_one_order() -> None:
    written = [
        "2024-12-09",
        "2024-12-09/2024-12-11",
        "../2024-12",
        "2024-12",
        "2024-36",
        "2024",
        "2025-01-01",
    ]
    assert sorted([*reversed(written)], key=lambda text: parse(text).sort_key) == [
        "2024-12-09",
        "2024-12-09/2024-12-11",
        "2024",
        "2024-36",
        "../2024-12",
        "2024-12",
        "2025-01-01",
    ]


# --- money ---


def test_sums_never_mix_states_kinds_or_currencies() -> None:
    rows, left_out = queries.sums(
        [
            contribution("1.10"),
            contribution("2.20"),
            contribution("4", state="pledged"),
            contribution("8", kind="project"),
            contribution("16", currency="EUR"),
        ]
    )
    assert rows == [
        ("received", "voluntary", "USD", Decimal("3.30"), False, 2),
        ("pledged", "voluntary", "USD", Decimal(4), False, 1),
        ("received", "project", "USD", Decimal(8), False, 1),
        ("received", "voluntary", "EUR", Decimal(16), False, 1),
    ]
    assert left_out == 0


def test_sums_say_what_they_leave_out_and_count_zero_as_an_amount() -> None:
    rows, left_out = queries.sums([contribution(None), contribution("0"), contribution(None)])
    assert rows == [("received", "voluntary", "USD", Decimal(0), False, 1)]
    assert left_out == 2


def test_a_sum_with_an_approximate_part_is_approximate() -> None:
    [row], _ = queries.sums([contribution("5"), contribution("6", approximate=True)])
    assert row == ("received", "voluntary", "USD", Decimal(11), True, 2)


def test_no_contribution_no_sum() -> None:
    assert queries.sums([]) == ([], 0)


def test_the_resource_published_last_counts(corpus: Corpus) -> None:
    [budget] = corpus.resolutions["1-1"].resources
    later = budget.model_copy(update={"id": "later", "as_of": None})
    assert queries.newest_resource((budget, later)) is later
    assert queries.newest_resource(()) is None


@pytest.mark.parametrize(
    ("required", "mobilized", "gap", "share"),
    [
        ("4000", "1000", "3000", "0.75"),
        ("4000", "0", "4000", "1"),
        ("4000", "5000", "0", "0"),
        ("0", "0", "0", None),
        (None, "5", None, None),
        ("5", None, None, None),
    ],
)
def test_the_gap_is_computed_and_never_negative(
    corpus: Corpus, required, mobilized, gap, share
) -> None:
    def amount(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    [budget] = corpus.resolutions["1-1"].resources
    resource = budget.model_copy(
        update={"required": amount(required), "mobilized": amount(mobilized)}
    )
    assert (resource.gap, resource.gap_share) == (amount(gap), amount(share))


def test_contributions_by_state_in_the_order_of_the_vocabulary(corpus: Corpus) -> None:
    found = queries.contributions_by_state(corpus)
    assert {
        state: [(slug, one.id) for slug, one in entries] for state, entries in found.items()
    } == {
        "received": [("1-1", "acme-gift"), ("1-2", "baker-gift")],
        "none": [("1-2", "no-money")],
    }
    assert list(found) == ["received", "none"]


def test_contributions_through_a_mechanism(corpus: Corpus) -> None:
    [(_, mechanism)] = corpus.mechanisms.values()
    assert [(slug, one.id) for slug, one in queries.contributions_through(corpus, mechanism)] == [
        ("1-1", "acme-gift")
    ]


# --- what belongs together ---


def test_statements_are_counted_once_each_and_not_the_reports_within_them(corpus: Corpus) -> None:
    ids = [statement.id for statement in queries.statements(corpus.resolutions["1-1"])]
    assert len(ids) == len(set(ids))
    assert set(ids) == {
        "op-2-a",
        "assessment-spring",
        "assessment-autumn",
        "assessment-spring-op-2-a",
        "plan-written",
        "money-came",
        "shore-meeting",
        "shore-atlas",
        "shore-song",
        "budget",
        "acme-gift",
        "shore-fund-seat",
        "partner-acme",
    }


def test_citations_count_every_source(corpus: Corpus) -> None:
    found = queries.citations(corpus)
    assert found["AL/REP/2"] == {"1-1": 6}
    assert found["AL/REP/1"].keys() == {"1-1", "1-2"}
    assert found["page"] == {}


def test_partners_and_places(corpus: Corpus) -> None:
    assert {
        key: [slug for slug, _ in found] for key, found in queries.partners(corpus).items()
    } == {"acme": ["1-1", "1-2"]}
    assert {key: [one.id for _, one in found] for key, found in queries.places(corpus).items()} == {
        "port": ["shore-meeting"]
    }


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        ("2024-12-31", 6, date(2025, 6, 30)),
        ("2024-06-30", 6, date(2024, 12, 31)),
        ("2024-08-31", 6, date(2025, 2, 28)),
        ("2027-08-31", 6, date(2028, 2, 29)),
        ("2024-12", 1, date(2025, 1, 31)),
        ("2024-11-15", 1, date(2024, 12, 31)),
        ("2024-12-31", 24, date(2026, 12, 31)),
        ("2024", 12, date(2025, 12, 31)),
    ],
)
def test_the_next_report_is_due_one_interval_after_the_newest_period(
    last: str, months: int, due: date
) -> None:
    organ = SMALL.edit(PERIODS, "last: 2024-12-31", f"last: {last}").edit(
        PERIODS, "first: 2024-07-01", "first: 2023-01-01"
    )
    organ = organ.edit(BODY, "reporting_interval_months: 6", f"reporting_interval_months: {months}")
    assert queries.next_due(organ.corpus()) == due


def test_without_any_period_nothing_is_due() -> None:
    corpus = SMALL.corpus()
    assert queries.next_due(replace(corpus, periods={})) is None
