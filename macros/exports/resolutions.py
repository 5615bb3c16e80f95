"""Files of resolutions: each in full, all in full on one line each, and all in short."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from macros import queries
from macros.corpus.translations import LocalText
from macros.exports import models
from macros.exports.converter import Converter, Views, judged, plain
from macros.exports.formats import ROOT
from macros.exports.models import Amount, Count, Output, Urls
from macros.model.resolution import Correction, Resolution
from macros.model.traversal import texts

Corrections = list[Annotated[Output, models.Of(Correction, models.Located)]]


class EventCounts(Output):
    """How many events are in each case."""

    ahead: Count
    unreported: Count
    undated: Count
    happened: Count
    cancelled: Count
    dropped: Count


class NextEvent(Output):
    """The event that lies ahead next."""

    id: str
    date: models.DateValue


class Computed(models.Judged):
    """What follows from the rest on the day the file was made."""

    cases_on: date
    latest_period: str | None
    reported_in: list[str] = Field(description="Ids of reporting periods, newest first.")
    assessment: str | None = Field(description="Id of the newest assessment.")
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
    gap_share: models.Share | None
    statements: Count


class IncomingRelation(Output):
    """A relation that another resolution has to this one."""

    resolution: str
    kind: str


class TranslationGaps(Output):
    """Ids of the texts that one language lacks, and of those whose translation is outdated."""

    missing: list[str]
    outdated: list[str]


class _Head(models.File):
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
    names: models.Names


ResolutionFile = models.combined("ResolutionFile", _Head, models.output_model(Resolution), _Tail)


class ResolutionSummary(models.Judged):
    """One resolution in short."""

    slug: str
    label: str
    symbol: str | None
    symbol_basis: models.Known | None
    title: models.Texts
    session: str | None
    latest_period: str | None = Field(description="The newest period in which anything was said.")
    url: Urls
    data: models.Url


class ResolutionsFile(models.File):
    """All resolutions in short."""

    resolutions: list[ResolutionSummary]


def single(views: Views, slug: str) -> Output:
    """Export one resolution in full."""
    converter = Converter(views)
    corpus = converter.corpus
    record = corpus.resolutions[slug]
    reported = queries.reported_in(record, corpus)
    versions = converter.each(lambda corpus: corpus.resolutions[slug])
    incoming = queries.relations_to(corpus, slug)
    converter.refer("resolution", *(other for other, _ in incoming))
    converter.refer("relation_kind", *(kind for _, kind in incoming))
    values = converter.fields(versions) | {
        "slug": slug,
        "label": corpus.label(slug),
        "url": converter.urls(f"resolutions/{slug}/"),
        "full_text": converter.official_urls(lambda v: v.symbol_url(v.corpus.resolutions[slug])),
        "computed": _computed(converter, record, reported),
        "relations_from_others": [{"resolution": other, "kind": kind} for other, kind in incoming],
        "corrections": corrections(converter, slug),
        "translations": _translations(versions),
    }
    period = corpus.periods[reported[0]] if reported else None
    return converter.file(ResolutionFile, period, **values)


def lines(views: Views) -> str:
    """Export all resolutions in full, one on each line."""
    corpus = next(iter(views.values())).corpus
    return "".join(f"{single(views, slug).model_dump_json()}\n" for slug in corpus.resolutions)


def summaries(views: Views) -> Output:
    """Export all resolutions in short."""
    converter = Converter(views)
    summaries = [_summary(converter, slug) for slug in converter.corpus.resolutions]
    return converter.file(ResolutionsFile, resolutions=summaries)


def corrections(converter: Converter, slug: str | None = None) -> list[Output]:
    """Convert the corrections of one resolution, or of the whole site, newest first."""
    language = converter.corpus.language
    return [
        converter.record(versions, models.Located, url=converter.urls(f"corrections/#{anchor}"))
        for versions in converter.versions(lambda corpus: queries.corrections(corpus, slug))
        for anchor in [versions[language].text_key]
    ]


def _summary(converter: Converter, slug: str) -> ResolutionSummary:
    corpus = converter.corpus
    record = corpus.resolutions[slug]
    return ResolutionSummary(
        **judged(queries.assessment(record, corpus)),
        slug=slug,
        label=corpus.label(slug),
        symbol=record.symbol.value if record.symbol else None,
        symbol_basis=record.symbol.basis if record.symbol else None,
        title=converter.title(slug),
        session=record.session,
        latest_period=next(iter(queries.reported_in(record, corpus)), None),
        url=converter.urls(f"resolutions/{slug}/"),
        data=converter.first.url(f"{ROOT}resolutions/{slug}.json"),
    )


def _computed(converter: Converter, record: Resolution, reported: list[str]) -> Computed:
    corpus, today = converter.corpus, converter.first.today
    newest = queries.assessment(record, corpus)
    cases = [queries.case(event, today) for event in record.events]
    ahead = (
        (event.date.sort_key, event.id, event.date)
        for event, case in zip(record.events, cases, strict=True)
        if event.date and case == "ahead"
    )
    following = min(ahead, default=None)
    resource = queries.newest_resource(record.resources)
    names = ("currency", "required", "mobilized", "gap", "gap_share")
    figures: dict[str, Any] = {name: plain(getattr(resource, name, None)) for name in names}
    return Computed(
        **judged(newest),
        **figures,
        cases_on=today,
        latest_period=next(iter(reported), None),
        reported_in=reported,
        assessment=newest.id if newest else None,
        paragraph_status={
            paragraph.number: assessment.status
            for paragraph in record.operative_paragraphs
            if (assessment := queries.assessment(record, corpus, paragraph.number))
        },
        events=EventCounts(**{case: cases.count(case) for case in queries.CASES}),
        next_event=following and NextEvent(id=following[1], date=plain(following[2])),
        resource=resource.id if resource else None,
        statements=sum(1 for _ in queries.statements(record)),
    )


def _translations(versions: dict[str, Resolution]) -> dict[str, TranslationGaps]:
    """List what each further language lacks."""
    languages = {}
    for language, version in list(versions.items())[1:]:
        gaps: dict[str, list[str]] = {"missing": [], "outdated": []}
        for key, holder, name in texts(version):
            text = getattr(holder, name)
            if isinstance(text, LocalText) and text.state in gaps:
                gaps[text.state].append(key)
        languages[language] = TranslationGaps(**gaps)
    return languages
