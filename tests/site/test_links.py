"""Every link leads somewhere, stays relative, and nothing is asked of another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import SUB_PATH, Built
from tests.site.markup import Document, Element

LOADED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
LOADING = {  # which attributes of which elements make a browser ask for something
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "form": ("action",),
    "button": ("formaction",),
}
CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')]*))\s*\)|@import\s+["']([^"']*)["']"""
)


def css_addresses(css: str) -> list[str]:
    """What a piece of CSS refers to."""
    return ["".join(groups).strip() for groups in CSS_URL.findall(css)]


@pytest.mark.parametrize(
    ("css", "addresses"),
    [
        ("a { background: url(x.png) }", ["x.png"]),
        (
            "a { mask: url( 'x y.svg' ) } b { mask: url(\"data:image/svg+xml,(a)\") }",
            ["x y.svg", "data:image/svg+xml,(a)"],
        ),
        (
            "@import 'https://example.com/a.css'; @import url(b.css);",
            ["https://example.com/a.css", "b.css"],
        ),
    ],
)
def test_css_addresses(css: str, addresses: list[str]) -> None:
    assert css_addresses(css) == addresses


def loaded(element: Element) -> Iterator[str]:
    """The addresses that a browser asks for, by itself or by sending a form."""
    if element.tag == "link" and LOADED_LINKS & set(element.get("rel").split()):
        yield element.get("href")
    for name in LOADING.get(element.tag, ()):
        if name.endswith("srcset"):
            yield from (
                candidate.split()[0]
                for candidate in element.get(name).split(",")
                if candidate.strip()
            )
        elif name in element.attributes:
            yield element.get(name)
    yield from css_addresses(element.get("style"))
    if element.tag == "style":
        yield from css_addresses(
            "".join(child for child in element.children if isinstance(child, str))
        )


def addresses(document: Document) -> Iterator[tuple[Element, str]]:
    """All that a document links to or loads, with where it says so."""
    for element in document.root.walk():
        if element.tag in ("a", "area") or (
            element.tag == "link" and element.get("rel") != "canonical"
        ):
            yield from (
                (element, element.get(name))
                for name in ("href", "xlink:href")
                if name in element.attributes
            )
        if element.tag != "link":
            yield from ((element, address) for address in loaded(element))
        if element.tag == "meta" and element.get("http-equiv").lower() == "refresh":
            yield element, element.get("content").partition("url=")[2].strip("'\" ")


def missing(site: Built, documents: dict[str, Document], target: str) -> str | None:
    """What is wrong with an absolute address of the site."""
    parts = urlsplit(target)
    path = unquote(parts.path).removeprefix(SUB_PATH)
    if path.endswith("index.html"):
        return "names index.html"
    if not (
        site.folder / path / ("index.html" if path.endswith("/") or not path else "")
    ).is_file():
        return "leads nowhere"
    if parts.fragment and path in documents and unquote(parts.fragment) not in documents[path].ids:
        return "no such anchor"
    return None


def test_internal_links_resolve(site: Built, documents: dict[str, Document]) -> None:
    problems = []
    for document in documents.values():
        for element, address in addresses(document):
            target = urljoin(site.url + document.path, address)
            if target.startswith(site.url) and (wrong := missing(site, documents, target)):
                problems.append(f"{document}: {element} → {target}: {wrong}")
    assert not problems, f"{len(problems)} links:\n" + "\n".join(problems)


def test_links_are_relative(site: Built, documents: dict[str, Document]) -> None:
    problems = []
    for document in documents.values():
        for element, address in addresses(document):
            if (
                element.tag == "link" and element.get("rel") == "alternate"
            ):  # hreflang asks for whole addresses
                continue
            if document.kind == "error" and address.startswith(SUB_PATH):  # shown at any depth
                continue
            if not address or address.startswith(("/", site.url)):
                problems.append(f"{document}: {element} → {address!r}")
    assert not problems, (
        f"{len(problems)} links that are empty or break when the site moves:\n"
        + "\n".join(problems)
    )


def test_base_is_not_set(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {base}"
        for document in documents.values()
        for base in document.root.all("base")
    ]
    assert not problems, "\n".join(problems)


def test_external_links(site: Built, documents: dict[str, Document]) -> None:
    """Links to other hosts are safe ones, and there are some: every source can be looked up."""
    seen, problems = set(), []
    for document in documents.values():
        for link in document.root.all("a"):
            target = urlsplit(urljoin(site.url + document.path, link.get("href")))
            if target.netloc == urlsplit(site.url).netloc:
                continue
            seen.add(target.netloc)
            if target.scheme not in ("https", "mailto") or "target" in link.attributes:
                problems.append(f"{document}: {link}")
    assert not problems, "\n".join(problems)
    assert "undocs.org" in seen


def test_nothing_is_loaded_from_another_host(site: Built, documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {element} → {address}"
        for document in documents.values()
        for element in document.root.walk()
        for address in loaded(element)
        if not urljoin(site.url + document.path, address).startswith((site.url, "data:"))
    ]
    assert not problems, "\n".join(problems)


def stylesheets(site: Built) -> list[Path]:
    return sorted(site.folder.rglob("*.css"))


def test_stylesheets_ask_nothing_of_another_host(site: Built) -> None:
    assert stylesheets(site)
    problems = []
    for file in stylesheets(site):
        path = file.relative_to(site.folder).as_posix()
        for address in css_addresses(file.read_text("utf-8")):
            target = urljoin(site.url + path, address)
            if target.startswith(("data:", site.url + path + "#")):
                continue
            if (
                not target.startswith(site.url)
                or not (site.folder / urlsplit(target).path.removeprefix(SUB_PATH)).is_file()
            ):
                problems.append(f"/{path} → {address}")
    assert not problems, "\n".join(problems)


def test_no_inline_handlers(documents: dict[str, Document]) -> None:
    problems = [
        f"{document}: {name} of {element}"
        for document in documents.values()
        for element in document.root.walk()
        for name, value in element.attributes.items()
        if name.startswith("on") or value.strip().lower().startswith(("javascript:", "vbscript:"))
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize(
    ("alias", "slug"),
    [
        ("1/5/", "1-5"),
        ("2/4/", "2-4"),
        ("2/10/", "2-10"),
        ("HSP/HA.1/Res.5/", "1-5"),
        ("HSP/HA.2/Res.4/", "2-4"),
    ],
)
def test_alias_leads_to_the_page_in_its_language(
    site: Built, documents: dict[str, Document], folder: str, alias: str, slug: str
) -> None:
    document = documents.get(folder + alias)
    assert document and document.kind == "redirect", f"/{folder}{alias} does not redirect"
    target = f"{site.url}{folder}resolutions/{slug}/"
    leads = {
        urljoin(site.url + document.path, address)
        for element, address in addresses(document)
        if element.tag not in ("link", "script")
    }
    assert leads == {target}, f"{document} leads to {leads}"
    assert document.root.one("link", rel="canonical").get("href") == target
