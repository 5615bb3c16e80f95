"""BibTeX that other programs read back as it was meant, whatever the texts hold."""

from __future__ import annotations

import re
from dataclasses import replace

import bibtexparser
import pytest
from bibtexparser.bparser import BibTexParser
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.exports import bibtex
from macros.model.dates import parse
from macros.render import citations
from macros.render.citations import Citation
from tests.organ import BODY, SMALL

VIEW = SMALL.view().at("https://example.org/")
PLAIN = Citation("resolution-x", "", "Text.", "Title", None, None, "https://example.org/", "")
HOSTILE = [
    "}, title = {other", "{", "}", "}{", "\\", "\\input{x}", "100 % \\% & $5 #1 a_b ^ ~", "a\n\nb",
    'a "quoted" word', "-- --- ---- -", "``x'' '''", "@misc{x,", "a, b and c", "\u2028\u2029\x00\t",
    "“é” 中文 🏙 ﷺ", "<i>x</i>", "=1+1",
]  # fmt: skip


def read(text: str) -> list[dict[str, str]]:
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    return bibtexparser.loads(text, parser).entries


def set_by_tex(value: str) -> str:
    """Return a field of BibTeX as TeX would set it."""
    commands = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}",
                "textasciicircum": "^", "textasciitilde": "~"}  # fmt: skip
    for command, sign in commands.items():
        value = value.replace(f"\\{command}{{}}", f"\0{ord(sign)};")
    value = re.sub(r"\\([%&$#_])", r"\1", value.replace("{}", ""))
    assert "\\" not in value
    value = value.removeprefix("{").removesuffix("}")
    return re.sub("\0(\\d+);", lambda code: chr(int(code[1])), value)


def test_the_file_of_a_resolution_is_read_back() -> None:
    cited = list(citations.citations(VIEW, "1-1"))
    text = bibtex.bibliography(VIEW, "1-1")
    entries = read(text)
    assert [entry["ID"] for entry in entries] == [citation.key for citation in cited]
    for entry, citation in zip(entries, cited, strict=True):
        assert entry["ENTRYTYPE"] == "misc" and entry["language"] == "en"
        assert set_by_tex(entry["title"]) == citation.title
        assert set_by_tex(entry["author"]) == "Assembly of the Lakes"
        assert set_by_tex(entry["howpublished"]) == "Lake tracker"
        assert entry["url"] == citation.url and entry["urldate"] == "2025-03-01"
        assert entry.get("date") == (str(citation.issued) if citation.issued else None)
        assert set_by_tex("{" + entry["note"] + "}") == citation.note
    footnotes = [block.partition("\n")[0] for block in text.split("\n\n")]
    assert footnotes == [citation.text for citation in cited]


def test_keys_are_the_same_in_every_language() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    english, chinese = (
        [entry["ID"] for entry in read(bibtex.bibliography(organ.view(tag), "1-1"))]
        for tag in ("en", "zh")
    )
    assert english == chinese


@pytest.mark.parametrize(
    ("edtf", "year"),
    [("2023-06-09", "2023"), ("2024-09~", "2024"), ("2024-36", "2024"),
     ("2019-05-27/2019-05-31", "2019"), ("../2024-12", None), ("2024-11/..", None)],
)  # fmt: skip
def test_dates_say_no_more_than_is_known(edtf: str, year: str | None) -> None:
    (entry,) = read(bibtex.write(VIEW, [replace(PLAIN, issued=parse(edtf))]))
    assert (entry["date"], entry.get("year")) == (edtf, year)


def assert_read_back(text: str) -> None:
    """Check that a citation with a text in every field is one entry that says the text."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    citation = replace(PLAIN, text=text, title=f"x {text}", note=f"x {text}", number=f"x {text}")
    written = bibtex.write(VIEW, [citation, replace(PLAIN, key="resolution-y")])
    entries = read(written)
    assert [entry["ID"] for entry in entries] == ["resolution-x", "resolution-y"]
    for value in (
        entries[0]["title"],
        *("{" + entries[0][name] + "}" for name in ("note", "number")),
    ):
        assert set_by_tex(value) == f"x {shown}".strip()
    assert len(written.split("\n\n")) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_in_their_fields(text: str) -> None:
    assert_read_back(text)


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("{}\\%&$#_^~@\"'`-=,/ \n\r\tab中é"), min_size=1, max_size=40))
def test_any_text_stays_in_its_field(text: str) -> None:
    assert_read_back(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_braces_are_balanced_as_bibtex_counts_them(text: str) -> None:
    depth = 0
    for sign in bibtex.write(VIEW, [replace(PLAIN, title=text, note=text)]):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


def test_tex_draws_nothing_together() -> None:
    assert "a-{}-b" in bibtex.write(VIEW, [replace(PLAIN, title="a--b")])


def test_a_hostile_address_cannot_leave_its_field() -> None:
    citation = replace(PLAIN, url="https://example.org/a}b\\c{d e?x=1&y=%20#z_1")
    (entry,) = read(bibtex.write(VIEW, [citation]))
    assert entry["url"] == "https://example.org/a%7Db%5Cc%7Bd%20e?x=1&y=%20#z_1"
