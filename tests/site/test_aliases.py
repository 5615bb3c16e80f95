"""Redirects at the aliases of resolutions, and which aliases are left out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from macros.corpus.corpus import Corpus
from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.pages import registry as pages
from macros.render.view import View
from macros.site import files, redirects

ROOT = Path(__file__).parents[2]
URL = "https://example.org/tracker/"
TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def corpora():
    return load(read_tree(ROOT, ("data",))[0]).corpora


@pytest.fixture(scope="module")
def languages(corpora) -> dict[str, dict[str, str]]:
    views = {
        "en": View(corpora["en"], TODAY, URL),
        "zh": View(corpora["zh"], TODAY, f"{URL}zh/"),
    }
    return {key: dict(files.resolution_files(view, "2-4")) for key, view in views.items()}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("2/4/index.html", "../../resolutions/2-4/"),
        ("HSP/HA.2/Res.4/index.html", "../../../resolutions/2-4/"),
    ],
)
def test_aliases_lead_to_the_page(languages, path, target):
    page = languages["zh"][path]
    assert f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>' in page
    assert f'<link rel="canonical" href="{URL}zh/resolutions/2-4/">' in page
    assert f'<a href="{target}">第2/4号决议' in page
    assert (
        '<meta name="robots" content="noindex">' in page
        and '<html lang="zh-Hans" dir="ltr">' in page
    )
    root = "../" * path.count("/")
    assert re.findall("<script.*", page) == [
        f'<script src="{root}assets/redirect.js" data-to="{target}"></script>'
    ]


def aliases(corpus: Corpus, **former: tuple[str, ...]) -> dict[str, str]:
    resolutions = dict(corpus.resolutions)
    for slug, addresses in former.items():
        slug = slug.strip("_").replace("_", "-")
        resolutions[slug] = resolutions[slug].changed({"former_addresses": addresses})
    corpus = replace(corpus, resolutions=resolutions)
    return dict(redirects.aliases(corpus, (page.path for page in pages.pages(View(corpus, TODAY)))))


@pytest.mark.parametrize(
    "address",
    [
        "", "/", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a\\b", "a\x00b", "a:b", "x" * 300, "index.html",
        "funding", "funding/", "Funding/", "resolutions/2-4/", "resolutions/2-4/index.html", "resolutions/2-4/index.html/x",
        "api/v1/x", "assets/x", "pagefind/x", "embed/2-4", "zh/x", "404.html", "sitemap.xml",
    ],
)  # fmt: skip
def test_aliases_that_are_left_out(corpora, address):
    plain = aliases(corpora["en"])
    assert aliases(corpora["en"], _1_1=(address,)) == plain


def test_former_addresses(corpora):
    found = aliases(
        corpora["en"], _1_1=("old/one/", "old/page.html", "Old/One", "2/4"), _1_2=("old/one",)
    )
    assert (
        found["old/one/index.html"]
        == found["Old/One/index.html"]
        == found["old/page.html"]
        == "1-1"
    )
    assert found["2/4/index.html"] == "1-1"  # the first has it
    assert sum(slug == "1-2" for slug in found.values()) == 2
