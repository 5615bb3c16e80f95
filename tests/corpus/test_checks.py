"""Checks across records and files: what each record alone cannot know to be wrong."""

from __future__ import annotations

import pytest

from tests.organ import (
    BODY,
    DOCUMENTS,
    FIRST,
    ORGANIZATIONS,
    PERIODS,
    PLACES,
    SECOND,
    SESSIONS,
    SMALL,
    STATEMENTS,
    VOCABULARY,
    told,
)

UNKNOWN = [
    # file, what stands there, what is written instead (the unknown word after "→"), code,
    # nearest known word
    (
        FIRST,
        "- {document: AL/REP/1, paragraph: 3}",
        "- {document: →AL/REPP/1, paragraph: 3}",
        "document",
        "AL/REP/1",
    ),
    (FIRST, "documents: [AL/REP/1]", "documents: [AL/REP/1, →AL/RP/2]", "document", "AL/REP/2"),
    (SESSIONS, "documents: [AL/REP/1]", "documents: [→AL/REP1]", "document", "AL/REP/1"),
    (PERIODS, "report: AL/REP/1", "report: →AL/REP/11", "document", "AL/REP/1"),
    (DOCUMENTS, "contained_in: AL/REP/1", "contained_in: →AL/REPS/1", "document", "AL/REP/1"),
    (STATEMENTS, "document: AL/REP/1", "document: →al/rep/1", "document", "AL/REP/1"),
    (FIRST, "contributor: acme", "contributor: →akme", "organization", "acme"),
    (SECOND, "contributor: baker", "contributor: →bakery", "organization", "baker"),
    (
        FIRST,
        "session: 1",
        "session: 1\nadoption: {proposed_by: [baker, →akme]}",
        "organization",
        "acme",
    ),
    (FIRST, "session: 1", "session: 1\nresponsible_unit: →acne", "organization", "acme"),
    (FIRST, "period: autumn\n    about", "period: →autum\n    about", "period", "autumn"),
    (STATEMENTS, "period: spring", "period: →sprung", "period", "spring"),
    (FIRST, "place: port", "place: →porto", "place", "port"),
    (SESSIONS, "place: port", "place: →prt", "place", "port"),
    (PLACES, "country: lakeland", "country: →lakland", "place", "lakeland"),
    (ORGANIZATIONS, "country: lakeland", "country: →lakelands", "place", "lakeland"),
    (SECOND, "resolution: 1-1", "resolution: →1-11", "resolution", "1-1"),
    (
        STATEMENTS,
        "statements:",
        "corrections:\n  - {id: c, date: 2024, resolution: →1-1O, text: T.}\nstatements:",
        "resolution",
        "1-1",
    ),
    (SECOND, "session: 1", "session: →first", "session", None),
    (FIRST, "status: implemented", "status: →implementd", "status", "implemented"),
    (FIRST, "themes: [water]", "themes: [water, →watr]", "theme", "water"),
    (FIRST, "goals: [6]", "goals: [6, →7]", "goal", None),
    (FIRST, "kind: meeting", "kind: →meting", "event_kind", "meeting"),
    (FIRST, "kind: voluntary", "kind: →volontary", "contribution_kind", "voluntary"),
    (FIRST, "state: pledged", "state: →pleged", "contribution_state", "pledged"),
    (
        ORGANIZATIONS,
        "id: baker\n    name: Baker\n    kind: government",
        "id: baker\n    name: Baker\n    kind: →goverment",
        "organization_kind",
        "government",
    ),
    (
        DOCUMENTS,
        "symbol: AL/REP/2\n    kind: report",
        "symbol: AL/REP/2\n    kind: →raport",
        "document_kind",
        "report",
    ),
    (SECOND, "kind: follows-up", "kind: →follow-up", "relation_kind", "follows-up"),
    (FIRST, "mechanism: shore-fund", "mechanism: →shorefund", "mechanism", "shore-fund"),
    (FIRST, "events: [shore-meeting]", "events: [shore-meeting, →fish-day]", "event", None),
    (FIRST, 'paragraphs: ["2 (a)"]', 'paragraphs: ["2 (a)", →2 (b)]', "paragraph", "2 (a)"),
    (FIRST, 'paragraph: "2 (a)"\n    status', "paragraph: →2\n    status", "paragraph", None),
]


