"""What the pictures of a page show: from a corpus to the shapes of the charts, with words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from markupsafe import Markup

from macros import queries
from macros.model.dates import PartialDate
from macros.model.funding import Resource
from macros.queries import Occurrence
from macros.queries.grouping import group
from macros.render.charts.shapes import Segment, bars, draw
from macros.render.charts.timeline import Mark
from macros.render.charts.timeline import timeline as draw_timeline
from macros.render.formatting import Formatting

STRIP_MOST = 40
"""Resolutions of a session that are drawn and linked one by one; of more, only counts: a cell would
be narrower than its shape on a phone, and the home page would grow by 600 bytes a resolution."""

SESSIONS_MOST = 8
"""Sessions whose strips stand on a page, the newest; the others are one link away."""

ROWS_MOST = 60
"""Rows in the picture of the timeline; of more, the years are counted."""

YEARS_MOST = 40
"""Years that are counted in the picture of a long timeline, the last ones."""

GRID_MOST = 9
"""Columns of the table of goals: more do not fit a phone, and the goals stand below each other."""

BARS_MOST = 30
"""Resolutions with figures that are drawn, those with the largest gap; the table has all."""

MONEY = {True: ("short", "yes"), False: ("secured", "no"), None: ("unstated", "unknown")}
"""Whether money holds a resolution back: its shape, and the end of its keys in the catalogues."""

Named = list[tuple[str, Resource]]
"""Figures of money, each with the name it has in a picture and in the table below it."""

Bars = Sequence[tuple[str, Resource | str]]
"""Bars of money: the label of each with its figures, or with words instead of figures."""


# Status


def tone(view: Formatting, slug: str) -> str:
    """Give the tone in which a resolution is drawn."""
    status = view.status_of(slug)
    return status.tone if status else "unknown"


def state_counts(view: Formatting, slugs: Iterable[str]) -> list[Segment]:
    """Count some resolutions by status, from the least to the most advanced, not reported last."""
    counts = queries.by_status(view.corpus, slugs)
    segments = [
        _segment(view, status.tone, status.name, counts[status.id])
        for status in view.corpus.vocabulary.statuses
    ]
    segments.append(_segment(view, "unknown", view.t("not_reported"), counts[None]))
    return [segment for segment in segments if segment.count]


def _segment(view: Formatting, tone: str, name: str, count: int) -> Segment:
    number = view.number(count)
    label = view.t("picture.counted", name=name, number=number)
    return Segment(tone, name, count, number, label)


def _bar(view: Formatting, name: str, title: str, segments: list[Segment], whole: int) -> Markup:
    """Draw one bar: a cell for each thing, or counts where there are many."""
    words = view.t("list.separator").join(segment.label for segment in segments)
    rows, units = [("", segments)], whole <= STRIP_MOST
    return bars(name, rows, whole=whole, units=units, title=title, description=words)


def state_strip(
    view: Formatting, name: str, group: str, slugs: Sequence[str], whole: int
) -> Markup:
    """Draw the statuses of a group of resolutions as one bar.

    Args:
        view: The corpus in words.
        name: Makes the ids of the picture.
        group: The name of the group in words.
        slugs: The resolutions.
        whole: The number of resolutions that is as wide as the picture.
    """
    title = view.t("picture.states.title", group=group)
    return _bar(view, name, title, state_counts(view, slugs), whole)


def groups(view: Formatting) -> list[tuple[str | None, list[str]]]:
    """Group resolutions by session, in order; those that belong to none come last, under `None`."""
    sessions = [*view.corpus.sessions, None]
    return [(key, slugs) for key in sessions if (slugs := queries.of_session(view.corpus, key))]


# Funding


def constraints(view: Formatting) -> Markup:
    """Draw how many resolutions are short of money, are not, or have nothing reported of it."""
    flags = queries.constrained(view.corpus)
    segments = [
        _segment(view, tone, view.t(f"funding.group.{key}"), len(flags[value]))
        for value, (tone, key) in MONEY.items()
    ]
    title, total = view.t("picture.constraints.title"), len(view.corpus.resolutions)
    return _bar(view, "constraints", title, segments, total)


def share(view: Formatting, slug: str) -> Decimal | None:
    """Compute what was mobilized of what a resolution requires, by the newest figures."""
    resource = queries.newest_resource(view.corpus.resolutions[slug].resources)
    if resource is None or resource.mobilized is None or not resource.required:
        return None
    return resource.mobilized / resource.required


def share_words(view: Formatting, slug: str) -> str:
    """Say what was mobilized: `35.4% mobilized`."""
    known = share(view, slug)
    if known is None:
        return view.t("picture.unshared")
    return view.t("picture.shared", share=view.share(known))


def spark_words(view: Formatting, slug: str) -> str:
    """Say what a spark shows."""
    name = view.status_name(slug)
    if not view.corpus.body.tracks_funding:
        return name
    return f"{name}{view.t('list.separator')}{share_words(view, slug)}"


def organ_money(view: Formatting) -> list[tuple[Markup, Named]]:
    """Draw the figures of the organ as a whole, newest first: a picture for each currency."""
    newest = view.corpus.statements.resources[::-1]
    keys = ["picture.money.newest", *["picture.money.earlier"] * len(newest)]
    named = zip(map(view.t, keys), newest, strict=False)
    by_currency = group((row[1].currency, row) for row in named)
    return [
        (money(view, f"organ-{currency}", currency, rows), rows)
        for currency, rows in by_currency.items()
    ]


def resolutions_money(view: Formatting) -> list[Markup]:
    """Draw the newest figures of each resolution, the largest gap first; count those without."""
    named = [
        (view.resolution_name(slug), resource)
        for slug, resolution in view.corpus.resolutions.items()
        if (resource := queries.newest_resource(resolution.resources))
    ]
    named.sort(key=lambda row: -(row[1].gap or 0))
    without = len(view.corpus.resolutions) - len(named)
    pictures = []
    for currency, rows in group((row[1].currency, row) for row in named).items():
        bars: list[tuple[str, Resource | str]] = [*rows[:BARS_MOST]]
        if smaller := len(rows[BARS_MOST:]):
            label = view.t("picture.money.smaller", count=smaller)
            bars.append((label, view.t("picture.money.in_table")))
        if without:
            label = view.t("picture.money.others", count=without)
            bars.append((label, view.t("not_reported")))
        pictures.append(money(view, f"resolutions-{currency}", currency, bars))
    return pictures


def money(view: Formatting, name: str, currency: str, bars: Bars) -> Markup:
    """Draw what was mobilized within what was required; dashed and empty if not reported."""
    resources = [figures for _, figures in bars if isinstance(figures, Resource)]
    amounts = (amount for r in resources for amount in (r.required, r.mobilized) if amount)
    most = max(amounts, default=Decimal(1))
    return draw("money.html", v=view, name=name, currency=currency, bars=bars, most=most)


# Milestones


def timeline(view: Formatting, occurrences: Sequence[Occurrence]) -> Markup:
    """Draw a timeline; events without a date are not in it. With very many rows, count by year."""
    dated = by_resolution(view, occurrences)
    if is_long(dated):
        return _years(view, dated)
    marks = [_mark(view, occurrence, occurrence.date) for occurrence in dated if occurrence.date]
    return draw_timeline(view, marks, len(occurrences) - len(dated))


def _mark(view: Formatting, occurrence: Occurrence, when: PartialDate) -> Mark:
    row, title = view.corpus.label(occurrence.slug), occurrence.event.title
    words = (row, view.date(when), title, view.case_word(occurrence))
    label = view.t("separator").join(words)
    return Mark(row, when.earliest, when.latest, occurrence.case, label, _open(when))


def by_resolution(view: Formatting, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """List events that have a date by resolution, each in order of time: the picture's rows."""
    dated = (occurrence for occurrence in occurrences if occurrence.date)
    return sorted(dated, key=lambda occurrence: view.corpus.position[occurrence.slug])


