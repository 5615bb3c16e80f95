"""On the built site: every lasting anchor has its sign, every resolution its citation, its card and what tells of it."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import bibtexparser
import rispy

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
            cited = citing.whole(at, slug)
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


def test_the_files_that_a_page_offers_read_back(
    site: Built, documents: dict[str, Document], view: View, folder: str
) -> None:
    for slug in view.corpus.resolutions:
        section = documents[f"{folder}resolutions/{slug}/"].article.one("section", class_="rt-cite")
        files = site.folder / f"{folder}resolutions/{slug}" / section.get("data-tracker-citations")
        named = {link.get("href").partition(f"/{slug}.")[2] for link in section.all("a")}
        assert {"bib", "ris", "csl.json"} <= named

        def read(ending: str) -> str:
            with open(f"{files}{ending}", encoding="utf-8", newline="") as file:  # noqa: B023
                return file.read()

        keys = [found["id"] for found in json.loads(read("citations.json"))["citations"]]
        assert [item["id"] for item in json.loads(read("csl.json"))] == keys
        assert [entry["ID"] for entry in bibtexparser.loads(read("bib")).entries] == keys
        assert (
            "\r\n" in read("ris") and [record["id"] for record in rispy.loads(read("ris"))] == keys
        )


def test_oembed_is_found_from_the_page(
    site: Built, documents: dict[str, Document], view: View, folder: str
) -> None:
    for slug in view.corpus.resolutions:
        document = documents[f"{folder}resolutions/{slug}/"]
        address = document.root.one("link", type="application/json+oembed").get("href")
        assert address == f"{site.url}{folder}embed/{slug}/oembed.json"
        described = json.loads((site.folder / address.removeprefix(site.url)).read_text("utf-8"))
        card = urljoin(address, "./")
        assert (
            f'src="{card}"' in described["html"] and described["provider_url"] == site.url + folder
        )
        assert (site.folder / card.removeprefix(site.url) / "index.html").is_file()
        assert not documents[f"{folder}resolutions/{slug}/eb-2024-2/"].root.all(
            "link", type="application/json+oembed"
        )


def test_how_to_cite_is_not_searched_for(documents: dict[str, Document]) -> None:
    """Else every resolution would be found by the words of its own citation."""
    source = documents["resolutions/2-4/"].source
    assert "BibTeX" in source and "BibTeX" not in contents.words(source)
