"""From records to values for JSON: every text in all languages at once, amounts as numbers, dates with their days.

The conventions of all files under `api/v1/`:

- a text is `{language: text}`; a language that lacks it is left out;
- an amount is a number, `null` where it is not reported; never zero for want of a report;
- a date is `{"edtf", "earliest", "latest"}`: as the source meant it (ISO 8601-2), and the days it spans, `null` at an
  open end;
- what a record refers to is given by its id; the names of the ids are under `names` in the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.model.dates import PartialDate
from macros.model.fields import Record, Ref, TextKind, marked_fields, texts
from macros.model.funding import Resource
from macros.model.reference import Period
from macros.model.resolution import Event
from macros.render.view import View

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

_VOCABULARY = {
    "status": "statuses", "theme": "themes", "goal": "goals", "event_kind": "event_kinds",
    "contribution_kind": "contribution_kinds", "contribution_state": "contribution_states",
    "organization_kind": "organization_kinds", "document_kind": "document_kinds", "relation_kind": "relation_kinds",
}  # fmt: skip
OWN = frozenset(("event", "paragraph"))
"""What a record refers to within itself: it is not among the names."""
_SITE_LINK = re.compile(r"\]\((<?)/(?!/)")
_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode

_NOTHING: Mapping[str, Any] = MappingProxyType({})

Named = set[tuple[str, Any]]
"""What a file refers to: pairs of a kind and an id."""


# --- single values ------------------------------------------------------------------------------------


def number(value: Decimal | None) -> int | float | None:
    """An amount as a JSON number: whole ones without a decimal point, others with as few digits as say the same."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def share(value: Decimal | None) -> float | int | None:
    """A share of 1 with six decimals at most."""
    return None if value is None else number(round(value, 6))


def moment(when: PartialDate | None) -> dict[str, str | None] | None:
    """A partial date: as it was meant, with its first and last day."""
    if when is None:
        return None
    return {
        "edtf": str(when),
        "earliest": when.earliest.isoformat() if when.start else None,
        "latest": when.latest.isoformat() if when.end else None,
    }


