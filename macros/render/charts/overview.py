"""What the pictures of a page show: from a view of the corpus to the shapes of the charts, with words in its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from markupsafe import Markup

from macros.model.dates import PartialDate
from macros.model.funding import Resource
from macros.model.reference import Status
from macros.model.resolution import Resolution
from macros.queries import queries
from macros.render.charts import (
    funding as money_chart,
)
from macros.render.charts import (
    shapes as charts,
)
from macros.render.charts import (
    timeline as timeline_chart,
)

if TYPE_CHECKING:
    from macros.render.view import View

STRIP_MOST = 40
"""Resolutions of a session that are drawn and linked one by one; of more, only counts: a cell would be narrower than
its shape on a phone, and the home page would grow with the corpus (some 600 bytes a resolution)."""

SESSIONS_MOST = 8
"""Sessions whose strips stand on the home page, the newest; the others are one link away."""

STRIP, CELL, NAME, STRIPS = 4_500, 650, 410, 120_000
"""Bytes of HTML of a strip, of each of its cells and of the names of a session, and of all of them in the list of
resolutions, where the newest are drawn that fit."""

ROWS_MOST = 60
"""Rows in the picture of the timeline; of more, the years are counted: nobody reads a picture of many screens."""

YEARS_MOST = 40
"""Years that are counted in the picture of a long timeline, the last ones."""

GRID_MOST = 9
"""Columns of the table of goals: more do not fit a phone, and the goals stand below each other."""

BARS_MOST = 30
"""Resolutions with figures that are drawn, those with the largest gap; the table has all."""

MONEY = {True: ("short", "yes"), False: ("secured", "no"), None: ("unstated", "unknown")}
"""Whether money holds a resolution back: its shape, and the end of its keys in the catalogues."""


def status(view: View, slug: str) -> Status | None:
    """The newest status of a resolution; `None`: not reported."""
    return view.status(queries.assessment(view.corpus.resolutions[slug], view.corpus))


def tone(view: View, slug: str) -> str:
    """The tone in which a resolution is drawn."""
    found = status(view, slug)
    return found.tone if found else "unknown"


# --- states ---------------------------------------------------------------------------------------------------------


def state_counts(view: View, slugs: Iterable[str]) -> list[charts.Segment]:
    """How many of some resolutions are in each state, from the least to the most advanced, not reported last."""
    counts = queries.by_status(view.corpus, slugs)
    named = [
        (status.tone, status.name, counts[status.id]) for status in view.corpus.vocabulary.statuses
    ]
    named.append(("unknown", view.t("not_reported"), counts[None]))
    return [_segment(view, *found) for found in named if found[2]]


def _segment(view: View, tone: str, name: str, count: int) -> charts.Segment:
    number = view.number(count)
    return charts.Segment(
        tone, name, count, number, view.t("picture.counted", name=name, number=number)
    )


def state_strip(view: View, name: str, group: str, slugs: Sequence[str], whole: int) -> Markup:
    """The states of a group of resolutions as one bar: a cell each, or counts where there are many.

    In: `group`, the name of the group in words; `whole`, the number of resolutions that is as wide as the picture.
    """
    segments = state_counts(view, slugs)
    return charts.bars(
        name,
        [charts.Bar(segments)],
        whole=whole,
        units=whole <= STRIP_MOST,
        title=view.t("picture.states.title", group=group),
        description=_said(view, segments),
    )


def _said(view: View, segments: Iterable[charts.Segment]) -> str:
    return view.t("list.separator").join(segment.label for segment in segments)


def groups(view: View) -> list[tuple[str | None, list[str]]]:
    """The resolutions of each session that has any, in order; those that belong to none come last, under `None`."""
    found = [
        (session, queries.of_session(view.corpus, session))
        for session in [*view.corpus.sessions, None]
    ]
    return [(session, slugs) for session, slugs in found if slugs]


def newest(groups: list[tuple[str | None, list[str]]]) -> list[tuple[str | None, list[str]]]:
    """The last groups whose strips fit on a page with a list of resolutions."""
    sizes = [
        STRIP + CELL * (len(slugs) if len(slugs) <= STRIP_MOST else 0)
        for _, slugs in reversed(groups)
    ]
    fit = sum(size <= STRIPS - NAME * len(groups) for size in accumulate(sizes))
    return groups[len(groups) - fit :]


# --- money ----------------------------------------------------------------------------------------------------------


def constraints(view: View) -> Markup:
    """How many resolutions are short of money, how many are not, and of how many it is not reported: one bar."""
    held = queries.constrained(view.corpus)
    segments = [
        _segment(view, tone, view.t(f"funding.group.{key}"), len(held[value]))
        for value, (tone, key) in MONEY.items()
    ]
    total = len(view.corpus.resolutions)
    return charts.bars(
        "constraints",
        [charts.Bar(segments)],
        whole=total,
        units=total <= STRIP_MOST,
        title=view.t("picture.constraints.title"),
        description=_said(view, segments),
    )


def share(resolution: Resolution) -> Decimal | None:
    """What was mobilized of what is required, by the newest figures; `None`: not reported."""
    resource = queries.newest_resource(resolution.resources)
    if resource is None or resource.mobilized is None or not resource.required:
        return None
    return resource.mobilized / resource.required


def spark(view: View, slug: str, with_state: bool = True) -> Markup:
    """State and money of a resolution within a line; without the state where it is drawn beside."""
    return charts.spark(
        share(view.corpus.resolutions[slug]), tone(view, slug) if with_state else None
    )


def share_words(view: View, slug: str) -> str:
    """What was mobilized, in words: `35.4% mobilized`."""
    found = share(view.corpus.resolutions[slug])
    return (
        view.t("picture.unshared")
        if found is None
        else view.t("picture.shared", share=view.share(found))
    )


def spark_words(view: View, slug: str) -> str:
    """What `spark` shows, in words."""
    found = status(view, slug)
    return view.t("list.separator").join(
        (found.name if found else view.t("not_reported"), share_words(view, slug))
    )


Named = list[tuple[str, Resource]]
"""Figures of money, each with the name it has in a picture and in the table beside it."""


def organ_money(view: View) -> list[tuple[Markup, Named]]:
    """The figures of the organ as a whole, the newest first: a picture for each currency, with what is in it."""
    newest = list(reversed(view.corpus.statements.resources))
    named = [
        (view.t("picture.money.newest" if found is newest[0] else "picture.money.earlier"), found)
        for found in newest
    ]
    return [
        (_money(view, f"organ-{currency}", [_row(view, *row) for row in rows], currency), rows)
        for currency, rows in _by_currency(named)
    ]


def resolutions_money(view: View) -> list[Markup]:
    """The newest figures of each resolution that has any, the largest gap first, and how many have none."""
    known = {
        slug: found
        for slug, r in view.corpus.resolutions.items()
        if (found := queries.newest_resource(r.resources))
    }
    without = len(view.corpus.resolutions) - len(known)
    drawn = sorted(known, key=lambda slug: -(known[slug].gap or 0))
    pictures = []
    for currency, rows in _by_currency(
        [(view.resolution_name(slug), known[slug]) for slug in drawn]
    ):
        bars = [_row(view, *row) for row in rows[:BARS_MOST]]
        if left_out := len(rows) - len(bars):
            bars.append(
                money_chart.Row(
                    view.t("picture.money.smaller", count=left_out),
                    view.t("picture.money.in_table"),
                    None,
                    None,
                )
            )
        if without:
            bars.append(
                money_chart.Row(
                    view.t("picture.money.others", count=without),
                    view.t("not_reported"),
                    None,
                    None,
                )
            )
        pictures.append(_money(view, f"resolutions-{currency}", bars, currency))
    return pictures


def _by_currency(named: Named) -> list[tuple[str, Named]]:
    found: dict[str, Named] = {}
    for label, resource in named:
        found.setdefault(resource.currency, []).append((label, resource))
    return list(found.items())


def _row(view: View, label: str, resource: Resource) -> money_chart.Row:
    required = (
        view.t("not_reported")
        if resource.required is None
        else view.locale.money_short(resource.required, resource.currency)
    )
    figure = view.t("picture.figure", name=view.t("funding.required"), figure=required)
    return money_chart.Row(label, figure, resource.required, resource.mobilized)


def _money(view: View, name: str, rows: list[money_chart.Row], currency: str) -> Markup:
    said = (f"{row.label}{view.t('colon')}{_figures(view, row, currency)}" for row in rows)
    return money_chart.money(
        name,
        rows,
        title=view.t("picture.money.title"),
        description=view.t("list.separator").join(said),
    )


def _figures(view: View, row: money_chart.Row, currency: str) -> str:
    if row.required is None and row.mobilized is None:
        return row.figure
    amounts = (("required", row.required), ("mobilized", row.mobilized))
    return view.t("list.comma").join(
        view.t("picture.figure", name=view.t(f"funding.{key}"), figure=view.money(amount, currency))
        for key, amount in amounts
    )


# --- events ---------------------------------------------------------------------------------------------------------


def timeline(view: View, occurrences: Sequence[queries.Occurrence]) -> Markup:
    """The picture of a timeline; events without a date are not in it. With very many rows, counts by year."""
    dated = [found for found in occurrences if found.date]
    if is_long(view, dated):
        return _years(view, dated)
    marks = [
        timeline_chart.Mark(
            row=view.corpus.label(found.slug),
            first=found.date.earliest,
            last=found.date.latest,
            case=found.case,
            label=event_label(view, found),
            open=_open(found.date),
        )
        for found in by_resolution(view, dated)
    ]
    return timeline_chart.timeline(
        "timeline",
        marks,
        view.today,
        months=view.locale.month_letters(),
        title=view.t("timeline.picture.title"),
        description=view.t(
            "timeline.picture.description", count=len(marks), left_out=len(occurrences) - len(dated)
        ),
        today_label=view.date(view.today),
    )


def by_resolution(
    view: View, occurrences: Iterable[queries.Occurrence]
) -> list[queries.Occurrence]:
    """Events that have a date, by resolution, each in order of time: as the rows of the picture."""
    position = view.corpus.position
    return sorted(
        (found for found in occurrences if found.date), key=lambda found: position[found.slug]
    )


def event_label(view: View, found: queries.Occurrence) -> str:
    """An event in a line: resolution, date, title and case."""
    words = (
        view.corpus.label(found.slug),
        view.date(found.date),
        found.event.title,
        view.case_word(found),
    )
    return view.t("separator").join(words)


def forms(occurrences: Iterable[queries.Occurrence]) -> list[str]:
    """Which shapes of uncertain dates are in a picture of these events, for its key."""
    found = {
        _open(when) or "span"
        for occurrence in occurrences
        if (when := occurrence.date) and not when.is_day
    }
    return [form for form in ("span", "by", "from") if form in found]


def _open(when: PartialDate) -> str:
    return "by" if when.start is None else "from" if when.end is None else ""


def is_long(view: View, occurrences: Iterable[queries.Occurrence]) -> bool:
    """Whether a timeline has too many rows for a picture of each event."""
    return len({found.slug for found in occurrences}) > ROWS_MOST


def year_counts(view: View, occurrences: Iterable[queries.Occurrence]) -> dict[int, Counter[str]]:
    """Events by the year in which they are over, and by case; only the last years of a very long time."""
    found: dict[int, Counter[str]] = {}
    for occurrence in occurrences:
        if occurrence.date:
            found.setdefault(occurrence.date.latest.year, Counter())[occurrence.case] += 1
    return {year: found[year] for year in sorted(found)[-YEARS_MOST:]}


def _years(view: View, occurrences: Sequence[queries.Occurrence]) -> Markup:
    counts = year_counts(view, occurrences)
    rows = [
        charts.Bar(
            [_segment(view, case, view.t(f"case.{case}"), n[case]) for case in queries.CASES],
            str(year),
        )
        for year, n in counts.items()
    ]
    return charts.bars(
        "timeline",
        rows,
        whole=1,
        units=False,
        title=view.t("picture.years.title"),
        description=view.t("picture.years.description", count=len(occurrences)),
    )
