"""Citations: what a footnote says, and files that reference managers read back as they were meant."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from bibtexparser.latexenc import latex_to_unicode
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import queries
from macros.build.project import Project
from macros.exports import bibliography
from macros.exports import embeds as cards
from macros.exports.bibliography import Citation
from macros.model.dates import parse
from macros.render import citations as citing
from macros.render.view import View
from tests.organ import BODY, FIRST, SMALL, Organ

ROOTS = {"en": "https://example.org/tracker/", "zh": "https://example.org/tracker/zh/"}
FILES = "api/v1/resolutions/{slug}."


def view_of(organ: Organ) -> View:
    return organ.view().at("https://example.org/")


@pytest.fixture(params=ROOTS)
def view(request: pytest.FixtureRequest, project: Project) -> View:
    return project.view(request.param).at(ROOTS[request.param])


@pytest.fixture
def english(project: Project) -> View:
    return project.view("en").at(ROOTS["en"])


def of(view: View, slug: str, anchor: str = "") -> Citation:
    return next(found for found in citing.citations(view, slug) if found.anchor == anchor)


def files(view: View, slug: str) -> dict[str, str]:
    """The files of a resolution by the end of their names."""
    return {
        name.removeprefix(FILES.format(slug=slug)): text for name, text in citing.files(view, slug)
    }


# --- footnotes ----------------------------------------------------------------------------------------------


def test_the_footnote_of_a_resolution(english: View) -> None:
    assert of(english, "2-10").text == (
        "United Nations Habitat Assembly resolution 2/10, “Equitable financing and effective monitoring of the "
        "implementation of resolutions adopted by the United Nations Habitat Assembly”, HSP/HA.2/Res.10 (symbol inferred "
        "from the series), adopted on 9 June 2023. State of implementation as of about September 2024 (date inferred), in "
        "Habitat Assembly resolution tracker. Available at https://example.org/tracker/resolutions/2-10/ (version of "
        "1 December 2025). Source: HSP/EB.2024/20, paras. 47, 48 and 49."
    )


def test_the_footnote_of_a_paragraph_names_the_document_and_paragraph_it_rests_on(
    english: View,
) -> None:
    assert of(english, "2-4", "op-2").text == (
        "United Nations Habitat Assembly resolution 2/4, para. 2. As of about September 2024 (date inferred), in Habitat "
        "Assembly resolution tracker. Available at https://example.org/tracker/resolutions/2-4/#op-2 (version of "
        "1 December 2025). Source: HSP/EB.2024/20, para. 31."
    )


def test_the_footnote_of_a_figure_holds_the_figure_and_says_that_its_date_is_not_known(
    english: View,
) -> None:
    text = of(english, "2-1", "capture-b").text
    assert (
        "USD 1,085,000" in text
        and "USD 384,000" in text
        and "Date of the figures not known" in text
    )


def test_a_footnote_in_chinese(project: Project) -> None:
    view = project.view("zh").at(ROOTS["zh"])
    assert of(view, "2-10").text == (
        "联合国人居大会第2/10号决议，《公平筹资和有效监测联合国人居大会通过的各项决议的执行情况》，HSP/HA.2/Res.10"
        "（文号按系列推断），2023年6月9日通过。执行情况截至2024年9月前后（日期系推断），载于“人居大会决议执行情况跟踪”网站。"
        "可查阅：https://example.org/tracker/zh/resolutions/2-10/ （2025年12月1日版本）。出处：HSP/EB.2024/20，第47、48和49段。"
    )
    assert of(view, "2-4", "op-2").text.startswith(
        "联合国人居大会第2/4号决议，第2段。截至2024年9月前后"
    )
    for slug in view.corpus.resolutions:
        for found in citing.citations(view, slug):
            assert not re.search(r"[\u4e00-\u9fff][,;:()]", found.text.replace(found.url, "")), (
                found.text
            )


def test_quotations_within_quotations_have_their_own_marks(view: View) -> None:
    for slug in view.corpus.resolutions:
        for found in citing.citations(view, slug):
            for pair in ("“”", "《》"):
                depth = 0
                for sign in found.text:
                    depth += (sign == pair[0]) - (sign == pair[1])
                    assert 0 <= depth <= 1, found.text


def test_an_address_is_followed_by_a_space(view: View) -> None:
    """So that no program takes what follows for a part of it."""
    for slug in view.corpus.resolutions:
        assert all(f"{found.url} " in found.text for found in citing.citations(view, slug))


def test_everything_with_an_anchor_can_be_cited(view: View) -> None:
    for slug, resolution in view.corpus.resolutions.items():
        found = [each.anchor for each in citing.citations(view, slug)]
        assert found[0] == "" and len(set(found)) == len(found)
        needed = {statement.anchor for statement in queries.statements(resolution)}
        needed |= {f"period-{key}" for key in queries.reported_in(resolution, view.corpus)}
        assert set(found[1:]) == needed | {mechanism.anchor for mechanism in resolution.mechanisms}


def test_every_statement_names_its_sources(view: View) -> None:
    for slug, resolution in view.corpus.resolutions.items():
        texts = {each.anchor: each.text for each in citing.citations(view, slug)}
        for statement in queries.statements(resolution):
            for source in statement.sources:
                assert view.document_name(source.document) in texts[statement.anchor]


@pytest.mark.parametrize(
    ("adoption", "words", "issued"),
    [
        ("{date: 2023-05-02}", "adopted on 2 May 2023", "2023-05-02"),
        (
            "{date: 2023-05-02, basis: inferred}",
            "adopted on 2 May 2023 (date inferred)",
            "2023-05-02",
        ),
        ("{date: 2023-05}", "adopted: May 2023", "2023-05"),
        ("{date: 2023~}", "adopted: about 2023", "2023~"),
        ("{}", "adopted at: First session, 1–3 May 2023", "2023-05-01/2023-05-03"),
    ],
)
def test_the_day_of_adoption_is_as_exact_as_it_is_known(
    adoption: str, words: str, issued: str
) -> None:
    found = of(view_of(SMALL.append(FIRST, f"adoption: {adoption}\n")), "1-1")
    assert f"{words}. " in found.text
    assert str(found.issued) == issued


def test_without_a_session_and_a_day_no_date_is_invented() -> None:
    organ = Organ(
        {
            **SMALL.files,
            "data/resolutions/x.yml": b"number: 9\ntitle: Lone one\ntitle_basis: unofficial\n",
        }
    )
    found = of(view_of(organ), "x")
    assert (
        found.issued is None
        and "adopted" not in found.text
        and "“Lone one” (unofficial title)" in found.text
    )
    assert "date" not in bibtexparser.loads(bibliography.bibtex([found])).entries[0]
    assert "DA  -" not in bibliography.ris([found]) and "issued" not in bibliography.csl(found)


def test_a_page_that_shows_an_earlier_state_is_cited_as_it_stands(english: View) -> None:
    pinned = citing.whole(english.as_of("eb-2024-2"), "2-4")
    assert pinned.url == "https://example.org/tracker/resolutions/2-4/eb-2024-2/"


def test_what_is_not_translated_says_so() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    view = organ.view("zh").at("https://example.org/zh/")
    assert "（尚未翻译）" in of(view, "1-1").text


# --- files that programs read back --------------------------------------------------------------------------


def read_bibtex(text: str) -> list[dict[str, str]]:
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    return bibtexparser.loads(text, parser).entries


def spoken(value: str) -> str:
    """A field of BibTeX as TeX would set it."""
    for command, sign in (("textbackslash", "\\"), ("textbraceleft", "{"), ("textbraceright", "}"),
                          ("textasciicircum", "^"), ("textasciitilde", "~")):  # fmt: skip
        value = value.replace(f"\\{command}{{}}", f"\0{ord(sign)};")
    value = re.sub(r"\\([%&$#_])", r"\1", value.replace("{}", ""))
    assert "\\" not in value
    return re.sub(
        "\0(\\d+);", lambda code: chr(int(code[1])), value.removeprefix("{").removesuffix("}")
    )


def test_bibtex_is_read_back(view: View) -> None:
    for slug in view.corpus.resolutions:
        cited = list(citing.citations(view, slug))
        entries = read_bibtex(files(view, slug)["bib"])
        assert [entry["ID"] for entry in entries] == [each.key for each in cited]
        for entry, each in zip(entries, cited, strict=True):
            assert entry["ENTRYTYPE"] == "misc"
            assert spoken(entry["title"]) == each.title
            assert spoken(entry["author"]) == view.corpus.body.name
            assert entry["url"] == each.url and entry["urldate"] == "2025-12-01"
            assert entry.get("date") == (str(each.issued) if each.issued else None)
            assert spoken("{" + entry["note"] + "}") == each.note


def test_ris_is_read_back(view: View) -> None:
    for slug in view.corpus.resolutions:
        cited = list(citing.citations(view, slug))
        text = files(view, slug)["ris"]
        assert text.count("\n") == text.count("\r\n") and text.endswith("ER  - \r\n")
        records = rispy.loads(text)
        assert [record["id"] for record in records] == [each.key for each in cited]
        for record, each in zip(records, cited, strict=True):
            assert record["type_of_reference"] == "ELEC" and record["title"] == each.title
            assert record["authors"] == [view.corpus.body.name] and record["urls"] == [each.url]
            assert record["access_date"] == "2025/12/01/" and record["language"] == each.language
            if each.issued:
                assert record["date"].startswith(record["year"]) and record["date"].count("/") == 3
        symbol = view.corpus.resolutions[slug].symbol
        assert records[0]["accession_number"] == (symbol and symbol.value)


def test_csl_json_is_read_back(view: View) -> None:
    """Rendered by citeproc with a style that it brings: author, year, title, container and address are there."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    for slug in view.corpus.resolutions:
        items = json.loads(files(view, slug)["csl.json"])
        cited = list(citing.citations(view, slug))
        assert [item["id"] for item in items] == [each.key for each in cited]
        for item, each in zip(items, cited, strict=True):
            assert (
                item["type"] == "webpage"
                and item["URL"] == each.url
                and item["language"] == view.locale.html_lang
            )
            assert item["accessed"] == {"date-parts": [[2025, 12, 1]]}
        shown = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            shown.register(Cited([CitationItem(item["id"].lower())]))
        references = list(map(str, shown.bibliography()))
        for item in items[:2]:
            (reference,) = [text for text in references if f"{item['URL']} " in text]
            assert view.corpus.body.name in reference and view.corpus.body.site_name in reference
            if (
                len(item["issued"]["date-parts"]) == 1
            ):  # of a span within a year, citeproc-py writes none
                assert str(item["issued"]["date-parts"][0][0]) in reference


