"""Every page is a sound document: language, title, headings, ids, and its place among the other languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urljoin

import pytest

from tests.conftest import Built
from tests.site.markup import HEADINGS, Document, Element

LANGUAGES = {"": "en", "zh/": "zh-Hans"}
"""Folders of the languages, the default one first, with what `html lang` says."""

RESOLUTIONS = [f"1-{number}" for number in range(1, 6)] + [f"2-{number}" for number in range(1, 11)]
ADDRESSES = [
    "",
    "resolutions/",
    *(f"resolutions/{slug}/" for slug in RESOLUTIONS),
    *(f"resolutions/{slug}/eb-2024-2/" for slug in RESOLUTIONS),
    "sessions/1/",
    "sessions/2/",
    "sessions/3/",
    "funding/",
    "timeline/",
    "documents/",
    "partners/",
    "periods/eb-2024-2/",
    "data/",
    "about/",
    "search/",
    "accessibility/",
    "corrections/",
]
"""The pages that people outside may link to, in the folder of every language. Only ever add to them."""

ANCHORS = [
    ("resolutions/2-6/", "op-2-a"),
    ("resolutions/2-4/", "op-2"),
    ("resolutions/2-4/", "period-eb-2024-2"),
    ("resolutions/2-10/", "period-eb-2024-2"),
    ("funding/", "city-action-funding-window"),
    ("documents/", "hsp-eb-2024-20"),
]

BLOCKS = "article aside blockquote div dl fieldset figure footer form header hr main nav ol p pre section table ul"
FLOW = {*BLOCKS.split(), *HEADINGS}
"""Elements before which a browser closes an open paragraph."""


def folder_of(document: Document) -> str:
    return "zh/" if document.path.startswith("zh/") else ""


@pytest.mark.parametrize("folder", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_address(documents: dict[str, Document], folder: str, address: str) -> None:
    found = documents.get(folder + address)
    assert found, f"/{folder}{address} is gone: an address once published never dies"
    assert found.kind == "page"


@pytest.mark.parametrize("folder", LANGUAGES)
@pytest.mark.parametrize(("address", "anchor"), ANCHORS)
def test_anchor(documents: dict[str, Document], folder: str, address: str, anchor: str) -> None:
    known = sorted(documents[folder + address].ids)
    assert anchor in known, f"/{folder}{address}#{anchor} is gone; there are: {' '.join(known)}"


def test_markup_is_well_formed(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {problem}" for document in documents.values() for problem in document.problems
    ]
    assert not problems, "\n".join(problems)


def test_paragraphs_hold_no_blocks(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {element} inside {paragraph}: browsers end the paragraph before it"
        for document in documents.values()
        for paragraph in document.root.all("p")
        for element in paragraph.all(*FLOW)
    ]
    assert not problems, "\n".join(problems)


def test_language_and_direction(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: lang={html.get('lang')!r} dir={html.get('dir')!r}"
        for document in documents.values()
        for html in [document.html]
        if (html.get("lang"), html.get("dir")) != (LANGUAGES[folder_of(document)], "ltr")
    ]
    assert not problems, "\n".join(problems)


def title(document: Document) -> str:
    return document.html.one("head").one("title").text


def description(document: Document) -> str:
    return " ".join(meta.get("content") for meta in document.root.all("meta", name="description"))


@pytest.mark.parametrize("read", [title, description])
@pytest.mark.parametrize("folder", LANGUAGES)
def test_title_and_description(pages: list[Document], folder: str, read) -> None:  # type: ignore[no-untyped-def]
    said = defaultdict(list)
    for document in pages:
        if folder_of(document) == folder:
            said[read(document)].append(str(document))
    assert "" not in said, f"no {read.__name__}: {' '.join(said[''])}"
    same = [f"{' '.join(paths)}: {text}" for text, paths in said.items() if len(paths) > 1]
    assert not same, f"the same {read.__name__}:\n" + "\n".join(same)


def test_one_h1(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {' / '.join(h1.text for h1 in found) or 'no h1'}"
        for document in documents.values()
        if document.kind in ("page", "error")
        for found in [document.root.all("h1")]
        if len(found) != 1 or not found[0].text
    ]
    assert not problems, "\n".join(problems)


def test_headings_skip_no_level(pages: list[Document]) -> None:
    problems = []
    for document in pages:
        level = 0
        for heading in document.headings:
            if int(heading.tag[1]) > level + 1:
                problems.append(f"{document}: {heading} “{heading.text}” follows level {level}")
            level = int(heading.tag[1])
    assert not problems, "\n".join(problems)


def says_something(element: Element) -> bool:
    return (
        bool(element.text)
        or bool(element.all("input", "svg", "img"))
        or "data-tracker-results" in element.attributes
    )


def events(element: Element):  # type: ignore[no-untyped-def]
    """Headings, and True for whatever else says something, in the order of the document."""
    for child in element.children:
        if isinstance(child, str):
            yield from [True] if child.strip() else []
        elif child.tag in HEADINGS:
            yield child
        elif "rt-permalink" in child.classes:
            continue
        elif child.all(*HEADINGS):
            yield from events(child)
        elif says_something(child) or child.tag in ("input", "svg", "img"):
            yield True


def test_no_section_is_empty(pages: list[Document]) -> None:
    problems = []
    for document in pages:
        last: Element | None = None  # the heading under which nothing has been said
        for event in [*events(document.article), "end"]:
            if event is True:
                last = None
                continue
            if last and (event == "end" or event.tag <= last.tag):
                problems.append(f"{document}: nothing under {last} “{last.text}”")
            last = None if event == "end" else event
    assert not problems, "\n".join(problems)


def test_headings_say_something(pages: list[Document]) -> None:
    problems = [
        f"{document}: {heading}"
        for document in pages
        for heading in document.headings
        if not heading.text
    ]
    assert not problems, "\n".join(problems)


def test_ids_are_unique(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {element}"
        for document in documents.values()
        for counted in [
            Counter(
                element.get("id") for element in document.root.walk() if "id" in element.attributes
            )
        ]
        for element in document.root.walk()
        if "id" in element.attributes and (counted[element.get("id")] > 1 or not element.get("id"))
    ]
    assert not problems, "ids used twice, or empty:\n" + "\n".join(problems)


REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")


def test_references_to_ids_resolve(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {name}={target!r} of {element}"
        for document in documents.values()
        for element in document.root.walk()
        for name in REFERENCES
        for target in element.get(name).split()
        if target not in document.ids
        and target
        != "__toc"  # the theme's own label of a drawer that a page outside the navigation does not have
    ]
    assert not problems, "no element has the id:\n" + "\n".join(problems)


def test_controls_and_links_have_names(documents: dict[str, Document]) -> None:
    def named(element: Element, document: Document) -> bool:
        if (
            element.text
            or element.get("aria-label")
            or element.get("title")
            or element.get("aria-labelledby")
        ):
            return True
        if element.tag == "a":  # in a picture, its title is its name
            return any("".join(t.children).strip() for t in element.all("title"))  # type: ignore[arg-type]
        labels = [label for label in document.root.all("label") if label.text]
        return element.get("type") == "hidden" or any(
            label.get("for") == element.get("id", "?") or element in label.walk()
            for label in labels
        )

    problems = [
        f"{document}: {element}"
        for document in documents.values()
        for element in document.root.all("a", "button", "input", "select", "textarea")
        if "md-toggle" not in element.classes  # hidden by the theme, worked by its labels
        and not named(element, document)
    ]
    assert not problems, "without a name:\n" + "\n".join(problems)


def test_canonical(site: Built, documents: dict[str, Document]) -> None:
    problems = []
    for document in documents.values():
        found = [link.get("href") for link in document.root.all("link", rel="canonical")]
        if document.kind == "page" and found != [site.url + document.path]:
            problems.append(f"{document}: canonical {found or 'missing'}")
        elif any(not address.startswith(site.url) for address in found):
            problems.append(f"{document}: canonical {found} is not of this site")
    assert not problems, "\n".join(problems)


def test_alternates(site: Built, pages: list[Document], documents: dict[str, Document]) -> None:
    problems = []
    for document in pages:
        path = document.path.removeprefix("zh/")
        expected = {tag: site.url + folder + path for folder, tag in LANGUAGES.items()} | {
            "x-default": site.url + path
        }
        links = [
            link
            for link in document.root.all("link", rel="alternate")
            if "hreflang" in link.attributes
        ]
        if {link.get("hreflang"): link.get("href") for link in links} != expected or len(
            links
        ) != len(expected):
            problems.append(f"{document}: {[str(link) for link in links]}")
        problems += [
            f"{document}: there is no /{folder}{path}"
            for folder in LANGUAGES
            if folder + path not in documents
        ]
    assert not problems, "\n".join(problems)


def test_switcher_stays_on_the_page(site: Built, pages: list[Document]) -> None:
    problems = []
    for document in pages:
        links = document.root.one("header").all("a", rel="alternate")
        found = {
            link.get("lang"): urljoin(site.url + document.path, link.get("href")) for link in links
        }
        path = document.path.removeprefix("zh/")
        others = {
            tag: site.url + folder + path
            for folder, tag in LANGUAGES.items()
            if folder != folder_of(document)
        }
        if found != others:
            problems.append(f"{document}: {found}")
    assert not problems, "\n".join(problems)


def test_no_script_is_inline(documents: dict[str, Document]) -> None:
    """So that a content security policy needs no exceptions; data in a `<script>` does not run."""
    problems = [
        f"{document}: {script}"
        for document in documents.values()
        for script in document.root.all("script")
        if not script.get("src") and "json" not in script.get("type")
    ]
    assert not problems, "\n".join(problems)
