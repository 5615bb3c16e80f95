"""On the built site: every lasting anchor has its sign, every resolution its citation, its card and what tells of it."""

from __future__ import annotations

import re

from macros.exports import embeds as cards
from macros.pages import outline as contents
from macros.render import citations as citing
from macros.render.view import View
from tests.conftest import Built
from tests.organ import lasting_anchors
from tests.site.markup import Document


def test_every_lasting_anchor_has_its_sign(pages: list[Document], view: View, folder: str) -> None:
    """A visible link to itself, inside it."""
    lasting = lasting_anchors(view.corpus)
    missing, count = [], 0
    for document in pages:
        if document.path.startswith("zh/") != (folder == "zh/"):
            continue
        for anchor in lasting & document.ids.keys():
            count += 1
            signs = document.ids[anchor].all("a", class_="rt-permalink", href=f"#{anchor}")
            if len(signs) != 1 or not signs[0].get("aria-label"):
                missing.append(f"{document}#{anchor}: {len(signs)} signs")
    assert count > 500
    assert not missing, "\n".join(missing)


def test_every_resolution_says_how_it_is_cited(
    site: Built, documents: dict[str, Document], view: View, folder: str
) -> None:
    absolute = view.at(site.url + folder)
    for slug in view.corpus.resolutions:
        for path, at in (
            (f"resolutions/{slug}/", absolute),
            (f"resolutions/{slug}/eb-2024-2/", absolute.as_of("eb-2024-2")),
        ):
            section = documents[folder + path].article.one("section", class_="rt-cite")
            cited = citing.cite_resolution(at, slug)
            copied = [
                element.text
                for element in section.walk()
                if "data-tracker-copy" in element.attributes
            ]
            assert (
                copied[:2]
                == [" ".join(cited.text.split()), cited.url]
                == [cited.text, site.url + folder + path]
            )
            assert copied[2:] == ([] if at.pinned else [cards.snippet(absolute, slug)])


def test_a_page_names_the_file_of_its_citations(
    site: Built, documents: dict[str, Document], view: View, folder: str
) -> None:
    for slug in view.corpus.resolutions:
        section = documents[f"{folder}resolutions/{slug}/"].article.one("section", class_="rt-cite")
        address = section.get("data-tracker-citations")
        assert address in {link.get("href") for link in section.all("a")}
        file = site.folder / f"{folder}resolutions/{slug}" / address
        first = re.search(r"^@\w+\{([^,]+),", file.read_text("utf-8"), re.MULTILINE)
        assert first and first[1] == f"resolution-{slug}"


def test_how_to_cite_is_not_searched_for(documents: dict[str, Document]) -> None:
    """Else every resolution would be found by the words of its own citation."""
    source = documents["resolutions/2-4/"].source
    assert "BibTeX" in source and "BibTeX" not in contents.words(source)
