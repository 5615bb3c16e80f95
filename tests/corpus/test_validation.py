"""What does not fit the model: each kind of misfit as a problem with its place and its mend."""

from __future__ import annotations

import pytest

from macros.corpus.source import read
from macros.corpus.validation import validate
from macros.i18n.messages import Catalogue
from macros.model import reference
from tests.organ import BODY, DOCUMENTS, FIRST, PERIODS, SESSIONS, SMALL, told

R = FIRST

MISFITS = [
    # file, what stands there, what is written instead (the place of the problem after →), code
    (FIRST, "number: 1\n", "number: 1\n→titel: Clean shores\n", "unknown_key"),
    (FIRST, "        date: 2024-10-01", "        →when: 2024-10-01", "unknown_key"),
    (FIRST, "- id: shore-song\n    kind: publication", "- →id: shore-song", "missing_key"),
    (FIRST, "- period: autumn\n        outcome: completed", "- →period: autumn", "missing_key"),
    (FIRST, "symbol: {value: AL/1/1, basis: inferred}", "symbol: →AL/1/1", "mapping_expected"),
    (FIRST, "symbol: {value: AL/1/1, basis: inferred}", "symbol: →[AL/1/1]", "mapping_expected"),
    (FIRST, "updates:\n", "updates:\n  - →just text\n", "mapping_expected"),
    (FIRST, "themes: [water]", "themes: →water", "list_expected"),
    (FIRST, "themes: [water]", "themes: →{a: water}", "list_expected"),
    (FIRST, "themes: [water]", "themes: →~", "list_expected"),
    (FIRST, "title_basis: verified", "title_basis: →verifyed", "not_an_option"),
    (FIRST, "title_basis: verified", "title_basis: →7", "not_an_option"),
    (BODY, "format: 2", "format: →3", "not_an_option"),
    (FIRST, "title: Clean shores", "title: →3", "text_expected"),
    (FIRST, "title: Clean shores", "title: →[a]", "one_text_expected"),
    (FIRST, "number: 1\n", "number: →1.5\n", "text_expected"),
    (FIRST, "number: 1\n", "number: →true\n", "text_expected"),
    (FIRST, "themes: [water]", "themes: [water, →3]", "text_expected"),
    (FIRST, "constrained_by_funding: false", "constrained_by_funding: →maybe", "boolean_expected"),
    (FIRST, "constrained_by_funding: false", "constrained_by_funding: →0", "boolean_expected"),
    (FIRST, "approximate: true", "approximate: →'true'", "boolean_expected"),
    (FIRST, "amount: 1200.50", "amount: →1 200", "number_expected"),
    (FIRST, "amount: 1200.50", "amount: →USD 1200", "number_expected"),
    (FIRST, "amount: 1200.50", "amount: →'1200'", "number_quoted"),
    (FIRST, "amount: 1200.50", "amount: →true", "number_expected"),
    (FIRST, "goals: [6]", "goals: [→'6']", "number_quoted"),
    (BODY, "reporting_interval_months: 6", "reporting_interval_months: →6.5", "number_expected"),
    (FIRST, "amount: 1200.50", "amount: →-5", "out_of_range"),
    (FIRST, "amount: 1200.50", "amount: →10000000000000000", "out_of_range"),
    (FIRST, "goals: [6]", "goals: [→18]", "out_of_range"),
    (FIRST, "number: 1\n", "number: →99999999999999999999999999999999999999999\n", "out_of_range"),
    (DOCUMENTS, "paragraphs: 20", "paragraphs: →0", "out_of_range"),
    (BODY, "reporting_interval_months: 6", "reporting_interval_months: →0", "out_of_range"),
    (FIRST, "amount: 1200.50", "amount: →.5e999", "invalid"),
    (FIRST, "date: 2024-10-01", "date: →2024-13-01", "date"),
    (FIRST, "date: 2024-10-01", "date: →2023-02-29", "date"),
    (FIRST, "date: 2024-10-01", "date: →next autumn", "date"),
    (FIRST, "date: 2024-10-01", "date: →2024.5", "date"),
    (FIRST, "date: 2024-10-01", "date: →[2024]", "date"),
    (FIRST, "date: 2024-10-01", "date: →9999", "date"),
    (FIRST, "date: 2024-10-01", "date: →'0001'", "date"),
    (FIRST, "date: 2024-10-01", "date: →../9999", "date"),
    (FIRST, "date: 2024-10-01", "date: →x", "date"),
    (PERIODS, "last: 2024-12-31", "last: →9999", "date"),
    (PERIODS, "first: 2024-01-01", "first: →2024-1-1", "date"),
    (FIRST, "- id: shore-atlas", "- id: →Shore Atlas", "id_expected"),
    (BODY, "currency: USD", "currency: →dollars", "unknown_currency"),
    (BODY, "languages: [en]", "languages: [→EN]", "language"),
    (SESSIONS, "- id: 2\n", "- id: →../../x\n", "id_expected"),
    (SESSIONS, "- id: 2\n", "- id: →2/4\n", "id_expected"),
    (DOCUMENTS, "https://example.org/page", "→javascript:alert(1)", "link_expected"),
    (FIRST, "title: Clean shores", "title: →' Clean shores'", "leading_space"),
    (FIRST, "title: Clean shores", "title: →''", "empty"),
    (BODY, "languages: [en]", "languages: →[]", "empty"),
    (
        FIRST,
        "    sources:\n      - {document: AL/REP/1, paragraph: 3}",
        "    sources: →[]",
        "empty",
    ),
]


