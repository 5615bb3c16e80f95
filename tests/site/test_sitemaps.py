"""The list of pages for search engines: all languages, the days that are known, parts of a size
that is allowed.
"""

from __future__ import annotations

import re
from datetime import date

from macros.site import sitemaps

ROOT = "https://example.org/x/"
DAY = date(2025, 2, 3)
PAGES = {f"{ROOT}a/": DAY, f"{ROOT}b&c/": None}


def test_days_are_given_where_they_are_known() -> None:
    text = dict(sitemaps.of_site(ROOT, [("en", "", PAGES)]))["sitemap.xml"]
    assert f"<loc>{ROOT}a/</loc>\n<lastmod>2025-02-03</lastmod>" in text
    assert "b&amp;c/" in text and text.count("<lastmod>") == 1 and "hreflang" not in text


def test_a_page_names_itself_in_every_language_that_has_it() -> None:
    files = dict(
        sitemaps.of_site(
            ROOT, [("en", "", PAGES), ("zh", "zh/", {f"{ROOT}zh/a/": None, f"{ROOT}zh/own/": None})]
        )
    )
    assert list(files) == ["sitemap.xml"]
    urls = re.findall(r"<url>(.*?)</url>", files["sitemap.xml"], re.DOTALL)
    assert len(urls) == 4
    both = [("en", f"{ROOT}a/"), ("zh-Hans", f"{ROOT}zh/a/"), ("x-default", f"{ROOT}a/")]
    links = [re.findall(r'hreflang="(.*?)" href="(.*?)"', url) for url in urls]
    assert links == [both, [], both, []]


def test_too_many_pages_are_in_several_files() -> None:
    pages = {f"{ROOT}{number}/": None for number in range(5)}
    files = dict(sitemaps.of_site(ROOT, [("en", "", pages)], limit=2))
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert re.findall("<loc>(.*?)</loc>", files["sitemap.xml"]) == [
        f"{ROOT}sitemap-{part}.xml" for part in (1, 2, 3)
    ]
    parts = "".join(files[f"sitemap-{part}.xml"] for part in (1, 2, 3))
    listed = re.findall("<loc>(.*?)</loc>", parts)
    assert listed == list(pages)


def test_robots() -> None:
    assert sitemaps.robots(ROOT).endswith(f"Sitemap: {ROOT}sitemap.xml\n")
    assert "Disallow: /\n" in sitemaps.robots(ROOT, public=False)
