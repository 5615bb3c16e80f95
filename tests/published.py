"""The files for machines of two organs, as text by path from the root of the site: what other people's tools read."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.exports import registry as exports
from macros.render.view import View

REPO = Path(__file__).parent.parent
ORGANS = {"own": REPO, "second": REPO / "tests" / "fixtures" / "second-organ"}
URL = "https://example.org/tracker/"
TODAY = date(2026, 1, 15)


@cache
def published(organ: str) -> dict[str, str]:
    """All files of one of `ORGANS`, in all its languages."""
    corpora = load(read_tree(ORGANS[organ], ("data",))[0]).corpora
    found = {
        path: text if isinstance(text, str) else text.decode()
        for path, text in exports.of_site(corpora, URL, TODAY)
    }
    for language, corpus in corpora.items():
        folder = "" if language == corpus.body.languages[0] else f"{language}/"
        files = exports.of_language(View(corpus, TODAY), URL + folder)
        found |= {folder + path: text for path, text in files}
    return found
