"""Redirects at further and former addresses of resolutions."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from macros.pages.registry import pages
from macros.site import redirects
from tests.organ import SMALL

URL = "https://example.org/lakes/"


def list_aliases(**former: tuple[str, ...]) -> dict[str, str]:
    """The files at aliases, where resolutions have some former addresses."""
    view = SMALL.view()
    resolutions = dict(view.corpus.resolutions)
    for name, addresses in former.items():
        slug = name.strip("_").replace("_", "-")
        resolutions[slug] = resolutions[slug].model_copy(update={"former_addresses": addresses})
    corpus = replace(view.corpus, resolutions=resolutions)
    return dict(redirects.aliases(corpus, (page.path for page in pages(view))))


@pytest.mark.parametrize(
    ("file", "target"),
    [("1/1/index.html", "../../resolutions/1-1/"), ("x.html", "./resolutions/1-1/")],
)
def test_an_alias_leads_to_the_page(file: str, target: str) -> None:
    html = redirects.page(SMALL.view().at(URL), file, "1-1")
    assert f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>' in html
    assert f'<link rel="canonical" href="{URL}resolutions/1-1/">' in html
    assert f'<a href="{target}">Resolution 1/1' in html
    assert '<meta name="robots" content="noindex">' in html and '<html lang="en" dir="ltr">' in html
    root = target.removesuffix("resolutions/1-1/")
    assert re.findall("<script.*", html) == [
        f'<script src="{root}assets/redirect.js" data-to="{target}"></script>'
    ]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a\\b",
        "a\x00b",
        "a:b",
        "x" * 300,
        "index.html",
        "index.html/",
        "funding",
        "funding/",
        "Funding/",
        "resolutions/1-1/",
        "resolutions/1-1/index.html",
        "resolutions/1-1/index.html/x",
        "api/v1/x",
        "assets/x",
        "pagefind/x",
        "embed/1-1",
        "404.html",
        "sitemap.xml",
    ],
)
def test_an_alias_that_could_be_no_page_is_left_out(address: str) -> None:
    assert list_aliases(_1_1=(address,)) == list_aliases()


def test_the_first_of_two_resolutions_has_a_former_address() -> None:
    files = list_aliases(_1_1=("old/one/", "old/page.html", "Old/One", "1/2"), _1_2=("old/one",))
    for file in ("old/one/index.html", "Old/One/index.html", "old/page.html", "1/2/index.html"):
        assert files[file] == "1-1"
    assert "1-2" not in files.values()
