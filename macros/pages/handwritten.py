"""Hand-written pages, checked before anything is rendered: front matter, calls of macros with constants, safe HTML."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import jinja2
import markdown
import yaml
from jinja2 import nodes

from macros.corpus.corpus import Corpus
from macros.corpus.embargo import published, waits
from macros.corpus.files import PAGES
from macros.corpus.problems import Problem, hint
from macros.corpus.source import MAX_DEPTH, decode, read
from macros.model.dates import PartialDate
from macros.model.fields import HoldError, hold
from macros.pages import allowlist as markup
from macros.pages import registry as pages
from macros.pages.macros import MACROS, MacroError
from macros.render.view import View

FRONT_MATTER = ("title", "description", "held")
"""The keys that may stand at the top of a page."""

MARKERS = {"comment_start_string": "{##", "comment_end_string": "##}"}
"""Jinja's markers as `mkdocs.yml` sets them: `{#` begins the address of a heading, not a comment."""

EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "smarty")
"""The extensions of Markdown that pages are written in: those of `mkdocs.yml` and those MkDocs adds."""

_EXAMPLE = '{{ resolution_summary("2/4") }}'
_RAW = "{% raw %} … {% endraw %}"

# What MkDocs takes for front matter: YAML between lines, or else lines of "key: value" (mkdocs.utils.meta).
_YAML = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_LOOSE = re.compile(r" {0,3}[A-Za-z0-9_-]+:[ \t]*\S*")
_SLOT = "\n\n<div></div>\n\n"  # what holds the place of a macro's HTML is such an element (macros/hooks.py)


@dataclass(frozen=True)
class Review:
    """What the pages of a project come to: what is public of its data, which pages are held, and all problems."""

    public: Mapping[str, Corpus]
    held: frozenset[str]
    problems: tuple[Problem, ...]


def review(files: Mapping[str, bytes], complete: Mapping[str, Corpus], today: date) -> Review:
    """Check all pages on a day: held ones against the complete data, the others against what is public of it.

    In: contents by name, and the corpora in each language with all that is held; none if the data has errors.
    """
    public = {language: published(corpus, today) for language, corpus in complete.items()}
    drafts, views = _views(complete, today), _views(public, today)
    held = held_pages(files, _gone(drafts, views), today)
    problems = list(check_pages({k: v for k, v in files.items() if k in held}, drafts))
    for_all = {k: v for k, v in files.items() if k not in held}
    refused = list(check_pages(for_all, views))
    if refused and views:
        refused = list(refused_for_holds(refused, list(check_pages(for_all, drafts))))
    return Review(public, held, (*problems, *refused))


def _gone(complete: Mapping[str, View], public: Mapping[str, View]) -> set[str]:
    """The Markdown names of the pages that are not made while something is held."""
    default = next(iter(complete), None)
    if default is None or public[default].corpus is complete[default].corpus:
        return set()
    return {page.source for page in pages.pages(complete[default])} - {
        page.source for page in pages.pages(public[default])
    }


def _views(corpora: Mapping[str, Corpus], today: date) -> dict[str, View]:
    return {language: View(corpus, today) for language, corpus in corpora.items()}


def check_pages(files: Mapping[str, bytes], views: Mapping[str, View]) -> Iterator[Problem]:
    """All problems of the pages below `docs/<language>/`.

    In: contents by name, and a view for each language with which the macros are tried out; without views (the
    data has errors) only what can be told without the data is told.
    """
    default = next(iter(views.values()), None)
    for name, raw in files.items():
        if not name.startswith("docs/"):
            continue
        if name.endswith(".md"):
            yield from check_page(name, raw, views.get(name.split("/")[1], default))
        elif name.lower().endswith(PAGES):
            yield Problem(name, 1, 1, "page_suffix")


def check_page(name: str, raw: bytes, view: View | None) -> Iterator[Problem]:
    """All problems of one page."""
    text, problem = decode(name, raw)
    if problem:
        yield problem
        return
    text = _lines(text)
    front, body = _split(text)
    if front is not None:
        yield from _front_matter(name, front)
    elif _LOOSE.match(text):
        yield Problem(name, 1, 1, "front_matter", {"reason": "---"})
    body = "\n" * text.count("\n", 0, len(text) - len(body)) + body  # its lines keep their numbers
    try:
        problems = list(_template(name, body, view))
        yield from problems
        if not problems:  # what cannot be read as a template cannot be read as Markdown either
            yield from _html(name, body)
    except RecursionError:
        yield Problem(name, 1, 1, "too_deep", {"limit": MAX_DEPTH})