@pytest.mark.parametrize(("name", "right", "wrong", "kind", "guess"), UNKNOWN)
def test_words_that_nobody_defines(
    name: str, right: str, wrong: str, kind: str, guess: str | None
) -> None:
    organ, place = SMALL.edit_at(name, right, wrong)
    [problem] = [
        problem for problem in organ.load().problems if problem.code.startswith("unknown_")
    ]
    assert problem.place == place
    assert problem.code == f"unknown_{kind}"
    assert wrong.partition("→")[2].startswith(problem.values["value"])
    assert problem.values.get("guess") == guess
    assert guess or problem.values["options"]


FAULTS = [
    # file, what stands there, what is written instead (the place after "→"), code, values
    (
        FIRST,
        "{document: AL/REP/1, paragraph: 3}",
        "{document: AL/REP/1, paragraph: →21}",
        "no_such_paragraph",
        {"value": "21", "document": "AL/REP/1", "last": 20},
    ),
    (
        FIRST,
        "{document: AL/REP/1, paragraph: 3}",
        "{document: AL/REP/1, paragraph: →0}",
        "no_such_paragraph",
        {"value": "0"},
    ),
    (
        FIRST,
        "{document: AL/REP/1, paragraph: 3}",
        "{document: AL/REP/1, paragraph: →III}",
        "no_such_paragraph",
        {"value": "III"},
    ),
    (STATEMENTS, "paragraph: 1", "paragraph: →30 (a)", "no_such_paragraph", {"value": "30 (a)"}),
    (
        FIRST,
        "  - id: money-came",
        "  - id: →plan-written",
        "id_used_twice",
        {"id": "plan-written", "line": 36},
    ),
    (
        FIRST,
        "  - id: shore-atlas",
        "  - id: →shore-meeting",
        "id_used_twice",
        {"id": "shore-meeting"},
    ),
    (
        FIRST,
        "      - id: shore-fund-seat",
        "      - id: →shore-fund",
        "id_used_twice",
        {"id": "shore-fund"},
    ),
    (FIRST, "  - id: money-came", "  - id: →op-3", "reserved_id", {"id": "op-3"}),
    (
        FIRST,
        "  - id: shore-atlas",
        "  - id: →period-spring",
        "reserved_id",
        {"id": "period-spring"},
    ),
    *(
        (FIRST, "  - id: budget", f"  - id: →{name}", "reserved_id", {"id": name})
        for name in (
            "page-title",
            "paragraphs",
            "progress",
            "timeline",
            "funding",
            "contributions",
            "resources",
            "partners",
            "documents",
            "related",
            "partner-baker",
            "answer-state",
        )
    ),
    (FIRST, "text: Money came.", "text: →Money <b>came.", "html_in_text", {"passage": "<b>"}),
    (
        FIRST,
        "text: Money came.",
        "text: →'[a](javascript:x)'",
        "link_in_text",
        {"passage": "javascript:x"},
    ),
    (FIRST, "text: Money came.", "text: →'a {{ x }}'", "template_in_text", {"passage": "{{ x }}"}),
    (
        STATEMENTS,
        "text: Money is *short*.",
        "text: →'[a](http://x)'",
        "link_in_text",
        {"passage": "http://x"},
    ),
    (
        BODY,
        'label_pattern: "{session}/{number}"',
        'label_pattern: →"{sesion}/{number}"',
        "placeholder",
        {"value": "{sesion}", "guess": "session"},
    ),
    (
        BODY,
        'alias_patterns: ["{session}/{number}"]',
        'alias_patterns: ["{number}", →"{nummer}"]',
        "placeholder",
        {},
    ),
    (
        BODY,
        "currency: ",
        "akn_pattern: →/akn/{date}/{name}\ncurrency: ",
        "placeholder",
        {"value": "{name}"},
    ),
    (
        BODY,
        "address: https://example.org/{lang}",
        "address: →https://example.org/{language}",
        "placeholder",
        {"value": "{language}", "guess": "lang"},
    ),
    (
        FIRST,
        "  - id: acme-gift",
        "  - id: →timeline-ahead",
        "reserved_id",
        {"id": "timeline-ahead"},
    ),
    (FIRST, "  - id: plan-written", "  - id: →answer-money", "reserved_id", {"id": "answer-money"}),
    (
        FIRST,
        "        amount: 1000\n        approximate: true\n        currency: USD\n",
        "        amount: →1000\n        approximate: true\n",
        "amount_without_currency",
        {"currency": "USD"},
    ),
    (
        FIRST,
        "value: AL/1/1",
        "value: →AL/1.1",
        "symbol_pattern",
        {"value": "AL/1.1", "expected": "AL/1/1"},
    ),
    (
        PERIODS,
        "last: 2024-06-30",
        "last: →2023-06-30",
        "period_backwards",
        {"first": "2024-01-01", "last": "2023-06-30"},
    ),
    (DOCUMENTS, "  - id: page\n", "  - →id: page\n    symbol: P/1\n", "symbol_or_id", {}),
    (DOCUMENTS, "  - id: page\n    kind", "  - →kind", "symbol_or_id", {}),
    (
        SECOND,
        "number: 2",
        "number: →1",
        "same_label",
        {"label": "1/1", "other": "data/resolutions/1-1.yml"},
    ),
]


