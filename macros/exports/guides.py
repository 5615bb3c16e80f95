"""A site in short, for programs that read texts: `llms.txt` (llmstxt.org), one for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from macros.exports.formats import KINDS, ROOT, Kind
from macros.exports.markdown import escape, link
from macros.exports.records import provenance, sample
from macros.render.view import View

MOST = 200
"""Of more resolutions than this there is no list, only where it is found."""

PAGES = ("resolutions", "funding", "timeline", "documents", "partners", "data", "about")


def page(view: View) -> str:
    """In: a view whose base is the address of the language's root. Out: what the site is, and where things are."""
    body, t = view.corpus.body, view.t
    blocks = [f"# {escape(body.site_name)}", f"> {escape(body.description)}"]
    blocks += [escape(provenance(view)).replace("\n", "  \n"), t("guide.permanent")]
    blocks += [
        f"## {t('guide.pages')}",
        _links(_pages(view)),
        f"## {t('guide.data')}",
        _links(_data(view)),
    ]
    if view.corpus.resolutions:
        blocks += [f"## {t('guide.resolutions')}", _resolutions(view)]
        blocks += [f"## {t('guide.optional')}", _links(_single(view))]
    return "\n\n".join(blocks) + "\n"


def _pages(view: View) -> Iterator[tuple[str, str, str]]:
    for name in PAGES:
        yield (
            view.t(f"title.{name}"),
            view.url(f"{name}/"),
            view.t(f"description.{name}", organ=view.corpus.body.name),
        )


def _data(view: View) -> Iterator[tuple[str, str, str]]:
    """The files that hold everything; those of single resolutions follow at the end."""
    yield from (_file(view, kind, kind.path) for kind in KINDS if "{" not in kind.path)


def _single(view: View) -> Iterator[tuple[str, str, str]]:
    """The files that there are for each resolution or each period, by an example."""
    values = sample(view.corpus)
    yield from (
        _file(view, kind, path)
        for kind in KINDS
        if "{" in kind.path and (path := kind.example(values))
    )


def _file(view: View, kind: Kind, path: str) -> tuple[str, str, str]:
    local = view.at("")
    found = local.url(ROOT + path) if kind.per_language else local.site_url(ROOT + path)
    return kind.path, urljoin(view.base, found), view.t(f"export.file.{kind.key}")


def _resolutions(view: View) -> str:
    slugs = view.corpus.resolutions
    if len(slugs) > MOST:
        pattern, table = (
            view.url(f"{ROOT}resolutions/{{slug}}.md"),
            view.url(f"{ROOT}resolutions.csv"),
        )
        return view.t("guide.all", count=len(slugs), table=f"<{table}>", pattern=f"`{pattern}`")
    return _links(
        (view.resolution_name(slug), view.url(f"{ROOT}resolutions/{slug}.md"), resolution.title)
        for slug, resolution in slugs.items()
    )


def _links(found: Iterable[tuple[str, str, str]]) -> str:
    return "\n".join(f"- {link(escape(name), url)}: {escape(note)}" for name, url, note in found)