def test_the_file_of_the_copy_button(view: View) -> None:
    for slug in view.corpus.resolutions:
        document = json.loads(files(view, slug)["citations.json"])
        assert document["licence"] and document["as_of"] == "2024-09~" and document["source"]
        assert document["citations"] == [
            {"id": each.key, "anchor": each.anchor, "url": each.url, "text": each.text}
            for each in citing.citations(view, slug)
        ]


def test_the_same_key_in_every_language(project: Project) -> None:
    for slug in project.corpora["en"].resolutions:
        keys = [[each.key for each in citing.citations(project.view(tag), slug)] for tag in ROOTS]
        assert keys[0] == keys[1]


def test_no_key_is_used_twice(english: View) -> None:
    keys = [
        each.key for slug in english.corpus.resolutions for each in citing.citations(english, slug)
    ]
    assert len(keys) == len({key.casefold() for key in keys})


# --- dates ----------------------------------------------------------------------------------------------------

PLAIN = Citation(
    "resolution-x",
    "",
    "",
    "Organ",
    "Title",
    None,
    None,
    "",
    "Site",
    "https://example.org/",
    date(2025, 1, 2),
    "en",
    "",
)


@pytest.mark.parametrize(
    ("edtf", "year", "ris", "csl"),
    [
        ("2023-06-09", "2023", "2023/06/09/", {"date-parts": [[2023, 6, 9]]}),
        ("2023-06", "2023", "2023/06//words", {"date-parts": [[2023, 6]]}),
        ("2023", "2023", "2023///words", {"date-parts": [[2023]]}),
        ("2024-09~", "2024", "2024/09//words", {"date-parts": [[2024, 9]], "circa": True}),
        ("2024-09-05?", "2024", "2024/09//words", {"date-parts": [[2024, 9, 5]], "circa": True}),
        ("2024-36", "2024", "2024///words", {"date-parts": [[2024, 10], [2024, 12]]}),
        (
            "2019-05-27/2019-05-31",
            "2019",
            "2019///words",
            {"date-parts": [[2019, 5, 27], [2019, 5, 31]]},
        ),
        ("2024-35/2025-33", "2024", "2024///words", {"date-parts": [[2024, 7], [2025, 3]]}),
        ("../2024-12", None, "///words", {"literal": "words"}),
        ("2024-11/..", None, "///words", {"literal": "words"}),
    ],
)
def test_dates_say_no_more_than_is_known(edtf: str, year: str | None, ris: str, csl: dict) -> None:
    found = replace(PLAIN, issued=parse(edtf), issued_text="words")
    entry = read_bibtex(bibliography.bibtex([found]))[0]
    assert (entry["date"], entry.get("year")) == (edtf, year)
    record = rispy.loads(bibliography.ris([found]))[0]
    assert (record["date"], record.get("year")) == (ris, year)
    assert bibliography.csl(found)["issued"] == csl


