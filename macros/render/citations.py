"""How a resolution and every statement on its page is cited: from the corpus to citations in the page's language.

The text is a footnote as the United Nations Editorial Manual writes it: what is cited, its symbol, where it is
available. It says as of when it holds, which version of the page it is, and the document it rests on, so that readers
can cite that instead. What is inferred or unofficial is called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from macros.corpus.translations import LocalText
from macros.exports import bibliography
from macros.exports.bibliography import Citation
from macros.exports.formats import ROOT
from macros.exports.records import LICENCE, LICENCE_URL, dump, dump_list
from macros.model.dates import PartialDate
from macros.model.fields import Source
from macros.model.funding import Contribution, Resource, Term
from macros.model.resolution import (
    AnyStatement,
    Assessment,
    Event,
    OperativeParagraph,
    Partner,
    Resolution,
    Update,
)
from macros.queries import queries
from macros.model import restricted_markdown as richtext
from macros.render.view import View

EXCERPT = 60
"""How many characters of a text stand for it; one of a wide script counts as two."""

_KINDS = {
    Assessment: "assessment", Update: "update", Event: "event", Resource: "resource", Contribution: "contribution",
    Term: "term", Partner: "partner",
}  # fmt: skip


def files(view: View, slug: str) -> Iterator[tuple[str, str]]:
    """The files of one resolution, each with the resolution first and then what is on its page, in the same order.

    In: a view whose base is the address of the language's root. Out: paths from there, and texts.
    """
    found = list(citations(view, slug))
    path = f"{ROOT}resolutions/{slug}."
    yield f"{path}bib", bibliography.bibtex(found)
    yield f"{path}ris", bibliography.ris(found)
    yield f"{path}csl.json", dump_list(map(bibliography.csl, found))
    period = view.corpus.latest_period
    yield f"{path}citations.json", dump({
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "as_of": str(period.as_of) if period else None,
        "source": period.report if period else None,
        "language": view.locale.html_lang,
        "citations": [{"id": each.key, "anchor": each.anchor, "url": each.url, "text": each.text} for each in found],
    })  # fmt: skip


def citations(view: View, slug: str) -> Iterator[Citation]:
    """The citation of a resolution's page, then those of its periods, mechanisms and statements."""
    page = _Page.of(view, slug)
    yield page.whole()
    for key in queries.reported_in(page.resolution, view.corpus):
        period = view.corpus.periods[key]
        report = Source(document=period.report)
        yield page.part(
            f"period-{key}",
            _said(view, period.name),
            [report],
            page.as_of(key),
            f"{page.url}{key}/",
        )
    for mechanism in page.resolution.mechanisms:
        sources = dict.fromkeys(source for term in mechanism.terms for source in term.sources)
        yield page.part(mechanism.anchor, _said(view, mechanism.name), sources, page.as_of())
    for statement in queries.statements(page.resolution):
        yield page.part(
            statement.anchor, _named(view, statement), statement.sources, page.held_for(statement)
        )


def whole(view: View, slug: str) -> Citation:
    """The citation of a resolution's page. In: a view whose base is the address of the language's root."""
    return _Page.of(view, slug).whole()


@dataclass(frozen=True)
class _AsOf:
    """The date that something holds for, where it is known, and the same in words."""

    date: PartialDate | None
    words: str


