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
from macros.model.reference import Organization, Status
from macros.model.resolution import Resolution, paragraph_anchor
from macros.model.traversal import cited
from macros.queries import facets, related
from macros.render.charts import overview, shapes
from macros.render.urls import Urls

_SEARCH_STRINGS = (
    "placeholder", "searching", "none", "one", "many", "exact", "all", "more", "error", "hint",
)  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    """Return what renders the templates of this package."""
    environment = shapes.environment()
    environment.globals.update(glyph=shapes.glyph, pictures=overview, anchor_of=paragraph_anchor)
    environment.globals.update(q=queries, relatives=related)
    return environment


@cache
def _parts() -> TemplateModule:
    return environment().get_template("inline.html").module


class View(Urls):
    """A corpus as one page sees it."""

    def at(self, base: str) -> View:
        """Return the same view from another page."""
        return replace(self, base=base)

    def as_of(self, period: str) -> View:
        """Return the view as it stood after a reporting period, judged on its as-of date."""
        corpus = queries.as_of(self.corpus, period)
        return replace(
            self, corpus=corpus, pinned=period, today=corpus.periods[period].as_of.earliest
        )

    def render(self, template: str, **values: Any) -> Markup:
        """Render one of `templates/`, which sees the view as `v`, and the queries as `q`."""
        values = {"v": self, "corpus": self.corpus, "body": self.corpus.body, "t": self.t, **values}
        return Markup(environment().get_template(template).render(values))

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
            label, values = facets.label(self.corpus, name), facets.names(self.corpus, name)
            strings.setdefault("filters", {})[name] = {"label": label, "values": values}
        return json.dumps(strings, ensure_ascii=False)

    def _language(self, locale: Locale, root: str) -> dict[str, str]:
        offer = self.t("search.other", language=locale.name, query="{query}")
        return {"tag": locale.html_lang, "offer": offer, "root": self.site_url(root)}


def description(view: View, resolution: Resolution, slug: str) -> str:
    """Describe a resolution in one sentence, for search engines and link previews."""
    status = view.status(queries.assessment(resolution, view.corpus))
    return view.t(
        "resolution.description",
        name=view.resolution_name(slug),
        title=resolution.title,
        status=status.name if status else view.t("not_reported"),
    )
