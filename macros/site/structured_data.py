"""Structured data: JSON-LD for search engines and citation managers, in the terms of schema.org.

A resolution is described apart from the page about it. The page has the licence, the date of its
last change and the documents that it cites; the resolution has its symbol, its names and its organ.
Nothing is said of a resolution that its data does not say, and what is inferred is said to be so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.exports.formats import ROOT
from macros.exports.registry import formats
from macros.exports.values import LICENCE_URL
from macros.i18n.locale import Locale
from macros.model.reference import Period
from macros.model.resolution import Resolution
from macros.pages.page import Page
from macros.render.view import View

Node = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """A page to be described.

    Attributes:
        view: A view at the address of the root of its language.
        root: The address of the root of the site.
        path: Its address from the root of its language.
        title: Its title.
        description: Its description.
        page: The page, if it comes from data.
        changed: The day of its last change.
        period: The newest period that says anything of it.
        picture: The address of the picture that stands for it.
    """

    view: View
    root: str
    path: str
    title: str
    description: str
    page: Page | None = None
    changed: date | None = None
    period: Period | None = None
    picture: str | None = None

    @property
    def address(self) -> str:
        """The whole address of the page."""
        return self.view.base + self.path


def text(subject: Subject) -> str:
    """Write the JSON-LD of a page, fit to stand in a `script` element."""
    graph = {"@context": "https://schema.org", "@graph": _graph(subject)}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _graph(subject: Subject) -> list[Node]:
    node, page, view = _page(subject), subject.page, subject.view
    nodes = [node]
    if page and page.slug:
        reference = {"@id": f"{view.resolution_url(page.slug)}#resolution"}
        if page.period:
            node["about"] = reference
        else:
            node["mainEntity"] = reference
            cited = view.documents_of(view.corpus.resolutions[page.slug])
            node["citation"] = [_document(view, key) for key in cited]
            nodes.append(_resolution(view, page.slug))
        nodes.append(_breadcrumbs(view, page, page.slug))
    elif page and page.path == "data/":
        nodes.append(dataset := _dataset(subject))
        node["mainEntity"] = {"@id": dataset["@id"]}
    return [*nodes, _site(subject)]


def _node(kind: str, **values: Any) -> Node:
    """Make a node without what is not known; the name `id` stands for `@id`."""
    known = {name: value for name, value in values.items() if value not in (None, "", [], ())}
    identity = {"@id": known.pop("id")} if "id" in known else {}
    return {"@type": kind, **identity, **known}


def _site(subject: Subject) -> Node:
    """Describe the site in one language; on its home page with its search."""
    view, body = subject.view, subject.view.corpus.body
    names = {"url": view.base, "name": body.site_name, "inLanguage": view.locale.html_lang}
    site = _node("WebSite", id=f"{view.base}#site", **names)
    if subject.path:
        return site
    target = _node("EntryPoint", urlTemplate=view.url("search/?q={q}"))
    search = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    about = {"description": body.description, "about": _organ(view), "license": LICENCE_URL}
    return {**site, **about, "potentialAction": search}


def _organ(view: View) -> Node:
    return _node("Organization", name=view.corpus.body.name)


def _page(subject: Subject) -> Node:
    view = subject.view
    return _node(
        "WebPage",
        id=subject.address,
        url=subject.address,
        name=subject.title,
        description=subject.description,
        inLanguage=view.locale.html_lang,
        isPartOf={"@id": f"{view.base}#site"},
        license=LICENCE_URL,
        isBasedOn=[_document(view, key) for key in subject.period.documents]
        if subject.period
        else None,
        dateModified=subject.changed and subject.changed.isoformat(),
        primaryImageOfPage=subject.picture and _node("ImageObject", url=subject.picture),
    )


def _document(view: View, key: str) -> Node:
    document = view.corpus.documents[key]
    return _node(
        "CreativeWork",
        id=view.document_url(key),
        name=document.title,
        identifier=document.symbol,
        url=view.official_url(key),
    )


def _resolution(view: View, slug: str) -> Node:
    corpus, resolution = view.corpus, view.corpus.resolutions[slug]
    session, adopted = resolution.session, resolution.adoption
    parents = [view.url(f"sessions/{session}/")] if session else []
    subjects = dict.fromkeys(
        corpus.words[kind][key].name
        for kind in ("themes", "goals")
        for key in getattr(resolution, kind)
    )
    is_known = adopted.date and adopted.date.is_day and adopted.basis == "verified"
    return _node(
        "Legislation",
        id=f"{view.resolution_url(slug)}#resolution",
        url=view.resolution_url(slug),
        name=resolution.title,
        alternateName=list(dict.fromkeys((view.resolution_name(slug), corpus.label(slug)))),
        legislationType=view.t("meta.resolution"),
        legislationIdentifier=resolution.symbol and resolution.symbol.value,
        identifier=list(_identifiers(view, resolution)),
        legislationPassedBy=_organ(view),
        legislationDate=str(adopted.date) if is_known else None,
        inLanguage=view.locale.html_lang,
        isPartOf=[{"@id": address} for address in (*parents, f"{view.base}#site")],
        about=[_node("Thing", name=name) for name in subjects],
        sameAs=view.symbol_url(resolution),
    )


def _identifiers(view: View, resolution: Resolution) -> Iterator[Node]:
    """List its symbol with how that is known, and an AKN4UN identifier, given by this site only."""

    def identifier(name: str, value: str, description: str) -> Node:
        return _node("PropertyValue", propertyID=name, value=value, description=description)

    if symbol := resolution.symbol:
        basis = "meta.symbol_verified" if symbol.basis == "verified" else "basis.symbol_inferred"
        yield identifier(view.t("meta.symbol"), symbol.value, view.t(basis))
    if value := akn_identifier(view, resolution):
        yield identifier("AKN4UN", value, view.t("meta.akn"))


def akn_identifier(view: View, resolution: Resolution) -> str | None:
    """Fill in the organ's pattern, `/akn/un/…/<organ>/{date}/{session}-{number}`, if possible.

    Akoma Ntoso for the United Nations names a work by country, type, subtype, organ, day of
    adoption and number.
    """
    pattern, when = view.corpus.body.akn_pattern, resolution.adoption.date
    if pattern is None or ("{date}" in pattern and not (when and when.is_day)):
        return None
    return resolution.fill(pattern.replace("{date}", str(when)))


def _breadcrumbs(view: View, page: Page, slug: str) -> Node:
    """Lead from the home page by the session to the page itself, which has no address."""
    corpus, name = view.corpus, view.resolution_name(slug)
    way = [(view.t("nav.home"), view.base), (view.t("nav.resolutions"), view.url("resolutions/"))]
    if session := corpus.resolutions[slug].session:
        way.append((corpus.sessions[session].name, view.url(f"sessions/{session}/")))
    if page.period:
        way.append((name, view.resolution_url(slug)))
    way.append((corpus.periods[page.period].name if page.period else name, ""))
    items = [
        _node("ListItem", position=place, name=title, item=address)
        for place, (title, address) in enumerate(way, 1)
    ]
    return _node("BreadcrumbList", itemListElement=items)


def _dataset(subject: Subject) -> Node:
    view, corpus = subject.view, subject.view.corpus
    periods = list(corpus.periods.values())
    days = (periods[0].first.earliest, periods[-1].last.latest) if periods else ()
    return _node(
        "Dataset",
        id=f"{subject.address}#dataset",
        url=subject.address,
        name=corpus.body.site_name,
        description=corpus.body.description,
        license=LICENCE_URL,
        isAccessibleForFree=True,
        about=_organ(view),
        inLanguage=[Locale.of(language).html_lang for language in corpus.body.languages],
        temporalCoverage="/".join(day.isoformat() for day in days),
        isBasedOn=[_document(view, key) for period in periods for key in period.documents],
        dateModified=subject.changed and subject.changed.isoformat(),
        distribution=[
            _node(
                "DataDownload",
                name=export.path,
                description=export.describe(corpus.language),
                encodingFormat=export.media_type,
                contentUrl=(view.base if export.per_language else subject.root)
                + ROOT
                + export.path,
            )
            for export in formats(corpus)
            if "{" not in export.path
        ],
    )
