"""Redirects: small pages at further and former addresses that lead at once to the right one.

With a script, `redirect.js` does it and takes the anchor along; without one, a refresh that a
`noscript` holds. The name of that script does not change with its content, since all these pages
would change with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from macros.corpus.corpus import Corpus
from macros.corpus.loading import Loaded
from macros.corpus.problems import Problem
from macros.pages.registry import pages
from macros.render.view import View

RESERVED = frozenset((
    "api", "assets", "embed", "pagefind", "search", "404.html", "sitemap.xml",
    "robots.txt", "_headers", "_redirects", "redirects.nginx.conf",
))  # fmt: skip
"""First parts of addresses that the site itself fills."""

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|[. ]\Z|\A ")


@lru_cache(maxsize=8)
def by_resolution(view: View) -> Mapping[str, Sequence[str]]:
    """List the files at further and former addresses of each resolution that has any."""
    files: dict[str, list[str]] = {}
    for file, slug in aliases(view.corpus, (page.path for page in pages(view))):
        files.setdefault(slug, []).append(file)
    return files


def aliases(corpus: Corpus, taken: Iterable[str]) -> Iterator[tuple[str, str]]:
    """List the files of all aliases, each with the slug of its resolution.

    An alias at the address of a real page, in a folder that the site fills itself, or that no file
    system could hold is left out; of two resolutions with the same alias the first has it. Case is
    ignored, as some file systems do.

    Args:
        corpus: The resolutions.
        taken: The addresses of real pages from the language's root (`resolutions/2-4/`).
    """
    used = {path.strip("/").casefold() for path in taken}
    reserved = RESERVED | {language.casefold() for language in corpus.body.languages[1:]}
    owners: dict[str, str] = {}
    written: set[str] = set()
    for slug, resolution in corpus.resolutions.items():
        patterns = (resolution.fill(pattern) for pattern in corpus.body.alias_patterns)
        for file in map(alias_file, filter(None, (*patterns, *resolution.former_addresses))):
            key = file.removesuffix("index.html").strip("/").casefold() if file else ""
            if not file or key in used or key.partition("/")[0] in reserved:
                continue
            if owners.setdefault(key, slug) == slug and file not in written:
                written.add(file)
                yield file, slug


def alias_file(alias: str) -> str | None:
    """Name the file at an alias; `None` for one that is no address.

    `HSP/HA.2/Res.4` → `HSP/HA.2/Res.4/index.html`, `old/page.html` → itself.
    """
    *folders, last = parts = alias.removesuffix("/").split("/")
    if any(
        part in ("", ".", "..") or len(part.encode()) > 200 or _UNSAFE.search(part)
        for part in parts
    ):
        return None
    if any(part.casefold().endswith(".html") for part in folders):
        return None
    if not folders and last.casefold() == "index.html":
        return None
    return "/".join(parts if last.endswith(".html") else (*parts, "index.html"))


def problems(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Find former addresses of resolutions that are none, or belong to another page."""
    corpus = next(iter(loaded.corpora.values()))
    files = by_resolution(View(corpus, today))
    for slug, resolution in corpus.resolutions.items():
        source = loaded.sources[f"data/resolutions/{slug}.yml"]
        for index, address in enumerate(resolution.former_addresses):
            if alias_file(address) not in files.get(slug, ()):
                yield source.problem(("former_addresses", index), "former_address", value=address)


def page(view: View, file: str, slug: str) -> str:
    """Write the page at an alias of a resolution.

    Args:
        view: A view whose base is the address of the language's root.
        file: The name of the file.
        slug: The resolution.
    """
    label, resolution = view.corpus.label(slug), view.corpus.resolutions[slug]
    title = view.t("resolution.page_title", label=label, title=resolution.title)
    return redirect(view, file, f"resolutions/{slug}/", title)


def redirect(view: View, file: str, target: str, title: str) -> str:
    """Write a page that leads to another address of the language, perhaps with an anchor."""
    root = "../" * file.count("/") or "./"
    path, mark, anchor = target.partition("#")
    return view.render(
        "redirect.html",
        title=title,
        canonical=view.url(quote(path)),
        root=root,
        target=root + quote(path) + mark + quote(anchor),
    )
