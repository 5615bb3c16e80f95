"""What a page tells search engines and citation managers: schema.org, as values for JSON-LD. Pure.

A resolution is told apart from the page about it. The page has the licence, the date of its last change and the
documents that it cites; the resolution has its symbol, its names and its organ. Nothing is told of a resolution
that its data does not say, and what is inferred is said to be so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros import queries
from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS
from macros.exports.values import LICENCE_URL
from macros.model.reference import Session
from macros.model.resolution import Resolution
from macros.pages.page import Page

from macros.render.view import View

Node = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """A page that something is told of.

    `view` stands at the address of the root of its language, `root` is the address of the root of the site. `path` is
    the page's own from the root of its language; `made` is set if it is one of the data. `report` is the key of the
    newest report that says anything on it; `picture` the address of the picture that stands for it.
    """

    view: View
    root: str
    path: str
    title: str
    description: str
    made: Page | None = None
    changed: date | None = None
    report: str | None = None
    picture: str | None = None

    @property
    def address(self) -> str:
        """The whole address of the page."""
        return self.view.base + self.path


def text(subject: Subject) -> str:
    """The JSON-LD of a page, fit to stand in a `script` element."""
    graph = {"@context": "https://schema.org", "@graph": _graph(subject)}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _graph(subject: Subject) -> list[Node]:
    page = _page(subject)
    nodes = [page]
    made, view = subject.made, subject.view
    if made and made.slug:
        resolution = _resolution(subject, made.slug)
        if made.period:
            page["about"] = {"@id": resolution["@id"]}
        else:
            page["mainEntity"] = {"@id": resolution["@id"]}
            page["citation"] = [
                _document(view, key)
                for key in view.documents_of(view.corpus.resolutions[made.slug])
            ]
            nodes.append(resolution)
        nodes.append(_breadcrumbs(subject, made))
    elif made and made.path.startswith("sessions/"):
        page |= _session(view, made.path.split("/")[1])
    elif made and made.path == "data/":
        nodes.append(dataset := _dataset(subject))
        page["mainEntity"] = {"@id": dataset["@id"]}
    return [*nodes, _site(subject)]


def _known(node: Node) -> Node:
    """A node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], ())}


def _site_id(view: View) -> str:
    return f"{view.base}#site"


def _site(subject: Subject) -> Node:
    """The site in one language; on its home page with its search."""
    view, body = subject.view, subject.view.corpus.body
    site = {
        "@type": "WebSite",
        "@id": _site_id(view),
        "url": view.base,
        "name": body.site_name,
        "inLanguage": view.locale.html_lang,
    }
    if subject.path:
        return site
    return site | {
        "description": body.description,
        "about": _organ(view),
        "license": LICENCE_URL,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": view.url("search/?q={q}")},
            "query-input": "required name=q",
        },
    }


def _organ(view: View) -> Node:
    return {"@type": "Organization", "name": view.corpus.body.name}


def _page(subject: Subject) -> Node:
    view = subject.view
    return _known({
        "@type": "WebPage",
        "@id": subject.address,
        "url": subject.address,
        "name": subject.title,
        "description": subject.description,
        "inLanguage": view.locale.html_lang,
        "isPartOf": {"@id": _site_id(view)},
        "license": LICENCE_URL,
        "isBasedOn": _document(view, subject.report) if subject.report else None,
        "dateModified": subject.changed and subject.changed.isoformat(),
        "primaryImageOfPage": subject.picture and {"@type": "ImageObject", "url": subject.picture},
    })  # fmt: skip


def _document(view: View, key: str) -> Node:
    document = view.corpus.documents[key]
    return _known({
        "@type": "CreativeWork",
        "@id": view.document_url(key),
        "name": document.title,
        "identifier": document.symbol,
        "url": view.official_url(key),
    })  # fmt: skip


# --- a resolution -------------------------------------------------------------------------------------


def _resolution(subject: Subject, slug: str) -> Node:
    view = subject.view
    corpus, resolution = view.corpus, view.corpus.resolutions[slug]
    words = corpus.words
    session = resolution.session and view.url(f"sessions/{resolution.session}/")
    about = [
        words[kind][key].name for kind in ("themes", "goals") for key in getattr(resolution, kind)
    ]
    adopted = resolution.adoption
    known = adopted.date and adopted.date.is_day and adopted.basis == "verified"
    return _known({
        "@type": "Legislation",
        "@id": f"{view.resolution_url(slug)}#resolution",
        "url": view.resolution_url(slug),
        "name": resolution.title,
        "alternateName": list(dict.fromkeys((view.resolution_name(slug), corpus.label(slug)))),
        "legislationType": view.t("meta.resolution"),
        "legislationIdentifier": resolution.symbol and resolution.symbol.value,
        "identifier": _identifiers(view, resolution),
        "legislationPassedBy": _organ(view),
        "legislationDate": str(adopted.date) if known else None,
        "inLanguage": view.locale.html_lang,
        "isPartOf": [{"@id": address} for address in (session, _site_id(view)) if address],
        "about": [{"@type": "Thing", "name": name} for name in dict.fromkeys(about)],
        "sameAs": view.symbol_url(resolution),
    })  # fmt: skip


