"""Some resolutions loaded again, as the live preview does when one is saved."""

from __future__ import annotations

import pytest

from macros.corpus.loading import load, renewed
from macros.corpus.source import SourceFile, read
from tests.organ import BODY, FIRST, SMALL

BILINGUAL = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
SLUG = FIRST.removeprefix("data/resolutions/").removesuffix(".yml")


def test_a_saved_resolution_is_in_every_language_and_all_else_is_shared() -> None:
    corpora = dict(BILINGUAL.load().corpora)
    saved = BILINGUAL.edit(FIRST, "text: Money came.", "text: Money went.")
    new = renewed(corpora, [SLUG], saved.files)
    assert new is not None and list(new) == ["en", "zh"]
    for language, corpus in saved.load().corpora.items():
        assert new[language].resolutions == corpus.resolutions
        others = new[language].resolutions.keys() - {SLUG}
        for slug in others:
            assert new[language].resolutions[slug] is corpora[language].resolutions[slug]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: implemented", "status: implementd"),
        ("title_basis: ", "titel_basis: "),
        ("number: 1", "number: 7"),
        ("number: 1", "number: 1\nheld: draft"),
    ],
)
def test_everything_is_loaded_where_more_is_to_be_said(old: str, new: str) -> None:
    saved = SMALL.edit(FIRST, old, new)
    assert renewed(dict(SMALL.load().corpora), [SLUG], saved.files) is None


def test_a_resolution_that_is_new_or_gone_is_not_loaded_alone() -> None:
    corpora = dict(SMALL.load().corpora)
    assert renewed(corpora, ["9-9"], SMALL.files) is None
    assert renewed(corpora, [SLUG], SMALL.remove(FIRST).files) is None


def test_the_parser_is_given() -> None:
    names: list[str] = []

    def parse(name: str, raw: bytes) -> SourceFile:
        names.append(name)
        return read(name, raw)

    loaded = load(SMALL.files, parse)
    assert sorted(names) == sorted(name for name in SMALL.files if name.endswith(".yml"))
    names.clear()
    assert renewed(dict(loaded.corpora), [SLUG], SMALL.files, parse) and names == [FIRST]
