"""Hand-written pages, checked before anything is rendered: front matter, and calls of macros with constants only."""

from __future__ import annotations

import inspect
from typing import Any, Iterator, Mapping

import jinja2
from jinja2 import nodes

from macros.diagnostics import Problem, hint
from macros.render import View
from macros.sections import MACROS, MacroError
from macros.source import read

FRONT_MATTER = ("title", "description")
"""The keys that may stand at the top of a page."""

MARKERS = {"comment_start_string": "{##", "comment_end_string": "##}"}
"""Jinja's markers as `mkdocs.yml` sets them: `{#` begins the address of a heading, not a comment."""

_EXAMPLE = '{{ resolution_summary("2/4") }}'
_RAW = "{% raw %} … {% endraw %}"


def check_pages(files: Mapping[str, bytes], views: Mapping[str, View]) -> Iterator[Problem]:
    """All problems of the pages below `docs/<language>/`.

    In: contents by name, and a view for each language, with which the macros are tried out.
    """
    default = next(iter(views.values()))
    for name, raw in files.items():
        folder, _, rest = name.partition("/")
        if folder == "docs" and name.endswith(".md"):
            language = rest.partition("/")[0]
            yield from check_page(name, raw, views.get(language, default))


def check_page(name: str, raw: bytes, view: View) -> Iterator[Problem]:
    """All problems of one page."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Problem(name, raw.count(b"\n", 0, error.start) + 1, 1, "not_utf8")
        return
    lines = text.splitlines()
    if lines[:1] == ["---"] and "---" in lines[1:]:
        yield from _front_matter(name, "\n".join(["#", *lines[1 : lines.index("---", 1)]]))
    yield from _template(name, text, view)


def _front_matter(name: str, text: str) -> Iterator[Problem]:
    source = read(name, text.encode())
    yield from source.problems
    if isinstance(source.value, dict):
        for key, value in source.value.items():
            if key not in FRONT_MATTER:
                yield source.problem((key,), "front_matter_key", key=True, name=key, **hint(key, FRONT_MATTER))
            elif not isinstance(value, str) or not value:
                yield source.problem((key,), "text_expected", name=key, found="nothing" if value is None else "number")
    elif source.value is not None:
        yield source.problem((), "front_matter", reason="–")


def _template(name: str, text: str, view: View) -> Iterator[Problem]:
    try:
        tree = jinja2.Environment(**MARKERS).parse(text)
    except jinja2.TemplateSyntaxError as error:
        yield Problem(name, error.lineno, 1, "template_syntax", {"reason": error.message or "", "example": _EXAMPLE})
        return
    for output in tree.body:
        parts = output.nodes if isinstance(output, nodes.Output) else [output]
        for part in parts:
            if not isinstance(part, nodes.TemplateData):
                yield from _call(name, text, part, view)


def _call(name: str, text: str, node: nodes.Node, view: View) -> Iterator[Problem]:
    lines = text.splitlines()
    line = min(node.lineno, len(lines))
    column = max(lines[line - 1].find("{{"), lines[line - 1].find("{%"), 0) + 1 if lines else 1

    def problem(code: str, **values: Any) -> Problem:
        return Problem(name, line, column, code, values)

    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
        yield problem("template_construct", example=_EXAMPLE, raw=_RAW)
        return
    macro = node.node.name
    if macro not in MACROS:
        yield problem("unknown_macro", value=macro, **hint(macro, MACROS, most=20))
        return
    try:
        arguments = [argument.as_const() for argument in node.args]
        named = {argument.key: argument.value.as_const() for argument in node.kwargs}
    except nodes.Impossible:
        yield problem("template_construct", example=_EXAMPLE, raw=_RAW)
        return
    try:
        inspect.signature(MACROS[macro]).bind(view, *arguments, **named)
        if not all(isinstance(value, str) for value in [*arguments, *named.values()]):
            raise TypeError("“ ”")
    except TypeError as error:
        yield problem("macro_arguments", value=macro, reason=str(error), example=view.t(f"macro.{macro}.call"))
        return
    try:
        MACROS[macro](view, *arguments, **named)
    except MacroError as error:
        yield problem(error.code, value=error.value, **hint(error.value, error.known))
