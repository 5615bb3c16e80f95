"""Translations: an organ's records in another language, and what is missing or outdated in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from macros.corpus.checks.texts import check_rich_text
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile
from macros.model.fields import Record, TextKind
from macros.model.reference import Translation
from macros.model.traversal import (
    has,
    inner_prefix,
    marked_fields,
    text_prefix,
    texts,
    with_records,
)

R = TypeVar("R", bound=Record)
Table = Mapping[str, Translation]
"""A file of translations by the ids of the texts."""

TRANSLATION_NOTICES = (
    "anchor_in_one_language",
    "outdated_translation",
    "text_to_write",
    "untranslated",
)
"""The codes of what is left to do for a translation."""

DRAFT_STATE = "draft"
"""The state of a text that is held from publication."""


class LocalText(str):
    """A text shown with a notice: untranslated, or translated from an older original.

    `state` is `missing` (then `language` is that of the original), `outdated`, or `draft` (not
    published yet).
    """

    __slots__ = ("language", "state")
    language: str
    state: str

    def __new__(cls, text: str, language: str, state: str) -> LocalText:
        """Make a text in a language with a state."""
        self = super().__new__(cls, text)
        self.language, self.state = language, state
        return self

    def __reduce__(self) -> tuple[type[LocalText], tuple[str, str, str]]:
        """Return what makes a copy, for pickle."""
        return LocalText, (str(self), self.language, self.state)


def with_state(words: str, text: str) -> str:
    """Give words made from a text the language and the state of that text."""
    return LocalText(words, text.language, text.state) if isinstance(text, LocalText) else words


def localized(record: R, translations: Table, language: str, original: str, prefix: str = "") -> R:
    """The record with its texts in another language.

    A missing text stays in the original as a `LocalText`; an outdated one is marked so.

    Args:
        record: The record in the working language.
        translations: Translations by id of the text (see `traversal.texts`).
        language: The language of the translations.
        original: The working language.
        prefix: What the ids of its texts begin with.
    """
    base = text_prefix(record, prefix)
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
        if name == "title" and translation and has(type(record), "title_basis"):
            update["title_basis"] = translation.basis or "unofficial"

    def entry(inner: Record, name: str) -> Record:
        prefix = inner_prefix(record, name, inner, base)
        return localized(inner, translations, language, original, prefix)

    return with_records(record, entry, update)


def problems(record: Record, source: SourceFile, translations: Table) -> Iterator[Problem]:
    """Find missing, outdated, unknown and forbidden texts in a file of translations."""
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
        yield from source.find_comment((key, "text"))
        if marked_fields(type(owner), TextKind)[name].rich:
            yield from check_rich_text(source, (key, "text"), translation.text)
