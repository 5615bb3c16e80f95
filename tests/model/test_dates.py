"""Partial dates: what EDTF text is read, what is refused, and how dates are ordered."""

import pickle
import re
from datetime import date

import pytest

from macros.i18n.messages import Catalogue
from macros.model.dates import FORMS, DateError, PartialDate, Point, parse
from tests.organ import FIRST, SMALL, told


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # a day, a month, a year
        ("2024-12-09", Point(2024, 12, 9), Point(2024, 12, 9)),
        ("2024-02-29", Point(2024, 2, 29), Point(2024, 2, 29)),
        ("2024-12", Point(2024, 12), Point(2024, 12)),
        ("2024", Point(2024), Point(2024)),
        ("1800", Point(1800), Point(1800)),
        ("2199", Point(2199), Point(2199)),
        # a part of a year: season, quarter, third, half
        ("2024-21", Point(2024, 21), Point(2024, 21)),
        ("2024-36", Point(2024, 36), Point(2024, 36)),
        ("2024-37", Point(2024, 37), Point(2024, 37)),
        ("2024-41", Point(2024, 41), Point(2024, 41)),
        # intervals, also of unequal ends
        ("2024-12-09/2024-12-11", Point(2024, 12, 9), Point(2024, 12, 11)),
        ("2024-06/2024-08", Point(2024, 6), Point(2024, 8)),
        ("2024/2025", Point(2024), Point(2025)),
        ("2024-33/2024-34", Point(2024, 33), Point(2024, 34)),
        ("2024-06/2024-08-15", Point(2024, 6), Point(2024, 8, 15)),
        ("2024-12-09/2024-12-09", Point(2024, 12, 9), Point(2024, 12, 9)),
        # open at one end
        ("../2024-12", None, Point(2024, 12)),
        ("../2024-10-28", None, Point(2024, 10, 28)),
        ("2024-11/..", Point(2024, 11), None),
        # approximate, uncertain, both
        ("2024~", Point(2024, mark="~"), Point(2024, mark="~")),
        ("2024-12?", Point(2024, 12, mark="?"), Point(2024, 12, mark="?")),
        ("2024-12-09%", Point(2024, 12, 9, "%"), Point(2024, 12, 9, "%")),
        ("2024-36~", Point(2024, 36, mark="~"), Point(2024, 36, mark="~")),
        ("2024~/2026", Point(2024, mark="~"), Point(2026)),
        ("../2024-12~", None, Point(2024, 12, mark="~")),
    ],
)
def test_reads_every_form(text, start, end):
    assert parse(text) == PartialDate(text, start, end)
    assert str(parse(text)) == text


def test_reads_every_form_that_the_help_names():
    examples = re.findall(r"[.\d][^\s,]+", re.sub(r"\(.*?\)", "", FORMS))
    assert len(examples) == 9
    for example in examples:
        parse(example)


REFUSED = [
    ("", "is not a date"),
    ("soon", "is not a date"),
    ("..", "is not a date"),
    ("24-12-09", "is not a date"),
    ("20244", "is not a date"),
    ("2024-1-2", "is not a date"),
    ("2024-12-9", "is not a date"),
    ("2024/12/09", "is not a date"),
    ("2024-12-09T10:00", "is not a date"),
    ("9 December 2024", "is not a date"),
    (" 2024", "is not a date"),
    ("2024\n", "is not a date"),
    ("-2024", "is not a date"),
    ("2024~-12", "is not a date"),
    ("2024-12~?", "is not a date"),
    ("2024-12-09/2024-12-11/2024-12-13", "is not a date"),
    ("..~/2024", "is not a date"),
    ("２０２４-12", "is not a date"),  # full-width digits
    ("٢٠٢٤", "is not a date"),  # Arabic-Indic digits
    ("0000", "has a year outside 1800 to 2199"),
    ("0001", "has a year outside 1800 to 2199"),
    ("1799-12-31", "has a year outside 1800 to 2199"),
    ("2200", "has a year outside 1800 to 2199"),
    ("9999", "has a year outside 1800 to 2199"),
    ("../9999", "has a year outside 1800 to 2199"),
    ("9999-24", "has a year outside 1800 to 2199"),  # its winter ends in the year 10000
    ("2024-00", "no month 00"),
    ("2024-13", "no month 13"),
    ("2024-20", "no month 20"),
    ("2024-25", "no month 25"),
    ("2024-42", "no month 42"),
    ("2024-36-01", "no month 36"),
    ("2024-13-01", "no month 13"),
    ("2024-00-01", "no month 00"),
    ("2024-12-00", "no day of the calendar"),
    ("2024-12-32", "no day of the calendar"),
    ("2023-02-29", "no day of the calendar"),
    ("2024-12-11/2024-02-30", "no day of the calendar"),
    ("../..", "no end that is known"),
    ("2024-12-11/2024-12-09", "ends before it begins"),
    ("2024-08/2024-06", "ends before it begins"),
    ("2025/2024-12-31", "ends before it begins"),
    ("2024-36/2024-35", "ends before it begins"),
    ("/2024", "write .. for an open end"),
    ("2024/", "write .. for an open end"),
    ("/", "write .. for an open end"),
]

