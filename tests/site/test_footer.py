"""The foot of every page where a repository is configured: edit links, reports of mistakes, the last change; and no request elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from macros.i18n.messages import Catalogue
from tests.site.conftest import GITHUB, URL
from tests.site.markup import Document


def links(document: Document) -> dict[str, str]:
    """The links at the foot of a page by their words."""
    return {a.text: a.get("href") for a in document.root.one("footer").all("a")}


@pytest.mark.parametrize(
    ("path", "key", "address"),
    [
        ("resolutions/1-1/", "footer.edit_data", f"{GITHUB}/edit/main/data/resolutions/1-1.yml"),
        ("zh/resolutions/1-1/", "footer.edit_data", f"{GITHUB}/edit/main/data/resolutions/1-1.yml"),
        ("notes/", "footer.edit_text", f"{GITHUB}/edit/main/docs/en/notes.md"),
        (
            "zh/resolutions/1-1/",
            "footer.edit_text",
            f"{GITHUB}/new/main/docs/zh/resolutions?filename=1-1.md&value=%7B%7B%20resol",
        ),
        (
            "zh/notes/",
            "footer.edit_text",
            f"{GITHUB}/new/main/docs/zh?filename=notes.md&value=%23%20Notes",
        ),
        (
            "zh/resolutions/1-1/",
            "footer.mistake",
            f"{GITHUB}/issues/new?template=mistake.yml&title=",
        ),
    ],
)
def test_links(hosted: Mapping[str, Document], path: str, key: str, address: str) -> None:
    t = Catalogue.of("zh" if path.startswith("zh/") else "en").t
    assert links(hosted[path])[t(key)].startswith(address)


def test_every_page_leads_to_its_text_its_data_and_reports_of_mistakes(
    hosted: Mapping[str, Document],
) -> None:
    for path, document in hosted.items():
        t = Catalogue.of("zh" if path.startswith("zh/") else "en").t
        shown = links(document)
        if document.kind == "page":
            assert (
                "page=" + URL.replace(":", "%3A").replace("/", "%2F") in shown[t("footer.mistake")]
            ), path
        name = path.removeprefix("zh/")
        if not name.startswith(
            ("accessibility/", "404", "resolutions/1-1/s", "resolutions/1-1/a", "resolutions/1-2/s")
        ):
            assert t("footer.edit_text") in shown, path
            if not name.startswith(("notes/", "data/", "search/")):
                assert t("footer.edit_data") in shown, path


@pytest.mark.parametrize(
    ("path", "changed", "report"),
    [
        ("resolutions/1-1/", "3 February 2025", "AL/REP/2, as of about December 2024"),
        ("resolutions/1-1/spring/", "3 February 2025", "AL/REP/1, as of 15 June 2024"),
        ("resolutions/1-2/", "5 February 2025", "AL/REP/1, as of 15 June 2024"),
        ("", "5 February 2025", "AL/REP/2, as of about December 2024"),
        ("notes/", "3 February 2025", "AL/REP/2, as of about December 2024"),
        ("zh/resolutions/1-2/", "2025年2月5日", "AL/REP/1"),
    ],
)
def test_the_last_change_and_the_newest_report(
    hosted: Mapping[str, Document], path: str, changed: str, report: str
) -> None:
    text = hosted[path].root.one("footer").text
    assert changed in text and report in text


LOADED = {"src", "srcset", "poster", "data", "action", "formaction", "background"}
"""Attributes from which a browser loads or to which it sends something by itself."""


def test_no_page_asks_another_host(hosted: Mapping[str, Document]) -> None:
    for document in hosted.values():
        for element in document.root.walk():
            assert element.get("data-md-component") != "source", f"{document}: {element}"
            asked = [element.get(name) for name in LOADED & element.attributes.keys()]
            if element.tag == "link" and element.get("rel") not in (
                "canonical",
                "alternate",
                "prev",
                "next",
            ):
                asked.append(element.get("href"))
            assert not [url for url in asked if "//" in url], f"{document}: {element}"


def test_without_a_repository_a_page_has_no_link_to_edit_it(
    documents: Mapping[str, Document],
) -> None:
    for document in documents.values():
        if document.kind == "page":
            t = Catalogue.of("zh" if document.path.startswith("zh/") else "en").t
            assert not {t("footer.edit_text"), t("footer.edit_data")} & links(document).keys(), (
                document
            )
