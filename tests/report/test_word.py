"""The Word file: built-in styles, numbers and headers that Word makes, the same bytes each time."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from macros.corpus.files import TEMPLATE
from macros.report import make_outline, missing_styles, word_file
from macros.report.word import STYLES
from tests.organ import BODY, FIRST, SMALL, Organ
from tests.report.test_outline import all_paragraphs


def raw(period: str = "spring", organ: Organ = SMALL, language: str = "en") -> bytes:
    view = organ.view(language)
    return word_file(view, make_outline(view, period))


def word(period: str = "spring", organ: Organ = SMALL, language: str = "en") -> WordDocument:
    document: WordDocument = Document(BytesIO(raw(period, organ, language)))
    return document


def with_style(document: WordDocument, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def edited(document: WordDocument) -> bytes:
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_it_uses_the_styles_of_word_alone() -> None:
    document = word()
    used = {p.style.name for p in document.paragraphs if p.style is not None}
    used |= {table.style.name for table in document.tables if table.style is not None}
    assert used <= set(STYLES)
    assert with_style(document, "Heading 1") == [
        "Introduction", "First session", "Summary of status and funding",
        "Annex: milestones past due",
    ]  # fmt: skip
    assert with_style(document, "Heading 2")[0] == "Resolution 1/1: Clean shores"
    assert with_style(document, "Heading 3")[:2] == ["What was done", "What is planned"]


def test_word_numbers_the_paragraphs_as_the_outline_does() -> None:
    document, outline = word(), make_outline(SMALL.view(), "spring")
    numbered = with_style(document, "List Number")
    assert len(numbered) == all_paragraphs(outline)[-1].number
    assert not any(text[0].isdigit() for text in numbered)
    numbering = document.styles["List Number"].element.pPr.numPr
    assert numbering.numId.val and not numbering.ilvl.val


def test_a_paragraph_has_its_words_the_paragraphs_it_answers_and_its_sources() -> None:
    assert (
        "Operative paragraph 2 (a). A plan was written; see the page. (AL/REP/1, para. 3)"
        in with_style(word(), "List Number")
    )
    assert (
        "Meeting on shores (To be held; Port, Lakeland; 10–12 September 2024; AL/REP/1, para. 4)"
        in with_style(word(), "List Number 2")
    )


def test_a_list_in_a_text_becomes_sub_paragraphs() -> None:
    organ = SMALL.edit(FIRST, "text: Money came.", 'text: "It came:\\n\\n- late\\n- in full"')
    assert with_style(word("autumn", organ), "List Number 2")[-3:-1] == [
        "late",
        "in full (AL/REP/2, para. 9)",
    ]


def test_the_first_row_of_the_table_is_repeated_on_each_page() -> None:
    (table,) = word().tables
    assert table.rows[0].cells[0].text == "Resolution"
    assert len(table.rows) == 4
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_header_and_the_properties_say_what_it_is() -> None:
    document = word()
    assert document.sections[0].header.paragraphs[0].text == "Assembly of the Lakes\tAL/REP/1"
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    properties = document.core_properties
    assert (properties.title, properties.language) == ("First report", "en")
    assert properties.created is not None and str(properties.created.date()) == "2024-06-15"


@pytest.mark.parametrize(
    ("language", "attribute", "value"), [("zh", "w:eastAsia", "zh-CN"), ("fr", "w:val", "fr-FR")]
)
def test_it_says_its_language_and_marks_what_is_not_translated(
    language: str, attribute: str, value: str
) -> None:
    organ = SMALL.edit(BODY, "languages: [en]", f"languages: [en, {language}]")
    document = word(organ=organ, language=language)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn(attribute)) == value
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "SimSun"
    note = {"zh": "（尚未翻译）", "fr": "(pas encore traduit)"}[language]
    assert note in with_style(document, "List Number")[1]


def test_it_has_the_same_bytes_whenever_it_is_written() -> None:
    assert raw() == raw()
    with zipfile.ZipFile(BytesIO(raw())) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_an_organ_can_give_its_own_template() -> None:
    template = word()
    template.styles["Title"].font.name = "Lake Grotesk"
    for paragraph in template.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    document = word(organ=SMALL.add(TEMPLATE, edited(template)))
    assert document.styles["Title"].font.name == "Lake Grotesk"


def test_a_template_without_a_style_or_that_is_none_is_found() -> None:
    template = word()
    assert missing_styles(edited(template)) == []
    style = template.styles["Caption"]
    style.element.getparent().remove(style.element)
    assert missing_styles(edited(template)) == ["Caption"]
    assert missing_styles(b"not a zip file") == list(STYLES)
