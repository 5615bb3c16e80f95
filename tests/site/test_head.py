"""The head of every page: its languages, its picture, its other forms, and what it tells programs."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

import pytest

from tests.conftest import Built
from tests.site.markup import Document, Element

LANGUAGES = ("en", "zh-Hans", "x-default")


def properties(document: Document) -> dict[str, str]:
    return {
        meta.get("property"): meta.get("content")
        for meta in document.root.all("meta")
        if meta.get("property")
    }


def linked_data(document: Document) -> list[Element]:
    return document.root.all("script", type="application/ld+json")


def content(element: Element) -> str:
    return "".join(child for child in element.children if isinstance(child, str))


def test_open_graph(site: Built, pages: list[Document]) -> None:
    for page in pages:
        told = properties(page)
        assert told["og:title"] and told["og:description"] and told["og:site_name"], page
        assert (
            told["og:url"]
            == page.root.one("link", rel="canonical").get("href")
            == site.url + page.path
        )
        own, other = ("zh_CN", "en_GB") if page.path.startswith("zh/") else ("en_GB", "zh_CN")
        assert (told["og:locale"], told["og:locale:alternate"]) == (own, other), page
        assert page.root.one("meta", name="twitter:card").get("content") == "summary_large_image"


def test_every_page_has_the_picture_of_its_language(site: Built, pages: list[Document]) -> None:
    used = set()
    for page in pages:
        told = properties(page)
        language = "zh" if page.path.startswith("zh/") else "en"
        folder = "zh/" if language == "zh" else ""
        assert told["og:image"] == f"{site.url}{folder}assets/card-{language}.png", page
        assert told["og:image:alt"], page
        used.add(site.folder / f"{folder}assets/card-{language}.png")
    assert len(used) == 2
    for file in used:
        size = struct.unpack(">II", file.read_bytes()[16:24])  # PNG: after the signature
        assert size == (1200, 630), file


def test_languages(pages: list[Document]) -> None:
    for page in pages:
        links = [
            link.get("hreflang")
            for link in page.html.one("head").all("link")
            if link.get("hreflang")
        ]
        assert tuple(links) == LANGUAGES, page


def test_forms_for_programs(pages: list[Document]) -> None:
    """On the page of a resolution those of the resolution, on others what can be subscribed to, which has a title."""
    for page in pages:
        links = [
            link
            for link in page.html.one("head").all("link", rel="alternate")
            if not link.get("hreflang")
        ]
        types = {link.get("type") for link in links}
        feeds = {"text/calendar", "application/atom+xml"}
        assert {link.get("type") for link in links if link.get("title")} == types & feeds, page
        assert {"text/calendar", "application/atom+xml"} <= types, page
        if "/resolutions/" in f"/{page.path}" and not page.path.endswith("resolutions/"):
            assert {"application/json", "text/markdown"} <= types, page
            slug = page.path.partition("resolutions/")[2].split("/")[0]
            assert all(
                f"resolutions/{slug}." in link.get("href")
                for link in links
                if "/api/" in link.get("href")
            ), page


def nodes(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
    for child in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from nodes(child)


def test_linked_data(site: Built, pages: list[Document]) -> None:
    for page in pages:
        (script,) = linked_data(page)
        graph = json.loads(content(script))
        assert graph["@context"] == "https://schema.org"
        assert {"WebSite"} < {node["@type"] for node in graph["@graph"]}, page
        for node in nodes(graph):
            assert (
                None not in node.values() and "" not in node.values() and [] not in node.values()
            ), (page, node)
            assert set(node) - {"@id"} == set() or "@type" in node or "@graph" in node, (page, node)
            for name in ("url", "@id", "item", "contentUrl"):
                assert node.get(name, "https://").startswith("https://"), (page, node)


@pytest.mark.parametrize("path", ["404.html", "zh/404.html"])
def test_an_error_tells_nothing(documents: dict[str, Document], path: str) -> None:
    head = documents[path].html.one("head")
    assert not linked_data(documents[path]) and not properties(documents[path])
    assert not head.all("link", rel="alternate")
    assert head.one("meta", name="robots").get("content") == "noindex"


def test_only_data_and_the_theme_stand_inline(documents: dict[str, Document]) -> None:
    """Material's own inline scripts set up its colours and its paths; all else that is not a file is data."""
    for document in documents.values():
        for script in document.root.all("script"):
            if not script.get("src") and script.get("type") not in (
                "application/ld+json",
                "application/json",
            ):
                assert any(
                    name in content(script) for name in ("__md_", "__palette", "__tabbed_")
                ), f"{document}: {script}"


def test_the_page_of_an_error_speaks_all_languages(documents: dict[str, Document]) -> None:
    root, chinese = documents["404.html"], documents["zh/404.html"]
    assert [part.get("lang") for part in root.article.all("section")] == ["en", "zh-Hans"]
    assert [form.get("action") for form in root.article.all("form")] == [
        "/tracker/search/",
        "/tracker/zh/search/",
    ]
    assert [form.get("action") for form in chinese.article.all("form")] == ["/tracker/zh/search/"]


def test_no_page_has_what_only_the_scripts_of_the_theme_would_use(pages: list[Document]) -> None:
    for page in pages:
        unused = [
            element
            for element in page.root.all()
            if element.get("data-md-component") or element.get("data-md-type")
        ]
        assert (
            not unused and "__search" not in page.ids and not page.root.all(class_="md-dialog")
        ), page
        assert "__drawer" in page.ids, page
