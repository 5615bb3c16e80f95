"""Whatever a file holds, it is accepted or refused with a place inside it and a sentence.

`FUZZ=5000 pytest tests/corpus/test_fuzz.py` tries that many of each sort.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.corpus.loading import load
from macros.corpus.problems import Problem
from macros.i18n.messages import Catalogue
from macros.pages.handwritten import check_page
from tests.organ import BODY, DOCUMENTS, FIRST, PERIODS, SMALL, VOCABULARY

TRIES = int(os.environ.get("FUZZ", "150"))
LANGUAGES = tuple(Catalogue.of(tag) for tag in ("en", "zh"))
VIEW = SMALL.view()

fuzzed = settings(
    max_examples=TRIES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

FILES = st.sampled_from([BODY, DOCUMENTS, FIRST, PERIODS, VOCABULARY])
WORDS = st.sampled_from(
    [
        "id",
        "title",
        "number",
        "session",
        "events",
        "reports",
        "period",
        "date",
        "sources",
        "held",
        "amount",
        "languages",
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    WORDS,
    st.sampled_from(
        [
            "2024-13-45",
            "../..",
            "9999",
            "no",
            "~",
            "<<",
            "!!python/none",
            "&a",
            "*a",
            "{{ x }}",
            "<b>",
            "\u0000",
        ]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=12,
)


def must_be_told_well(problems: list[Problem] | tuple[Problem, ...], name: str, raw: bytes) -> None:
    """Every problem of a file has a place in it and a sentence in each language."""
    lines = raw.splitlines() or [b""]
    for problem in problems:
        if problem.file == name:
            assert 1 <= problem.line <= len(lines), problem
            assert problem.column >= 1, problem
        for language in LANGUAGES:
            assert problem.sentence(language.t).strip()


def loaded_with(name: str, raw: bytes) -> None:
    found = load({**SMALL.files, name: raw})
    assert bool(found.corpora) != bool(found.errors)
    must_be_told_well(found.problems, name, raw)


@pytest.mark.slow
@fuzzed
@given(FILES, st.binary(max_size=200))
def test_bytes(name: str, raw: bytes) -> None:
    loaded_with(name, raw)


@pytest.mark.slow
@fuzzed
@given(FILES, st.text(max_size=200))
def test_text(name: str, text: str) -> None:
    loaded_with(name, text.encode("utf-8", "surrogatepass"))


@fuzzed
@given(FILES, VALUES)
def test_structures_of_any_shape(name: str, value: object) -> None:
    import json

    loaded_with(name, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@fuzzed
@given(FILES, st.randoms(use_true_random=False))
def test_files_with_parts_cut_moved_and_doubled(name: str, chance: random.Random) -> None:
    lines = SMALL.files[name].splitlines(keepends=True)
    for _ in range(chance.randint(1, 6)):
        at, other = chance.randrange(len(lines) or 1), chance.randrange(len(lines) or 1)
        match chance.randrange(4):
            case 0:
                del lines[at : at + 1]
            case 1:
                lines.insert(at, lines[other] if lines else b"")
            case 2:
                lines[at : at + 1] = [b"  " + lines[at]] if lines else []
            case _:
                lines[at : at + 1] = [lines[at].replace(b":", b": [", 1)] if lines else []
    loaded_with(name, b"".join(lines))


PIECES = st.sampled_from(
    [
        "{{ overview() }}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{##",
        "##}",
        "{% raw %}",
        "{% endraw %}",
        "<script>",
        "<b>",
        "](javascript:x)",
        "# T {#t}",
        "---\n",
        "title: x\n",
        "held: draft\n",
        "```\n",
        "`",
        "\n\n",
        "| a |",
        "&#x6a;",
        '{onclick="x"}',
        "x",
    ]
)


@pytest.mark.slow
@fuzzed
@given(st.lists(PIECES | st.text(max_size=8), max_size=14))
def test_pages(pieces: list[str]) -> None:
    raw = "".join(pieces).encode("utf-8", "surrogatepass")
    must_be_told_well(list(check_page("docs/en/x.md", raw, VIEW)), "docs/en/x.md", raw)


@pytest.mark.parametrize(
    "raw", [b"[" * 100_000, b"{a: " * 50_000, b"- " * 50_000, b"a: &a [*a, *a]\n", b"x" * 3_000_000]
)
def test_bombs(raw: bytes) -> None:
    loaded_with(FIRST, raw)
