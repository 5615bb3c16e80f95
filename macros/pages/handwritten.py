"""The check of hand-written pages: front matter, calls of macros with constants, safe HTML."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
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
from macros.pages import allowlist
from macros.pages.page import MacroError
from macros.pages.registry import MACROS, pages
from macros.render.view import View

FRONT_MATTER = ("title", "description", "held")
"""The keys that may stand at the top of a page."""


MARKERS: Mapping[str, Any] = {"comment_start_string": "{##", "comment_end_string": "##}"}
"""Jinja's markers as `mkdocs.yml` sets them: `{#` begins the address of a heading."""

EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "smarty")
"""The extensions of Markdown of pages: those of `mkdocs.yml` and those MkDocs adds."""

_EXAMPLE = '{{ resolution_summary("2/4") }}'
_RAW = "{% raw %} … {% endraw %}"

# What MkDocs takes for front matter: YAML between lines, or else lines of "key: value".
_YAML = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_LOOSE = re.compile(r" {0,3}[A-Za-z0-9_-]+:[ \t]*\S*")
_OPEN = re.compile(r"---[ \t]*\n *[A-Za-z0-9_-]+:")
_SLOT = "\n\n<div></div>\n\n"  # holds the place of a macro's HTML


@dataclass(frozen=True)
class Review:
    """What is public of the data, which pages are under embargo, and all problems of pages."""

    public: Mapping[str, Corpus]
    embargoed: frozenset[str]
    problems: tuple[Problem, ...]


def review(files: Mapping[str, bytes], complete: Mapping[str, Corpus], today: date) -> Review:
    """Check all pages: embargoed ones against the complete data, others against what is public.

    Args:
        files: Contents by name.
        complete: The corpus in each language with embargoed data; none if it has errors.
        today: The day of the build.
    """
    public = {language: published(corpus, today) for language, corpus in complete.items()}
    drafts = {language: View(corpus, today) for language, corpus in complete.items()}
    views = {language: View(corpus, today) for language, corpus in public.items()}
    default = next(iter(complete), None)
    gone: set[str] = set()
    if default and public[default] is not complete[default]:
        gone = {page.source for page in pages(drafts[default])}
        gone -= {page.source for page in pages(views[default])}
    embargoed = find_embargoed(files, gone, today)
    problems = list(check_pages({k: v for k, v in files.items() if k in embargoed}, drafts))
    for_all = {k: v for k, v in files.items() if k not in embargoed}
    refused = list(check_pages(for_all, views))
    if refused and views:
        with_all = {(problem.place, problem.code) for problem in check_pages(for_all, drafts)}
        refused = [_explain_embargo(problem, with_all) for problem in refused]
    return Review(public, embargoed, (*problems, *refused))


def check_pages(files: Mapping[str, bytes], views: Mapping[str, View]) -> Iterator[Problem]:
    """Find all problems of the pages below `docs/<language>/`.

    Args:
        files: Contents by name.
        views: A view for each language to try macros with; none if the data has errors.
    """
    default = next(iter(views.values()), None)
    for name, raw in files.items():
        if name.startswith("docs/") and name.endswith(".md"):
            yield from check_page(name, raw, views.get(name.split("/")[1], default))
        elif name.startswith("docs/") and name.lower().endswith(PAGES):
            yield Problem(name, 1, 1, "page_suffix")


def check_page(name: str, raw: bytes, view: View | None) -> Iterator[Problem]:
    """Find all problems of one page."""
    text, problem = decode(name, raw)
    if problem:
        yield problem
        return
    front, body = split_front_matter(text)
    if front is not None:
        yield from _check_front_matter(name, front)
    elif _OPEN.match(body):
        yield Problem(name, 1, 1, "front_matter_open")
    elif _LOOSE.match(body):
        yield Problem(name, 1, 1, "front_matter", {"reason": "---"})
    try:
        parts = parse(body)
        problems = list(_check_calls(name, parts, _find_starts(body), view))
        yield from problems or _check_html(name, to_html(text), body)
    except jinja2.TemplateSyntaxError as error:
        line = max(1, min(error.lineno or 1, body.count("\n") + 1))
        values = {"reason": error.message or "", "example": _EXAMPLE}
        yield Problem(name, line, 1, "template_syntax", values)
    except RecursionError:
        yield Problem(name, 1, 1, "too_deep", {"limit": MAX_DEPTH})


def find_embargoed(
    files: Mapping[str, bytes], gone: Collection[str], today: date
) -> frozenset[str]:
    """List the names of the pages that are not to be published on a day.

    They are those that say so at their top (`held: draft`, `held: 2025-06-01`), and those that take
    the place of a page that is `gone` (`resolutions/2-4.md`), because what it shows is under
    embargo.
    """
    embargoed = set()
    for name, raw in files.items():
        if name.startswith("docs/") and name.endswith(".md"):
            front, _ = split_front_matter(decode(name, raw)[0])
            value = read(name, front.encode()).value if front else None
            hold = _parse_hold(value.get("held")) if isinstance(value, dict) else None
            if name.split("/", 2)[-1] in gone or waits(hold, today):
                embargoed.add(name)
    return frozenset(embargoed)


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Split a page into front matter and body, which keep their line numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _YAML.match(text):
        return "\n" + match[1], "\n" * match[0].count("\n") + text[match.end() :]
    return None, text


