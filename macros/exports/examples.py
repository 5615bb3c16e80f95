"""A short example of each kind of file for machines, cut from what the site publishes of one resolution.

Cut, not made up: a test finds every value in the published file. In an example `https://…/` is the address of the
site; texts are in one language, other keys and entries are left out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from macros.corpus.corpus import Corpus
from macros.exports import (
    apischema,
    bibliography,
    calendars,
    datasets,
    feeds,
    guides,
    openapi,
    plaintext,
    portions,
    tables,
)
from macros.exports import (
    datapackage as packages,
)
from macros.exports.formats import ROOT, Kind
from macros.exports.records import Editions, sample
from macros.queries import queries
from macros.render import citations as citing
from macros.render.view import View

SITE = "https://…/"
"""What stands for the address of the site."""

_WIDTH, _LINES = 76, 14

_WHOLE: tuple[str, ...] = ()
_KEYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "index.json": {"as_of": _WHOLE, "files": ("path", "url", "media_type", "describedby")},
    "resolutions.json": {"as_of": _WHOLE, "resolutions": ("slug", "label", "symbol", "title", "status", "url")},
    "resolutions/{slug}.json": {
        "licence": _WHOLE, "as_of": _WHOLE, "slug": _WHOLE, "title": _WHOLE,
        "updates": ("id", "period", "text", "sources"), "computed": ("status", "required", "mobilized", "gap"),
    },
    "funding.json": {"contributions": ("resolution", "url", "id", "contributor", "kind", "reports")},
    "timeline.json": {"cases_on": _WHOLE, "events": ("resolution", "url", "id", "title", "date", "case")},
    "documents.json": {"documents": ("key", "url", "title", "full_text")},
    "partners.json": {"organizations": ("id", "name", "kind")},
    "periods/{id}.json": {"as_of": _WHOLE, "source": _WHOLE, "changes": _WHOLE},
    "corrections.json": {"licence": _WHOLE, "as_of": _WHOLE, "corrections": ("id", "url", "date", "text")},
    "datapackage.json": {
        "name": _WHOLE, "version": _WHOLE, "licenses": _WHOLE, "resources": ("name", "path", "title", "profile"),
    },
    "changes.feed.json": {"version": _WHOLE, "feed_url": _WHOLE, "items": _WHOLE},
    "resolutions/{slug}.feed.json": {"version": _WHOLE, "feed_url": _WHOLE, "items": _WHOLE},
    "resolutions/{slug}.citations.json": {"as_of": _WHOLE, "language": _WHOLE, "citations": ("id", "anchor", "url", "text")},
}  # fmt: skip
"""What is shown of JSON files: keys, and of the first entry in a list (or of an object) again some keys, or all."""


def examples(view: View, kinds: Iterable[Kind]) -> dict[str, str]:
    """The examples of some kinds of files, as texts by the paths of the kinds; kinds that have none are left out."""
    values = sample(view.corpus)
    wanted = {kind.path for kind in kinds}
    if not values["slug"] or not values["id"]:
        return {}
    view, found = _small(view), {}
    for paths, make in _MAKERS.items():
        if wanted & set(paths):
            found |= make(view, values)
    return {path: text for path, text in found.items() if path in wanted}


def guide(view: View) -> str:
    """The beginning of `llms.txt`."""
    small = _small(view) if sample(view.corpus)["slug"] else view.at(SITE)
    return "\n".join([*guides.page(small).splitlines()[:_LINES], "…"])


def reads(corpus: Corpus) -> tuple[str, ...]:
    """The resolutions that examples are made from: the one they are cut from, and those that hold ways of funding, which
    others name."""
    slug = sample(corpus)["slug"]
    return tuple(
        key
        for key, resolution in corpus.resolutions.items()
        if key == slug or resolution.mechanisms
    )


def _small(view: View) -> View:
    """The view of these alone, so that an example costs the same however many there are."""
    corpus = view.corpus
    kept = {key: corpus.resolutions[key].model_copy(update={"relations": ()}) for key in reads(corpus)}
    corrections = tuple(
        entry for entry in corpus.statements.corrections if entry.resolution in {None, *kept}
    )
    statements = corpus.statements.model_copy(update={"corrections": corrections})
    small = replace(corpus, resolutions=MappingProxyType(kept), statements=statements)
    folder = "" if corpus.language == corpus.body.languages[0] else f"{corpus.language}/"
    return View(small, view.today, SITE + folder)


# --- JSON -------------------------------------------------------------------------------------------------


def _all_languages(view: View, values: Mapping[str, str]) -> dict[str, str]:
    made = dict(datasets.files(Editions({view.corpus.language: view})))
    found = {
        path: _cut(made[_path(path, values)], path, values)
        for path in _KEYS
        if _path(path, values) in made
    }
    line = made[f"{ROOT}resolutions.ndjson"].partition("\n")[0]
    return found | {"resolutions.ndjson": f"{line[: 4 * _WIDTH]}…"}


def _described(view: View, values: Mapping[str, str]) -> dict[str, str]:
    """The schemas, and the OpenAPI document in the default language's place."""
    schema = apischema.schema(values["name"], view.corpus, SITE)
    shown = {key: schema[key] for key in ("$schema", "$id", "title")} | {
        "$defs": {"date": schema["$defs"]["date"]}
    }
    path = f"/{ROOT}resolutions/{{slug}}.json"
    whole = json.loads(openapi.document(view.at(SITE)))
    operation = whole["paths"][path]["get"]
    content = operation["responses"]["200"]["content"]
    described = {
        "get": {"operationId": operation["operationId"], "responses": {"200": {"content": content}}}
    }
    document = {"openapi": whole["openapi"], "paths": {path: described}}
    return {"schema/{name}.json": pretty(shown), "openapi.json": pretty(document)}


