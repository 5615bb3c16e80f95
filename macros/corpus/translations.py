"""Translations: an organ's records in another language, and what is missing or outdated in them."""

from __future__ import annotations

from functools import cache
from typing import Any, Iterator, Mapping, TypeVar

from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile
from macros.model import restricted_markdown as richtext
from macros.model.fields import Record, TextKind, holders, marked_fields, record_in, texts
from macros.model.reference import Translation

R = TypeVar("R", bound=Record)

DRAFT_STATE = "draft"
"""The state of a text that is held from publication."""


class LocalText(str):
    """A text that a reader must be told about: untranslated, or translated from an older original.

    `state` is `missing` (then `language` is that of the original), `outdated`, or `draft` (not published yet).
    """

    __slots__ = ("language", "state")
    language: str
    state: str

    def __new__(cls, text: str, language: str, state: str) -> LocalText:
        self = super().__new__(cls, text)
        self.language, self.state = language, state
        return self

    def __getnewargs__(self) -> tuple[str, str, str]:
        """What makes a copy, for pickle."""
        return str(self), self.language, self.state


def localized(
    record: R,
    translations: Mapping[str, Translation],
    language: str,
    original: str,
    prefix: str = "",
) -> R:
    """The record with its texts in another language.

    In: the record in the working language `original`; `translations` by id of the text (see `fields.texts`).
    Out: a copy. A missing text stays in the original as a `LocalText`; an outdated one is marked so.
    """
    key = record.text_key
    base = f"{prefix}{key}." if key is not None else prefix
    update: dict[str, Any] = {}
    for name in marked_fields(type(record), TextKind):
        text = getattr(record, name)
        if text is None:
            continue
        translation = translations.get(base + name)
        if translation is None or translation.text is None:
            update[name] = LocalText(text, original, "missing")
        elif translation.original != text:
            update[name] = LocalText(translation.text, language, "outdated")
        else:
            update[name] = translation.text
        if name == "title" and "title_basis" in type(record).model_fields:
            update["title_basis"] = (
                record.title_basis if translation is None else translation.basis or "unofficial"  # type: ignore[attr-defined]
            )
    for name in _worded(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            update[name] = localized(value, translations, language, original, base)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            inner = f"{name}." if record.names_lists else ""
            update[name] = tuple(
                localized(entry, translations, language, original, inner) for entry in value
            )
    return record.changed(update)


@cache
def _worded(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record class that hold records with texts: the others, such as sources, stay as they are."""
    inner = {name: record_in(kind.model_fields[name].annotation) for name in holders(kind)}
    return tuple(
        name
        for name, found in inner.items()
        if found and (marked_fields(found, TextKind) or _worded(found))
    )


def problems(
    record: Record, source: SourceFile, translations: Mapping[str, Translation]
) -> Iterator[Problem]:
    """What is wrong with one translation file: texts it lacks or that wait to be written, texts that are outdated,
    texts nobody has, and what a text may not contain."""
    known = {key: (owner, name) for key, owner, name in texts(record)}
    for key in known.keys() - translations.keys():
        yield source.problem((), "untranslated", severity="notice", key_name=key)
    for key, translation in translations.items():
        if key not in known:
            yield source.problem((key,), "unknown_text", key=True, name=key, **hint(key, known))
            continue
        owner, name = known[key]
        if translation.text is None:
            yield source.problem((key, "text"), "text_to_write", severity="notice", key_name=key)
            continue
        if translation.original != getattr(owner, name):
            yield source.problem(
                (key, "original"), "outdated_translation", severity="notice", key_name=key
            )
        if marked_fields(type(owner), TextKind)[name].rich:
            for code, passage in richtext.faults(translation.text):
                yield source.problem((key, "text"), code, passage=passage)
