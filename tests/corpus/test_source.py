"""YAML with positions: values, where they stand, and every problem of an unreadable file."""

from __future__ import annotations

import pytest

from macros.corpus.source import MAX_BYTES, MAX_DEPTH, SourceFile, decode, read

TEXT = """\
# A comment.
number: 4
标题: "住房"   # with words that are not English
list:
  - one
  - {inner: two, other: [x, z]}
  -
    - deep
empty:
"""


@pytest.fixture
def source() -> SourceFile:
    found = read("data/x.yml", TEXT.encode())
    assert not found.problems
    return found


def test_values_are_plain_and_sequences_can_be_frozen(source: SourceFile) -> None:
    assert source.value == {
        "number": 4,
        "标题": "住房",
        "list": ("one", {"inner": "two", "other": ("x", "z")}, ("deep",)),
        "empty": None,
    }


@pytest.mark.parametrize(
    ("path", "value_at", "key_at"),
    [
        (("number",), (2, 9), (2, 1)),
        (("标题",), (3, 5), (3, 1)),
        (("list",), (5, 3), (4, 1)),
        (("list", 0), (5, 5), (5, 5)),
        (("list", 1, "inner"), (6, 13), (6, 6)),
        (("list", 1, "other", 1), (6, 29), (6, 29)),
        (("list", 2, 0), (8, 7), (8, 7)),
        (("empty",), (9, 7), (9, 1)),
        ((), (2, 1), (2, 1)),
    ],
)
def test_positions_of_values_and_keys(source: SourceFile, path, value_at, key_at) -> None:
    assert source.position(path) == value_at
    assert source.position(path, key=True) == key_at


@pytest.mark.parametrize(
    ("path", "nearest"),
    [(("list", 1, "missing"), (6, 5)), (("list", 7), (5, 3)), (("nothing", "at", "all"), (2, 1))],
)
def test_what_is_not_there_has_the_position_of_its_nearest_parent(
    source: SourceFile, path, nearest
) -> None:
    assert source.position(path) == nearest


def test_an_empty_file_has_no_value_and_a_position() -> None:
    source = read("x", b"# only a comment\n")
    assert (source.value, source.problems, source.position(("a",))) == (None, [], (1, 1))


SCALARS = [
    ("7", 7),
    ("+7", 7),
    ("-7", -7),
    ("0", 0),
    ("007", "007"),
    ("1_000", "1_000"),
    ("0o14", "0o14"),
    ("0x1F", "0x1F"),
    ("1.50", 1.5),
    (".5", 0.5),
    ("1.", 1.0),
    ("1.5e3", 1500.0),
    ("1e5", "1e5"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("9" * 19, int("9" * 19)),
    ("9" * 20, "9" * 20),
    ("true", True),
    ("TRUE", True),
    ("False", False),
    ("tRUE", "tRUE"),
    ("null", None),
    ("~", None),
    ("Null", None),
    ("", None),
    ("2024-12-09", "2024-12-09"),
    ("2024-12", "2024-12"),
    ("12:30", "12:30"),
    ("=", "="),
    ("<<", "<<"),
    ("'no'", "no"),
    ('"yes"', "yes"),
    ('"4"', "4"),
    ("'null'", "null"),
    ('""', ""),
    ("'it''s'", "it's"),
]


@pytest.mark.parametrize(("written", "value"), SCALARS)
def test_scalars_of_the_core_schema(written: str, value: object) -> None:
    source = read("x", f"key: {written}\n".encode())
    assert source.problems == []
    assert source.value["key"] == value
    assert type(source.value["key"]) is type(value)


@pytest.mark.parametrize(
    "text", ["a: |\n  one\n  two\n", "a: >-\n  one\n\n  two\n", "a: >-\r\n  one\r\n\r\n  two\r\n"]
)
def test_blocks_keep_their_lines(text: str) -> None:
    assert read("x", text.encode()).value["a"].rstrip("\n") == "one\ntwo"


PROBLEMS = {
    "a key twice": (b"a: 1\nb: 2\na: 3\n", [(3, 1, "duplicate_key", {"key": "a", "line": 1})]),
    "a key twice within braces": (
        b"x: {b: 1, b: 2}\n",
        [(1, 11, "duplicate_key", {"key": "b", "line": 1})],
    ),
    "a key twice, the second a list": (
        b"a: 1\na:\n  - 2\n",
        [(2, 1, "duplicate_key", {"key": "a", "line": 1})],
    ),
    "no for false": (b"a: no\n", [(1, 4, "ambiguous_word", {"word": "no"})]),
    "yes, on, off, y and n": (
        b"- Yes\n- ON\n- off\n- y\n- N\n",
        [(line, 3, "ambiguous_word", {}) for line in range(1, 6)],
    ),
    "no in a file with CRLF": (b"a: 1\r\nb: no\r\n", [(2, 4, "ambiguous_word", {})]),
    "anchor on a value": (b"a: &x 1\n", [(1, 4, "anchor", {"name": "x"})]),
    "anchor on a key": (b"&x a: 1\n", [(1, 1, "anchor", {"name": "x"})]),
    "anchor on a list": (b"a: &x [1]\n", [(1, 4, "anchor", {"name": "x"})]),
    "alias": (b"a: &x 1\nb: *x\n", [(1, 4, "anchor", {}), (2, 4, "alias", {"name": "x"})]),
    "alias bomb": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        [(1, 4, "anchor", {}), (2, 4, "anchor", {}), (2, 8, "alias", {})],
    ),
    "tag of a scalar": (b"a: !!str 3\n", [(1, 4, "tag", {"name": "tag:yaml.org,2002:str"})]),
    "tag that runs code": (b"a: !!python/object/apply:os.system [ls]\n", [(1, 4, "tag", {})]),
    "tag of the whole file": (b"!x {a: 1}\n", [(1, 1, "tag", {"name": "!x"})]),
    "control character": (b"a: x\x07\n", [(1, 5, "control_character", {"character": "U+0007"})]),
    "control character after wide ones": (
        "a: 😀 \x01\n".encode(),
        [(1, 6, "control_character", {"character": "U+0001"})],
    ),
    "control character written as an escape": (
        b'a: "\\u0007"\n',
        [(1, 4, "control_character", {"character": "U+0007"})],
    ),
    "line separator": (
        "é: x\u2028\n".encode(),
        [(1, 5, "control_character", {"character": "U+2028"})],
    ),
    "nul": (b"\x00", [(1, 1, "control_character", {"character": "U+0000"})]),
    "byte order mark": (b"\xef\xbb\xbfa: 1\n", [(1, 1, "byte_order_mark", {})]),
    "byte order mark in the middle": (
        "a: \ufeffb\n".encode(),
        [(1, 4, "control_character", {"character": "U+FEFF"})],
    ),
    "not UTF-8": (b"a: 1\nb: \xff\n", [(2, 4, "not_utf8", {})]),
    "not UTF-8 after wide characters": ("日本: ".encode() + b"\xe9\n", [(1, 5, "not_utf8", {})]),
    "Latin-1": ("a: é\n".encode("latin-1"), [(1, 4, "not_utf8", {})]),
    "UTF-16": ("a: 1\n".encode("utf-16"), [(1, 1, "not_utf8", {})]),
    "tab": (b"a:\n\tb: 1\n", [(2, 1, "tab", {})]),
    "several documents": (b"a: 1\n---\nb: 2\n", [(2, 1, "several_documents", {})]),
    "text after the end of the document": (b"a: 1\n...\nb: 2\n", [(3, 1, "syntax", {})]),
    "too deep": (b"[" * 500, [(1, MAX_DEPTH + 1, "too_deep", {"limit": MAX_DEPTH})]),
    "too deep, by indents": (
        "".join(f"{' ' * depth}a:\n" for depth in range(100)).encode(),
        [(MAX_DEPTH + 1, MAX_DEPTH + 1, "too_deep", {})],
    ),
    "list as a key": (b"[a]: 1\n", [(1, 1, "complex_key", {})]),
    "mapping as a key": (b"? {a: 1}\n: 2\n", [(1, 3, "complex_key", {})]),
    "bracket left open": (b"a: [1\n", [(1, 6, "syntax", {})]),
    "quotation mark left open": (b"a: 'x\n", [(1, 4, "syntax", {})]),
    "cut off in the middle of a key": (b"number: 2\ntit", [(2, 4, "syntax", {})]),
    "cut off after wide characters": ("a: ['住房".encode(), [(1, 5, "syntax", {})]),
    "two colons": (b"a: b: c\n", [(1, 5, "syntax", {})]),
    "indent that fits nothing": (b"a: 1\n  b: 2\n", [(2, 4, "syntax", {})]),
    "character that begins nothing": (b"a: @x\n", [(1, 4, "syntax", {})]),
    "too large": (
        b"#" * (MAX_BYTES + 1),
        [(1, 1, "too_large", {"limit": MAX_BYTES, "size": MAX_BYTES + 1})],
    ),
}