CODES = {
    "is not a date": "form",
    "has a year outside 1800 to 2199": "year",
    "no month": "month",
    "no day of the calendar": "day",
    "no end that is known": "no_end",
    "ends before it begins": "backwards",
    "write .. for an open end": "end_empty",
}


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refuses_and_says_why(text, message):
    with pytest.raises(DateError, match=message.replace(".", r"\.")) as caught:
        parse(text)
    assert caught.value.code == next(
        code for words, code in CODES.items() if message.startswith(words)
    )
    assert caught.value.text in text


def test_error_names_the_part_that_is_wrong():
    with pytest.raises(DateError, match="'2024-02-30'") as caught:
        parse("2024-01/2024-02-30")
    assert (caught.value.code, caught.value.text) == ("day", "2024-02-30")


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("code", CODES.values())
def test_every_reason_has_a_sentence_of_its_own_in_every_language(language, code):
    key = f"problem.date.{code}"
    assert "{value}" in Catalogue.of(language).entries[key]
    assert (
        language == "en" or Catalogue.of(language).entries[key] != Catalogue.of("en").entries[key]
    )


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-13", "9999", "2025/2024", "../..", "2024/", "soon"]
)
def test_no_english_reason_is_told_in_another_language(text):
    problems = SMALL.edit(FIRST, "date: 2024-10-01", f"date: {text}").load().errors
    english = {reason.partition(" (")[0] for _, reason in REFUSED}
    for language in ("zh", "fr"):
        assert not any(reason in told(problems, language) for reason in english)
        assert "date" in told(problems, language)  # the key stays as it is written


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-12-09", "2024-12-09", "2024-12-09"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("1800", "1800-01-01", "1800-12-31"),
        ("2199-24", "2199-12-01", "2200-02-28"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),  # winter runs into the next year
        ("2024-33", "2024-01-01", "2024-03-31"),
        ("2024-34", "2024-04-01", "2024-06-30"),
        ("2024-35", "2024-07-01", "2024-09-30"),
        ("2024-36", "2024-10-01", "2024-12-31"),
        ("2024-37", "2024-01-01", "2024-04-30"),
        ("2024-38", "2024-05-01", "2024-08-31"),
        ("2024-39", "2024-09-01", "2024-12-31"),
        ("2024-40", "2024-01-01", "2024-06-30"),
        ("2024-41", "2024-07-01", "2024-12-31"),
        ("2024-12-09/2024-12-11", "2024-12-09", "2024-12-11"),
        ("2024-06/2024-08", "2024-06-01", "2024-08-31"),
        ("2024-06/2024-08-15", "2024-06-01", "2024-08-15"),
        ("../2024-12", "2024-12-01", "2024-12-31"),
        ("../2024-10-28", "2024-10-28", "2024-10-28"),
        ("2024-11/..", "2024-11-01", "2024-11-30"),
        ("2024~", "2024-01-01", "2024-12-31"),
    ],
)
def test_earliest_and_latest_day(text, earliest, latest):
    assert parse(text).earliest == date.fromisoformat(earliest)
    assert parse(text).latest == date.fromisoformat(latest)


def test_due_first_comes_first():
    in_order = [
        "2024-09-20",  # a day
        "2024-06/2024-09",  # over at the end of the month, begun long before
        "2024-09",
        "../2024-10-28",  # a deadline
        "2024-11/..",  # open: over when its beginning is, as far as known
        "2024-12-09/2024-12-11",
        "2024",  # all that may last until the end of the year
        "2024-36",
        "../2024-12",
        "2024-12",
        "2024-12-31",
        "2025-01-01",
    ]
    assert sorted([*reversed(in_order)], key=lambda text: parse(text).sort_key) == in_order


@pytest.mark.parametrize(
    ("text", "interval", "day"),
    [
        ("2024-12-09", False, True),
        ("2024-12-09~", False, False),
        ("2024-12", False, False),
        ("2024", False, False),
        ("2024-36", False, False),
        ("2024-12-09/2024-12-11", True, False),
        ("2024-12-09/2024-12-09", True, False),
        ("../2024-12-09", True, False),
        ("2024-12-09/..", True, False),
    ],
)
def test_tells_intervals_and_known_days(text, interval, day):
    assert parse(text).is_interval is interval
    assert parse(text).is_day is day


def test_is_an_immutable_value():
    when = parse("2024-12-09")
    with pytest.raises(AttributeError):
        when.text = "2025"
    assert when == parse("2024-12-09") and hash(when) == hash(parse("2024-12-09"))
    restored = pickle.loads(pickle.dumps(when))
    assert restored == when and not restored.is_interval
