"""From records to HTML: the view a template has of a corpus, in one language, from one page.

Templates escape everything by themselves; only `View.rich` lets HTML through, made from restricted Markdown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, Callable, Iterable

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape

from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.i18n.locale import Locale
from macros.i18n.messages import Catalogue
from macros.model.dates import PartialDate, Point, parse
from macros.model.fields import Source, cited
from macros.model.reference import Organization, Status
from macros.model.resolution import Assessment, Resolution, paragraph_anchor
from macros.queries import facets, queries
from macros.queries import related as relatives
from macros.model import restricted_markdown as richtext
from macros.render.charts import overview as pictures
from macros.render.charts import shapes as charts


class _Context(Context):
    """Calls what a template calls as it is: nothing that templates are given asks for the context."""

    def call(
        self,
        function: Any,
        /,
        *arguments: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        """A call in a template."""
        return function(*arguments, **named)


@cache
def environment() -> jinja2.Environment:
    """What renders the templates of this package."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("macros.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.context_class = _Context
    environment.globals.update(
        glyph=charts.glyph,
        pictures=pictures,
        anchor_of=paragraph_anchor,
        q=queries,
        relatives=relatives,
    )
    return environment


@dataclass(frozen=True)
class View:
    """A corpus as one page sees it.

    `base` is the relative way from the page to the root of its language (`../../`), `today` the date of the
    build. `pinned` is the id of a reporting period if the page shows the state as it stood then. `address` is the whole
    address of the root of the language, where it is known.
    """

    corpus: Corpus
    today: date
    base: str = ""
    pinned: str | None = None
    address: str = ""

    def at(self, base: str) -> View:
        """The same view from another page."""
        return replace(self, base=base)

    def with_only(self, slugs: Iterable[str]) -> View:
        """The view of a corpus that has only some of the resolutions."""
        some = {slug: self.corpus.resolutions[slug] for slug in slugs}
        return replace(self, corpus=replace(self.corpus, resolutions=MappingProxyType(some)))

    def as_of(self, period: str) -> View:
        """The view as it stood after a reporting period."""
        return replace(self, corpus=queries.as_of(self.corpus, period), pinned=period)

    @cached_property
    def locale(self) -> Locale:
        """How the language writes dates, numbers and money."""
        return Locale.of(self.corpus.language)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The interface strings of the language."""
        return Catalogue.of(self.corpus.language)

    def render(self, template: str, **values: Any) -> Markup:
        """A template of `templates/`, which sees this view as `v`, the corpus as `corpus` and the queries as `q`."""
        found = environment().get_template(template)
        return Markup(
            found.render(v=self, corpus=self.corpus, body=self.corpus.body, t=self.t, **values)
        )

    # --- words -----------------------------------------------------------------------------------------

    @cached_property
    def t(self) -> Callable[..., str]:
        """Gives an interface string: its key, and values for its fields."""
        return self.catalogue.t

    def text(self, text: str) -> Markup:
        """A plain text, marked where it is not translated or outdated."""
        return self._marked(text, escape(text))

    def rich(self, text: str) -> Markup:
        """A restricted Markdown text as blocks."""
        return self._marked(text, Markup(richtext.to_html(text, self.base)), "div")

    def inline(self, text: str) -> Markup:
        """A restricted Markdown text within a line, as far as it is a single paragraph."""
        return self._marked(text, Markup(richtext.to_inline(text, self.base)))

    def _marked(self, text: str, html: Markup, tag: str = "span") -> Markup:
        if not isinstance(text, LocalText):
            return html
        note = f'<span class="rt-translation__note rt-translation__note--{text.state}" lang="{self.locale.html_lang}">'
        told, language = (
            escape(self.t(f"translation.{text.state}")),
            Locale.of(text.language).html_lang,
        )
        return Markup(
            f'<{tag} lang="{language}" class="rt-translation">{html}{note}{told}</span></{tag}>'
        )

    def name(self, kind: str, key: Any) -> str:
        """The name of a word of the vocabulary: `name("themes", "housing")`."""
        return self.corpus.words[kind][key].name

    def resolution_name(self, slug: str) -> str:
        """`Resolution 2/4`."""
        return self.t("resolution.name", label=self.corpus.label(slug))

    def organization(self, key: str) -> str:
        """The name of an organization."""
        return self.corpus.organizations[key].name

    def place(self, key: str) -> str:
        """A place with its country."""
        place = self.corpus.places[key]
        if place.country and place.country in self.corpus.places:
            return self.t(
                "place.in_country", place=place.name, country=self.corpus.places[place.country].name
            )
        return place.name

    # --- numbers and dates -----------------------------------------------------------------------------

    def date(self, when: PartialDate | date | None) -> str:
        """A date as the language writes it; *not reported* for `None`."""
        if when is None:
            return self.t("not_reported")
        return self.locale.date(when if isinstance(when, PartialDate) else _day(when))

    def money(self, amount: Decimal | None, currency: str | None, approximate: bool = False) -> str:
        """An amount with its currency; *not reported* for `None`."""
        if amount is None or currency is None:
            return self.t("not_reported")
        return self.locale.money(amount, currency, approximate)

    def number(self, value: int) -> str:
        """A whole number."""
        return self.locale.number(value)

    def share(self, value: Decimal | None) -> str:
        """A share of 1 as a percentage."""
        return self.t("not_reported") if value is None else self.locale.share(value)

    def items(self, values: Iterable[Any]) -> str:
        """`a, b and c`."""
        return self.locale.items([str(value) for value in values])

    # --- addresses -------------------------------------------------------------------------------------

    def url(self, path: str) -> str:
        """The relative address of a page of the same language, given from the language's root."""
        return (self.base + path) or "./"

    def site_url(self, path: str) -> str:
        """The relative address of something that all languages share, given from the root of the site."""
        return self.url(
            path if self.corpus.language == self.corpus.body.languages[0] else f"../{path}"
        )

    def resolution_url(self, slug: str, anchor: str = "") -> str:
        """The address of a resolution, or of something on its page."""
        return self.url(f"resolutions/{slug}/") + (f"#{anchor}" if anchor else "")

    def address_name(self, address: str) -> str:
        """What an address of the site is called: the name of its resolution, else the address."""
        first, _, rest = address.partition("/")
        slug = rest.partition("/")[0]
        return (
            self.resolution_name(slug)
            if first == "resolutions" and slug in self.corpus.resolutions
            else address
        )

    def document_url(self, key: str) -> str:
        """The address of a document in the list of documents."""
        return (
            self.url(self.corpus.list_page("documents", key))
            + f"#{self.corpus.documents[key].anchor}"
        )

    def organization_url(self, key: str) -> str:
        """The address of an organization in the list of partners."""
        return self.url(self.corpus.list_page("organizations", key)) + f"#{key}"

    def official_url(self, key: str) -> str | None:
        """Where the full text of a document is found, in the reader's language if there is one."""
        document = self.corpus.documents[key]
        return document.url or (self._by_pattern(document.symbol) if document.symbol else None)

    def _by_pattern(self, symbol: str) -> str | None:
        for links in self.corpus.body.document_links:
            if symbol.startswith(links.prefixes):
                language = self.corpus.language.split("-")[0]
                known = (
                    language if language in links.languages else (links.languages or (language,))[0]
                )
                return links.address.replace("{symbol}", symbol).replace("{lang}", known)
        return None

    def symbol_url(self, resolution: Resolution) -> str | None:
        """Where the official text of a resolution is found, by its symbol."""
        return self._by_pattern(resolution.symbol.value) if resolution.symbol else None

    # --- parts that many templates share ---------------------------------------------------------------

    def document_name(self, key: str) -> str:
        """The symbol of a document, or its title if it has none."""
        document = self.corpus.documents[key]
        return document.symbol or document.title

    def citation(self, source: Source) -> str:
        """`HSP/EB.2024/20, para. 31` in the reader's language."""
        name = self.document_name(source.document)
        if source.paragraph is None:
            return name
        return self.t("source.paragraph", document=name, paragraph=source.paragraph)

    def citations(self, sources: Iterable[Source]) -> dict[str, str]:
        """`HSP/EB.2024/20, paras. 27 and 31` by document: the sources of a statement, the same document named once."""
        grouped: dict[str, list[Source]] = {}
        for source in sources:
            grouped.setdefault(source.document, []).append(source)
        found = {}
        for key, group in grouped.items():
            paragraphs = [source.paragraph for source in group if source.paragraph is not None]
            if len(paragraphs) > 1:
                name, listed = self.document_name(key), self.items(paragraphs)
                found[key] = self.t("source.paragraphs", document=name, paragraphs=listed)
            else:
                found[key] = self.citation(group[0])
        return found

    def sources(self, sources: Iterable[Source]) -> Markup:
        """The sources of a statement as discreet links to the list of documents."""
        cited = self.citations(sources).items()
        links = [
            Markup(f'<a href="{escape(self.document_url(key))}">{escape(label)}</a>')
            for key, label in cited
        ]
        word, listed = escape(self.t("source.word")), escape(self.t("source.separator")).join(links)
        return Markup(
            f'<span class="rt-source"><span class="rt-source__word">{word} </span>{listed}</span>'
        )

    def status(self, assessment: Assessment | None) -> Status | None:
        """The status of an assessment, `None` for not reported."""
        return self.corpus.words["statuses"][assessment.status] if assessment else None

    def badge(self, status: Status | None) -> Markup:
        """A status as shape and word, linked to its definition."""
        if status is None:
            name = escape(self.t("not_reported"))
            return Markup(
                f'<span class="rt-badge rt-tone-unknown">{charts.glyph("unknown")}<span>{name}</span></span>'
            )
        url, shape = self.url(f"about/#status-{status.id}"), charts.glyph(status.tone)
        name = escape(status.name)
        return Markup(
            f'<a class="rt-badge rt-tone-{status.tone}" href="{escape(url)}">{shape}<span>{name}</span></a>'
        )

    def case_word(self, occurrence: queries.Occurrence) -> str:
        """`Held`, `To be held` or `To be held; outcome not reported`."""
        kind = self.corpus.words["event_kinds"][occurrence.event.kind]
        if occurrence.case == "happened":
            return kind.happened
        return (
            kind.planned
            if occurrence.case != "unreported"
            else self.t("case.planned_unreported", planned=kind.planned)
        )

    def gap_bar(self, mobilized: Decimal, required: Decimal) -> Markup:
        """The bar of a required and a mobilized sum."""
        return charts.money_bar(float(mobilized / required)) if required else Markup("")

    def permalink(self, anchor: str) -> Markup:
        """The discreet link to an entry; which entry, share.js adds to its name, so that no page carries every anchor twice."""
        return Markup(
            f'<a class="rt-permalink" href="#{escape(anchor)}" aria-label="{escape(self.t("permalink"))}">#</a>'
        )

    # --- groups and lists that templates ask for -------------------------------------------------------

    def organizations(self, keys: Iterable[str]) -> str:
        """The names of some organizations as a list."""
        return self.items(self.organization(key) for key in keys)

    def organizations_of_kind(self, kind: str, among: Iterable[str]) -> list[Organization]:
        """The organizations of one kind among some, by name."""
        found = [
            self.corpus.organizations[key]
            for key in among
            if self.corpus.organizations[key].kind == kind
        ]
        return self.locale.collate(found, lambda organization: organization.name)

    def ordered_places(self, keys: Iterable[str]) -> list[str]:
        """Some places by name."""
        return self.locale.collate(keys, self.place)

    def counting_states(self) -> set[str]:
        """The states of contributions in which money was given or set aside."""
        return {state.id for state in self.corpus.vocabulary.contribution_states if state.counts}

    def absent_states(self) -> set[str]:
        """The states of contributions which say that none has come."""
        return {state.id for state in self.corpus.vocabulary.contribution_states if state.absent}

    def documents_of(self, resolution: Resolution) -> list[str]:
        """The documents that a resolution's statements cite or that belong to it, in the order of the list of documents."""
        named = {source.document for source in cited(resolution)} | set(resolution.documents)
        return sorted(named, key=lambda key: self.corpus.place("documents", key))

    def without_session(self) -> list[str]:
        """Slugs of the resolutions that belong to no session."""
        return queries.of_session(self.corpus, None)

    def by_month(
        self, occurrences: list[queries.Occurrence]
    ) -> list[tuple[str, list[queries.Occurrence]]]:
        """Occurrences under headings: the month, or the years where the date says no more; undated ones last."""
        groups: dict[str, list[queries.Occurrence]] = {}
        for found in occurrences:
            if when := found.date:
                first, last = when.earliest, when.latest
                one_month = (first.year, first.month) == (last.year, last.month)
                years = str(last.year) if first.year == last.year else f"{first.year}/{last.year}"
                heading = self.locale.month(last) if one_month else self.date(parse(years))
            else:
                heading = self.t("timeline.undated")
            groups.setdefault(heading, []).append(found)
        return list(groups.items())

    def shared(self, shared: dict[str, list[str]]) -> str:
        """Why a resolution is related: `same theme: housing; same partner: UNDP`."""
        names = {
            "themes": lambda key: self.name("themes", key),
            "partners": self.organization,
            "documents": self.document_name,
        }
        reasons = [
            self.t(f"related.{kind}", names=self.items(map(names[kind], keys)))
            for kind, keys in shared.items()
        ]
        return self.t("list.separator").join(reasons)

    def change(self, change: queries.Change) -> str:
        """One change in words: `state: in preparation → implemented`."""
        before, after = self._value(change, change.before), self._value(change, change.after)
        return self.t(f"change.{change.kind}", before=before, after=after)

    def _value(self, change: queries.Change, value: Any) -> str:
        if value is None:
            return self.t("not_reported")
        if change.kind == "status":
            return self.name("statuses", value)
        if change.kind == "constraint":
            return self.t("change.yes" if value else "change.no")
        if change.kind == "contribution":
            state, amount, currency = value
            words = [self.name("contribution_states", state)] + (
                [self.money(amount, currency)] if amount is not None else []
            )
        else:
            said, when = value
            words = [
                self.t(f"change.said.{said}"),
                self.date(parse(when)) if when else self.t("date_not_reported"),
            ]
        return self.t("separator").join(words)

    def offline_strings(self) -> str:
        """The words that the offer to keep the site needs, as JSON; what is in braces stays for the script to fill."""
        names = ("size", "progress", "kept", "removed", "failed", "unavailable")
        holes = {name: f"{{{name}}}" for name in ("files", "size", "done", "all")}
        return json.dumps(
            {name: self.t(f"offline.{name}", **holes) for name in names}, ensure_ascii=False
        )

    def search_strings(self, with_filters: bool = False) -> str:
        """The words the search script needs, as JSON; `{count}` and `{query}` stay for the script to fill.

        `languages` are the other ones, each with the way to its root; the names of filters are for the page of results.
        """
        names = (
            "placeholder",
            "searching",
            "none",
            "one",
            "many",
            "exact",
            "all",
            "more",
            "error",
            "hint",
        )
        strings: dict[str, Any] = {
            name: self.t(f"search.{name}", query="{query}", total="{count}") for name in names
        }
        strings["languages"] = [
            self._other_language(tag)
            for tag in self.corpus.body.languages
            if tag != self.corpus.language
        ]
        if with_filters:
            strings["filters"] = {
                name: {
                    "label": facets.label(self.corpus, name),
                    "values": facets.names(self.corpus, name),
                }
                for name in facets.SEARCH
            }
        return json.dumps(strings, ensure_ascii=False)

    def _other_language(self, tag: str) -> dict[str, str]:
        locale, default = Locale.of(tag), self.corpus.body.languages[0]
        return {
            "tag": locale.html_lang,
            "offer": self.t("search.other", language=locale.name, query="{query}"),
            "root": self.site_url("" if tag == default else f"{tag}/"),
        }


def description(view: View, resolution: Resolution, slug: str) -> str:
    """One sentence about a resolution for search engines and link previews."""
    status = view.status(queries.assessment(resolution, view.corpus))
    return view.t(
        "resolution.description",
        name=view.resolution_name(slug),
        title=resolution.title,
        status=status.name if status else view.t("not_reported"),
    )


def _day(when: date) -> PartialDate:
    """A day as a partial date; computed ones may lie behind the years that people may write."""
    point = Point(when.year, when.month, when.day)
    return PartialDate(when.isoformat(), point, point)