def forms(occurrences: Iterable[Occurrence]) -> list[str]:
    """List which shapes of uncertain dates are in a picture of these events, for its key."""
    dates = [occurrence.date for occurrence in occurrences if occurrence.date]
    shown = {_open(when) or "span" for when in dates if not when.is_day}
    return [form for form in ("span", "by", "from") if form in shown]


def _open(when: PartialDate) -> str:
    return "by" if when.start is None else "from" if when.end is None else ""


def is_long(occurrences: Iterable[Occurrence]) -> bool:
    """Tell whether a timeline has too many rows for a picture of each event."""
    return len({occurrence.slug for occurrence in occurrences}) > ROWS_MOST


def year_counts(occurrences: Iterable[Occurrence]) -> dict[int, Counter[str]]:
    """Count events by the year in which they are over, and by case; only the last years."""
    cases = group((o.date.latest.year, o.case) for o in occurrences if o.date)
    return {year: Counter(cases[year]) for year in sorted(cases)[-YEARS_MOST:]}


def _years(view: Formatting, occurrences: Sequence[Occurrence]) -> Markup:
    rows = [
        (str(year), [_segment(view, c, view.t(f"case.{c}"), counts[c]) for c in queries.CASES])
        for year, counts in year_counts(occurrences).items()
    ]
    title = view.t("picture.years.title")
    description = view.t("picture.years.description", count=len(occurrences))
    return bars("timeline", rows, whole=1, units=False, title=title, description=description)
