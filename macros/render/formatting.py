"""What templates write in words: names, dates, money, numbers and lists in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from macros import queries
from macros.corpus.corpus import Corpus
from macros.i18n.locale import Locale
from macros.model.dates import PartialDate, Point, parse
from macros.model.events import Event
from macros.model.fields import Source
from macros.model.funding import ContributionReport
from macros.model.reference import Period
from macros.model.resolution import Assessment, Resolution, Vote
from macros.model.vocabulary import Status
from macros.queries import Change, Occurrence
from macros.queries.grouping import group


@dataclass(frozen=True)
class Formatting:
    """A corpus in words.

    Attributes:
        corpus: The data, with its texts in one language.
        today: The date of the build.
        base: The relative way from the page to the root of its language (`../../`).
        pinned: The id of a reporting period if the page shows the state as it stood then.
        address: The whole address of the root of the language, where it is known.
    """

    corpus: Corpus
    today: date
    base: str = ""
    pinned: str | None = None
    address: str = ""

    @cached_property
    def locale(self) -> Locale:
        """How the language writes dates, numbers and money."""
        return Locale.of(self.corpus.language)

    @cached_property
    def t(self) -> Callable[..., str]:
        """Give an interface string: its key, and values for its fields."""
        return self.locale.catalogue.t

    # Names

    def name(self, kind: str, key: Any) -> str:
        """Give the name of a word of the vocabulary: `name("themes", "housing")`."""
        return str(self.corpus.words[kind][key].name)

    def resolution_name(self, slug: str) -> str:
        """Name a resolution: `Resolution 2/4`."""
        return self.t("resolution.name", label=self.corpus.label(slug))

    def organization(self, key: str) -> str:
        """Give the name of an organization."""
        return self.corpus.organizations[key].name

    def organizations(self, keys: Iterable[str]) -> str:
        """List the names of some organizations."""
        return self.items(map(self.organization, keys))

    def place(self, key: str) -> str:
        """Name a place with its country."""
        place = self.corpus.places[key]
        if country := self.corpus.places.get(place.country or ""):
            return self.t("place.in_country", place=place.name, country=country.name)
        return place.name

    def document_name(self, key: str) -> str:
        """Give the symbol of a document, or its title if it has none."""
        document = self.corpus.documents[key]
        return document.symbol or document.title

    @property
    def judged_on(self) -> PartialDate | date:
        """The date on which milestones are judged: today, or the as-of date of an archived page."""
        return self.corpus.periods[self.pinned].as_of if self.pinned else self.today

    def report_name(self, period: Period) -> str:
        """Name the report of a period, or the documents that it was compiled from."""
        return self.t("list.comma").join(map(self.document_name, period.documents))

    def citation(self, source: Source) -> str:
        """Cite a source in the reader's language: `HSP/EB.2024/20, para. 31`."""
        return self.citations([source])[source.document]

    def citations(self, sources: Iterable[Source]) -> dict[str, str]:
        """Cite sources by document, each named once: `HSP/EB.2024/20, paras. 27 and 31`."""
        paragraphs: dict[str, list[str]] = {}
        for source in sources:
            named = paragraphs.setdefault(source.document, [])
            if source.paragraph is not None:
                named.append(source.paragraph)
        return {key: self._citation(key, named) for key, named in paragraphs.items()}

    def _citation(self, key: str, paragraphs: list[str]) -> str:
        name = self.document_name(key)
        if len(paragraphs) > 1:
            return self.t("source.paragraphs", document=name, paragraphs=self.items(paragraphs))
        if paragraphs:
            return self.t("source.paragraph", document=name, paragraph=paragraphs[0])
        return name

    # Dates, money, numbers, lists

    def date(self, when: PartialDate | date | None) -> str:
        """Write a date; *not reported* for `None`."""
        if when is None:
            return self.t("not_reported")
        return self.locale.date(when if isinstance(when, PartialDate) else _day(when))

    def money(self, amount: Decimal | None, currency: str | None, approximate: bool = False) -> str:
        """Write an amount with its currency; *not reported* for `None`."""
        if amount is None or currency is None:
            return self.t("not_reported")
        return self.locale.money(amount, currency, approximate)

    def earlier(self, report: ContributionReport) -> str:
        """Write what an earlier report said of a contribution, with its period."""
        money = self.money(report.amount, report.currency, report.approximate)
        state = self.name("contribution_states", report.state)
        name = self.corpus.periods[report.period].name
        return f"{name}{self.t('colon')}{state}{self.t('separator')}{money}"

    def number(self, value: int) -> str:
        """Write a whole number."""
        return self.locale.number(value)

    def share(self, value: Decimal | None) -> str:
        """Write a share of 1 as a percentage."""
        return self.t("not_reported") if value is None else self.locale.share(value)

    def items(self, values: Iterable[object]) -> str:
        """Write a list: `a, b and c`."""
        return self.locale.items(map(str, values))

    # Statements

    def status(self, assessment: Assessment | None) -> Status | None:
        """Find the status of an assessment; `None` for not reported."""
        return self.corpus.words["statuses"][assessment.status] if assessment else None

    def carried_over(self, resolution: Resolution, assessment: Assessment | None) -> str:
        """Say when a status was assessed, if later reports say nothing of it; else nothing."""
        periods = list(self.corpus.periods)
        if assessment is None or assessment.period == periods[-1]:
            return ""
        later = periods[periods.index(assessment.period) + 1 :]
        is_covered = set(later) & set(queries.reported_in(resolution, self.corpus))
        key = "status.not_reassessed" if is_covered else "status.carried_over"
        name = self.corpus.periods[assessment.period].name
        return self.t(key, period=name, count=len(later))

    def moved_back(self, resolution: Resolution, assessment: Assessment) -> str:
        """Say from which status it moved back, if it did; else nothing."""
        before = self.status(queries.setback(resolution, self.corpus, assessment))
        return self.t("status.moved_back", before=before.name) if before else ""

    def status_line(self, resolution: Resolution) -> str:
        """Say of when the status of a resolution is, and from which report; else nothing."""
        assessment = queries.assessment(resolution, self.corpus)
        if assessment is None:
            return ""
        period = self.corpus.periods[assessment.period]
        date, report = self.date(period.as_of), self.report_name(period)
        return self.t("resolution.state_as_of", date=date, report=report)

    def vote(self, vote: Vote) -> str:
        """Write the figures of a recorded vote."""
        numbers = {name: self.number(count) for name, count in vote if count is not None}
        return self.t(
            "resolution.vote" if "abstaining" in numbers else "resolution.vote_of", **numbers
        )

    def when(self, event: Event) -> str:
        """Write the date of a milestone, with the one for which it was planned before."""
        date = self.date(event.date) if event.date else self.t("date_not_reported")
        if event.planned_for is None:
            return date
        is_ahead = event.outcome in ("planned", "postponed") and event.date is not None
        is_open = event.planned_for.start is None or event.planned_for.end is None
        key = f"milestone.{'slip' if is_ahead else 'planned'}.{'open' if is_open else 'date'}"
        return self.t(key, date=date, before=self.date(event.planned_for))

    def status_of(self, slug: str) -> Status | None:
        """Find the newest status of a resolution; `None` for not reported."""
        return self.status(queries.assessment(self.corpus.resolutions[slug], self.corpus))

    def status_name(self, slug: str) -> str:
        """Name the newest status of a resolution."""
        status = self.status_of(slug)
        return status.name if status else self.t("not_reported")

    def case_word(self, occurrence: Occurrence) -> str:
        """Say what is known of an event: `Held` or `To be held; outcome not reported`."""
        if occurrence.case in ("cancelled", "dropped"):
            return self.t(f"case.{occurrence.case}")
        if occurrence.case == "undated" and occurrence.event.outcome == "postponed":
            return self.t("change.outcome.postponed")
        kind = self.corpus.words["event_kinds"][occurrence.event.kind]
        if occurrence.case == "unreported":
            return self.t("case.planned_unreported", planned=kind.planned)
        return str(kind.happened if occurrence.case == "happened" else kind.planned)

    def by_month(self, occurrences: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
        """Group occurrences by month, or by years where a date says no more; undated ones last."""
        return group((self._month(occurrence.date), occurrence) for occurrence in occurrences)

    def _month(self, when: PartialDate | None) -> str:
        if when is None:
            return self.t("timeline.undated")
        first, last = when.earliest, when.latest
        if (first.year, first.month) == (last.year, last.month):
            return self.locale.month(last)
        years = str(last.year) if first.year == last.year else f"{first.year}/{last.year}"
        return self.date(parse(years))

    def shared(self, shared: dict[str, list[str]]) -> str:
        """Say why a resolution is related: `same theme: housing; same partner: UNDP`."""
        names = {"partners": self.organization, "documents": self.document_name}
        reasons = []
        for kind, keys in shared.items():
            name = names.get(kind) or partial(self.name, kind)
            reasons.append(self.t(f"related.{kind}", names=self.items(map(name, keys))))
        return self.t("list.separator").join(reasons)

    def change(self, change: Change) -> str:
        """Write one change in words: `state: in preparation → implemented`."""
        before, after = (self._value(change.kind, value) for value in (change.before, change.after))
        return self.t(f"change.{change.kind}", before=before, after=after)

    def _value(self, kind: str, value: Any) -> str:
        if value is None:
            return self.t("not_reported")
        if kind == "constraint":
            return self.t("change.yes" if value else "change.no")
        if kind not in ("contribution", "date"):
            return self.name("statuses", value)
        state, *details = value
        if kind == "contribution":
            words = [self.name("contribution_states", state)]
            words += [self.money(*details)] if details[0] is not None else []
        else:
            day = self.date(parse(details[0])) if details[0] else self.t("date_not_reported")
            words = [self.t(f"change.outcome.{state}"), day]
        return self.t("separator").join(words)


def _day(when: date) -> PartialDate:
    """A day as a partial date; computed ones may lie behind the years that people may write."""
    point = Point(when.year, when.month, when.day)
    return PartialDate(when.isoformat(), point, point)
