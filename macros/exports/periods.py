"""The files of reporting periods."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from macros.corpus.corpus import Corpus
from macros.exports.converter import Converter, Views, header, plain
from macros.exports.models import Constrained, File, Names, Of, Output, StatusId, Urls
from macros.model.reference import Period
from macros.model.resolution import Assessment, OrganStatement, Resolution
from macros.queries import queries


class ReportedResolution(Output):
    """A resolution as it stood at the period."""

    resolution: str = Field(description="Slug of the resolution.")
    label: str = Field(description="Its short name.")
    status: StatusId
    constrained_by_funding: Constrained
    url: Urls


class Change(Output):
    """What the period changed; the values before and after as the record has them."""

    resolution: str
    kind: Literal["first", "status", "constraint", "contribution", "date"]
    entry: str | None = Field(description="Id of what changed; null: the resolution as a whole.")
    before: Any
    after: Any


class PeriodFile(File):
    """One reporting period: what its report says and what it changed."""

    url: Urls
    full_text: Urls | None = Field(description="Where the report is found.")
    period: Annotated[Output, Of(Period)]
    statements: list[Annotated[Output, Of(OrganStatement)]]
    resolutions: list[ReportedResolution]
    changes: list[Change]
    names: Names


def period(views: Views, key: str) -> PeriodFile:
    """Export one period."""
    converter = Converter(views)
    corpus = converter.corpus
    record = corpus.periods[key]
    reported = [
        _reported(converter, slug, key)
        for slug, resolution in corpus.resolutions.items()
        if key in queries.reported_in(resolution, corpus)
    ]
    converter.refer("status", *(entry.status for entry in reported))
    return PeriodFile(
        **header(record),
        url=converter.urls(f"periods/{key}/"),
        full_text=converter.official_urls(lambda view: view.official_url(record.report)),
        period=converter.record({k: view.corpus.periods[key] for k, view in views.items()}),
        statements=converter.records(
            lambda corpus: [s for s in corpus.statements.statements if s.period == key]
        ),
        resolutions=reported,
        changes=[_change(change) for change in queries.changes(corpus, key)],
        names=converter.names(),
    )


def _reported(converter: Converter, slug: str, period: str) -> ReportedResolution:
    corpus = converter.corpus
    assessment = _latest_assessment(corpus, corpus.resolutions[slug], period)
    return ReportedResolution(
        resolution=slug,
        label=corpus.label(slug),
        status=assessment.status if assessment else None,
        constrained_by_funding=assessment.constrained_by_funding if assessment else None,
        url=converter.urls(f"resolutions/{slug}/{period}/"),
    )


def _latest_assessment(corpus: Corpus, resolution: Resolution, last: str) -> Assessment | None:
    """Find the newest assessment of a resolution as a whole up to one period."""
    order = list(corpus.periods)
    past = order[: order.index(last) + 1]
    entries = [e for e in resolution.assessments if e.paragraph is None and e.period in past]
    return max(entries, key=lambda entry: past.index(entry.period), default=None)


def _change(change: queries.Change) -> Change:
    keys = ("state", "amount", "currency") if change.kind == "contribution" else ("said", "date")

    def value(of: object) -> object:
        return dict(zip(keys, plain(of), strict=True)) if isinstance(of, tuple) else of

    return Change(
        resolution=change.slug,
        kind=change.kind,
        entry=change.entry,
        before=value(change.before),
        after=value(change.after),
    )
