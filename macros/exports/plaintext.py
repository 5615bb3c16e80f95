"""A resolution's page as plain Markdown (CommonMark), for reading, quoting and giving to other tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.corpus.translations import LocalText
from macros.exports.values import LICENCE, LICENCE_URL, absolute
from macros.model.fields import Source
from macros.model.funding import Resource
from macros.model.resolution import Relation, Resolution
from macros.queries import queries
from macros.queries import related as relatives
from macros.render.view import View

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[#>+=~-]))", re.MULTILINE)
_FOREIGN = re.compile(
    r"(?<!\\)(?=`)|^(?=[#>~=|]|--)", re.MULTILINE
)  # code, headings and the like, which texts do not have


def page(view: View, slug: str, occurrences: list[queries.Occurrence], reported: list[str]) -> str:
    """In: a view whose base is the address of the language's root; the events of the resolution in the order of their
    dates; the periods that speak of it, newest first. Out: the whole page with absolute links.
    """
    resolution = view.corpus.resolutions[slug]
    sections = (
        _head(view, slug, resolution, occurrences),
        _paragraphs(view, resolution),
        _progress(view, slug, resolution, reported),
        _timeline(view, occurrences),
        _funding(view, resolution),
        _partners(view, resolution),
        _documents(view, resolution),
        _related(view, slug, resolution),
        _foot(view, slug),
    )
    return "\n\n".join(block for section in sections for block in section if block) + "\n"


# --- sections: each yields blocks ------------------------------------------------------------------------


def _head(
    view: View, slug: str, resolution: Resolution, occurrences: list[queries.Occurrence]
) -> Iterator[str]:
    t, corpus = view.t, view.corpus
    yield f"# {view.resolution_name(slug)}{t('colon')}{_plain(view, resolution.title)}"
    facts = []
    if resolution.symbol:
        symbol = link(escape(resolution.symbol.value), view.symbol_url(resolution))
        inferred = resolution.symbol.basis == "inferred"
        facts.append(_bracketed(view, symbol, t("basis.symbol_inferred")) if inferred else symbol)
    session = corpus.sessions.get(resolution.session or "")
    if resolution.adoption.date:
        facts.append(t("resolution.adopted", date=view.date(resolution.adoption.date)))
    elif session and session.meetings:
        facts.append(
            t(
                "resolution.adopted_at",
                session=escape(session.name),
                date=view.date(session.meetings[0]),
            )
        )
    if resolution.adoption.manner:
        facts.append(_plain(view, resolution.adoption.manner))
    if resolution.adoption.proposed_by:
        facts.append(
            t(
                "resolution.proposed_by",
                names=escape(view.organizations(resolution.adoption.proposed_by)),
            )
        )
    if resolution.title_basis != "verified":
        facts.append(t(f"basis.title_{resolution.title_basis}"))
    yield _list(facts)
    for correction in queries.corrections(corpus, slug):
        put_right = link(
            t("correction.put_right", date=view.date(correction.date)),
            view.url("corrections/") + f"#{correction.id}",
        )
        yield f"{put_right}{t('colon')}{_plain(view, correction.text)}"
    newest = queries.assessment(resolution, corpus)
    status = view.status(newest)
    yield f"**{t('answer.state')}**{t('colon')}{_plain(view, status.name) if status else t('not_reported')}"
    if newest:
        yield _said(view, newest.reason, newest.sources)
    yield f"**{t('answer.money')}**{t('colon')}{_constrained(view, resolution)}"
    ahead = [found for found in occurrences if found.case == "ahead"]
    unreported = sum(found.case == "unreported" for found in occurrences)
    yield f"**{t('answer.next')}**{t('colon')}" + (
        _event(view, ahead[0]) if ahead else t("answer.next_none")
    )
    if unreported:
        yield t("answer.unreported", count=unreported)
    if period := corpus.latest_period:
        yield t(
            "resolution.state_as_of",
            date=view.date(period.as_of),
            report=escape(view.document_name(period.report)),
        )


def _paragraphs(view: View, resolution: Resolution) -> Iterator[str]:
    t = view.t
    if resolution.operative_paragraphs:
        yield f"## {t('section.paragraphs')}"
        yield t("paragraph.only_mentioned")
    for paragraph in resolution.operative_paragraphs:
        judged = queries.assessment(resolution, view.corpus, paragraph.number)
        status = view.status(judged)
        yield f"### {t('paragraph.name', number=escape(paragraph.number))}"
        addressee = (
            f" {t('paragraph.addressee', addressee=escape(paragraph.addressee))}"
            if paragraph.addressee
            else ""
        )
        yield _sourced(view, _plain(view, paragraph.gist) + addressee, paragraph.sources)
        yield f"**{_plain(view, status.name) if status else t('not_reported')}**"
        if judged:
            yield _said(view, judged.reason, judged.sources)


def _progress(view: View, slug: str, resolution: Resolution, reported: list[str]) -> Iterator[str]:
    t, corpus = view.t, view.corpus
    yield f"## {t('section.progress')}"
    for key in reported:
        period = corpus.periods[key]
        yield f"### {_plain(view, period.name)}"
        covers = t("period.covers", first=view.date(period.first), last=view.date(period.last))
        permanent = link(t("period.permanent"), view.resolution_url(slug) + f"{key}/")
        yield f"{covers}{t('separator')}{escape(view.document_name(period.report))}{t('separator')}{permanent}"
        for judged in resolution.assessments:
            if judged.period == key and not judged.paragraph:
                yield f"**{_plain(view, view.status(judged).name)}**"  # type: ignore[union-attr]
                yield _said(view, judged.reason, judged.sources)
        for about in ("progress", "plan"):
            notes = queries.updates(resolution, key, [about])
            if notes:
                yield f"#### {t(f'update.{about}')}"
                yield _list(_said(view, note.text, note.sources, note.paragraphs) for note in notes)
    if not reported:
        yield t("progress.none")


def _timeline(view: View, occurrences: list[queries.Occurrence]) -> Iterator[str]:
    if occurrences:
        yield f"## {view.t('section.timeline')}"
    for case in queries.CASES:
        those = [found for found in occurrences if found.case == case]
        if those:
            yield f"### {view.t(f'case.{case}')}"
            if case == "unreported":
                yield view.t("case.unreported.note", date=view.date(view.today))
            yield _list(_sourced(view, _event(view, found), found.event.sources) for found in those)


def _funding(view: View, resolution: Resolution) -> Iterator[str]:
    t = view.t
    yield f"## {t('section.funding')}"
    yield _constrained(view, resolution)
    yield _list(
        _said(view, note.text, note.sources, note.paragraphs)
        for note in reversed(resolution.updates)
        if note.about == "funding"
    )
    if resolution.contributions:
        yield f"### {t('funding.contributions')}"
    rows = []
    for found in resolution.contributions:
        report = found.latest
        who = (
            _plain(view, view.organization(found.contributor))
            if found.contributor
            else t("not_reported")
        )
        how = (
            view.name("contribution_kinds", found.kind),
            view.name("contribution_states", report.state),
        )
        amount = (
            t("funding.nothing")
            if report.state in view.absent_states()
            else view.money(report.amount, report.currency, report.approximate)
        )
        line = t("separator").join(
            [who, _plain(view, found.purpose), *map(escape, how), escape(amount)]
        )
        rows.append(_sourced(view, line, found.sources))
    yield _list(rows)
    yield f"### {t('funding.resources')}"
    if not resolution.resources:
        yield t("funding.amounts_not_reported")
    yield _list(_resource(view, resource) for resource in reversed(resolution.resources))
    for mechanism in resolution.mechanisms:
        yield f"### {_plain(view, mechanism.name)}"
        yield _rich(view, mechanism.purpose)
        yield _list(_said(view, term.text, term.sources) for term in mechanism.terms)


def _partners(view: View, resolution: Resolution) -> Iterator[str]:
    if resolution.partners:
        yield f"## {view.t('section.partners')}"
        yield _list(
            _sourced(
                view,
                _plain(view, view.organization(partner.organization))
                + view.t("separator")
                + _plain(view, partner.role),
                partner.sources,
            )
            for partner in resolution.partners
        )


def _documents(view: View, resolution: Resolution) -> Iterator[str]:
    documents = view.documents_of(resolution)
    if documents:
        yield f"## {view.t('section.documents')}"
    rows = []
    for key in documents:
        document = view.corpus.documents[key]
        title = f"{view.t('separator')}{_plain(view, document.title)}" if document.symbol else ""
        rows.append(link(escape(view.document_name(key)), view.official_url(key)) + title)
    yield _list(rows)


def _related(view: View, slug: str, resolution: Resolution) -> Iterator[str]:
    def named(other: str) -> str:
        name = link(escape(view.resolution_name(other)), view.resolution_url(other))
        return f"{name} {_plain(view, view.corpus.resolutions[other].title)}"

    def declared(relation: Relation) -> str:
        kind = escape(view.name("relation_kinds", relation.kind))
        return _sourced(
            view, f"{kind}{view.t('colon')}{named(relation.resolution)}", relation.sources
        )

    rows = [declared(relation) for relation in resolution.relations]
    for other, kind in relatives.relations_to(view.corpus, slug):
        rows.append(
            f"{named(other)}{view.t('separator')}{escape(view.name('relation_kinds', kind))}"
        )
    if rows:
        yield f"## {view.t('section.related')}"
        yield _list(rows)


def _foot(view: View, slug: str) -> Iterator[str]:
    yield "---"
    address = f"{view.t('export.address')}{view.t('colon')}<{view.resolution_url(slug)}>"
    yield f"{address}  \n{view.t('export.licence', licence=LICENCE)} <{LICENCE_URL}>"


# --- parts -----------------------------------------------------------------------------------------------


def _event(view: View, found: queries.Occurrence) -> str:
    event = found.event
    when = view.date(found.date) if found.date else view.t("date_not_reported")
    place = f"{view.t('separator')}{escape(view.place(event.place))}" if event.place else ""
    said = f"{escape(when)}{view.t('separator')}{escape(view.case_word(found))}"
    return f"{said}{view.t('colon')}{_plain(view, event.title)}{place}"


def _resource(view: View, resource: Resource) -> str:
    t = view.t
    amounts = {
        name: view.money(getattr(resource, name), resource.currency)
        for name in ("required", "mobilized", "gap")
    }
    if resource.gap_share is not None:
        amounts["gap"] = _bracketed(view, amounts["gap"], view.share(resource.gap_share))
    when = t("as_of", date=view.date(resource.as_of)) if resource.as_of else t("as_of_unknown")
    listed = t("list.separator").join(
        f"{t(f'funding.{name}')}{t('colon')}{amount}" for name, amount in amounts.items()
    )
    note = f"{t('separator')}{_plain(view, resource.note)}" if resource.note else ""
    return _sourced(view, f"{escape(when)}{t('colon')}{escape(listed)}{note}", resource.sources)


def _constrained(view: View, resolution: Resolution) -> str:
    newest = queries.assessment(resolution, view.corpus)
    held = newest.constrained_by_funding if newest else None
    words = view.t(
        "funding.constrained." + ("unknown" if held is None else "yes" if held else "no")
    )
    return _sourced(view, words, newest.sources) if newest and held is not None else words


def _said(view: View, text: str, sources: Iterable[Source], paragraphs: Iterable[str] = ()) -> str:
    """A restricted Markdown text with its sources; those follow in a paragraph of their own where it has several blocks."""
    words = _rich(view, text)
    if "\n" in words:
        return f"{words}\n\n{_sources(view, sources, paragraphs)}"
    return _bracketed(view, words, _sources(view, sources, paragraphs))


def _sourced(view: View, text: str, sources: Iterable[Source]) -> str:
    """A line of finished Markdown with its sources."""
    return _bracketed(view, text, _sources(view, sources))


def _bracketed(view: View, text: str, note: str) -> str:
    return view.t("export.bracketed", text=text, note=note)


def _sources(view: View, sources: Iterable[Source], paragraphs: Iterable[str] = ()) -> str:
    """`para. 2 · Source: HSP/EB.2024/20, para. 31`, each document linked and named once."""
    links = [
        link(escape(name), view.document_url(key)) for key, name in view.citations(sources).items()
    ]
    said = view.t("export.source", sources=view.t("source.separator").join(links))
    return view.t("separator").join(
        [*(view.t("paragraph.short", number=escape(number)) for number in paragraphs), said]
    )


def _plain(view: View, text: str) -> str:
    return _START.sub(r"\1\\", escape(text)) + _mark(view, text)


def _rich(view: View, text: str) -> str:
    """Restricted Markdown as CommonMark understands the same: nothing in it begins a block that it has not."""
    return _FOREIGN.sub("\\\\", absolute(text, view.base)) + _mark(view, text)


def _mark(view: View, text: str) -> str:
    return (
        f" *{view.t('in_brackets', text=view.t(f'translation.{text.state}'))}*"
        if isinstance(text, LocalText)
        else ""
    )


def escape(text: str) -> str:
    """A text as Markdown shows it letter for letter."""
    return _SPECIAL.sub(r"\\\1", str(text))


def link(text: str, url: str | None) -> str:
    """Finished Markdown as a link; itself where there is no address."""
    return (
        f"[{text}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"
        if url
        else text
    )


def _list(items: Iterable[str]) -> str:
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)
