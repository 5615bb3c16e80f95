"""What assistive technology is told: the language of foreign words, and the names of tables and their cells."""

from __future__ import annotations

import re

from tests.site.markup import UNREAD, Document, Element

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def language(element: Element) -> str:
    """The language that an element's words are said to be in."""
    return next((e.get("lang") for e in (element, *element.ancestors) if e.get("lang")), "")


def test_chinese_words_are_said_to_be_chinese(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {element}: {child.strip()[:60]}"
        for document in documents.values()
        for element in document.root.walk()
        if element.tag not in UNREAD and not language(element).startswith("zh")
        for child in element.children
        if isinstance(child, str) and CHINESE.search(child)
    ]
    assert not problems, "\n".join(problems)


def test_tables_have_a_caption_and_their_headers_a_scope(pages: list[Document]) -> None:
    tables = [(document, table) for document in pages for table in document.root.all("table")]
    assert len(tables) > 10
    nameless = [
        f"{document}: {table}"
        for document, table in tables
        if not any(c.text for c in table.all("caption"))
    ]
    unscoped = [
        f"{document}: {cell}"
        for document, table in tables
        for cell in table.all("th")
        if cell.get("scope") not in ("col", "row", "colgroup", "rowgroup")
    ]
    assert not nameless + unscoped, "\n".join(nameless + unscoped)


def test_pictures_are_named_or_silent(documents: dict[str, Document]) -> None:
    """A drawing has a title, or is hidden from those who cannot see it; an image has an `alt`."""
    problems = [
        f"{document}: {element}"
        for document in documents.values()
        for element in document.root.all("svg", "img")
        if element.get("aria-hidden") != "true"
        and not any(outer.tag == "svg" for outer in element.ancestors)  # a part of a drawing
        and not (
            element.get("aria-labelledby")
            or element.get("aria-label")
            or "alt" in element.attributes
        )
    ]
    assert not problems, "\n".join(sorted(set(problems))[:20])