@dataclass(frozen=True)
class _Page:
    """A resolution's page, and what all citations of it share."""

    view: View
    slug: str
    resolution: Resolution
    url: str
    organ: str
    version: str
    _known: dict[str | None, _AsOf] = field(default_factory=dict)

    @staticmethod
    def of(view: View, slug: str) -> _Page:
        url = view.resolution_url(slug) + (f"{view.pinned}/" if view.pinned else "")
        organ = view.t(
            "cite.resolution", organ=view.corpus.body.name, label=view.corpus.label(slug)
        )
        return _Page(view, slug, view.corpus.resolutions[slug], url, organ, view.date(view.today))

    def whole(self) -> Citation:
        t, view, resolution = self.view.t, self.view, self.resolution
        newest = queries.assessment(resolution, view.corpus)
        title = _said(view, resolution.title)
        quoted = _quoted(view, title, "cite.title")
        if resolution.title_basis != "verified":
            quoted = _noted(view, quoted, t(f"basis.title_{resolution.title_basis}"))
        adopted, words = self._adopted()
        as_of = self.as_of()
        state = t("cite.state", date=as_of.words) if as_of.date else t("cite.state_none")
        label = view.corpus.label(self.slug)
        return self._citation(
            "",
            t("cite.comma").join(filter(None, [self.organ, quoted, self._symbol(), words])),
            t("resolution.page_title", label=label, title=title),
            state,
            newest.sources if newest else (),
            _AsOf(adopted, view.date(adopted) if adopted else ""),
            self.url,
        )

    def part(
        self,
        anchor: str,
        name: str,
        sources: Iterable[Source],
        as_of: _AsOf,
        url: str | None = None,
    ) -> Citation:
        t, view = self.view.t, self.view
        state = t("as_of", date=as_of.words) if as_of.date else as_of.words
        title = t("cite.comma").join([view.resolution_name(self.slug), name])
        cited = t("cite.comma").join([self.organ, name])
        return self._citation(
            anchor, cited, title, state, sources, as_of, url or f"{self.url}#{anchor}"
        )

    def held_for(self, statement: AnyStatement) -> _AsOf:
        """The date that a statement holds for: that of its newest report; of figures, their own."""
        if isinstance(statement, Resource):
            when = statement.as_of
            return _AsOf(when, self.view.date(when) if when else self.view.t("as_of_unknown"))
        reports = getattr(statement, "reports", None)
        return self.as_of(reports[-1].period if reports else getattr(statement, "period", None))

    def as_of(self, period: str | None = None) -> _AsOf:
        """The date of a period's statements, by default of the newest."""
        if period not in self._known:
            self._known[period] = self._as_of(period)
        return self._known[period]

    def _as_of(self, period: str | None) -> _AsOf:
        corpus = self.view.corpus
        found = corpus.periods[period] if period else corpus.latest_period
        if not found:
            return _AsOf(None, self.view.t("date_not_reported"))
        words = self.view.date(found.as_of)
        if found.as_of_basis == "inferred":
            words = _noted(self.view, words, self.view.t("basis.date_inferred"))
        return _AsOf(found.as_of, words)

    def _citation(
        self,
        anchor: str,
        cited: str,
        title: str,
        state: str,
        sources: Iterable[Source],
        issued: _AsOf,
        url: str,
    ) -> Citation:
        t, view = self.view.t, self.view
        body, symbol, basis = view.corpus.body, self.resolution.symbol, self.resolution.title_basis
        named = t("source.separator").join(view.citations(sources).values())
        text = t(
            "cite.footnote",
            cited=cited,
            state=state,
            site=body.site_name,
            url=url,
            version=self.version,
        )
        notes = [
            state,
            t("export.source", sources=named) if named else "",
            t("basis.symbol_inferred") if symbol and symbol.basis == "inferred" else "",
            "" if anchor or basis == "verified" else t(f"basis.title_{basis}"),
        ]
        return Citation(
            key=f"resolution-{self.slug}" + (f":{anchor}" if anchor else ""),
            anchor=anchor,
            text=t("cite.sourced", footnote=text, sources=named) if named else text,
            author=body.name,
            title=title,
            number=symbol.value if symbol else None,
            issued=issued.date,
            issued_text=issued.words,
            container=body.site_name,
            url=url,
            accessed=view.today,
            language=view.locale.html_lang,
            note=t("list.separator").join(filter(None, notes)),
        )

    def _symbol(self) -> str:
        symbol = self.resolution.symbol
        if symbol and symbol.basis == "inferred":
            return _noted(self.view, symbol.value, self.view.t("basis.symbol_inferred"))
        return symbol.value if symbol else ""

    def _adopted(self) -> tuple[PartialDate | None, str]:
        """When it was adopted, and the same in words; where no day is known, the session at which it was."""
        t, view, adoption = self.view.t, self.view, self.resolution.adoption
        session = view.corpus.sessions.get(self.resolution.session or "")
        if when := adoption.date:
            words = t("cite.adopted_on" if when.is_day else "cite.adopted", date=view.date(when))
            inferred = adoption.basis == "inferred"
            return when, _noted(view, words, t("basis.date_inferred")) if inferred else words
        if session and session.meetings:
            when = session.meetings[0]
            return when, t(
                "cite.adopted_at", session=_said(view, session.name), date=view.date(when)
            )
        return None, ""