FATAL = {
    "alias",
    "control_character",
    "byte_order_mark",
    "not_utf8",
    "tab",
    "several_documents",
    "syntax",
    "too_deep",
    "complex_key",
    "too_large",
}


@pytest.mark.parametrize(("raw", "expected"), PROBLEMS.values(), ids=PROBLEMS)
def test_problems(raw: bytes, expected: list) -> None:
    source = read("data/x.yml", raw)
    assert [(p.line, p.column, p.code) for p in source.problems] == [
        (line, column, code) for line, column, code, _ in expected
    ]
    for problem, (*_, values) in zip(source.problems, expected, strict=True):
        assert problem.values | values == problem.values
        assert (problem.file, problem.severity) == ("data/x.yml", "error")


@pytest.mark.parametrize("raw", [raw for raw, _ in PROBLEMS.values()], ids=PROBLEMS)
def test_no_problem_lies_behind_the_last_line(raw: bytes) -> None:
    for problem in read("x", raw).problems:
        assert 1 <= problem.line <= len(raw.splitlines())


def test_a_text_is_decoded_or_its_problem_is_told() -> None:
    assert decode("x", "a\r\n住房\n".encode()) == ("a\r\n住房\n", None)
    text, problem = decode("x", b"a\nb\xff")
    assert (text, problem and (problem.file, problem.line, problem.column, problem.code)) == (
        "",
        ("x", 2, 2, "not_utf8"),
    )


def test_what_can_still_be_read_is_read_so_that_all_problems_show_at_once() -> None:
    source = read("x", b"a: no\nb: &y 1\nb: !!int 2\nc: [on]\n")
    assert [problem.code for problem in source.problems] == [
        "ambiguous_word",
        "anchor",
        "duplicate_key",
        "tag",
        "ambiguous_word",
    ]
    assert source.value == {"a": "no", "b": 1, "c": ("on",)}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (_, found) in PROBLEMS.items()
        if found[-1][2] in FATAL and "escape" not in name
    ],
)
def test_a_file_that_cannot_be_read_has_no_value(name: str) -> None:
    assert read("x", PROBLEMS[name][0]).value is None


@pytest.mark.parametrize("word", ["no", "yes", "on", "off"])
def test_words_that_are_ambiguous_as_values_may_be_keys(word: str) -> None:
    assert read("x", f"{word}: 1\n".encode()).problems == []