def plain(value: Any) -> Any:
    """Any value of a record that is neither text nor a record."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, PartialDate):
        return moment(value)
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value


def absolute(text: str, root: str) -> str:
    """Restricted Markdown whose links to pages of the site lead there from anywhere."""
    return _SITE_LINK.sub(rf"](\1{root}", text) if "](" in text else str(text)


def sample(corpus: Corpus) -> dict[str, str]:
    """What stands for `{slug}`, `{id}` and `{name}` in an example: a resolution of which much is told, the newest
    period, a schema."""
    told = (
        slug
        for slug, found in corpus.resolutions.items()
        if found.updates and found.contributions and any(event.date for event in found.events)
    )
    slug = next(told, next(iter(corpus.resolutions), ""))
    period = corpus.latest_period
    return {"slug": slug, "id": period.id if period else "", "name": "resolution"}


def provenance(view: View) -> str:
    """What a file in one language says of itself: of when its statements are, from which report, and the licence."""
    licence = f"{view.t('export.licence', licence=LICENCE)} {LICENCE_URL}"
    if (period := view.corpus.latest_period) is None:
        return licence
    standing = view.t(
        "resolution.state_as_of",
        date=view.date(period.as_of),
        report=view.document_name(period.report),
    )
    return f"{standing}\n{licence}"


class Written(str):
    """A value that is JSON already, as `written` made it: an entry of a list in `dump`."""


def written(value: Mapping[str, Any]) -> Written:
    """A value as JSON on one line."""
    return Written(_write(value))


def _line(value: Mapping[str, Any] | Written) -> str:
    return value if isinstance(value, Written) else _write(value)


def dump(document: Mapping[str, Any]) -> str:
    """A JSON text (RFC 8259): a line for each key and for each entry of a list, so that versions can be compared."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], (dict, Written)):
            inner = "[\n  " + ",\n  ".join(map(_line, value)) + "\n ]"
        else:
            inner = _write(value)
        lines.append(f" {_write(key)}: {inner}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def dump_list(values: Iterable[Mapping[str, Any]]) -> str:
    """A JSON text that is a list, a line for each entry."""
    return "[\n" + ",\n".join(map(_write, values)) + "\n]\n"


# --- records in all languages -------------------------------------------------------------------------


@dataclass(frozen=True)
class Editions:
    """The same organ in all its languages: a view for each, whose `base` is the address of the language's root."""

    views: Mapping[str, View]
    _names: dict[tuple[str, Any], dict[str, Any]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @staticmethod
    def of(corpora: Mapping[str, Corpus], url: str, today: date) -> Editions:
        """In: the corpora, the default language first; the address of the site's root; the date of the build."""
        default = next(iter(corpora))
        return Editions({
            language: View(corpus, today, url if language == default else f"{url}{language}/")
            for language, corpus in corpora.items()
        })  # fmt: skip

    @property
    def first(self) -> View:
        """The view in the default language."""
        return next(iter(self.views.values()))

    @property
    def corpus(self) -> Corpus:
        """The corpus in the default language, for everything but texts."""
        return self.first.corpus

    def urls(self, path: str) -> dict[str, str]:
        """The address of a page in every language, given from the root of the language."""
        return {language: view.url(path) for language, view in self.views.items()}

    def header(self, period: Period | None) -> dict[str, Any]:
        """What every file begins with: licence, and the date and the report that its statements hold for."""
        return {
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "as_of": str(period.as_of) if period else None,
            "as_of_basis": period.as_of_basis if period else None,
            "source": period.report if period else None,
        }

    def record(
        self, versions: Mapping[str, Record], named: Named, given: Mapping[str, Any] = _NOTHING
    ) -> dict[str, Any]:
        """A record and all inside it.

        In: the record in each language; `named` takes in what it refers to; fields that are `given` already. Out: its
        fields under their names in the data; also the `id` of statements that have it from another field, the `case` of events, the `gap` of
        resources.
        """
        record = next(iter(versions.values()))
        found: dict[str, Any] = {}
        fields = fields_of(type(record))
        if "id" not in fields and hasattr(record, "id"):
            found["id"] = record.id
        for name, (sort, kind) in fields.items():
            value = getattr(record, name)
            if name in given:
                found[name] = given[name]
            elif sort == "text" or sort == "rich":
                found[name] = self.text(
                    {language: getattr(version, name) for language, version in versions.items()},
                    sort == "rich",
                )
            elif sort == "basis":
                found[name] = {
                    language: getattr(version, name)
                    for language, version in versions.items()
                    if not _lacks(version.title)
                }
            elif isinstance(value, Record):
                found[name] = self.record(
                    {language: getattr(version, name) for language, version in versions.items()},
                    named,
                )
            elif isinstance(value, tuple) and value and isinstance(value[0], Record):
                rows = zip(*(getattr(version, name) for version in versions.values()), strict=True)
                found[name] = [
                    self.record(dict(zip(versions, row, strict=True)), named) for row in rows
                ]
            else:
                found[name] = plain(value)
                if kind and kind not in OWN and value is not None:
                    named.update(
                        (kind, entry) for entry in (value if isinstance(value, tuple) else (value,))
                    )
        if isinstance(record, Event):
            found |= {
                "said": record.said,
                "date": moment(record.date),
                "case": queries.case(record, self.first.today),
            }
        elif isinstance(record, Resource):
            found |= {"gap": number(record.gap), "gap_share": share(record.gap_share)}
        return found

    def text(self, versions: Mapping[str, str | None], rich: bool = False) -> dict[str, str] | None:
        """A text in the languages that have it; `None` where there is no such text."""
        found = {}
        for language, text in versions.items():
            if text is not None and not _lacks(text):
                found[language] = absolute(text, self.views[language].base) if rich else str(text)
        return found or None

    def names(self, named: Iterable[tuple[str, Any]]) -> dict[str, dict[str, Any]]:
        """The names of ids by kind and id; documents and resolutions with their addresses, places with their country."""
        found: dict[str, dict[str, Any]] = {}
        countries = {
            ("place", self.corpus.places[key].country) for kind, key in named if kind == "place"
        }
        for kind, key in sorted(
            {*named, *countries} - {("place", None)}, key=lambda pair: (pair[0], str(pair[1]))
        ):
            if (kind, key) not in self._names:
                self._names[kind, key] = self._name(kind, key)
            found.setdefault(kind, {})[str(key)] = self._names[kind, key]
        return found

    def _name(self, kind: str, key: Any) -> dict[str, Any]:
        corpora = {language: view.corpus for language, view in self.views.items()}
        if kind == "document":
            title = self.text(
                {language: corpus.documents[key].title for language, corpus in corpora.items()}
            )
            return {"title": title, "url": self.official_urls(key)}
        if kind == "resolution":
            title = self.text(
                {language: corpus.resolutions[key].title for language, corpus in corpora.items()}
            )
            return {
                "label": self.corpus.label(key),
                "title": title,
                "url": self.urls(f"resolutions/{key}/"),
            }
        if kind == "mechanism":
            holders = {
                language: {key: corpus.mechanisms[key][1]} for language, corpus in corpora.items()
            }
        elif kind in _VOCABULARY:
            holders = {
                language: corpus.words[_VOCABULARY[kind]] for language, corpus in corpora.items()
            }
        else:
            holders = {
                language: getattr(corpus, f"{kind}s") for language, corpus in corpora.items()
            }
        named = {
            "name": self.text({language: holder[key].name for language, holder in holders.items()})
        }
        if kind == "place":
            named["country"] = self.corpus.places[key].country
        return named

    def official_urls(self, document: str) -> dict[str, str] | None:
        """Where the full text of a document is found, by the reader's language."""
        found = {language: view.official_url(document) for language, view in self.views.items()}
        return {language: url for language, url in found.items() if url} or None

    def translations(self, versions: Mapping[str, Record]) -> dict[str, dict[str, list[str]]]:
        """For each further language: the ids of the texts it lacks, and of those whose translation is outdated."""
        found: dict[str, dict[str, list[str]]] = {}
        for language, version in list(versions.items())[1:]:
            states: dict[str, list[str]] = {"missing": [], "outdated": []}
            for key, holder, name in texts(version):
                if isinstance(text := getattr(holder, name), LocalText) and text.state in states:
                    states[text.state].append(key)
            found[language] = states
        return found

    def change(self, change: queries.Change) -> dict[str, Any]:
        """What a period changed; the values before and after as the record has them."""
        return {
            "resolution": change.slug,
            "kind": change.kind,
            "entry": change.entry,
            "before": _changed(change.kind, change.before),
            "after": _changed(change.kind, change.after),
        }


@cache
def fields_of(kind: type[Record]) -> dict[str, tuple[str, str | None]]:
    """The fields of a record class: what sort of value each holds, and the kind of thing it refers to.

    Until when something was held from publication is not told.
    """
    marks = marked_fields(kind, TextKind)
    refs = marked_fields(kind, Ref)
    found: dict[str, tuple[str, str | None]] = {}
    for name in kind.model_fields:
        if name == "held":
            continue
        sort = (
            ("rich" if marks[name].rich else "text")
            if name in marks
            else "basis"
            if name == "title_basis"
            else "value"
        )
        found[name] = (sort, refs[name].kind if name in refs else None)
    return found


def _lacks(text: object) -> bool:
    return isinstance(text, LocalText) and text.state == "missing"


def _changed(kind: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    keys = ("state", "amount", "currency") if kind == "contribution" else ("said", "date")
    return dict(zip(keys, map(plain, value), strict=True))