@pytest.mark.parametrize(("name", "right", "wrong", "code", "values"), FAULTS)
def test_faults(name: str, right: str, wrong: str, code: str, values: dict) -> None:
    organ, place = SMALL.edit_at(name, right, wrong)
    problem = organ.problem()
    assert (problem.place, problem.code, problem.severity) == (place, code, "error")
    assert problem.values | values == problem.values


def test_the_same_wrong_source_is_told_wherever_it_stands() -> None:
    text, right = SMALL.files[FIRST].decode(), "{document: AL/REP/1"
    problems = SMALL.add(FIRST, text.replace(right, "{document: AL/REP/9")).load().problems
    often = text.count(right)
    assert often > 1 and [problem.code for problem in problems] == ["unknown_document"] * often
    assert len({problem.place for problem in problems}) == often


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("en, →qq", "qq"),
        ("en, →en", "en"),
        ("→xx", "xx"),
        ("en, zh, →zh", "zh"),
        ("en, →x-y", "x-y"),
    ],
)
def test_languages_that_are_none_or_there_twice(written: str, value: str) -> None:
    organ, place = SMALL.edit_at(BODY, "languages: [en]", f"languages: [{written}]")
    found = [
        (problem.place, problem.values["value"])
        for problem in organ.load().errors
        if problem.file == BODY
    ]
    assert found == [(place, value)]


def test_a_pattern_of_symbols_with_an_unknown_part() -> None:
    organ, place = SMALL.edit_at(
        BODY, "symbol_pattern: AL/{session}", "symbol_pattern: →AL/{sitting}"
    )
    assert [problem.code for problem in organ.load().errors if problem.place == place] == [
        "placeholder"
    ]


TWICE = [
    (DOCUMENTS, "  - →symbol: AL/REP/2\n    kind: report\n    title: Twice\n"),
    (SESSIONS, "  - id: →2\n    name: Twice\n"),
    (ORGANIZATIONS, "  - {id: →acme, name: Twice, kind: government}\n"),
    (PLACES, "  - {id: →port, name: Twice, kind: city}\n"),
    (
        PERIODS,
        "  - {id: →autumn, name: X, first: 2025, last: 2025, report: page, as_of: 2025, "
        "as_of_basis: verified}\n",
    ),
    (
        STATEMENTS,
        "  - {id: →money-is-short, period: autumn, about: funding, text: T., "
        "sources: [{document: page}]}\n",
    ),
    (VOCABULARY, "  - {id: →follows-up, name: Twice}\n"),
]


@pytest.mark.parametrize(("name", "text"), TWICE, ids=[name for name, _ in TWICE])
def test_an_entry_that_is_there_twice(name: str, text: str) -> None:
    before, _, after = text.partition("→")
    problem = SMALL.append(name, before + after).problem()
    lines = (SMALL.files[name].decode() + before).split("\n")
    assert (problem.place, problem.code) == (
        (name, len(lines), len(lines[-1]) + 1),
        "id_used_twice",
    )
    assert "is already used in line" in told([problem])


MECHANISM = """\
mechanisms:
  - id: shore-fund
    name: Shore Fund
    purpose: It pays for nets.
    terms:
      - {id: a-term, text: T., sources: [{document: page}]}
"""


