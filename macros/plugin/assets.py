"""What pages load: the style sheets as one file, and the scripts.

Each has a name that changes with its contents, so that browsers and caches may keep it for ever.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from macros.render.view import View
from macros.site.layout import Theme

FOLDER = "assets/tracker/"

STYLES = ("tracker", "pictures", "search", "filters", "share", "data", "access", "print")
"""The tracker's style sheets, in this order."""

PALETTE = {"media": "", "scheme": "default", "primary": "indigo", "accent": "indigo"}
"""What a set of colours says, and what Material takes where that is left out."""

_SHARE_WORDS = (
    "link", "cite", "copy", "copied", "select", "close", "title", "format", "text", "error",
)  # fmt: skip
_CSS_COMMENTS = re.compile(r'@charset "[^"]*";|/\*.*?\*/', re.DOTALL)
_IMPORTED = re.compile(r"""(?<=["'])\./([\w-]+\.js)(?=["'])""")


def prepare_assets(files: Files, config: MkDocsConfig, view: View, root_url: str) -> Theme:
    """Put the style sheets and scripts of a language among the files of a build.

    Args:
        files: The files of the build; those that no page asks for are taken out.
        config: The configuration of MkDocs.
        view: A view in the language of the words that scripts say.
        root_url: The address of the site's root: a choice of colours holds for all languages.
    """
    material = sorted(
        file.src_uri
        for file in files.css_files()
        if file.src_uri.startswith("assets/stylesheets/") and not file.src_uri.endswith(".map")
    )
    own = [f"{FOLDER}{name}.css" for name in STYLES]
    sheets = [file for name in [*material, *own] if (file := files.get_file_from_path(name))]
    sheet, css = join_sheets(file.content_string for file in sheets)
    scripts = [file for file in files if re.fullmatch(rf"{FOLDER}[\w-]+\.js", file.src_uri)]
    texts = {f"{file.name}.js": file.content_string for file in scripts}
    palettes = read_palettes(config)
    settings = {"scope": urlsplit(root_url).path or "/", "palettes": palettes}
    texts["early.js"] = f"const tracker = {json.dumps(settings)};\n{texts['early.js']}"
    texts["words.js"] = _words(view)
    named = name_scripts(texts)
    unused = [file for file in files if _is_unused(file.src_uri)]
    for file in [*sheets, *scripts, *unused]:
        files.remove(file)
    for name, content in [(sheet, css), *named.values()]:
        files.append(File.generated(config, name, content=content))
    return Theme(
        sheets=(sheet, *config.extra_css),
        scripts={name: file for name, (file, _) in named.items()},
        palettes=tuple(palettes),
        favicon=str(config.theme.get("favicon") or "assets/images/favicon.png"),
        repo_url=config.repo_url or "",
        repo_name=config.repo_name or "",
        edit_uri=config.edit_uri or "",
    )


def read_palettes(config: MkDocsConfig) -> list[dict[str, str]]:
    """Read the sets of colours of `mkdocs.yml`, which names several, one or none."""
    palettes: Any = config.theme.get("palette") or ()
    palettes = [palettes] if isinstance(palettes, dict) else palettes
    return [
        {name: str(palette.get(name, default)) for name, default in PALETTE.items()}
        for palette in palettes
    ]


def join_sheets(sheets: Iterable[str]) -> tuple[str, str]:
    """Join style sheets, whose own addresses must be absolute or `data:`.

    Returns:
        The name of the file and its text.
    """
    lines = (_CSS_COMMENTS.sub("", sheet).strip() for sheet in sheets)
    text = '@charset "UTF-8";' + "\n".join(lines) + "\n"
    return _name_by_content("site.css", text), text


def name_scripts(scripts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Give scripts names that change with their contents.

    A script that imports another (`"./elements.js"`) imports it by its new name, and so gets a new
    one itself when that changes.

    Args:
        scripts: Texts by name.

    Returns:
        The name of each file and its text, by the old name.
    """
    renamed: dict[str, tuple[str, str]] = {}
    imports = {name: _IMPORTED.findall(text) for name, text in scripts.items()}
    for name in TopologicalSorter(imports).static_order():
        text = _IMPORTED.sub(
            lambda match: "./" + renamed[match[1]][0].removeprefix(FOLDER), scripts[name]
        )
        renamed[name] = _name_by_content(name, text), text
    return renamed


def linked_names(text: str) -> Sequence[str]:
    """The names of the Markdown files that a text may link to, without their folders."""
    return re.findall(r"[\w-]+\.md", text)


def _name_by_content(name: str, text: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{FOLDER}{stem}.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{ending}"


def _is_unused(name: str) -> bool:
    """Whether a file is for Material's own script, which no page loads."""
    return name.startswith("assets/javascripts/") or name.endswith(".map")


def _words(view: View) -> str:
    """The script with the words that other scripts say."""
    share = {name: view.t(f"share.{name}") for name in _SHARE_WORDS}
    share["entry"] = view.t("share.entry", anchor="{anchor}")
    text = json.dumps(share, ensure_ascii=False)
    return f"export const search = {view.search_strings()};\nexport const share = {text};\n"
