"""What search engines are told: which pages there are, in which languages, and where the list
of them lies.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree

from tests.conftest import Built
from tests.site.markup import Document

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
<xs:simpleType name="loc"><xs:restriction base="xs:anyURI">
<xs:minLength value="12"/><xs:maxLength value="2048"/></xs:restriction></xs:simpleType>
<xs:element name="urlset"><xs:complexType><xs:sequence>
<xs:element name="url" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="loc" type="loc"/>
<xs:element name="lastmod" type="xs:date" minOccurs="0"/>
<xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
"""The protocol, as far as it is used: an address, perhaps a day, then what is of other names."""

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(site: Built, name: str) -> etree._Element:
    raw = (site.folder / name).read_bytes()
    tree = etree.fromstring(raw)
    etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(tree)
    return tree


def noindex(document: Document) -> bool:
    return any(
        "noindex" in meta.get("content") for meta in document.root.all("meta", name="robots")
    )


def test_it_lists_exactly_what_may_be_indexed(site: Built, pages: list[Document]) -> None:
    listed = read(site, "sitemap.xml").xpath("//s:loc/text()", namespaces=NAMES)
    assert len(listed) == len(set(listed))
    assert set(listed) == {site.url + page.path for page in pages if not noindex(page)}


def test_it_names_the_same_languages_as_the_pages(
    site: Built, documents: dict[str, Document]
) -> None:
    for url in read(site, "sitemap.xml").iterfind("s:url", NAMES):
        links = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)}
        page = documents[url.findtext("s:loc", "", NAMES).removeprefix(site.url)]
        told = {
            link.get("hreflang"): link.get("href")
            for link in page.root.all("link", rel="alternate")
            if link.get("hreflang")
        }
        assert links == told, page
        assert {"en", "zh-Hans", "x-default"} == set(links), page


def test_what_is_not_indexed(documents: dict[str, Document]) -> None:
    """Aliases, cards, errors, the search, and resolutions as they stood in a period."""
    kept_out = {path for path, document in documents.items() if noindex(document)}
    assert {
        "search/",
        "zh/search/",
        "404.html",
        "zh/404.html",
        "resolutions/2-4/eb-2024-2/",
    } <= kept_out
    assert {path for path, document in documents.items() if document.kind != "page"} <= kept_out
    assert not {"", "zh/", "resolutions/2-4/", "zh/resolutions/2-4/", "data/"} & kept_out


def test_robots(site: Built) -> None:
    text = (site.folder / "robots.txt").read_text("utf-8")
    assert "Disallow:\n" in text
    assert re.findall(r"^Sitemap: (.*)$", text, re.MULTILINE) == [urljoin(site.url, "sitemap.xml")]
