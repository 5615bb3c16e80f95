"""The report as a Word file, in Word's built-in styles; their look comes from the template."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from importlib.resources import files
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph as WordParagraph

from macros.corpus.translations import LocalText
from macros.model.fields import Source
from macros.model.restricted_markdown import to_plain
from macros.render.view import View
from macros.report.outline import Outline, Paragraph, Section, Table

STYLES = (
    "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Body Text", "List Number",
    "List Number 2", "Caption", "Table Grid", "Emphasis",
)  # fmt: skip
"""The styles that a template must have."""

_SCRIPTS = {"zh": "w:eastAsia", "ar": "w:bidi"}
"""The attribute in which Word has the language of a text that is not in Latin or similar script."""


def missing_styles(template: bytes) -> list[str]:
    """List the styles that a template lacks: all of them if it is no Word document."""
    try:
        names = {style.name for style in Document(BytesIO(template)).styles}
    except (KeyError, ValueError, zipfile.BadZipFile):
        names = set()
    return [name for name in STYLES if name not in names]


def word_file(view: View, outline: Outline) -> bytes:
    """Write the report as a Word file, with the same bytes whenever it is written."""
    return _Writer(view, outline).write()


def _template(view: View) -> bytes:
    """Find the template: the organ's, else ours, which some languages have of their own."""
    if view.corpus.report_template:
        return view.corpus.report_template
    folder = files("macros.report")
    own = folder / f"template.{view.corpus.language}.docx"
    return (own if own.is_file() else folder / "template.docx").read_bytes()


class _Writer:
    def __init__(self, view: View, outline: Outline) -> None:
        self.view, self.outline = view, outline
        self.document: WordDocument = Document(BytesIO(_template(view)))
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self.end = self.document.element.body.sectPr

    def write(self) -> bytes:
        outline = self.outline
        self.set_properties()
        self.add(outline.period.name, "Body Text")
        self.add(outline.title, "Title")
        if outline.subtitle:
            self.add(outline.subtitle, "Subtitle")
        self.add(outline.note, "Body Text")
        for section in (outline.introduction, *outline.chapters, outline.summary):
            self.add_section(section)
        annex = self.add_section(outline.annex)
        annex.paragraph_format.page_break_before = True
        properties = annex._p.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = 0  # chapters alone are numbered
        return _pack(self.document)

    def set_properties(self) -> None:
        """Set what Word shows of the file, its language, and the header of its pages."""
        outline, locale = self.outline, self.view.locale
        properties = self.document.core_properties
        properties.title, properties.subject = outline.title, outline.symbol
        properties.author = properties.last_modified_by = self.view.corpus.body.secretariat
        properties.language = locale.html_lang
        day = datetime.combine(outline.period.as_of.latest, time(), UTC)
        properties.created = properties.modified = day
        script = _SCRIPTS.get(locale.tag, "w:val")
        for element in self.document.styles.element.iter(qn("w:lang")):
            element.set(qn(script), locale.with_territory.replace("_", "-"))
        header = self.document.sections[0].header.paragraphs[0]
        header.text = f"{self.view.corpus.body.name}\t{outline.symbol}"

    def add(self, text: str, style: str) -> WordParagraph:
        element = OxmlElement("w:p")
        self.end.addprevious(element)  # python-docx would look through the whole document
        paragraph = WordParagraph(element, self.document)
        paragraph._p.style = self.styles[style]
        self.add_text(paragraph, text, text)
        return paragraph

    def add_text(self, paragraph: WordParagraph, words: str, text: str) -> None:
        """Add the words of a text, and a note if it is not translated, outdated or a draft."""
        self.add_run(paragraph, words)
        if isinstance(text, LocalText):
            note = self.view.t("in_brackets", text=self.view.t(f"translation.{text.state}"))
            self.add_run(paragraph, self.view.t("space") + note, "Emphasis")

    def add_run(self, paragraph: WordParagraph, words: str, style: str | None = None) -> None:
        run = paragraph._p.add_r()
        run.add_t(words)
        if style:
            run.style = self.styles[style]

    def add_section(self, section: Section, level: int = 1) -> WordParagraph:
        heading = self.add(section.title, f"Heading {level}")
        for paragraph in section.paragraphs:
            self.add_paragraph(paragraph)
        if section.table:
            self.add_table(section.table)
        for below in section.sections:
            self.add_section(below, level + 1)
        return heading

    def add_paragraph(self, paragraph: Paragraph) -> None:
        space = self.view.t("space")
        added = self.add("", "List Number")
        added.paragraph_format.keep_with_next = bool(paragraph.items) or None
        if paragraph.lead:
            self.add_run(added, paragraph.lead + space, "Emphasis")
        for index, text in enumerate(paragraph.texts):
            first, *listed = to_plain(text).split("\n")
            self.add_text(added, (space if index else "") + first, text)
            for words in listed:
                added = self.add(words, "List Number 2")
        if paragraph.sources:
            self.add_run(added, space + self.in_brackets("", paragraph.sources))
        for item in paragraph.items:
            below = self.add(item.text, "List Number 2")
            self.add_run(below, space + self.in_brackets(item.details, item.sources))

    def in_brackets(self, details: str, sources: Iterable[Source]) -> str:
        parts = [details] if details else []
        parts += self.view.citations(sources).values()
        return self.view.t("in_brackets", text=self.view.t("list.separator").join(parts))

    def add_table(self, table: Table) -> None:
        self.add(table.caption, "Caption")
        made = self.document.add_table(0, len(table.columns), "Table Grid")
        made.autofit = False
        width = sum(column.width or 0 for column in made.columns)
        for column, share in zip(made.columns, table.shares, strict=True):
            column.width = Length(width * share // sum(table.shares))
        for words in (table.columns, *table.rows):
            row = made.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text in zip(row.cells, words, strict=True):
                self.add_text(cell.paragraphs[0], text, text)
        made.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))  # repeated on each page


def _pack(document: WordDocument) -> bytes:
    """Write the document with the same bytes whenever it is written: a zip file holds times."""
    packed, fixed = BytesIO(), BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
