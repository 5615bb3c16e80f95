"""How a resolution and every statement on its page is cited, in the page's language.

The text is a footnote as the United Nations Editorial Manual writes it: what is cited, its symbol,
where it is available. It says as of when it holds, which version of the page it is, and the
document it rests on, so that readers can cite that instead. What is inferred or unofficial is
called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple
from unicodedata import east_asian_width

from macros import queries
from macros.corpus.translations import LocalText
from macros.model import restricted_markdown
from macros.model.dates import PartialDate
from macros.model.events import Event
from macros.model.fields import Source
from macros.model.funding import Contribution, Resource, Term
from macros.model.resolution import (
    AnyStatement,
    Assessment,
    OperativeParagraph,
    Partner,
    Resolution,
    Update,
)
from macros.render.view import View

EXCERPT = 60
"""How many characters of a text stand for it; one of a wide script counts as two."""

DatedWords = tuple[PartialDate | None, str]
"""A date, if it is known, and what is said of it in words."""


@dataclass(frozen=True)
class Citation:
    """What is cited, and how a footnote cites it (`text`).

    `key` is the same in all languages and never changes; `anchor` is empty for the page as a whole.
    `issued` is as exact as it is known.
    """

    key: str
    anchor: str
    text: str
    title: str
    number: str | None
    issued: PartialDate | None
    url: str
    note: str


class _Cited(NamedTuple):
    """What is cited: what it is called, and what is said of it."""

    anchor: str
    names: list[str]
    title: str
    state: str
    issued: PartialDate | None
    sources: Sequence[Source]
    page: str = ""


def citations(view: View, slug: str) -> Iterator[Citation]:
    """Cite a resolution's page, then its periods, mechanisms and statements.

    Args:
        view: A view whose base is the address of the language's root.
        slug: The resolution.
    """
    yield cite_resolution(view, slug)
    for anchor, name, sources, (issued, words), page in _parts(view, slug):
        title = view.t("cite.comma").join([view.resolution_name(slug), name])
        state = view.t("as_of", date=words) if issued else words
        yield _cite(view, slug, _Cited(anchor, [name], title, state, issued, sources, page))


def cite_resolution(view: View, slug: str) -> Citation:
    """Cite a resolution's page, or the archived one if the view is pinned to a period."""
    t, resolution = view.t, view.corpus.resolutions[slug]
    newest = queries.assessment(resolution, view.corpus)
    title = _on_one_line(view, resolution.title)
    quoted = _quote(view, title, "cite.title")
    if resolution.title_basis != "verified":
        quoted = _bracket(view, quoted, t(f"basis.title_{resolution.title_basis}"))
    symbol = resolution.symbol.value if resolution.symbol else ""
    if resolution.symbol and resolution.symbol.basis == "inferred":
        symbol = _bracket(view, symbol, t("basis.symbol_inferred"))
    adopted, adoption = _adoption(view, resolution)
    state = t("cite.state_none")
    if newest:
        state = t("cite.state", date=_as_of(view, newest.period)[1])
        if carried := view.carried_over(resolution, newest):
            state = _bracket(view, state, carried)
    names, sources = [quoted, symbol, adoption], newest.sources if newest else ()
    title = t("resolution.page_title", label=view.corpus.label(slug), title=title)
    return _cite(view, slug, _Cited("", names, title, state, adopted, sources))


def source_line(view: View, sources: Iterable[Source]) -> str:
    """List all sources on a line: `Source: HSP/EB.2024/20, para. 31`."""
    cited = view.t("source.separator").join(map(view.citation, sources))
    return view.t("export.source", sources=cited)


def amounts(view: View, resource: Resource) -> list[str]:
    """Return what is required and what is mobilized, in words."""
    return [
        f"{view.t(f'funding.{name}')}{view.t('colon')}{view.money(amount, resource.currency)}"
        for name, amount in (("required", resource.required), ("mobilized", resource.mobilized))
    ]


def _parts(view: View, slug: str) -> Iterator[tuple[str, str, Sequence[Source], DatedWords, str]]:
    """Yield anchor, name, sources, date and page of everything on a resolution's page."""
    resolution = view.corpus.resolutions[slug]
    for key in queries.reported_in(resolution, view.corpus):
        period = view.corpus.periods[key]
        report = [Source(document=document, paragraph=None) for document in period.documents]
        name = _on_one_line(view, period.name)
        yield f"period-{key}", name, report, _as_of(view, key), f"{key}/"
    for mechanism in resolution.mechanisms:
        sources = list(dict.fromkeys(source for term in mechanism.terms for source in term.sources))
        yield mechanism.anchor, _on_one_line(view, mechanism.name), sources, _as_of(view), ""
    for entry in queries.statements(resolution):
        yield entry.anchor, _name(view, entry), entry.sources, _statement_as_of(view, entry), ""