def _path(path: str, values: Mapping[str, str]) -> str:
    return ROOT + path.format_map(values)


def _cut(text: str, path: str, values: Mapping[str, str]) -> str:
    document = json.loads(text)
    return pretty(
        {key: _entry(document[key], inner, values["slug"]) for key, inner in _KEYS[path].items()}
    )


def _entry(value: Any, keys: tuple[str, ...], slug: str) -> Any:
    """The entry of a list that belongs to a resolution, else the first in a language; of an entry, some keys."""
    if isinstance(value, list):
        own = [entry for entry in value if slug in (entry.get("resolution"), entry.get("slug"))]
        localized = [entry for entry in value if isinstance(entry.get("url"), dict)]
        return [_entry(entry, keys, slug) for entry in (own or localized or value)[:1]]
    return {key: value[key] for key in keys} if keys else value


def pretty(value: Any, depth: int = 0) -> str:
    """A value as JSON that a reader takes in: what is short stands on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value or len(flat) + 2 * depth <= _WIDTH:
        return flat
    pad, is_map = "  " * (depth + 1), isinstance(value, dict)
    parts = [
        f"{pad}{json.dumps(key, ensure_ascii=False)}: {pretty(inner, depth + 1)}" for key, inner in value.items()
    ] if is_map else [pad + pretty(inner, depth + 1) for inner in value]  # fmt: skip
    first, last = "{}" if is_map else "[]"
    return first + "\n" + ",\n".join(parts) + "\n" + "  " * depth + last


# --- other forms ------------------------------------------------------------------------------------------


def _tables(view: View, values: Mapping[str, str]) -> dict[str, str]:
    slug = values["slug"]
    own = portions.of_resolution(view, slug)
    made = {
        "resolutions": tables.resolutions([own["resolutions"]]),
        "statements": tables.statements(view, [own["statements"]]),
        "funding": tables.funding(view, [own["funding"]]),
        "timeline": tables.timeline(own["timeline"].values()),
    }
    found = {f"{name}.csv": _row(text, slug) for name, text in made.items()}
    return found | {
        "datapackage.json": _cut(packages.package(view, made), "datapackage.json", values)
    }


def _row(text: str, slug: str) -> str:
    """The first line of a table and that of its first row on a resolution."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [rows[0], *[row for row in rows if row[0] == slug][:1]]
    )
    return out.getvalue()


def _calendar(view: View, values: Mapping[str, str]) -> dict[str, str]:
    found = queries.timeline(view.corpus, view.today, [values["slug"]])
    text = next((entry for one in found if (entry := calendars.entry(view, one))), "").replace(
        "\r\n", "\n"
    )
    return {"timeline.ics": text, "resolutions/{slug}.ics": text} if text else {}


def _feeds(view: View, values: Mapping[str, str]) -> dict[str, str]:
    found = [feeds.written(view, entry) for entry in feeds.entries(view, values["slug"])][:1]
    atom = "".join(entry.atom for entry in found)
    made = {"changes.atom": atom, "resolutions/{slug}.atom": atom}
    for path in ("changes.feed.json", "resolutions/{slug}.feed.json"):
        text = feeds.json_feed(view, "", found, view.url(_path(path, values)), "")
        made[path] = _cut(text, path, values)
    return made


def _texts(view: View, values: Mapping[str, str]) -> dict[str, str]:
    slug = values["slug"]
    found = queries.timeline(view.corpus, view.today, [slug])
    reported = queries.reported_in(view.corpus.resolutions[slug], view.corpus)
    lines = plaintext.page(view, slug, found, reported).splitlines()
    return {"resolutions/{slug}.md": "\n".join([*lines[:_LINES], "…"])}


def _cited(view: View, values: Mapping[str, str]) -> dict[str, str]:
    """The first citation in each form: that of the resolution's page."""
    found = next(citing.citations(view, values["slug"]))
    made = dict(citing.files(view, values["slug"]))
    path = "resolutions/{slug}."
    return {
        f"{path}bib": bibliography.bibtex([found]).replace(quote(SITE, safe=":/"), SITE),
        f"{path}ris": bibliography.ris([found]).replace("\r\n", "\n"),
        f"{path}csl.json": pretty([bibliography.csl(found)]),
        f"{path}citations.json": _cut(
            made[ROOT + path.format_map(values) + "citations.json"], f"{path}citations.json", values
        ),
    }


_MAKERS: Mapping[tuple[str, ...], Callable[[View, Mapping[str, str]], dict[str, str]]] = {
    (*_KEYS, "resolutions.ndjson"): _all_languages,
    ("schema/{name}.json", "openapi.json"): _described,
    (
        "resolutions.csv",
        "statements.csv",
        "funding.csv",
        "timeline.csv",
        "datapackage.json",
    ): _tables,
    ("timeline.ics", "resolutions/{slug}.ics"): _calendar,
    (
        "changes.atom",
        "resolutions/{slug}.atom",
        "changes.feed.json",
        "resolutions/{slug}.feed.json",
    ): _feeds,
    ("resolutions/{slug}.md",): _texts,
    tuple(
        f"resolutions/{{slug}}.{form}" for form in ("bib", "ris", "csl.json", "citations.json")
    ): _cited,
}
"""Which function makes the examples of which kinds."""
