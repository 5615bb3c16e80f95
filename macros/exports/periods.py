"""The files of reporting periods."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from macros import queries
from macros.corpus.corpus import Corpus
from macros.exports.converter import Converter, Views, judged, plain
from macros.exports.models import File, Judged, Listed, Names, Of, Output, Urls
from macros.model.reference import Period
from macros.model.resolution import OrganStatement


class ReportedResolution(Judged, Listed):
    """A resolution as it stood at the period."""


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


def period(views: Views, key: str) -> Output:
    """Export one period."""
    converter = Converter(views)
    corpus = converter.corpus
    record = corpus.periods[key]
    past = queries.as_of(corpus, key)
    reported = [
        ReportedResolution(
            **judged(queries.assessment(resolution, past)),
            resolution=slug,
            label=corpus.label(slug),
            url=converter.urls(f"resolutions/{slug}/{key}/"),
        )
        for slug, resolution in past.resolutions.items()
        if key in queries.reported_in(resolution, past)
    ]
    converter.refer("status", *(entry.status for entry in reported))

    def of_period(corpus: Corpus) -> list[OrganStatement]:
        return [s for s in corpus.statements.statements if s.period == key]

    return converter.file(
        PeriodFile,
        record,
        url=converter.urls(f"periods/{key}/"),
        full_text=converter.official_url(record.report) if record.report else None,
        period=converter.record(converter.each(lambda corpus: corpus.periods[key])),
        statements=[converter.record(versions) for versions in converter.versions(of_period)],
        resolutions=reported,
        changes=[_change(change) for change in queries.changes(corpus, key)],
    )


def _change(change: queries.Change) -> Change:
    keys = ("state", "amount", "currency") if change.kind == "contribution" else ("outcome", "date")

    def value(of: object) -> object:
        return dict(zip(keys, plain(of), strict=True)) if isinstance(of, tuple) else of

    values: dict[str, Any] = {"resolution": change.slug, "kind": change.kind, "entry": change.entry}
    return Change(**values, before=value(change.before), after=value(change.after))