def _identifiers(view: View, resolution: Resolution) -> list[Node]:
    """Its symbol with how that is known, and an identifier in the manner of AKN4UN, which only this site gives."""
    found = []
    if symbol := resolution.symbol:
        known = view.t(
            "meta.symbol_verified" if symbol.basis == "verified" else "basis.symbol_inferred"
        )
        found.append(_property(view.t("meta.symbol"), symbol.value, known))
    if value := akn_identifier(view, resolution):
        found.append(_property("AKN4UN", value, view.t("meta.akn")))
    return found


def _property(name: str, value: str, description: str) -> Node:
    return {
        "@type": "PropertyValue",
        "propertyID": name,
        "value": value,
        "description": description,
    }


def akn_identifier(view: View, resolution: Resolution) -> str | None:
    """`/akn/un/statement/deliberation/<organ>/2023-06-09/2-4`: the organ's pattern filled in; `None` if it cannot be.

    Akoma Ntoso for the United Nations names a work by country, type, subtype, organ, day of adoption and number.
    """
    pattern, when = view.corpus.body.akn_pattern, resolution.adoption.date
    if pattern is None or "{date}" in pattern and not (when and when.is_day):
        return None
    return resolution.fill(pattern.replace("{date}", str(when)))


def _breadcrumbs(subject: Subject, made: Page) -> Node:
    """From the home page by the session to the page; the last has no address, as it is the page itself."""
    view = subject.view
    corpus, slug = view.corpus, made.slug or ""
    way = [(view.t("nav.home"), view.base), (view.t("nav.resolutions"), view.url("resolutions/"))]
    if session := corpus.resolutions[slug].session:
        way.append((corpus.sessions[session].name, view.url(f"sessions/{session}/")))
    if made.period:
        way.append((view.resolution_name(slug), view.resolution_url(slug)))
    items: list[Node] = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(way, 1)
    ]
    last = corpus.periods[made.period].name if made.period else view.resolution_name(slug)
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": last})
    return {"@type": "BreadcrumbList", "itemListElement": items}


# --- a session, the data --------------------------------------------------------------------------------


def _session(view: View, key: str) -> Node:
    """What the page of a session has more than others: it collects resolutions, and is about meetings."""
    session = view.corpus.sessions[key]
    return _known({
        "@type": "CollectionPage",
        "about": _meetings(view, session),
        "hasPart": [
            {"@type": "Legislation", "@id": f"{view.resolution_url(slug)}#resolution", "url": view.resolution_url(slug),
             "name": view.corpus.resolutions[slug].title}
            for slug in queries.of_session(view.corpus, key)
        ],
    })  # fmt: skip


def _meetings(view: View, session: Session) -> list[Node]:
    """The meetings of a session, as far as their days are known; a session that is only expected has none."""
    place = session.place and view.place(session.place)
    return [
        _known({
            "@type": "Event",
            "name": session.name,
            "startDate": when.earliest.isoformat(),
            "endDate": when.latest.isoformat(),
            "location": place and {"@type": "Place", "name": place, "address": place},
            "organizer": _organ(view),
        })
        for when in session.meetings
        if when.start and when.end and when.start.day and when.end.day and not when.start.mark and not when.end.mark
    ]  # fmt: skip


def _dataset(subject: Subject) -> Node:
    view, corpus = subject.view, subject.view.corpus
    periods = list(corpus.periods.values())
    covered = (
        f"{periods[0].first.earliest.isoformat()}/{periods[-1].last.latest.isoformat()}"
        if periods
        else None
    )
    return _known({
        "@type": "Dataset",
        "@id": f"{subject.address}#dataset",
        "url": subject.address,
        "name": corpus.body.site_name,
        "description": corpus.body.description,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "about": _organ(view),
        "inLanguage": [view.locale.of(language).html_lang for language in corpus.body.languages],
        "temporalCoverage": covered,
        "isBasedOn": [_document(view, period.report) for period in periods],
        "dateModified": subject.changed and subject.changed.isoformat(),
        "distribution": [
            {"@type": "DataDownload", "name": kind.path, "description": kind.describe(view.corpus.language),
             "encodingFormat": kind.media_type,
             "contentUrl": (view.base if kind.per_language else subject.root) + ROOT + kind.path}
            for kind in FORMATS if "{" not in kind.path
        ],
    })  # fmt: skip