def _lines(text: str) -> str:
    """A text with all its line ends as MkDocs reads them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(text: str) -> tuple[str | None, str]:
    """The front matter with its first line empty, so that its lines keep their numbers, and the rest."""
    found = _YAML.match(text)
    return ("\n" + found[1], text[found.end() :]) if found else (None, text)


def _front_matter(name: str, text: str) -> Iterator[Problem]:
    source = read(name, text.encode())
    yield from source.problems
    if isinstance(source.value, dict):
        mkdocs = _as_mkdocs_reads(text)
        for key, value in source.value.items():
            if key not in FRONT_MATTER:
                yield source.problem(
                    (key,), "front_matter_key", key=True, name=key, **hint(key, FRONT_MATTER)
                )
            elif key == "held":
                if _hold(value) is None:
                    yield source.problem((key,), "held", name=key, value=str(value)[:60])
            elif (
                not isinstance(value, str)
                or not value
                or (mkdocs.get(key) != value and not source.problems)
            ):
                yield source.problem(
                    (key,),
                    "text_expected",
                    name=key,
                    found="nothing" if value is None else "number",
                )
            elif re.search(r"\{[{%#]", value):
                yield source.problem((key,), "template_in_text", passage=value[:40])
    elif not source.problems:  # MkDocs would show it as text
        yield source.problem((), "front_matter", reason="---")


def _hold(value: Any) -> PartialDate | str | None:
    """What `held` says at the top of a page; `None` if it cannot be read."""
    try:
        return hold(value)
    except HoldError:
        return None


def held_pages(files: Mapping[str, bytes], gone: Collection[str], today: date) -> frozenset[str]:
    """The names of the pages that are not to be published on a day.

    They are those that say so at their top (`held: draft`, `held: 2025-06-01`), and those that take the place of a
    page that is `gone` (`resolutions/2-4.md`), because what it shows is held.
    """
    held = set()
    for name, raw in files.items():
        if name.startswith("docs/") and name.endswith(".md"):
            front, _ = _split(_lines(decode(name, raw)[0]))
            value = read(name, front.encode()).value if front else None
            hold = _hold(value["held"]) if isinstance(value, dict) and "held" in value else None
            if name.split("/", 2)[-1] in gone or waits(hold, today):
                held.add(name)
    return frozenset(held)


def refused_for_holds(
    problems: Iterable[Problem], otherwise: Collection[Problem]
) -> Iterator[Problem]:
    """Problems of pages, told better where a name is only unknown because what it names is held.

    In: the problems found with the data that is public, and those found with all data.
    """
    unknown = {(problem.place, problem.code) for problem in otherwise}
    for problem in problems:
        if problem.code.startswith("unknown_") and (problem.place, problem.code) not in unknown:
            yield Problem(*problem.place, "held_reference", {"value": problem.values["value"]})
        else:
            yield problem


def _as_mkdocs_reads(text: str) -> Mapping[str, Any]:
    """YAML 1.1, in which unquoted words may be dates and more; nothing if MkDocs could not read it at all."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return {}


def _template(name: str, text: str, view: View | None) -> Iterator[Problem]:
    environment = jinja2.Environment(**MARKERS)
    try:
        tree = environment.parse(text)
        starts = _starts(environment, text)
    except jinja2.TemplateSyntaxError as error:
        values = {"reason": error.message or "", "example": _EXAMPLE}
        yield Problem(
            name, max(1, min(error.lineno or 1, text.count("\n") + 1)), 1, "template_syntax", values
        )
        return
    for output in tree.body:
        for part in output.nodes if isinstance(output, nodes.Output) else [output]:
            if not isinstance(part, nodes.TemplateData):
                line, column = starts.pop(0) if starts else (part.lineno or 1, 1)
                for code, values in _call(part, view):
                    yield Problem(name, line, column, code, values)
                if not isinstance(output, nodes.Output):
                    return  # what stands within a statement is refused with it


def _starts(environment: jinja2.Environment, text: str) -> list[tuple[int, int]]:
    """Line and column of each `{{` and `{%` outside raw blocks, in order."""
    found, offset = [], 0
    for _, kind, value in environment.lex(text):
        if kind in ("variable_begin", "block_begin"):
            at = text.find(value.strip(), offset)
            offset = at if at >= 0 else offset
            found.append((text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)))
        offset = max(offset, text.find(value, offset) + len(value)) if value else offset
    return found


def _call(node: nodes.Node, view: View | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is wrong with one construct of a template; nothing if it is a call of a macro with constants."""
    named = {pair.key: pair.value for pair in node.kwargs} if isinstance(node, nodes.Call) else {}
    plain = (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and not (node.dyn_args or node.dyn_kwargs)
        and all(isinstance(value, nodes.Const) for value in [*node.args, *named.values()])
    )
    if not plain:
        yield "template_construct", {"example": _EXAMPLE, "raw": _RAW}
        return
    macro = node.node.name
    if macro not in MACROS:
        yield "unknown_macro", {"value": macro, **hint(macro, MACROS, most=len(MACROS))}
        return
    arguments = [value.value for value in node.args]
    keywords = {key: value.value for key, value in named.items()}
    try:
        inspect.signature(MACROS[macro]).bind(view, *arguments, **keywords)
    except TypeError as error:
        yield "macro_arguments", {"value": macro, "reason": str(error), "macro": macro}
        return
    if not all(isinstance(value, str) for value in [*arguments, *keywords.values()]):
        yield "macro_arguments", {"value": macro, "reason": "“ ”", "macro": macro}
    elif view:
        try:
            MACROS[macro](view, *arguments, **keywords)
        except MacroError as error:
            yield error.code, {"value": error.value, **hint(error.value, error.known)}


def _html(name: str, text: str) -> Iterator[Problem]:
    """What the page would put into the site that it may not, found in the HTML that it becomes."""
    parts = [
        part for output in jinja2.Environment(**MARKERS).parse(text).body for part in output.nodes
    ]
    written = "".join(
        part.data if isinstance(part, nodes.TemplateData) else _SLOT for part in parts
    )
    html = markdown.markdown(written, extensions=list(EXTENSIONS))
    for code, passage in markup.faults(html):
        at = max(0, text.lower().find(passage.lower())) if passage else 0
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        yield Problem(name, line, column, code, {"passage": passage[:60]})
