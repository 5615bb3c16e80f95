"""What the benchmark gives to other generators: the same pages, with the same words."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

import pytest

from benchmarks import corpus, hugosite, indexing, plainsite
from macros.build.project import Site
from macros.pages import registry as pages
from macros.pages.registry import Page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("organ")
    corpus.write(folder, 4)
    return Site.load(folder)


@pytest.fixture(scope="module")
def plain(site: Site) -> dict[str, str]:
    return dict(plainsite.written(site, "en"))


def test_every_page_is_there_with_its_heading(site: Site, plain: dict[str, str]) -> None:
    made = list(pages.pages(site.public_view("en")))
    assert sorted(plain) == sorted(plainsite.source(page.path) for page in made)
    for page in made:
        text = plain[plainsite.source(page.path)]
        if page.slug or not page.searchable:
            assert page.searchable != text.startswith(plainsite.UNSEARCHED), page.path
        assert text.removeprefix(plainsite.UNSEARCHED).startswith("# ")


def test_a_list_with_a_very_long_section_is_not_searched(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plainsite, "MOST_WORDS", 300)
    shorter = dict(plainsite.written(site, "en"))
    assert shorter["partners.md"].startswith(plainsite.UNSEARCHED)
    assert not shorter["about.md"].startswith(plainsite.UNSEARCHED)


def test_a_resolution_has_its_words(site: Site, plain: dict[str, str]) -> None:
    resolution = site.corpora["en"].resolutions["1-2"]
    for entry in (*resolution.updates, *resolution.contributions):
        words = entry.text if hasattr(entry, "text") else entry.purpose
        assert words in plain["resolutions/1-2.md"]


def test_links_lead_to_files_that_are_there(plain: dict[str, str]) -> None:
    found = 0
    for name, text in plain.items():
        for target in re.findall(r"\]\(([^:)\s]+\.md)[\s)]", text):
            found += 1
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) in plain, (
                name,
                target,
            )
    assert found > 50


def test_links_go_from_file_to_file() -> None:
    text = f"[a]({plainsite.ROOT}resolutions/1-2/#op-1) [b]({plainsite.ROOT}api/v1/index.json) [c](https://example.org/)"
    linked = plainsite.linked(text, "sessions/1/", {"resolutions/1-2/"})
    assert (
        linked
        == f"[a](../resolutions/1-2.md) [b]({plainsite.ROOT}api/v1/index.json) [c](https://example.org/)"
    )


def test_bodies_become_markdown_without_pictures_and_forms() -> None:
    html = (
        '<h2 id="x">Money<a href="#x">#</a></h2><svg><title>no</title></svg><form><label>no</label></form>'
        '<table><thead><tr><th>From</th></tr></thead><tbody><tr><td><a href="#y">Fund</a></td></tr></tbody></table>'
        '<ul><li><a href="https://example.org/">one</a></li></ul>'
    )
    markdown = plainsite.from_html(html)
    assert "no" not in markdown
    blocks = [block for block in markdown.split("\n\n") if block.strip()]
    assert [block.strip() for block in blocks] == [
        "## Money", "| From |\n| --- |\n| Fund |", "- [one](https://example.org/)",
    ]  # fmt: skip


def test_the_navigation_has_no_resolution(site: Site, plain: dict[str, str]) -> None:
    settings = plainsite.configuration(site, "en")
    named = set(re.findall(r'"([^"]+\.md)"', settings))
    assert {"index.md", "funding.md", "sessions/1.md"} <= named <= set(plain)
    assert not any(name.startswith("resolutions/") for name in named)


def test_hugo_has_a_file_for_each_list_and_reads_the_data_where_it_is(
    site: Site, tmp_path: Path
) -> None:
    hugosite.write(site, "en", tmp_path / "hugo")
    made = list(pages.pages(site.public_view("en")))
    files = {
        file.parent.relative_to(tmp_path / "hugo/content").as_posix()
        for file in tmp_path.rglob("_index.md")
    }
    assert files == {page.path.rstrip("/") or "." for page in made if not page.slug}
    session = json.loads((tmp_path / "hugo/content/sessions/1/_index.md").read_text("utf-8"))
    assert session["slugs"] == ["1-1", "1-2", "1-3", "1-4"]
    assert f'source = "{site.root}/data"' in (tmp_path / "hugo/hugo.toml").read_text("utf-8")


def test_a_list_that_is_split_lists_nothing_on_its_first_page() -> None:
    def page(path: str, reads: tuple[str, ...] | None) -> Page:
        return Page(path, "", "", lambda view: "", reads=reads)

    made = [
        page("funding/", None),
        page("funding/1/", ("1-1",)),
        page("timeline/", None),
        page("about/", None),
    ]
    listed = {page.path: list(slugs) for page, slugs in hugosite.listed(made, ("1-1", "1-2"))}
    assert listed == {
        "funding/": [],
        "funding/1/": ["1-1"],
        "timeline/": ["1-1", "1-2"],
        "about/": [],
    }


def test_search_is_given_the_pages_that_can_be_found(site: Site) -> None:
    view = site.public_view("en")
    found = list(indexing.entries(view))
    assert [entry.url for entry in found] == [
        page.path for page in pages.pages(view) if page.searchable
    ]
    assert all(entry.body for entry in found)


def test_an_index_is_measured_in_all_languages(site: Site) -> None:
    count, costs = indexing.measure(site, 1)
    assert count == sum(
        len(list(indexing.entries(site.public_view(language)))) for language in site.languages
    )
    assert all(cost.wall > 0 for cost in (*costs[indexing.COLD], *costs[indexing.EDITED]))
