"""The outline of a report: what it says, in which order, in the words of one language. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from macros import queries
from macros.corpus.translations import with_state
from macros.model.fields import Source
from macros.model.reference import Period
from macros.model.resolution import OrganStatement, Resolution, Update
from macros.queries.grouping import group
from macros.render.view import View

GROUPS = ("progress", "plan", "funding")
"""The parts of the section of a resolution."""


@dataclass(frozen=True)
class Item:
    """A sub-paragraph: a milestone or a contribution, its details, and where they were taken from.

    Where a text of the data stands in the outline, it may be a `LocalText`.
    """

    text: str
    details: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph.

    Attributes:
        number: Its number in the report.
        texts: What it says, as restricted Markdown.
        sources: Where that was taken from.
        lead: The operative paragraphs that it answers, in words.
        items: Its sub-paragraphs.
    """

    number: int
    texts: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    lead: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: the words of its columns and rows, and how wide the columns are to each other."""

    caption: str
    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it; `slug` is that of the resolution that it is about."""

    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table | None = None
    sections: tuple[Section, ...] = ()
    slug: str | None = None


@dataclass(frozen=True)
class Outline:
    """A report.

    Attributes:
        period: The reporting period.
        symbol: The symbol of the document that covers the period, empty where there is none.
        title: Its title.
        subtitle: Whose report it is, as far as the title of the document says so.
        note: What the text was made from, and as of when.
        introduction: The introduction.
        chapters: A section for each session, with a section for each resolution in it.
        summary: The table of status and funding.
        annex: The milestones that were past due.
    """

    period: Period
    symbol: str
    title: str
    subtitle: str
    note: str
    introduction: Section
    chapters: tuple[Section, ...]
    summary: Section
    annex: Section


def make_outline(view: View, period: str) -> Outline:
    """Make the outline of the report of a period, as its data stood then.

    Args:
        view: A view of the corpus with all periods.
        period: The id of the period.
    """
    return _Writer(view.as_of(period), period).outline()


