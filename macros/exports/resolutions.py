"""Files of resolutions: each in full, all in full on one line each, and all in short."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from macros.corpus.translations import LocalText
from macros.exports.converter import Converter, Views, header, plain
from macros.exports.formats import ROOT
from macros.exports.models import (
    Amount,
    Constrained,
    Count,
    DateValue,
    File,
    Located,
    Names,
    Of,
    Output,
    PeriodId,
    Share,
    StatusId,
    Texts,
    Url,
    Urls,
    combined,
    output_model,
)
from macros.model.fields import Record, texts
from macros.model.resolution import Correction, Resolution
from macros.queries import queries
from macros.queries import related as relatives

Corrections = list[Annotated[Output, Of(Correction, Located)]]


class EventCounts(Output):
    """How many events are in each case."""

    ahead: Count
    unreported: Count
    undated: Count
    happened: Count


class NextEvent(Output):
    """The event that lies ahead next."""

    id: str
    date: DateValue


class Computed(Output):
    """What follows from the rest on the day the file was made."""

    cases_on: date
    latest_period: PeriodId | None
    reported_in: list[PeriodId]
    status: StatusId
    assessment: str | None = Field(description="Id of the newest assessment.")
    constrained_by_funding: Constrained
    paragraph_status: dict[str, str] = Field(
        description="Status of operative paragraphs by number."
    )
    events: EventCounts
    next_event: NextEvent | None
    resource: str | None = Field(description="Id of the figures published last.")
    currency: str | None
    required: Amount | None
    mobilized: Amount | None
    gap: Amount | None
    gap_share: Share | None
    statements: Count


class IncomingRelation(Output):
    """A relation that another resolution has to this one."""

    resolution: str
    kind: str


class TranslationGaps(Output):
    """Ids of the texts that one language lacks, and of those whose translation is outdated."""

    missing: list[str]
    outdated: list[str]


class _Head(File):
    """One resolution in full, in all languages, with the source of each statement."""

    slug: str
    label: str = Field(description="Its short name.")
    url: Urls = Field(description="Where it is on this site.")
    full_text: Urls | None = Field(description="Where the official text is found.")


class _Tail(Output):
    computed: Computed
    relations_from_others: list[IncomingRelation]
    corrections: Corrections
    translations: dict[str, TranslationGaps] = Field(description="By language.")
    names: Names


ResolutionFile = combined("ResolutionFile", _Head, output_model(Resolution), _Tail)


class ResolutionSummary(Output):
    """One resolution in short."""

    slug: str
    label: str
    symbol: str | None
    symbol_basis: Literal["verified", "inferred"] | None
    title: Texts
    session: str | None
    status: StatusId
    constrained_by_funding: Constrained
    latest_period: PeriodId | None = Field(
        description="The newest period in which anything was said of it."
    )
    url: Urls
    data: Url


class ResolutionsFile(File):
    """All resolutions in short."""

    resolutions: list[ResolutionSummary]


def resolution(views: Views, slug: str) -> Output:
    """Export one resolution in full."""
    converter = Converter(views)
    corpus = converter.corpus
    record = corpus.resolutions[slug]
    reported = queries.reported_in(record, corpus)
    versions = {language: view.corpus.resolutions[slug] for language, view in views.items()}
    incoming = relatives.relations_to(corpus, slug)
    converter.refer("resolution", *(other for other, _ in incoming))
    converter.refer("relation_kind", *(kind for _, kind in incoming))
    corrected = corrections(converter, slug)
    fields = converter.fields(versions)
    return ResolutionFile(
        **fields,
        **header(corpus.periods[reported[0]] if reported else corpus.latest_period),
        slug=slug,
        label=corpus.label(slug),
        url=converter.urls(f"resolutions/{slug}/"),
        full_text=converter.official_urls(lambda v: v.symbol_url(v.corpus.resolutions[slug])),
        computed=_computed(converter, record, reported),
        relations_from_others=[
            IncomingRelation(resolution=other, kind=kind) for other, kind in incoming
        ],
        corrections=corrected,
        translations=_translations(versions),
        names=converter.names(),
    )


def lines(views: Views) -> str:
    """Export all resolutions in full, one on each line."""
    corpus = next(iter(views.values())).corpus
    return "".join(f"{resolution(views, slug).model_dump_json()}\n" for slug in corpus.resolutions)


def resolutions(views: Views) -> ResolutionsFile:
    """Export all resolutions in short."""
    converter = Converter(views)
    corpus = converter.corpus
    summaries = [_summary(converter, slug) for slug in corpus.resolutions]
    return ResolutionsFile(**header(corpus.latest_period), resolutions=summaries)


def corrections(converter: Converter, slug: str | None = None) -> list[Output]:
    """Convert the corrections of one resolution, or of the whole site, newest first."""
    return [
        converter.record(versions, Located, url=converter.urls(f"corrections/#{entry.id}"))
        for versions, entry in zip(
            converter.versions(lambda corpus: queries.corrections(corpus, slug)),
            queries.corrections(converter.corpus, slug),
            strict=True,
        )
    ]


def _summary(converter: Converter, slug: str) -> ResolutionSummary:
    corpus = converter.corpus
    record = corpus.resolutions[slug]
    newest = queries.assessment(record, corpus)
    return ResolutionSummary(
        slug=slug,
        label=corpus.label(slug),
        symbol=record.symbol.value if record.symbol else None,
        symbol_basis=record.symbol.basis if record.symbol else None,
        title=converter.texts(lambda corpus: corpus.resolutions[slug].title),
        session=record.session,
        status=newest.status if newest else None,
        constrained_by_funding=newest.constrained_by_funding if newest else None,
        latest_period=next(iter(queries.reported_in(record, corpus)), None),
        url=converter.urls(f"resolutions/{slug}/"),
        data=converter.first.url(f"{ROOT}resolutions/{slug}.json"),
    )


def _computed(converter: Converter, record: Resolution, reported: list[str]) -> Computed:
    corpus, today = converter.corpus, converter.first.today
    newest = queries.assessment(record, corpus)
    cases = [queries.case(event, today) for event in record.events]
    ahead = [
        (event.date.sort_key, event.id, event.date)
        for event, case in zip(record.events, cases, strict=True)
        if event.date and case == "ahead"
    ]
    resource = queries.newest_resource(record.resources)
    figures = ("currency", "required", "mobilized", "gap", "gap_share")
    amounts: dict[str, Any] = {name: plain(getattr(resource, name, None)) for name in figures}
    if amounts["gap_share"] is not None:
        amounts["gap_share"] = round(amounts["gap_share"], 6)
    following = min(ahead, default=None)
    return Computed(
        cases_on=today,
        latest_period=next(iter(reported), None),
        reported_in=reported,
        status=newest.status if newest else None,
        assessment=newest.id if newest else None,
        constrained_by_funding=newest.constrained_by_funding if newest else None,
        paragraph_status={
            paragraph.number: assessment.status
            for paragraph in record.operative_paragraphs
            if (assessment := queries.assessment(record, corpus, paragraph.number))
        },
        events=EventCounts(**{case: cases.count(case) for case in queries.CASES}),
        next_event=following and NextEvent(id=following[1], date=DateValue.of(following[2])),
        resource=resource.id if resource else None,
        statements=sum(1 for _ in queries.statements(record)),
        **amounts,
    )


def _translations(versions: dict[str, Resolution]) -> dict[str, TranslationGaps]:
    """List what each further language lacks."""
    found = {}
    for language, version in list(versions.items())[1:]:
        gaps: dict[str, list[str]] = {"missing": [], "outdated": []}
        for key, holder, name in texts(version):
            text = getattr(holder, name)
            if isinstance(text, LocalText) and text.state in gaps:
                gaps[text.state].append(key)
        found[language] = TranslationGaps(**gaps)
    return found