def _cite(view: View, slug: str, cited: _Cited) -> Citation:
    t, body, resolution = view.t, view.corpus.body, view.corpus.resolutions[slug]
    symbol, basis, anchor = resolution.symbol, resolution.title_basis, cited.anchor
    url = view.resolution_url(slug) + (f"{view.pinned}/" if view.pinned else "")
    url += cited.page or (f"#{anchor}" if anchor else "")
    organ = t("cite.resolution", organ=body.name, label=view.corpus.label(slug))
    named = t("source.separator").join(view.citations(cited.sources).values())
    names = t("cite.comma").join(filter(None, [organ, *cited.names]))
    site, version = body.site_name, view.date(view.judged_on)
    text = t("cite.footnote", cited=names, state=cited.state, site=site, url=url, version=version)
    notes = [
        cited.state,
        t("export.source", sources=named) if named else "",
        t("basis.symbol_inferred") if symbol and symbol.basis == "inferred" else "",
        "" if anchor or basis == "verified" else t(f"basis.title_{basis}"),
    ]
    return Citation(
        key=f"resolution-{slug}" + (f":{anchor}" if anchor else ""),
        anchor=anchor,
        text=t("cite.sourced", footnote=text, sources=named) if named else text,
        title=cited.title,
        number=symbol.value if symbol else None,
        issued=cited.issued,
        url=url,
        note=t("list.separator").join(filter(None, notes)),
    )


def _adoption(view: View, resolution: Resolution) -> DatedWords:
    """When it was adopted; where no day is known, the session at which it was."""
    t, adoption = view.t, resolution.adoption
    session = view.corpus.sessions.get(resolution.session or "")
    if when := adoption.date:
        words = t("cite.adopted_on" if when.is_day else "cite.adopted", date=view.date(when))
        return when, _mark_inferred(view, words, adoption.basis)
    if session and session.meetings:
        when, name = session.meetings[0], _on_one_line(view, session.name)
        return when, t("cite.adopted_at", session=name, date=view.date(when))
    return None, ""


def _statement_as_of(view: View, statement: AnyStatement) -> DatedWords:
    """The date that a statement holds for: that of its newest report; of figures, their own."""
    if isinstance(statement, Resource):
        when = statement.as_of
        return when, view.date(when) if when else view.t("as_of_unknown")
    reports = getattr(statement, "reports", None)
    return _as_of(view, reports[-1].period if reports else getattr(statement, "period", None))


def _as_of(view: View, period_id: str | None = None) -> DatedWords:
    """The date of a period's statements, by default of the newest."""
    period = view.corpus.periods[period_id] if period_id else view.corpus.latest_period
    if not period:
        return None, view.t("date_not_reported")
    return period.as_of, _mark_inferred(view, view.date(period.as_of), period.as_of_basis)


def _mark_inferred(view: View, date: str, basis: str | None) -> str:
    return _bracket(view, date, view.t("basis.date_inferred")) if basis == "inferred" else date


def _name(view: View, statement: AnyStatement) -> str:
    """What a statement is called: `para. 2`, `event: “Expert group meeting”`."""
    t, paragraph = view.t, None
    match statement:
        case OperativeParagraph():
            return t("paragraph.short", number=statement.number)
        case Assessment():
            words = _on_one_line(view, view.name("statuses", statement.status))
            paragraph = statement.paragraph
        case Event():
            words = _quote(view, _on_one_line(view, statement.title))
        case Resource():
            words = t("list.separator").join(amounts(view, statement))
        case Contribution():
            words = _contribution(view, statement)
        case Partner():
            words = _on_one_line(view, view.organization(statement.organization))
        case Update() | Term():
            words = _quote(view, _excerpt(view, statement.text))
    name = f"{t(f'diff.kind.{type(statement).__name__.lower()}')}{t('colon')}{words}"
    scope = [t("paragraph.short", number=paragraph)] if paragraph else []
    return t("cite.comma").join([*scope, name])


def _contribution(view: View, contribution: Contribution) -> str:
    report, key = contribution.latest, contribution.contributor
    who = view.organization(key) if key else view.name("contribution_kinds", contribution.kind)
    parts = [_on_one_line(view, who), _quote(view, _on_one_line(view, contribution.purpose))]
    if report.amount is not None:
        parts.append(view.money(report.amount, report.currency, report.approximate))
    state = _on_one_line(view, view.name("contribution_states", report.state))
    return _bracket(view, view.t("cite.comma").join(parts), state)


def _on_one_line(view: View, text: str, shown: str | None = None) -> str:
    """Put a text on one line, with a note where the translation is missing or outdated."""
    words = " ".join((shown or text).split())
    if isinstance(text, LocalText):
        return _bracket(view, words, view.t(f"translation.{text.state}"))
    return words


def _excerpt(view: View, text: str) -> str:
    """The beginning of a restricted Markdown text, as plain words."""
    plain = " ".join(restricted_markdown.to_plain(text).split())
    widths = accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in plain)
    length = sum(width <= EXCERPT for width in widths)
    if length == len(plain):
        return _on_one_line(view, text, plain.rstrip(".。"))
    start = plain[:length]
    if plain[length - 1 : length + 1].isascii() and " " in start:  # within a word
        start = start.rpartition(" ")[0]
    return _on_one_line(view, text, start.rstrip(" ,;:.，；：、。") + "…")


def _quote(view: View, text: str, marks: str = "cite.quoted") -> str:
    """Put a text in quotation marks; within them, it has the marks of a nested quotation."""
    around = view.t(marks, text="")
    for outer, inner in zip("“”《》", "‘’〈〉", strict=True):
        if outer in around:
            text = text.replace(outer, inner)
    return view.t(marks, text=text)


def _bracket(view: View, text: str, note: str) -> str:
    return view.t("export.bracketed", text=text, note=note)
