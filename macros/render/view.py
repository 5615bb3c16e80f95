"""From records to HTML: the view a template has of a corpus, in one language, from one page.

Templates escape everything by themselves; only `View.rich` and `View.inline` let HTML through, made
from restricted Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from macros import queries
from macros.corpus.translations import LocalText
from macros.i18n.locale import Locale
from macros.model import restricted_markdown
from macros.model.fields import Source
from macros.model.reference import Organization
from macros.model.resolution import Resolution, paragraph_anchor
from macros.model.traversal import cited
from macros.model.vocabulary import Status
from macros.queries import facets
from macros.render.charts import overview, shapes
from macros.render.formatting import Formatting

_SEARCH_STRINGS = (
    "placeholder", "searching", "none", "one", "many", "exact", "all", "more", "error", "hint",
)  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    """Return what renders the templates of this package."""
    environment = shapes.environment()
    functions = {"glyph": shapes.glyph, "anchor_of": paragraph_anchor}
    environment.globals.update(functions, pictures=overview, q=queries)
    return environment


@cache
def _parts() -> TemplateModule:
    return environment().get_template("inline.html").module


class View(Formatting):
    """A corpus as one page sees it."""

    def at(self, base: str) -> View:
        """Return the same view from another page."""
        return replace(self, base=base)

    def as_of(self, period: str) -> View:
        """Return the view as it stood after a reporting period, judged on its as-of date."""
        corpus = queries.as_of(self.corpus, period)
        return replace(self, corpus=corpus, pinned=period, today=corpus.periods[period].judged_on)

    def render(self, template: str, **values: Any) -> Markup:
        """Render one of `templates/`, which sees the view as `v`, and the queries as `q`."""
        values = {"v": self, "corpus": self.corpus, "body": self.corpus.body, "t": self.t, **values}
        return Markup(environment().get_template(template).render(values))

    # Addresses

    def url(self, path: str) -> str:
        """Give the relative address of a page, from its path below the root of its language."""
        return (self.base + path) or "./"

    def site_url(self, path: str) -> str:
        """Give the relative address of what all languages share, from its path on the site."""
        is_default = self.corpus.language == self.corpus.body.languages[0]
        return self.url(path if is_default else f"../{path}")

    def resolution_url(self, slug: str, anchor: str = "") -> str:
        """Give the address of a resolution, or of something on its page."""
        return self.url(f"resolutions/{slug}/") + (f"#{anchor}" if anchor else "")

    def document_url(self, key: str) -> str:
        """Give the address of a document in the list of documents."""
        page = self.url(self.corpus.list_page("documents", key))
        return f"{page}#{self.corpus.documents[key].anchor}"

    def organization_url(self, key: str) -> str:
        """Give the address of an organization in the list of partners."""
        return f"{self.url(self.corpus.list_page('organizations', key))}#{key}"

    def address_name(self, address: str) -> str:
        """Name an address of the site: by its resolution, else the address itself."""
        first, slug = (*address.split("/"), "")[:2]
        is_resolution = first == "resolutions" and slug in self.corpus.resolutions
        return self.resolution_name(slug) if is_resolution else address

    def official_url(self, key: str) -> str | None:
        """Find the full text of a document, in the reader's language if there is one."""
        document = self.corpus.documents[key]
        return document.url or self._by_symbol(document.symbol or "")

    def symbol_url(self, resolution: Resolution) -> str | None:
        """Find the official text of a resolution, by its symbol."""
        return self._by_symbol(resolution.symbol.value if resolution.symbol else "")

    def _by_symbol(self, symbol: str) -> str | None:
        own = self.corpus.language.split("-")[0]
        for links in self.corpus.body.document_links:
            if symbol.startswith(links.prefixes):
                known = own if own in links.languages or not links.languages else links.languages[0]
                return links.address.replace("{symbol}", symbol).replace("{lang}", known)
        return None

    # Texts

    def text(self, text: str) -> Markup:
        """Write a plain text, marked where it is not translated or outdated."""
        return self._marked(text, escape(text))

    def rich(self, text: str) -> Markup:
        """Write a restricted Markdown text as blocks."""
        return self._marked(text, Markup(restricted_markdown.to_html(text, self.base)), "div")

    def inline(self, text: str) -> Markup:
        """Write a restricted Markdown text within a line, as far as it is a single paragraph."""
        return self._marked(text, Markup(restricted_markdown.to_inline(text, self.base)))

    def _marked(self, text: str, html: Markup, tag: str = "span") -> Markup:
        if not isinstance(text, LocalText):
            return html
        return self._part("translated", html, tag, text.state, Locale.of(text.language).html_lang)

    def _part(self, macro: str, *values: object) -> Markup:
        html: Markup = getattr(_parts(), macro)(self, *values)
        return html

    # Parts that many templates share

    def sources(self, sources: Iterable[Source]) -> Markup:
        """Write the sources of a statement as discreet links to the list of documents."""
        return self._part("sources", self.citations(sources))

    def badge(self, status: Status | None) -> Markup:
        """Write a status as shape and word, linked to its definition."""
        return self._part("badge", status)

    def permalink(self, anchor: str) -> Markup:
        """Write the discreet link to an entry; share.js adds the entry to its label."""
        return self._part("permalink", anchor)

    # Lists

    def organizations_of_kind(self, kind: str, among: Iterable[str]) -> list[Organization]:
        """List the organizations of one kind among some, by name."""
        organizations = (self.corpus.organizations[key] for key in among)
        return self.locale.collate(
            (entry for entry in organizations if entry.kind == kind), lambda entry: entry.name
        )

    def states(self, flag: str) -> set[str]:
        """List the states of contributions with a flag: `counts` as given, `absent`: none came."""
        return {s.id for s in self.corpus.vocabulary.contribution_states if getattr(s, flag)}

    def documents_of(self, resolution: Resolution) -> list[str]:
        """List the documents that a resolution cites or lists, in the order of all documents."""
        keys = {source.document for source in cited(resolution)} | set(resolution.documents)
        return sorted(keys, key=lambda key: self.corpus.place("documents", key))

    def search_strings(self, with_filters: bool = False) -> str:
        """Give the words of the search script as JSON; it fills `{count}` and `{query}` itself.

        `languages` are the other ones, each with the way to its root; the names of filters are for
        the page of results.
        """
        strings: dict[str, Any] = {
            name: self.t(f"search.{name}", query="{query}", total="{count}")
            for name in _SEARCH_STRINGS
        }
        default, *_ = languages = self.corpus.body.languages
        strings["languages"] = [
            self._language(Locale.of(tag), "" if tag == default else f"{tag}/")
            for tag in languages
            if tag != self.corpus.language
        ]
        for name in facets.SEARCH if with_filters else ():
            names = {"label": self.t(f"facet.{name}"), "values": facets.names(self.corpus, name)}
            strings.setdefault("filters", {})[name] = names
        return json.dumps(strings, ensure_ascii=False)

    def _language(self, locale: Locale, root: str) -> dict[str, str]:
        offer = self.t("search.other", language=locale.name, query="{query}")
        return {"tag": locale.html_lang, "offer": offer, "root": self.site_url(root)}
