"""The JSON files that hold all languages at once: what each of them says. Conventions: see `records`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros import queries
from macros.exports import apischema
from macros.exports.formats import KINDS, ROOT, Kind
from macros.exports.portions import Portions
from macros.exports.records import Editions, Named, Written, dump, moment, number, share, written
from macros.i18n.messages import Catalogue
from macros.model.resolution import Assessment, Resolution
from macros.queries import related as relatives

Entries = tuple[list[dict[str, Any]], Named]


def files(editions: Editions) -> Iterator[tuple[str, str]]:
    """All of them, as path and text."""
    added = {}
    for slug in editions.corpus.resolutions:
        path, text, added[slug] = of_resolution(editions, slug)
        yield path, text
    yield LINES, "".join(of_one["line"] for of_one in added.values())
    yield from of_all(editions, lambda slug, name: added[slug].get(name))


def of_resolution(editions: Editions, slug: str) -> tuple[str, str, dict[str, Any]]:
    """The file of one resolution, as path and text; and what it adds to the files of all, by name, as JSON can hold it:
    all of it on one `line`, its `summary`, and the entries of some of its fields with what they refer to."""
    reported = queries.reported_in(editions.corpus.resolutions[slug], editions.corpus)
    entries = {field: _entries(editions, slug, field) for field in _LISTED}
    found = _resolution(editions, slug, reported, entries)
    added: dict[str, Any] = {
        "line": written(found) + "\n",
        "summary": written(_summary(editions, slug, reported)),
    }
    for field, (records, named) in entries.items():
        who = {"resolution": slug, "label": editions.corpus.label(slug)}
        urls = [editions.urls(f"resolutions/{slug}/#{record['id']}") for record in records]
        texts = [
            [record["id"], written({**who, "url": url, **record})]
            for url, record in zip(urls, records)
        ]
        added[field] = {"entries": texts, "named": sorted(named, key=str)}
    return f"{ROOT}resolutions/{slug}.json", dump(found), added


LINES = f"{ROOT}resolutions.ndjson"
"""The path of the file of the `line` of each resolution."""
_LISTED = ("resources", "contributions", "mechanisms", "events")
"""The fields whose entries are listed for all resolutions."""


def of_all(editions: Editions, added: Portions) -> Iterator[tuple[str, str]]:
    """Those of all resolutions but `LINES`, given what each adds."""
    corpus = editions.corpus
    reported = {
        slug: queries.reported_in(resolution, corpus)
        for slug, resolution in corpus.resolutions.items()
    }
    header = editions.header(corpus.latest_period)

    def whole(name: str, content: Mapping[str, Any]) -> tuple[str, str]:
        return f"{ROOT}{name}.json", dump(header | dict(content))

    yield f"{ROOT}index.json", dump(_index(editions))
    yield whole(
        "resolutions",
        {"resolutions": [Written(added(slug, "summary")) for slug in corpus.resolutions]},
    )
    yield whole("funding", _funding(editions, added))
    yield whole("timeline", _timeline(editions, added))
    yield whole("documents", _documents(editions))
    yield whole("partners", _partners(editions))
    yield whole("corrections", _corrections(editions))
    for period in corpus.periods:
        yield f"{ROOT}periods/{period}.json", dump(_period(editions, period, reported))


def _index(editions: Editions) -> dict[str, Any]:
    """What there is: name, licence, date, languages, and every kind of file with its address and description."""
    views = editions.views
    files = []
    for kind in KINDS:
        path = ROOT + kind.path
        files.append({
            "path": path,
            "url": editions.urls(path) if kind.per_language else editions.first.url(path),
            "media_type": kind.media_type,
            "description": {language: Catalogue.of(language).t(f"export.file.{kind.key}") for language in views},
            "describedby": _describedby(editions, kind),
        })  # fmt: skip
    return {
        "name": {language: view.corpus.body.site_name for language, view in views.items()},
        **editions.header(editions.corpus.latest_period),
        "version": 1,
        "organ": {language: view.corpus.body.name for language, view in views.items()},
        "description": {language: view.corpus.body.description for language, view in views.items()},
        "home": editions.urls(""),
        "languages": list(views),
        "built_on": editions.first.today.isoformat(),
        "resolutions": list(editions.corpus.resolutions),
        "periods": list(editions.corpus.periods),
        "describedby": apischema.address("index", editions.first.base),
        "openapi": editions.first.url(f"{ROOT}openapi.json"),
        "guides": editions.urls("llms.txt"),
        "files": files,
    }


def _describedby(editions: Editions, kind: Kind) -> str | dict[str, str] | None:
    """Where it is said what a file holds: the address of its schema, or of the data package in each language."""
    if kind.media_type == "text/csv":
        return editions.urls(f"{ROOT}datapackage.json")
    return apischema.address(kind.schema, editions.first.base) if kind.schema else None


# --- resolutions --------------------------------------------------------------------------------------


def _summary(editions: Editions, slug: str, reported: list[str]) -> dict[str, Any]:
    corpus = editions.corpus
    resolution = corpus.resolutions[slug]
    newest = queries.assessment(resolution, corpus)
    return {
        "slug": slug,
        "label": corpus.label(slug),
        "symbol": resolution.symbol.value if resolution.symbol else None,
        "symbol_basis": resolution.symbol.basis if resolution.symbol else None,
        "title": _titles(editions, slug),
        "session": resolution.session,
        "status": newest.status if newest else None,
        "constrained_by_funding": newest.constrained_by_funding if newest else None,
        "latest_period": reported[0] if reported else None,
        "url": editions.urls(f"resolutions/{slug}/"),
        "data": editions.first.url(f"{ROOT}resolutions/{slug}.json"),
    }


def _titles(editions: Editions, slug: str) -> dict[str, str] | None:
    return editions.text(
        {language: view.corpus.resolutions[slug].title for language, view in editions.views.items()}
    )


def _resolution(
    editions: Editions, slug: str, reported: list[str], entries: Mapping[str, Entries]
) -> dict[str, Any]:
    corpus = editions.corpus
    resolution = corpus.resolutions[slug]
    period = corpus.periods[reported[0]] if reported else corpus.latest_period
    versions = {
        language: view.corpus.resolutions[slug] for language, view in editions.views.items()
    }
    links = {
        language: view.symbol_url(versions[language]) for language, view in editions.views.items()
    }
    named: Named = set()
    record = editions.record(
        versions, named, {field: records for field, (records, _) in entries.items()}
    )
    named.update(*(of_field for _, of_field in entries.values()))
    incoming = relatives.relations_to(corpus, slug)
    named.update(("resolution", other) for other, _ in incoming)
    named.update(("relation_kind", kind) for _, kind in incoming)
    return {
        **editions.header(period),
        "slug": slug,
        "label": corpus.label(slug),
        "url": editions.urls(f"resolutions/{slug}/"),
        "full_text": {language: link for language, link in links.items() if link} or None,
        **{name: value for name, value in record.items() if name != "label"},
        "computed": _computed(editions, resolution, reported),
        "relations_from_others": [{"resolution": other, "kind": kind} for other, kind in incoming],
        "corrections": _correction_entries(editions, named, slug),
        "translations": editions.translations(versions),
        "names": editions.names(named),
    }  # fmt: skip


def _computed(editions: Editions, resolution: Resolution, reported: list[str]) -> dict[str, Any]:
    """What follows from the record on the day of the build."""
    corpus, today = editions.corpus, editions.first.today
    newest = queries.assessment(resolution, corpus)
    resource = queries.newest_resource(resolution.resources)
    cases: dict[str, int] = {case: 0 for case in queries.CASES}
    for event in resolution.events:
        cases[queries.case(event, today)] += 1
    ahead = [
        event for event in resolution.events if event.date and queries.case(event, today) == "ahead"
    ]
    following = min(ahead, key=lambda event: (event.date.sort_key, event.id), default=None)
    return {
        "cases_on": today.isoformat(),
        "latest_period": reported[0] if reported else None,
        "reported_in": reported,
        "status": newest.status if newest else None,
        "assessment": newest.id if newest else None,
        "constrained_by_funding": newest.constrained_by_funding if newest else None,
        "paragraph_status": {
            paragraph.number: judged.status
            for paragraph in resolution.operative_paragraphs
            if (judged := queries.assessment(resolution, corpus, paragraph.number))
        },
        "events": cases,
        "next_event": {"id": following.id, "date": moment(following.date)} if following else None,
        "resource": resource.id if resource else None,
        "currency": resource.currency if resource else None,
        "required": number(resource.required) if resource else None,
        "mobilized": number(resource.mobilized) if resource else None,
        "gap": number(resource.gap) if resource else None,
        "gap_share": share(resource.gap_share) if resource else None,
        "statements": sum(1 for _ in queries.statements(resolution)),
    }


# --- all resolutions ----------------------------------------------------------------------------------


def _aligned(editions: Editions, slug: str, field: str) -> Iterator[dict[str, Any]]:
    """The entries of one field of a resolution, each in all languages."""
    views = editions.views
    rows = zip(
        *(getattr(view.corpus.resolutions[slug], field) for view in views.values()), strict=True
    )
    return (dict(zip(views, row, strict=True)) for row in rows)


def _entries(editions: Editions, slug: str, field: str) -> Entries:
    """The entries of one field of a resolution, and what they refer to."""
    named: Named = set()
    return [editions.record(versions, named) for versions in _aligned(editions, slug, field)], named


def _listed(
    editions: Editions, added: Portions, field: str, named: Named
) -> Iterator[tuple[str, str, Written]]:
    """The entries of one field of all resolutions, each with its resolution and its id."""
    for slug in editions.corpus.resolutions:
        found = added(slug, field)
        named.update((kind, key) for kind, key in found["named"])
        yield from ((slug, key, Written(text)) for key, text in found["entries"])


def _funding(editions: Editions, added: Portions) -> dict[str, Any]:
    """Money: of the organ, by resolution, contributions with sums within one state, kind and currency, mechanisms."""
    corpus = editions.corpus
    named: Named = set()
    organ = [
        editions.record(dict(zip(editions.views, row, strict=True)), named)
        for row in zip(
            *(view.corpus.statements.resources for view in editions.views.values()), strict=True
        )
    ]
    listed = {
        field: [text for _, _, text in _listed(editions, added, field, named)]
        for field in ("resources", "contributions", "mechanisms")
    }
    totals, left_out = queries.sums(
        contribution
        for resolution in corpus.resolutions.values()
        for contribution in resolution.contributions
    )
    return {
        "constrained_by_funding": {
            {True: "yes", False: "no", None: "not_reported"}[held]: slugs
            for held, slugs in queries.constrained(corpus).items()
        },
        "organ": organ,
        "resources": listed["resources"],
        "contributions": listed["contributions"],
        "contribution_totals": [
            {
                "state": state,
                "kind": kind,
                "currency": currency,
                "total": number(total),
                "approximate": rough,
                "contributions": count,
            }
            for state, kind, currency, total, rough, count in totals
        ],
        "contributions_without_amount": left_out,
        "mechanisms": listed["mechanisms"],
        "names": editions.names(named),
    }


def _timeline(editions: Editions, added: Portions) -> dict[str, Any]:
    """All events in the order of their dates; those without a date come last."""
    named: Named = set()
    entries = {(slug, key): text for slug, key, text in _listed(editions, added, "events", named)}
    order = queries.timeline(editions.corpus, editions.first.today)
    return {
        "cases_on": editions.first.today.isoformat(),
        "events": [entries[found.slug, found.event.id] for found in order],
        "names": editions.names(named),
    }


def _documents(editions: Editions) -> dict[str, Any]:
    """All documents, with the resolutions whose statements cite them (and how often)."""
    named: Named = set()
    citations = queries.citations(editions.corpus)
    found = []
    for key, document in editions.corpus.documents.items():
        versions = {
            language: view.corpus.documents[key] for language, view in editions.views.items()
        }
        found.append({
            "key": key,
            "anchor": document.anchor,
            **editions.record(versions, named),
            "url": editions.urls(f"{editions.corpus.list_page('documents', key)}#{document.anchor}"),
            "full_text": editions.official_urls(key),
            "cited_by": citations[key],
        })  # fmt: skip
    return {"documents": found, "names": editions.names(named)}


def _partners(editions: Editions) -> dict[str, Any]:
    """All organizations and places, with the resolutions they belong to."""
    corpus = editions.corpus
    named: Named = set()
    partners, places = queries.partners(corpus), queries.places(corpus)

    def record(field: str, key: str) -> dict[str, Any]:
        return editions.record(
            {
                language: getattr(view.corpus, field)[key]
                for language, view in editions.views.items()
            },
            named,
        )

    return {
        "organizations": [
            {
                **record("organizations", key),
                "partner_in": _slugs(partners.get(key, ())),
                "entries": [f"{slug}#{partner.anchor}" for slug, partner in partners.get(key, ())],
            }
            for key in corpus.organizations
        ],
        "places": [
            {**record("places", key), "events": [f"{slug}#{event.anchor}" for slug, event in places.get(key, ())]}
            for key in corpus.places
        ],
        "names": editions.names(named),
    }  # fmt: skip


def _corrections(editions: Editions) -> dict[str, Any]:
    """What was put right, newest first."""
    named: Named = set()
    return {"corrections": _correction_entries(editions, named), "names": editions.names(named)}


def _correction_entries(
    editions: Editions, named: Named, slug: str | None = None
) -> list[dict[str, Any]]:
    rows = zip(
        *(queries.corrections(view.corpus, slug) for view in editions.views.values()), strict=True
    )
    found = (editions.record(dict(zip(editions.views, row, strict=True)), named) for row in rows)
    return [{"url": editions.urls(f"corrections/#{record['id']}"), **record} for record in found]


def _slugs(pairs: Any) -> list[str]:
    return list(dict.fromkeys(slug for slug, _ in pairs))


def _period(editions: Editions, period: str, reported: Mapping[str, list[str]]) -> dict[str, Any]:
    """A period, what its report says of the organ as a whole, the resolutions it speaks of, and what it changed."""
    corpus = editions.corpus
    named: Named = set()
    versions = {language: view.corpus.periods[period] for language, view in editions.views.items()}
    general = zip(
        *(view.corpus.statements.statements for view in editions.views.values()), strict=True
    )
    order = {name: index for index, name in enumerate(corpus.periods)}
    spoken_of = []
    for slug, periods in reported.items():
        if period in periods:
            judged = _standing(corpus.resolutions[slug], order, order[period])
            spoken_of.append({
                "resolution": slug,
                "label": corpus.label(slug),
                "status": judged.status if judged else None,
                "constrained_by_funding": judged.constrained_by_funding if judged else None,
                "url": editions.urls(f"resolutions/{slug}/{period}/"),
            })  # fmt: skip
    named.update(("status", entry["status"]) for entry in spoken_of if entry["status"])
    return {
        **editions.header(corpus.periods[period]),
        "url": editions.urls(f"periods/{period}/"),
        "full_text": editions.official_urls(corpus.periods[period].report),
        "period": editions.record(versions, named),
        "statements": [
            editions.record(dict(zip(editions.views, row, strict=True)), named)
            for row in general
            if row[0].period == period
        ],
        "resolutions": spoken_of,
        "changes": [editions.change(change) for change in queries.changes(corpus, period)],
        "names": editions.names(named),
    }


def _standing(resolution: Resolution, order: Mapping[str, int], last: int) -> Assessment | None:
    """The newest assessment of a resolution as a whole up to one period."""
    found = [
        entry
        for entry in resolution.assessments
        if entry.paragraph is None and order[entry.period] <= last
    ]
    return max(found, key=lambda entry: order[entry.period], default=None)