def test_a_mechanism_may_be_in_one_resolution_only() -> None:
    problem = SMALL.append(SECOND, MECHANISM).problem()
    lines = SMALL.files[SECOND].count(b"\n")
    assert (problem.place, problem.code) == ((SECOND, lines + 2, 9), "mechanism_twice")
    assert problem.values == {"id": "shore-fund", "other": FIRST}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (SESSIONS, "name: First session", "nam: x"),
        (PLACES, "places:", "place:"),
        (ORGANIZATIONS, "name: Acme", "name: 3"),
        (STATEMENTS, "period: spring", "period: 3"),
        (FIRST, "title: Clean shores", "title: 3"),
        (FIRST, "title: Clean shores", "title: [3"),
        (SECOND, "title: Many fish", "\ttitle: Many fish"),
    ],
)
def test_what_refers_into_a_file_that_cannot_be_read_is_not_complained_of(
    name: str, right: str, wrong: str
) -> None:
    assert {problem.file for problem in SMALL.edit(name, right, wrong).load().errors} == {name}


@pytest.mark.parametrize(
    "number",
    ["2", "2 (a)", "2 (a) (iv)", "12", "3 bis", "4a", "7 quater (b)", "5 a) ii)", "5 bis a)"],
)
def test_numbers_of_operative_paragraphs(number: str) -> None:
    organ = SMALL.append(
        SECOND,
        f'operative_paragraphs:\n  - number: "{number}"\n    gist: G.\n'
        "    sources: [{document: page}]\n",
    )
    assert organ.corpus().resolutions["1-2"].operative_paragraphs[0].number == number


@pytest.mark.parametrize(
    "number", ["two", "2(a)", "2.a", "(a)", "2 (a", "2 (A)", "para. 2", " 2", "-2"]
)
def test_what_is_no_number_of_an_operative_paragraph(number: str) -> None:
    organ = SMALL.append(
        SECOND,
        f'operative_paragraphs:\n  - number: "{number}"\n    gist: G.\n'
        "    sources: [{document: page}]\n",
    )
    assert "paragraph_number" in {problem.code for problem in organ.load().errors}


def test_a_paragraph_is_checked_only_where_the_length_of_the_document_is_known() -> None:
    assert (
        not SMALL.edit(
            FIRST, "{document: AL/REP/2, paragraph: 9}", "{document: AL/REP/2, paragraph: 999}"
        )
        .load()
        .problems
    )


@pytest.mark.parametrize("paragraph", ["20", "3 (b)", '"3, note 2"', "1-3"])
def test_paragraphs_within_the_document(paragraph: str) -> None:
    assert (
        not SMALL.edit(
            FIRST,
            "{document: AL/REP/1, paragraph: 3}",
            f"{{document: AL/REP/1, paragraph: {paragraph}}}",
        )
        .load()
        .problems
    )


def test_an_id_is_unique_in_its_resolution_whatever_the_kind_of_entry() -> None:
    organ = SMALL.edit(FIRST, "  - id: budget", "  - id: acme-gift")
    problem = organ.problem()
    assert (problem.code, problem.values["id"]) == ("id_used_twice", "acme-gift")


def test_two_resolutions_may_use_the_same_id() -> None:
    assert {"assessment-spring"} < {
        entry.id for entry in SMALL.corpus().resolutions["1-1"].assessments
    }
    assert {"assessment-spring"} == {
        entry.id for entry in SMALL.corpus().resolutions["1-2"].assessments
    }


def test_two_lists_of_the_vocabulary_may_use_the_same_id() -> None:
    assert (
        not SMALL.edit(
            VOCABULARY,
            "{id: fish, name: Fish}",
            "{id: fish, name: Fish}\n  - {id: meeting, name: M}",
        )
        .load()
        .problems
    )


def test_an_id_used_twice_in_one_list_of_the_vocabulary() -> None:
    codes = [
        problem.code
        for problem in SMALL.edit(VOCABULARY, "{id: fish, name", "{id: water, name").load().problems
    ]
    assert "id_used_twice" in codes


def test_a_symbol_that_is_verified_need_not_follow_the_pattern() -> None:
    organ = SMALL.edit(
        FIRST, "{value: AL/1/1, basis: inferred}", "{value: AL/SPECIAL, basis: verified}"
    )
    assert organ.corpus().resolutions["1-1"].symbol.value == "AL/SPECIAL"


def test_without_a_pattern_any_symbol_will_do() -> None:
    organ = SMALL.edit(FIRST, "value: AL/1/1", "value: any").edit(
        BODY, "symbol_pattern: AL/{session}/{number}\n", ""
    )
    assert not organ.load().problems