def _check_front_matter(name: str, text: str) -> Iterator[Problem]:
    source = read(name, text.encode())
    yield from source.problems
    if not isinstance(source.value, dict):
        if not source.problems:  # MkDocs would show it as text
            yield source.problem((), "front_matter", reason="---")
        return
    mkdocs = _read_as_mkdocs(text)
    for key, value in source.value.items():
        place = (key,)
        if key not in FRONT_MATTER:
            known = hint(key, FRONT_MATTER)
            yield source.problem(place, "front_matter_key", key=True, name=key, **known)
        elif key == "held":
            if _parse_hold(value) is None:
                yield source.problem(place, "held", name=key, value=str(value)[:60])
        elif not (isinstance(value, str) and value) or (
            mkdocs.get(key) != value and not source.problems
        ):
            kind = "nothing" if value is None else "number"
            yield source.problem(place, "text_expected", name=key, found=kind)
        elif re.search(r"\{[{%#]", value):
            yield source.problem(place, "template_in_text", passage=value[:40])


def _parse_hold(value: object) -> PartialDate | str | None:
    """Read what `held` says at the top of a page; `None` if it cannot be read."""
    try:
        return hold(value)
    except HoldError:
        return None


def _read_as_mkdocs(text: str) -> Mapping[str, object]:
    """Read YAML 1.1, where unquoted words may be dates; nothing if MkDocs could not read it."""
    try:
        return yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError):
        return {}


def _explain_embargo(problem: Problem, with_all: Collection[tuple[object, str]]) -> Problem:
    """Say of a name that is only unknown because what it names is under embargo that it is.

    Args:
        problem: A problem with the data that is public.
        with_all: Places and codes of the problems with all data.
    """
    if (problem.place, problem.code) in with_all or not problem.code.startswith("unknown_"):
        return problem
    return Problem(*problem.place, "held_reference", {"value": problem.values["value"]})


def parse(text: str) -> list[nodes.Node]:
    """Parse the body of a page as the text and the constructs that it is made of, in order.

    Raises:
        jinja2.TemplateSyntaxError: It cannot be read.
    """
    parts: list[nodes.Node] = []
    for node in jinja2.Environment(**MARKERS).parse(text).body:
        parts += node.nodes if isinstance(node, nodes.Output) else [node]
    return parts


@lru_cache(maxsize=256)
def to_html(text: str) -> str:
    """Render the Markdown of a page, with an element in the place of each call.

    Raises:
        jinja2.TemplateSyntaxError: It cannot be read.
    """
    parts = parse(split_front_matter(text)[1])
    joined = [part.data if isinstance(part, nodes.TemplateData) else _SLOT for part in parts]
    return markdown.markdown("".join(joined), extensions=list(EXTENSIONS))


def _find_starts(text: str) -> Iterator[tuple[int, int]]:
    """Find line and column of each `{{` and `{%` outside raw blocks, in order."""
    offset = 0
    for _, kind, value in jinja2.Environment(**MARKERS).lex(text):
        at = max(text.find(value.strip(), offset), offset)
        if kind in ("variable_begin", "block_begin"):
            yield position(text, at)
        offset = at + len(value.strip())


def _check_calls(
    name: str, parts: Iterable[nodes.Node], starts: Iterator[tuple[int, int]], view: View | None
) -> Iterator[Problem]:
    for part in parts:
        if not isinstance(part, nodes.TemplateData):
            place = next(starts, (part.lineno, 1))
            for code, values in _check_call(part, view):
                yield Problem(name, *place, code, values)
            if not isinstance(part, nodes.Expr):
                return  # what stands within a statement is refused with it


def position(text: str, offset: int) -> tuple[int, int]:
    """Give the line and the column of a place in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _check_call(node: nodes.Node, view: View | None) -> Iterator[tuple[str, dict[str, str]]]:
    """Say what is wrong with one construct of a template that is no call with constants."""
    if not (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and not (node.dyn_args or node.dyn_kwargs)
        and all(isinstance(v, nodes.Const) for v in (*node.args, *(p.value for p in node.kwargs)))
    ):
        yield "template_construct", {"example": _EXAMPLE, "raw": _RAW}
        return
    macro = node.node.name
    if macro not in MACROS:
        yield "unknown_macro", {"value": macro, **hint(macro, MACROS, most=len(MACROS))}
        return
    arguments = [value.as_const() for value in node.args]
    named = {pair.key: pair.value.as_const() for pair in node.kwargs}
    try:
        inspect.signature(MACROS[macro]).bind(view, *arguments, **named)
    except TypeError as error:
        yield "macro_arguments", {"value": macro, "reason": str(error), "macro": macro}
        return
    if not all(isinstance(value, str) for value in (*arguments, *named.values())):
        yield "macro_arguments", {"value": macro, "reason": "“ ”", "macro": macro}
    elif view and (arguments or named):  # without any, nothing can be unknown
        try:
            MACROS[macro](view, *arguments, **named)
        except MacroError as error:
            yield error.code, {"value": error.value, **hint(error.value, error.known)}


def _check_html(name: str, html: str, text: str) -> Iterator[Problem]:
    """Find what the page would put into the site that it may not, in the HTML that it becomes."""
    for code, passage in allowlist.find_faults(html):
        offset = max(0, text.lower().find(passage.lower()))
        yield Problem(name, *position(text, offset), code, {"passage": passage[:60]})
