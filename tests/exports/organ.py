"""All exported files of a small invented organ in two languages."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from macros.corpus.loading import load
from macros.exports import registry
from macros.render.view import View
from tests.organ import BODY, FIRST, SMALL, TODAY

URL = "https://example.org/lakes/"
CORRECTION = """
corrections:
  - id: wrong-amount
    date: 2025-01-20
    resolution: 1-1
    text: The amount was wrong.
"""
TRANSLATIONS = "title: {original: Clean shores, text: Rives propres, basis: unofficial}\n"
TWO_LANGUAGES = (
    SMALL.edit(BODY, "languages: [en]", "languages: [en, fr]")
    .append("data/statements.yml", CORRECTION)
    .add(FIRST.replace("data/", "data/translations/fr/"), TRANSLATIONS)
)


@cache
def views() -> dict[str, View]:
    """A view in each language."""
    loaded = load(TWO_LANGUAGES.files)
    assert not loaded.errors, loaded.errors
    folders = {"en": "", "fr": "fr/"}
    return {key: View(loaded.corpora[key], TODAY, URL + folder) for key, folder in folders.items()}


@cache
def shared_files() -> dict[str, str]:
    """The files that hold all languages."""
    files = dict(registry.site_files(views()))
    for slug in views()["en"].corpus.resolutions:
        files |= dict(registry.site_files(views(), slug))
    return files


@cache
def files_of(language: str) -> dict[str, str]:
    """The files of one language."""
    view = views()[language]
    files = dict(registry.language_files(view))
    for slug in view.corpus.resolutions:
        files |= dict(registry.language_files(view, slug))
    return files


def document(name: str) -> Any:
    """A JSON file that holds all languages."""
    return json.loads(shared_files()[f"api/v1/{name}.json"])