PARTNER = (
    "role: gives brooms\n    reports:\n      - period: {}\n        sources: [{{document: page}}]\n"
)


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("period: autumn\n    status", "period: spring\n    status", "judged_twice"),
        (
            "- period: spring\n        outcome",
            "- period: autumn\n        outcome",
            "reports_out_of_order",
        ),
        (
            "- period: autumn\n        state",
            "- period: spring\n        state",
            "reports_out_of_order",
        ),
        ("role: gives brooms\n    reports:\n", PARTNER.format("autumn"), "reports_out_of_order"),
        ("role: gives brooms\n    reports:\n", PARTNER.format("spring"), "reports_out_of_order"),
    ],
)
def test_one_entry_for_each_period_in_their_order(right: str, wrong: str, code: str) -> None:
    text = SMALL.files[FIRST].decode()
    organ = SMALL.add(FIRST, text.replace(right, wrong, 1))
    assert organ.problem().code == code


def test_a_partner_may_be_in_several_reports() -> None:
    text = (
        SMALL.files[FIRST].decode()
        + "      - period: autumn\n        sources: [{document: page}]\n"
    )
    [partner] = SMALL.add(FIRST, text).corpus().resolutions["1-1"].partners
    assert [report.period for report in partner.reports] == ["spring", "autumn"]
    assert partner.anchor == "partner-acme"


@pytest.mark.parametrize("state", ["", "state: sought"])
def test_an_amount_may_be_missing(state: str) -> None:
    organ = SMALL.edit(FIRST, "        amount: 1200.50\n        currency: USD\n", "")
    assert organ.corpus().resolutions["1-1"].contributions[0].latest.amount is None


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("    report: AL/REP/1\n", "", "report_or_documents"),
        ("    report: AL/REP/1\n", "    report: AL/REP/1\n    compiled_from: [page]\n", "report_or_documents"),
        ("    report: AL/REP/1\n", "    compiled_from: [nothing]\n", "unknown_document"),
    ],
)  # fmt: skip
def test_a_period_has_a_report_or_documents(right: str, wrong: str, code: str) -> None:
    assert SMALL.edit(PERIODS, right, wrong).problem().code == code


def test_a_period_may_be_compiled_from_several_documents() -> None:
    organ = SMALL.edit(PERIODS, "report: AL/REP/1\n", "compiled_from: [page, XX/9]\n")
    assert organ.corpus().periods["spring"].documents == ("page", "XX/9")


CORRECTION = "corrections:\n  - {{id: c, date: 2025, resolution: 1-1, entry: {}, text: T}}\n"


@pytest.mark.parametrize("entry", ["shore-atlas", "op-2-a", "partner-acme"])
def test_a_correction_names_an_entry_of_its_resolution(entry: str) -> None:
    assert not SMALL.append(STATEMENTS, CORRECTION.format(entry)).load().problems
    problem = SMALL.append(STATEMENTS, CORRECTION.format("x" + entry)).problem()
    assert (problem.code, problem.values["guess"]) == ("no_such_entry", entry)


def test_a_session_may_have_patterns_of_its_own() -> None:
    patterns = (
        '    label_pattern: "S-{session}/{number}"\n    symbol_pattern: "AL/S-{session}/{number}"\n'
    )
    organ = SMALL.edit(
        SESSIONS, "    name: First session\n", "    name: First session\n" + patterns
    )
    assert organ.problem().values == {"value": "AL/1/1", "expected": "AL/S-1/1"}
    organ = organ.edit(FIRST, "AL/1/1", "AL/S-1/1")
    assert organ.corpus().label("1-1") == "S-1/1"
    organ = organ.edit(SESSIONS, '"S-{session}/{number}"', '"S-{sesion}/{number}"')
    assert organ.problem().code == "placeholder"


def test_a_reason_is_translated_by_the_milestone_and_its_period() -> None:
    organ = (
        SMALL.edit(BODY, "languages: [en]", "languages: [en, fr]")
        .edit(FIRST, "outcome: completed\n        date: 2024-10-01", "outcome: cancelled\n        reason: No room.")
        .add("data/translations/fr/resolutions/1-1.yml",
             "shore-meeting.autumn.reason:\n  original: No room.\n  text: Pas de salle.\n")
    )  # fmt: skip
    event = organ.corpus("fr").resolutions["1-1"].events[0]
    assert (event.latest.reason, event.reports[0].reason) == ("Pas de salle.", None)
