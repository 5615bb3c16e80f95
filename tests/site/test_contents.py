"""What the pages say is what the data says, in both languages alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest

from macros import queries
from macros.build.project import Project
from macros.model.fields import Source
from macros.render.view import View
from tests.conftest import Built
from tests.site.markup import Document, Element, section

LEFTOVERS = ("{{", "{%", "Undefined", "Traceback", "data-tracker-slot")
LEFTOVER_WORDS = re.compile(
    r"^\W*None\W*$|\b(?:None|nan|NaN)\b(?=[,:;.)/%]|$)|=None\b|Decimal\(|datetime\.|<Text |\[object "
)
"""What a template shows of a value that is not there, or of one that it should have put into words."""


# Both languages


def test_both_languages_have_the_same_pages(pages: list[Document]) -> None:
    english = {document.path for document in pages if not document.path.startswith("zh/")}
    chinese = {
        document.path.removeprefix("zh/") for document in pages if document.path.startswith("zh/")
    }
    assert english == chinese


def test_both_languages_have_the_same_entries(
    pages: list[Document], documents: dict[str, Document]
) -> None:
    """Ids are those of headings, statements, and whatever else has an address; and as many sources and entries."""

    def counted(document: Document) -> Counter[str]:
        found = Counter(f"#{e.get('id')}" for e in document.article.walk() if "id" in e.attributes)
        for name in ("rt-entry", "rt-event", "rt-source", "rt-badge"):
            found[f".{name}"] = len(document.article.all(class_=name))
        return found

    problems = []
    for document in pages:
        if document.path.startswith("zh/"):
            continue
        english, chinese = counted(document), counted(documents["zh/" + document.path])
        if english != chinese:
            problems.append(
                f"{document}: only in English {english - chinese}, only in Chinese {chinese - english}"
            )
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("folder", "foreign"), [("", "[\u4e00-\u9fff]{2,}"), ("zh/", r"(?:[A-Za-z]+[ ,]+){4,}")]
)
def test_pages_are_in_their_language(pages: list[Document], folder: str, foreign: str) -> None:
    """Nothing in the content is in another language unless it is marked by `lang`."""
    problems = []
    for document in pages:
        if document.path.startswith("zh/") != (folder == "zh/"):
            continue
        for element in document.article.walk():
            if any(
                "lang" in e.attributes for e in (element, *element.ancestors) if e.tag != "html"
            ):
                continue
            if element.tag in ("script", "style", "form", "code", "pre"):
                continue
            own = " ".join(child for child in element.children if isinstance(child, str))
            if re.search(foreign, own):
                problems.append(f"{document}: {element}: {own.strip()[:80]}")
    assert not problems, "\n".join(problems)


# Statements and their sources


def test_every_statement_is_an_anchor_with_its_sources(
    documents: dict[str, Document], site: Built, view: View, folder: str
) -> None:
    problems, checked = [], 0
    documents_page = f"{site.url}{folder}documents/"
    for slug, resolution in view.corpus.resolutions.items():
        page = documents[f"{folder}resolutions/{slug}/"]
        for statement in queries.statements(resolution):
            checked += 1
            element = page.ids.get(statement.anchor)
            if element is None:
                problems.append(f"{page}#{statement.anchor}: no such anchor")
                continue
            links = sources_in(element, site, page)
            for source in statement.sources:
                target = f"{documents_page}#{view.corpus.documents[source.document].anchor}"
                if not any(url == target and shows(label, view, source) for url, label in links):
                    problems.append(
                        f"{page}#{statement.anchor}: {view.citation(source)} is not among {links}"
                    )
    assert checked > 200, f"only {checked} statements"
    assert not problems, f"{len(problems)} of {checked}:\n" + "\n".join(problems)


def sources_in(element: Element, site: Built, page: Document) -> list[tuple[str, str]]:
    """The documents cited in an element: their addresses, and how they are named."""
    return [
        (urljoin(site.url + page.path, link.get("href")), link.text)
        for source in element.all(class_="rt-source")
        for link in source.all("a")
    ]


def shows(label: str, view: View, source: Source) -> bool:
    """Whether a citation names the document and the paragraph."""
    name = view.document_name(source.document)
    paragraphs = re.findall(r"\d+", label.partition(name)[2])
    return name in label and (source.paragraph is None or str(source.paragraph) in paragraphs)


def test_statements_of_the_organ_are_on_a_page(
    documents: dict[str, Document], site: Built, view: View, folder: str
) -> None:
    pages = [
        documents[folder + path]
        for path in ("funding/", *(f"periods/{period}/" for period in view.corpus.periods))
    ]
    entries = [*view.corpus.statements.statements, *view.corpus.statements.resources]
    assert entries
    for entry in entries:
        found = [(page, page.ids[entry.anchor]) for page in pages if entry.anchor in page.ids]
        assert found, f"#{entry.anchor} is on none of {', '.join(map(str, pages))}"
        for page, element in found:
            assert sources_in(element, site, page), f"{page}#{entry.anchor} shows no source"


def test_every_document_and_partner_has_an_entry(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    anchors = documents[f"{folder}documents/"].ids
    assert [d.anchor for d in view.corpus.documents.values() if d.anchor not in anchors] == []
    anchors = documents[f"{folder}partners/"].ids
    assert [key for key in queries.partners(view.corpus) if key not in anchors] == []
    assert [key for key in queries.places(view.corpus) if f"place-{key}" not in anchors] == []


def test_every_resolution_is_listed(
    documents: dict[str, Document], site: Built, view: View, folder: str
) -> None:
    for path in ("", "resolutions/", "funding/"):
        page = documents[folder + path]
        linked = {
            urljoin(site.url + page.path, a.get("href")).partition("#")[0]
            for a in page.article.all("a")
        }
        expected = {f"{site.url}{folder}resolutions/{slug}/" for slug in view.corpus.resolutions}
        assert expected <= linked, f"{page} does not link {expected - linked}"


# Resolution pages


def answer(page: Document) -> str:
    """The state that a page of a resolution gives at its top."""
    return page.article.all(class_="rt-answer__main")[0].text


def test_states(documents: dict[str, Document], view: View, folder: str) -> None:
    """At the top of each page, and on each permanent page as it stood then."""
    problems, permanent = [], 0
    for slug, resolution in view.corpus.resolutions.items():
        seen = {f"{folder}resolutions/{slug}/": view}
        for period in queries.reported_in(resolution, view.corpus):
            seen[f"{folder}resolutions/{slug}/{period}/"] = view.as_of(period)
            permanent += 1
        for path, then in seen.items():
            status = then.status(queries.assessment(then.corpus.resolutions[slug], then.corpus))
            expected = status.name if status else view.t("not_reported")
            if answer(documents[path]) != expected:
                problems.append(f"/{path}: {answer(documents[path])!r} instead of {expected!r}")
    assert permanent, "there is no permanent page"
    assert not problems, "\n".join(problems)


def test_permanent_pages_lead_to_the_current_one(
    documents: dict[str, Document], site: Built, view: View, folder: str
) -> None:
    for slug, resolution in view.corpus.resolutions.items():
        current = documents[f"{folder}resolutions/{slug}/"]
        for period in queries.reported_in(resolution, view.corpus):
            page = documents[f"{folder}resolutions/{slug}/{period}/"]
            notice = page.article.all(class_="rt-notice")[0]
            targets = [urljoin(site.url + page.path, a.get("href")) for a in notice.all("a")]
            assert site.url + current.path in targets, (
                f"{page}: {notice} does not lead to {current}"
            )
            links = [
                urljoin(site.url + current.path, a.get("href"))
                for a in current.ids[f"period-{period}"].all("a")
            ]
            assert site.url + page.path in links, (
                f"{current}#period-{period} does not lead to {page}"
            )


@pytest.mark.parametrize("slug", ["2-4", "2-10"])
def test_narratives(
    documents: dict[str, Document], repo: Path, language: str, folder: str, slug: str
) -> None:
    written = (repo / f"docs/{language}/resolutions/{slug}.md").read_text("utf-8")
    headings = re.findall(r"^#+ (.+?) \{#([\w-]+)\}$", written, re.MULTILINE)
    assert headings, "nothing was written by hand"
    page = documents[f"{folder}resolutions/{slug}/"]
    shown = {heading.get("id"): heading.text for heading in page.headings}
    for text, anchor in headings:
        assert shown.get(anchor) == text, f"{page}#{anchor}"
    assert {"timeline", "funding", "progress"} <= set(shown), (
        f"{page}: the sections from the data are missing"
    )


# Indexes


@pytest.mark.parametrize("case", queries.CASES)
def test_timeline(
    documents: dict[str, Document], site: Built, view: View, folder: str, today: date, case: str
) -> None:
    """Under the heading of each case stand its events, in order of time, and no others."""
    page = documents[f"{folder}timeline/"]
    expected = [
        f"{site.url}{folder}resolutions/{found.slug}/#{found.event.anchor}"
        for found in queries.timeline(view.corpus, today)
        if found.case == case
    ]
    events = [
        event
        for part in (section(page.ids[case]) if case in page.ids else ())
        for event in (part, *part.walk())
        if "rt-event" in event.classes
    ]
    shown = [
        urljoin(site.url + page.path, event.one(class_="rt-event__title").all("a")[0].get("href"))
        for event in events
    ]
    assert sorted(shown) == sorted(expected), f"{page}#{case}"
    assert {name for event in events for name in event.classes if name.startswith("rt-case-")} <= {
        f"rt-case-{case}"
    }


def test_timeline_is_not_all_of_one_kind(view: View, today: date) -> None:
    assert {found.case for found in queries.timeline(view.corpus, today)} >= {
        "happened",
        "unreported",
    }


def test_timeline_picture(
    documents: dict[str, Document], view: View, folder: str, today: date
) -> None:
    page = documents[f"{folder}timeline/"]
    figure = page.article.one("figure")
    dated = [found for found in queries.timeline(view.corpus, today) if found.date]
    marks = [e for e in figure.all("svg")[0].all("g") if e.get("class").startswith("rt-mark-")]
    assert Counter(e.get("class").removeprefix("rt-mark-") for e in marks) == Counter(
        found.case for found in dated
    )
    rows = page.article.one("details", class_="rt-same").one("tbody").all("tr")
    shown = [(row.one("td", "th", scope="row").text, row.all("td")[0].text) for row in rows]
    assert sorted(shown) == sorted(
        (view.corpus.label(found.slug), view.date(found.date)) for found in dated
    )


def test_home_announces_nothing_that_is_past(
    documents: dict[str, Document], site: Built, view: View, folder: str, today: date
) -> None:
    page = documents[folder]
    ahead = {f.event.anchor for f in queries.timeline(view.corpus, today) if f.case == "ahead"}
    shown = {
        event.one(class_="rt-event__title").one("a").get("href").partition("#")[2]
        for event in page.article.all(class_="rt-case-ahead")
        if "rt-event" in event.classes
    }
    assert shown <= ahead, f"{page}: {shown - ahead}"


def funding_rows(page: Document) -> dict[str, list[str]]:
    """Required, mobilized and gap of each resolution, by its label."""
    table = next(
        part
        for part in section(page.ids["by-resolution"])
        for part in [part, *part.walk()]
        if part.tag == "table"
    )
    return {
        row.one("th").one(class_="rt-label").text: [cell.text for cell in row.all("td")][-3:]
        for row in table.one("tbody").all("tr")
    }


def test_funding_figures(documents: dict[str, Document], folder: str) -> None:
    cells = funding_rows(documents[f"{folder}funding/"])["2/1"]
    for cell, figure in zip(cells, ("1,085,000", "384,000", "701,000"), strict=True):
        assert figure in cell, f"/{folder}funding/: {cells}"


def test_funding_without_figures_is_not_reported(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    rows = funding_rows(documents[f"{folder}funding/"])
    assert list(rows) == [view.corpus.label(slug) for slug in view.corpus.resolutions]
    without = [
        view.corpus.label(slug) for slug, r in view.corpus.resolutions.items() if not r.resources
    ]
    assert without
    for label in without:
        assert rows[label] == [view.t("not_reported")] * 3, f"/{folder}funding/, resolution {label}"


def test_funding_names_every_contribution(
    documents: dict[str, Document], site: Built, view: View, folder: str
) -> None:
    page = documents[f"{folder}funding/"]
    for state, entries in queries.contributions_by_state(view.corpus).items():
        parts = section(page.ids[f"state-{state}"])
        linked = {
            urljoin(site.url + page.path, a.get("href")) for part in parts for a in part.all("a")
        }
        for slug, entry in entries:
            target = f"{site.url}{folder}resolutions/{slug}/#{entry.anchor}"
            assert target in linked, f"{page}#state-{state} does not lead to {target}"


def test_mechanisms_have_their_own_section(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    page = documents[f"{folder}funding/"]
    mechanisms = [mechanism for _, mechanism in view.corpus.mechanisms.values()]
    assert mechanisms
    for mechanism in mechanisms:
        part = page.ids[mechanism.anchor]
        assert mechanism.name in part.all("h3")[0].text
        assert {term.anchor for term in mechanism.terms} <= {e.get("id") for e in part.walk()}, (
            f"{page}#{mechanism.anchor}"
        )


# Leftovers


def readable(document: Document) -> list[tuple[Element, str]]:
    """All texts of a document that a reader may meet, those in attributes too, but for code."""
    found = []
    for element in document.root.walk():
        if any(e.tag in ("script", "style", "code", "pre") for e in (element, *element.ancestors)):
            continue
        found += [
            (element, child)
            for child in element.children
            if isinstance(child, str) and child.strip()
        ]
        found += [
            (element, value)
            for name, value in element.attributes.items()
            if name not in ("class", "d", "data-strings")
        ]
    return found


def test_nothing_is_left_of_templates(documents: dict[str, Document]) -> None:
    problems = []
    for document in documents.values():
        for element, text in readable(document):
            if any(leftover in text for leftover in LEFTOVERS) or LEFTOVER_WORDS.search(text):
                problems.append(f"{document}: {element}: {text.strip()[:80]}")
        if "data-tracker-slot" in document.source:
            problems.append(f"{document}: a macro was not put in its place")
    assert not problems, "\n".join(problems)


def test_nothing_shows_a_missing_word(documents: dict[str, Document], project: Project) -> None:
    """No key of the catalogue stands where its text should."""
    from macros.i18n.messages import Catalogue

    keys = {
        key
        for language in project.languages
        for key in Catalogue.of(language).entries
        if "." in key
    }
    problems = [
        f"{document}: {element}: {text.strip()}"
        for document in documents.values()
        for element, text in readable(document)
        if text.strip() in keys
    ]
    assert not problems, "\n".join(problems)


def test_a_page_with_untranslated_passages_says_so_below_its_title(
    hosted: Mapping[str, Document],
) -> None:
    for path in ("resolutions/1-1/", "timeline/", "resolutions/1-1/spring/"):
        body = hosted[f"zh/{path}"].source
        count = body.count('class="rt-translation"')
        assert count and f'</h1><p class="rt-notice">本页有{count}处' in body.replace(
            "</h1>\n<p", "</h1><p"
        ), path
        english = hosted[path].source
        assert "rt-translation" not in english and "not yet translated" not in english