@pytest.mark.parametrize(("name", "right", "wrong", "code"), MISFITS)
def test_misfits(name: str, right: str, wrong: str, code: str) -> None:
    organ, place = SMALL.edit_at(name, right, wrong)
    found = [problem for problem in organ.load().errors if problem.file == name]
    assert [(problem.place, problem.code) for problem in found] == [(place, code)], told(found)


SENTENCES = [
    (
        "title: Clean shores",
        "titel: Clean shores",
        "the key titel is not known here; did you mean “title”?",
    ),
    (
        "title: Clean shores\n",
        "",
        "the key title is missing; add it (Title in the working language)",
    ),
    (
        "title_basis: verified",
        "title_basis: verifyed",
        "title_basis cannot be “verifyed”; did you mean “verified”?",
    ),
    (
        "title_basis: verified",
        "title_basis: x",
        "title_basis cannot be “x”; one of: verified, inferred, cited",
    ),
    ("about: progress", "about: plans", "about cannot be “plans”; did you mean “plan”?"),
    (
        "title: Clean shores",
        "title: 3",
        "title must be text, but there is a number; put it in quotation marks",
    ),
    (
        "themes: [water]",
        "themes: water",
        "themes must be a list, but there is text; begin each entry with a hyphen",
    ),
    (
        "amount: 1200.50",
        "amount: 1,200",
        "amount must be a number, not “1,200”; write digits only, without spaces, commas "
        "or a currency",
    ),
    (
        "constrained_by_funding: false",
        "constrained_by_funding: unknown",
        "constrained_by_funding must be true or false, not “unknown”; leave it out if it is not "
        "reported",
    ),
    (
        "themes: [water]",
        "themes: [3]",
        "themes must be text, but there is a number; put it in quotation marks",
    ),
    ("goals: [6]", "goals: [1, 18]", "“18” is out of range for goals (limit 17); correct it"),
    (
        "amount: 1200.50",
        "amount: 9999999999999999",
        "“9999999999999999” is out of range for amount (limit 1000000000000000); correct it",
    ),
    ("amount: 1200.50", "amount: -1", "“-1” is out of range for amount (limit 0); correct it"),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), SENTENCES)
def test_sentences_say_what_is_wrong_and_what_to_write(
    right: str, wrong: str, sentence: str
) -> None:
    found = SMALL.edit(FIRST, right, wrong).load().errors
    assert sentence in told(found)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "the whole file"), ("zh", "整个文件"), ("fr", "le fichier entier")],
)
def test_a_whole_file_that_does_not_fit_has_a_name_too(language: str, name: str) -> None:
    problem = SMALL.add(FIRST, "- 1\n").problem()
    assert (problem.place, problem.code) == ((FIRST, 1, 1), "mapping_expected")
    assert problem.sentence(Catalogue.of(language).t).startswith(name) or name in told(
        [problem], language
    )


def test_no_as_false_is_told_as_such() -> None:
    problems = (
        SMALL.edit(FIRST, "constrained_by_funding: false", "constrained_by_funding: no")
        .load()
        .errors
    )
    assert [problem.code for problem in problems if problem.file == FIRST] == [
        "ambiguous_word",
        "boolean_expected",
    ]


def test_all_problems_of_a_record_are_found_at_once() -> None:
    source = read("x.yml", b"id: A b\nname: 3\nkind: town\nplace: x\n")
    assert validate(source, reference.Place) is None
    assert [(p.line, p.column, p.code) for p in sorted(source.problems, key=lambda p: p.place)] == [
        (1, 5, "id_expected"),
        (2, 7, "text_expected"),
        (3, 7, "not_an_option"),
        (4, 1, "unknown_key"),
    ]


def test_a_record_below_the_top_of_the_file_keeps_its_place() -> None:
    source = read("x.yml", b"port:\n  id: port\n  name: Port\n  kind: cty\n")
    assert validate(source, reference.Place, ("port",)) is None
    [problem] = source.problems
    assert (problem.line, problem.column, problem.values["guess"]) == (4, 9, "city")


def test_what_fits_becomes_a_frozen_record() -> None:
    source = read("x.yml", b"id: port\nname: Port\nkind: city\n")
    place = validate(source, reference.Place)
    assert place == reference.Place(id="port", name="Port", kind="city")
    with pytest.raises(ValueError, match="frozen"):
        place.name = "Harbour"


def test_a_long_value_is_cut_short_in_the_sentence() -> None:
    problems = SMALL.edit(FIRST, "title_basis: verified", f"title_basis: {'x' * 500}").load().errors
    assert max(map(len, told(problems).splitlines())) < 250
