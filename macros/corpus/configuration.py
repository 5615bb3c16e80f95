"""The check of `mkdocs.yml`: that MkDocs can read it, and what the tracker needs in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from macros.corpus.problems import Problem, hint
from macros.corpus.source import decode, syntax_problem

CONFIGURATION = "mkdocs.yml"

_NAMES = """
INHERIT copyright dev_addr docs_dir draft_docs edit_uri edit_uri_template exclude_docs extra
extra_css extra_javascript extra_templates hooks markdown_extensions mdx_configs nav not_in_nav
plugins remote_branch remote_name repo_name repo_url site_author site_description site_dir site_name
site_url strict theme use_directory_urls validation watch
"""
_KEYS = _NAMES.split()


def check_configuration(root: Path) -> Iterator[Problem]:
    """Find what keeps a site from being built with the configuration in a folder."""
    try:
        raw = (root / CONFIGURATION).read_bytes()
    except FileNotFoundError:  # MkDocs was given another
        return
    except OSError as error:
        yield Problem(CONFIGURATION, 1, 1, "unreadable", {"reason": error.strerror or ""})
        return
    text, problem = decode(CONFIGURATION, raw)
    if problem:
        yield problem
        return
    try:
        top = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        yield syntax_problem(CONFIGURATION, text, error)
        return
    entries = _entries(top)
    for name, (key, _) in entries.items():
        if name not in _KEYS:
            yield _problem(key, "unknown_key", name=name, **hint(name, _KEYS))
    if "INHERIT" in entries:
        return
    plugins = entries.get("plugins", (top, None))
    for name in ("tracker", "macros"):
        if name not in _entries(plugins[1]):
            yield _problem(plugins[0], "plugin_missing", value=name)


def _entries(node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node | None]]:
    """List the keys of a mapping, or the entries of a list and their keys, with their values."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): (key, value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        entries: dict[str, tuple[yaml.Node, yaml.Node | None]] = {}
        for entry in node.value:
            is_name = isinstance(entry, yaml.ScalarNode)
            entries |= {entry.value: (entry, None)} if is_name else _entries(entry)
        return entries
    return {}


def _problem(node: yaml.Node | None, code: str, **values: object) -> Problem:
    mark = node.start_mark if node else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(CONFIGURATION, line, column, code, values)