# --- what a statement is called --------------------------------------------------------------------------


def _named(view: View, statement: AnyStatement) -> str:
    """`para. 2`, `event: “Expert group meeting”`."""
    t = view.t
    if isinstance(statement, OperativeParagraph):
        return t("paragraph.short", number=statement.number)
    match statement:
        case Assessment():
            words = _said(view, view.name("statuses", statement.status))
        case Event():
            words = _quoted(view, _said(view, statement.title))
        case Resource():
            sums = ((name, getattr(statement, name)) for name in ("required", "mobilized"))
            words = t("list.separator").join(
                f"{t(f'funding.{name}')}{t('colon')}{view.money(amount, statement.currency)}"
                for name, amount in sums
            )
        case Contribution():
            words = _contribution(view, statement)
        case Partner():
            words = _said(view, view.organization(statement.organization))
        case Update() | Term():
            words = _quoted(view, _excerpt(view, statement.text))
    named = f"{t('diff.kind.' + _KINDS[type(statement)])}{t('colon')}{words}"
    paragraph = statement.paragraph if isinstance(statement, Assessment) else None
    return (
        t("cite.comma").join([t("paragraph.short", number=paragraph), named])
        if paragraph
        else named
    )


def _contribution(view: View, found: Contribution) -> str:
    t, latest = view.t, found.latest
    who = (
        view.organization(found.contributor)
        if found.contributor
        else view.name("contribution_kinds", found.kind)
    )
    parts = [_said(view, who), _quoted(view, _said(view, found.purpose))]
    if latest.amount is not None:
        parts.append(view.money(latest.amount, latest.currency, latest.approximate))
    return _noted(
        view,
        t("cite.comma").join(parts),
        _said(view, view.name("contribution_states", latest.state)),
    )


def _said(view: View, text: str, shown: str | None = None) -> str:
    """A text on one line, with a word that says so where it is not translated, outdated or a draft."""
    words = " ".join((shown or text).split())
    return (
        _noted(view, words, view.t(f"translation.{text.state}"))
        if isinstance(text, LocalText)
        else words
    )


def _excerpt(view: View, text: str) -> str:
    """The beginning of a restricted Markdown text, as plain words."""
    plain = " ".join(richtext.to_plain(text).split())
    width = 0
    for index, sign in enumerate(plain):
        width += 2 if east_asian_width(sign) in "WF" else 1
        if width > EXCERPT:
            start = plain[:index]
            inside = plain[index - 1 : index + 1].isascii() and " " in start
            return _said(
                view,
                text,
                (start.rpartition(" ")[0] if inside else start).rstrip(" ,;:.，；：、。") + "…",
            )
    return _said(view, text, plain.rstrip(".。"))


def _quoted(view: View, text: str, marks: str = "cite.quoted") -> str:
    """A text in quotation marks; within them, it has the marks of a quotation in a quotation."""
    around = view.t(marks, text="")
    for outer, inner in zip("“”《》", "‘’〈〉", strict=True):
        if outer in around:
            text = text.replace(outer, inner)
    return view.t(marks, text=text)


def _noted(view: View, text: str, note: str) -> str:
    return view.t("export.bracketed", text=text, note=note)