class _Writer:
    """Writes an outline, numbering the paragraphs as it goes."""

    def __init__(self, view: View, period: str) -> None:
        self.view, self.corpus, self.t = view, view.corpus, view.t
        self.period = view.corpus.periods[period]
        self.numbers = count(1)

    def outline(self) -> Outline:
        corpus, period, t = self.corpus, self.period, self.t
        document = corpus.documents[period.report] if period.report else None
        title, symbol, subtitle = t("report.title", organ=corpus.body.name), "", ""
        day = self.view.date(period.as_of)
        note = [t("report.note", site=corpus.body.site_name, date=day)]
        if document:
            symbol = document.symbol or ""
            words, _, subtitle = document.title.partition(t("colon"))
            title = with_state(words, document.title)
            name = self.view.document_name(document.key)
            if document.title_basis != "verified":
                basis = t(f"basis.title_{document.title_basis}")
                name += t("space") + t("in_brackets", text=basis)
            note += [t("report.official", document=name)]
        return Outline(
            period=period,
            symbol=symbol,
            title=title,
            subtitle=subtitle[:1].upper() + subtitle[1:],
            note=t("space").join(note),
            introduction=self.introduction(),
            chapters=tuple(self.chapters()),
            summary=self.summary(),
            annex=self.annex(),
        )

    def paragraph(self, text: str) -> Paragraph:
        return Paragraph(next(self.numbers), (text,))

    def introduction(self) -> Section:
        period, organ = self.period, self.corpus.body.name
        built = self.t("report.introduction", organ=organ, period=period.name)
        text = period.introduction or with_state(built, period.name)
        general = [s for s in self.corpus.statements.statements if s.period == period.id]
        by_group = (self.statements(s for s in general if s.about == name) for name in GROUPS)
        paragraphs = [self.paragraph(text), *(entry for part in by_group for entry in part)]
        return Section(self.t("report.introduction.title"), tuple(paragraphs))

    def chapters(self) -> Iterator[Section]:
        for session in (*self.corpus.sessions, None):
            slugs = queries.of_session(self.corpus, session)
            name = (
                self.corpus.sessions[session].name if session else self.t("picture.without_session")
            )
            if slugs:
                yield Section(name, sections=tuple(map(self.resolution, slugs)))

    def resolution(self, slug: str) -> Section:
        resolution = self.corpus.resolutions[slug]
        words = self.view.resolution_name(slug) + self.t("colon") + resolution.title
        if resolution.title_basis == "unofficial":
            words += self.t("space") + self.t("in_brackets", text=self.t("basis.title_unofficial"))
        title = with_state(words, resolution.title)
        parts = tuple(
            Section(self.t(f"update.{name}"), paragraphs)
            for name in GROUPS
            if (paragraphs := tuple(self.part(slug, resolution, name)))
        )
        silence = () if parts else (self.paragraph(self.t("progress.none")),)
        return Section(title, silence, sections=parts, slug=slug)

    def part(self, slug: str, resolution: Resolution, name: str) -> Iterator[Paragraph]:
        """Write one part of a section: statements, then milestones or contributions."""
        yield from self.statements(queries.updates(resolution, self.period.id, name))
        if name == "funding":
            items = list(self.contributions(resolution))
        else:
            items = list(self.milestones(slug, name == "plan"))
        if items:
            text = self.t(f"report.items.{name}", count=len(items))
            yield Paragraph(next(self.numbers), (text,), items=tuple(items))

    def statements(self, statements: Iterable[Update | OrganStatement]) -> Iterator[Paragraph]:
        """Write statements that answer the same paragraphs and have the same sources as one."""
        keyed = (((getattr(s, "paragraphs", ()), s.sources), s.text) for s in statements)
        for (answered, sources), texts in group(keyed).items():
            texts.sort(key=lambda text: "\n" in text)  # a list ends a paragraph
            numbers = self.view.items(answered)
            lead = self.t("report.answers", count=len(answered), paragraphs=numbers)
            number = next(self.numbers)
            yield Paragraph(number, tuple(texts), sources, lead if answered else "")

    def milestones(self, slug: str, planned: bool) -> Iterator[Item]:
        """Write the milestones that the period reports: those planned, or those with an outcome."""
        for milestone in queries.timeline(self.corpus, self.view.today, [slug]):
            event = milestone.event
            if event.latest.period == self.period.id and milestone.is_planned == planned:
                details = [self.view.case_word(milestone)]
                details += [self.view.place(event.place)] if event.place else []
                if event.date or planned:
                    details += [self.view.when(event)]
                details += filter(None, [event.latest.reason])
                yield Item(event.title, self.t("list.separator").join(details), event.sources)

    def contributions(self, resolution: Resolution) -> Iterator[Item]:
        view = self.view
        for entry in resolution.contributions:
            report = entry.latest
            if report.period == self.period.id:
                details = [view.name("contribution_states", report.state)]
                details += [view.organization(entry.contributor)] if entry.contributor else []
                if report.state not in view.states("absent"):
                    amount = view.money(report.amount, report.currency, report.approximate)
                    is_reported = report.amount is not None
                    details += [amount if is_reported else self.t("report.no_amount")]
                yield Item(entry.purpose, self.t("list.separator").join(details), report.sources)

    def summary(self) -> Section:
        amounts = ("funding.required", "funding.mobilized", "funding.gap")
        columns = ("column.resolution", "column.state", "column.money", *amounts)
        shown, kind = (len(columns), "") if self.corpus.body.tracks_funding else (2, ".status")
        table = Table(
            self.t(f"report.summary.caption{kind}"),
            tuple(map(self.t, columns[:shown])),
            (3, 6, 5, 5, 5, 5)[:shown],
            tuple(self.summary_row(slug)[:shown] for slug in self.corpus.resolutions),
        )
        text = self.t(f"report.assessed{kind}", date=self.view.date(self.period.as_of))
        return Section(self.t(f"report.summary{kind}"), (self.paragraph(text),), table)

    def summary_row(self, slug: str) -> tuple[str, ...]:
        resolution, view = self.corpus.resolutions[slug], self.view
        assessment = queries.assessment(resolution, self.corpus)
        status = view.status(assessment)
        word = status.name if status else self.t("not_reported")
        if assessment and assessment.period != self.period.id:
            earlier = self.corpus.periods[assessment.period].name
            word = self.t("report.carried_over", status=word, period=earlier)
        constrained = assessment.constrained_by_funding if assessment else None
        flag = {True: "yes", False: "no", None: "unknown"}[constrained]
        resource = queries.newest_resource(resolution.resources)
        amounts = (resource.required, resource.mobilized, resource.gap) if resource else (None,) * 3
        currency = resource.currency if resource else None
        money = (view.money(amount, currency) for amount in amounts)
        return (self.corpus.label(slug), word, self.t(f"funding.short.{flag}"), *money)

    def annex(self) -> Section:
        """List the milestones that were past due, with no outcome reported."""
        date, view = self.view.date(self.period.as_of), self.view
        overdue = queries.past_due(self.corpus, self.period.id)
        rows = tuple(
            (
                self.corpus.label(milestone.slug),
                milestone.event.title,
                view.date(milestone.date),
                self.t("source.separator").join(view.citations(milestone.event.sources).values()),
            )
            for milestone in overdue
        )
        columns = ("column.resolution", "report.milestone", "report.planned_for", "report.source")
        caption = self.t("report.annex.caption", date=date)
        table = Table(caption, tuple(map(self.t, columns)), (2, 8, 4, 4), rows) if rows else None
        text = self.t("report.annex.text", date=date, count=len(rows))
        return Section(self.t("report.annex"), (self.paragraph(text),), table)
