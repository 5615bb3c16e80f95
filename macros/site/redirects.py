"""Further and former addresses → small pages that lead at once to the right one, with or without a script.

Without one, by a refresh that a `noscript` holds; with one, `redirect.js` does it and takes the anchor along. That is
the one script whose name does not change with what is in it: all these pages, of which there are thousands, would
change with it. Hosts let browsers ask for it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from macros.corpus.corpus import Corpus
from macros.pages.registry import pages
from macros.render.view import View

RESERVED = frozenset((
    "api", "assets", "embed", "pagefind", "search", "404.html", "sitemap.xml", "sitemap.xml.gz", "robots.txt", "llms.txt",
    "_headers", "_redirects", "redirects.nginx.conf",
))  # fmt: skip
"""First parts of addresses that the site itself fills."""

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|[. ]\Z|\A ")
_PAGE = Markup("""<!doctype html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<script src="{root}assets/redirect.js" data-to="{target}"></script>
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{notice} <a href="{target}">{title}</a></p>
</main>
</body>
</html>
""")


def aliases(corpus: Corpus, taken: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files of all aliases, each with the slug of its resolution.

    In: `taken` are the addresses of real pages from the language's root (`resolutions/2-4/`). An alias that is one of
    them, that the site fills itself, or that no file system or no site could hold is left out; of two resolutions with
    the same alias the first has it. Upper and lower case are one, for file systems that do not tell them apart.
    """
    used = {path.strip("/").casefold() for path in taken}
    reserved = RESERVED | {language.casefold() for language in corpus.body.languages[1:]}
    owners: dict[str, str] = {}
    written: set[str] = set()
    for slug, resolution in corpus.resolutions.items():
        patterns = (resolution.fill(pattern) for pattern in corpus.body.alias_patterns)
        for alias in (*patterns, *resolution.former_addresses):
            file = alias and alias_file(alias)
            if not file:
                continue
            key = file.removesuffix("index.html").strip("/").casefold()
            if key in used or key.partition("/")[0] in reserved:
                continue
            if owners.setdefault(key, slug) == slug and file not in written:
                written.add(file)
                yield file, slug


def by_resolution(view: View) -> Mapping[str, Sequence[str]]:
    """List the files at further and former addresses of each resolution that has any."""
    files: dict[str, list[str]] = {}
    for file, slug in aliases(view.corpus, (page.path for page in pages(view))):
        files.setdefault(slug, []).append(file)
    return files


def alias_file(alias: str) -> str | None:
    """`HSP/HA.2/Res.4` → `HSP/HA.2/Res.4/index.html`, `old/page.html` → itself; `None` for an address that is none."""
    parts = alias.removesuffix("/").split("/")
    if any(
        part in ("", ".", "..") or len(part.encode()) > 200 or _UNSAFE.search(part)
        for part in parts
    ):
        return None
    if any(part.casefold().endswith(".html") for part in parts[:-1]):
        return None
    if parts[-1].casefold() == "index.html" and len(parts) == 1:
        return None
    return "/".join(parts) if parts[-1].endswith(".html") else "/".join((*parts, "index.html"))


def page(view: View, file: str, slug: str) -> str:
    """The page at an alias. In: a view whose base is the address of the language's root, and the name of the file."""
    title = view.t(
        "resolution.page_title",
        label=view.corpus.label(slug),
        title=view.corpus.resolutions[slug].title,
    )
    return leading(view, file, f"resolutions/{slug}/", title)


def leading(view: View, file: str, target: str, title: str) -> str:
    """A page that leads to another address of the language, perhaps with an anchor."""
    root = "../" * file.count("/")
    path, mark, anchor = target.partition("#")
    target = quote(path) + mark + quote(anchor)
    return _PAGE.format(
        lang=view.locale.html_lang,
        direction=view.locale.direction,
        title=title,
        canonical=view.url(quote(path)),
        root=root or "./",
        target=(root or "./") + target,
        notice=view.t("export.redirect"),
    )
