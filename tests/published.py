"""The files of two organs that are not pages, as text by path: what other people's tools read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from macros.corpus.corpus import Corpus
from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.render.view import View
from macros.site import files

REPO = Path(__file__).parent.parent
ORGANS = {"own": REPO, "second": REPO / "tests" / "fixtures" / "second-organ"}
URL = "https://example.org/tracker/"
TODAY = date(2026, 1, 15)


@cache
def published(organ: str) -> dict[str, str]:
    """All files of one of `ORGANS`, in all its languages."""
    return files_of(load(read_tree(ORGANS[organ], ("data",))[0]).corpora, TODAY)


def files_of(corpora: Mapping[str, Corpus], today: date) -> dict[str, str]:
    """All files of an organ in all its languages, by path from the root of the site."""
    first = next(iter(corpora))
    folders = {language: "" if language == first else f"{language}/" for language in corpora}
    views = {key: View(corpus, today, URL + folders[key]) for key, corpus in corpora.items()}
    found = dict(files.site_files(views))
    for slug in corpora[first].resolutions:
        found |= dict(files.site_files(views, slug))
    for language, view in views.items():
        own = dict(files.language_files(view))
        for slug in view.corpus.resolutions:
            own |= dict(files.language_files(view, slug))
        found |= {folders[language] + path: text for path, text in own.items()}
    return found