def test_a_month_stays_a_month_in_the_footnote(english: View) -> None:
    found = of(english, "2-4", "mainstreaming")
    assert (
        str(found.issued) == "2024-09~"
        and "As of about September 2024 (date inferred)" in found.text
    )


# --- hostile texts ----------------------------------------------------------------------------------------------

HOSTILE = [
    "}, title = {other", "{", "}", "}{", "\\", "\\input{x}", "100 % \\% & $5 #1 a_b ^ ~", "line\nline\r\nTY  - BOOK\r\nER  - ",
    'a "quoted" word', "-- --- ---- -", "``x'' '''", "@misc{x,", "a, b and c", "\u2028\u2029\x00\x07\t", "“é” 中文 🏙 ﷺ",
    "<script>alert(1)</script>", "<i>x</i>", "=1+1", "ER  - ",
]  # fmt: skip


def clean(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def comes_back(text: str) -> None:
    """A citation with a text in every field is one entry in every form, and says the text."""
    shown = clean(text) or "x"
    found = replace(
        PLAIN,
        title=text or "x",
        author=text or "x",
        container=text or "x",
        note=text or "x",
        number=shown,
    )
    if not clean(text):
        found = replace(found, title="x", author="x", container="x", note="x")
    following = replace(PLAIN, key="resolution-y")
    entries = read_bibtex(bibliography.bibtex([found, following]))
    assert [entry["ID"] for entry in entries] == ["resolution-x", "resolution-y"]
    assert {entry["ENTRYTYPE"] for entry in entries} == {"misc"}
    for name in ("title", "author"):
        assert spoken(entries[0][name]) == shown
    for name in ("howpublished", "note", "number"):
        assert spoken("{" + entries[0][name] + "}") == shown
    records = rispy.loads(bibliography.ris([found, following]))
    assert [record["id"] for record in records] == ["resolution-x", "resolution-y"]
    assert clean(records[0]["title"]) == shown and "".join(records[0]["authors"]) == shown
    item = json.loads(json.dumps(bibliography.csl(found)))
    assert item["title"] == shown and item["author"] == [{"literal": shown}]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_in_their_fields(text: str) -> None:
    comes_back(text)


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.sampled_from("{}\\%&$#_^~@\"'`-=,/ \n\r\tab中é") | st.characters(codec="utf-8"),
        min_size=1,
        max_size=40,
    )
)
def test_any_text_stays_in_its_field(text: str) -> None:
    comes_back(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_braces_are_balanced_as_bibtex_counts_them(text: str) -> None:
    """BibTeX counts every brace, also one behind a backslash."""
    depth = 0
    for sign in bibliography.bibtex([replace(PLAIN, title=text, note=text)]):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


def test_tex_draws_nothing_together() -> None:
    assert "a-{}-b" in bibliography.bibtex([replace(PLAIN, title="a--b")])


def test_letters_are_kept_in_utf_8() -> None:
    assert (
        latex_to_unicode(
            read_bibtex(bibliography.bibtex([replace(PLAIN, title="San José 中文")]))[0]["title"]
        )
        == "San José 中文"
    )


def test_a_hostile_address_cannot_leave_its_field() -> None:
    found = replace(PLAIN, url="https://example.org/a}b\\c{d e?x=1&y=%20#z_1")
    entry = read_bibtex(bibliography.bibtex([found]))[0]
    assert entry["url"] == "https://example.org/a%7Db%5Cc%7Bd%20e?x=1&y=%20#z_1"


# --- the card ---------------------------------------------------------------------------------------------------


def test_oembed_describes_the_card(view: View) -> None:
    for slug in view.corpus.resolutions:
        document = json.loads(cards.oembed(view, slug))
        assert document["version"] == "1.0" and document["type"] == "rich"
        assert (
            document["provider_url"] == view.base
            and document["provider_name"] == view.corpus.body.site_name
        )
        assert isinstance(document["width"], int) and isinstance(document["height"], int)
        assert document["html"] == cards.snippet(view, slug)
        assert f'src="{view.base}embed/{slug}/"' in document["html"]


def test_a_hostile_name_cannot_leave_the_snippet() -> None:
    organ = SMALL.edit(BODY, "site_name: Lake tracker", "site_name: '\"><script>alert(1)</script>'")
    assert "<script>" not in cards.snippet(view_of(organ), "1-1")
