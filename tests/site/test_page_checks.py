"""Hand-written pages among others, pictures and `mkdocs.yml`: the check is as strict as a build.

Each case is a point of the review of the staff's work of 29 November 2026; its id says which.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.build.project import Project
from macros.corpus.configuration import check_configuration
from macros.corpus.files import MAX_PICTURE
from tests.cli.test_main import written
from tests.conftest import REPO
from tests.organ import BODY, FIRST, SMALL, Organ, told

PAGE = "docs/en/guide/page.md"
GUIDE = SMALL.add("docs/en/guide/other.md", "# Other {#other}\n\n## Part {#part}\n").add(
    PAGE, "# Page {#page}\n\n{{ overview() }}\n\nWords.\n"
)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")


def problems_of(
    folder: Path, organ: Organ, pictures: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    """The sentences of all problems, each with `line:column code` of its file before it."""
    written(folder, organ)
    for name in pictures:
        (folder / name).write_bytes(b"picture")
    return [
        (f"{p.file}:{p.line}:{p.column} {p.code}", told([p])) for p in Project.load(folder).errors
    ]


RIGHT = [
    "[a](other.md) [b](other.md#part) [c](../index.md) [d](../resolutions/1-1.md#plan-written)",
    "[a](#page) [b](../resolutions/1-1.md#period-spring) [c](../resolutions/1-1/spring.md)",
    "![P](picture.png) [e](https://example.org/x) [f](mailto:a@example.org) [g](other.md?x=1#part)",
    "[r][r]\n\n[r]: ../timeline.md",
    "[s](../resolutions/1-1.md#progress)",
]


@pytest.mark.parametrize("text", RIGHT)
def test_links_that_lead_somewhere(tmp_path: Path, text: str) -> None:
    organ = GUIDE.edit(PAGE, "Words.", text)
    assert problems_of(tmp_path, organ, ("docs/en/guide/picture.png",)) == []


WRONG = {
    "broken link": ("[x](→othr.md)", "link_to_nothing", "such as other.md"),
    "broken link with a reference": (
        "[x][r]\n\n[r]: →../timelin.md",
        "link_to_nothing",
        "timeline.md",
    ),
    "link to an address": ("[x](→../resolutions/1-1/)", "link_to_nothing", "../resolutions/1-1.md"),
    "broken picture": ("![x](→no.png)", "link_to_nothing", "Markdown file or picture"),
    "broken anchor": ("[x](→other.md#prt)", "link_anchor", "did you mean “part”?"),
    "broken anchor of a page from data": (
        "[x](→../resolutions/1-1.md#plan-writen)",
        "link_anchor",
        "“plan-written”?",
    ),
    "broken anchor of the page itself": ("[x](→#pag)", "link_anchor", "did you mean “page”?"),
    "absolute link": ("[x](→/guide/other.md)", "link_absolute", "such as other.md"),
    "external image": (
        "![x](https→://example.org/x.png)",
        "external_image",
        "put the file in the folder",
    ),
    "look-alike host": ("[x](→https://ex\u0430mple.org)", "page_link", "plain name of a host"),
    "another host after @": ("[x](→https://a.org@evil.test)", "page_link", "plain name"),
    "bidirectional override": ("W→\u202eords", "control_character", "delete it"),
    "conflict markers": ("\n→<<<<<<< HEAD\na\n", "conflict_marker", "keep one of them"),
}


@pytest.mark.parametrize(("text", "code", "advice"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_on_a_page(tmp_path: Path, text: str, code: str, advice: str) -> None:
    organ, (_, line, column) = GUIDE.edit_at(PAGE, "Words.", text)
    column -= 5 if code == "external_image" else 0
    [(place, sentence)] = problems_of(tmp_path, organ)
    assert place == f"{PAGE}:{line}:{column} {code}"
    assert advice in sentence


def test_a_page_shown_in_another_language_is_checked_with_its_anchors(tmp_path: Path) -> None:
    organ = (
        GUIDE.edit(BODY, "languages: [en]", "languages: [en, zh]")
        .edit(PAGE, "Words.", "[x](other.md#part)")
        .add("docs/zh/guide/other.md", "# 其他 {#other}\n")
    )
    [(place, _)] = problems_of(tmp_path, organ)
    assert place == f"{PAGE}:5:5 link_anchor"
    notices = [p.code for p in Project.load(tmp_path).problems if p.file.startswith("docs/zh")]
    assert notices == ["anchor_in_one_language"]  # headings' ids that differ between languages


ADDRESSES = {
    "resolutions/9-9.md": ("docs/en/resolutions/9-9.md", "page_of_nothing", "resolutions/1-"),
    "a period that does not exist": ("docs/en/periods/winter.md", "page_of_nothing", "periods/"),
    "collides with a page": ("docs/en/timeline/index.md", "page_taken", "timeline/"),
    "collides with a page by its case": ("docs/en/Timeline.md", "page_taken", "timeline/"),
    "collides with another": ("docs/en/guide/other/index.md", "page_taken", "guide/other/"),
    "collides with exports": ("docs/en/api/v1.md", "page_taken", "api/v1/"),
    "collides with cards": ("docs/en/embed/1-1.md", "page_taken", "embed/1-1/"),
    "collides with an alias": ("docs/en/1/1.md", "page_taken", "1/1/"),
    "collides with a language": ("docs/en/zh/x.md", "page_taken", "zh/x/"),
}


@pytest.mark.parametrize(("name", "code", "advice"), ADDRESSES.values(), ids=ADDRESSES)
def test_pages_at_addresses_that_are_not_theirs(
    tmp_path: Path, name: str, code: str, advice: str
) -> None:
    organ = GUIDE.add(name, "# P {#p}\n").edit(BODY, "languages: [en]", "languages: [en, zh]")
    [(place, sentence)] = problems_of(tmp_path, organ)
    assert place.endswith(f".md:1:1 {code}")  # of two with one address at the second
    assert advice in sentence


def test_front_matter_that_is_not_closed(tmp_path: Path) -> None:
    organ = GUIDE.add(PAGE, "---\ntitle: T\n\n# Page {#page}\n")
    [(place, sentence)] = problems_of(tmp_path, organ)
    assert place == f"{PAGE}:1:1 front_matter_open" and "add it below" in sentence


@pytest.mark.parametrize(
    "address",
    ["../x", "/x", "//evil.test/x", "https://evil.test", "resolutions/1-2", "api/x", "a/../b", ""],
)
def test_former_addresses_that_leave_the_site_or_are_taken(tmp_path: Path, address: str) -> None:
    given = f'session: 1\nformer_addresses: ["old/shores", →"{address}"]'
    organ, place = SMALL.edit_at(FIRST, "session: 1", given)
    [(code, sentence)] = problems_of(tmp_path, organ)
    assert code == f"{FIRST}:{place[1]}:{place[2]} former_address"
    assert "such as resolutions/old-name" in sentence


def test_a_draft_page_is_checked_before_its_day(tmp_path: Path) -> None:
    draft = "---\nheld: 2030-01-01\n---\n[x](nothing.md)\n"
    [(place, _)] = problems_of(tmp_path, GUIDE.add("docs/en/guide/draft.md", draft))
    assert place == "docs/en/guide/draft.md:4:5 link_to_nothing"


# --- files ----------------------------------------------------------------------------------------


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    written(tmp_path)
    for name in ("data/x.yml", "docs/en/x.md"):
        os.mkfifo(tmp_path / name)
    assert [(p.file, p.code) for p in Project.load(tmp_path).errors] == [
        ("data/x.yml", "no_regular_file"),
        ("docs/en/x.md", "no_regular_file"),
    ]


def test_an_image_of_30_mb(tmp_path: Path) -> None:
    written(tmp_path)
    for name, size in (("big.png", 30 * 2**20), ("small.png", MAX_PICTURE)):
        with (tmp_path / "docs/en" / name).open("wb") as file:
            file.truncate(size)
    [problem] = Project.load(tmp_path).errors
    assert (problem.file, problem.code) == ("docs/en/big.png", "picture_too_large")
    assert "make the picture smaller" in told([problem])


@pytest.mark.parametrize("name", ["data/documents.yml", "data/resolutions", "mkdocs.yml"])
def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    written(tmp_path)
    for method in ("read_bytes", "iterdir"):
        original = getattr(Path, method)

        def refuse(path: Path, original=original):  # type: ignore[no-untyped-def]
            if path == tmp_path / name:
                raise PermissionError(13, "Permission denied")
            return original(path)

        monkeypatch.setattr(Path, method, refuse)
    found = [problem for problem in Project.load(tmp_path).errors if problem.file == name]
    assert "unreadable" in [problem.code for problem in found]
    assert "Permission denied" in told(found)


# --- mkdocs.yml -----------------------------------------------------------------------------------

CONFIGURATION = (REPO / "mkdocs.yml").read_text("utf-8")
BROKEN = {
    "syntax": ("  name: material", "  name: 'material", "  name: material", "syntax"),
    "no space after the colon": (
        "site_dir: site",
        "site_dir:site",
        "site_dir",
        "space_after_colon",
    ),
    "full-width colon": ("site_dir: site", "site_dir：site", "site_dir", "full_width_colon"),
    "tab": ("  name: material", "\tname: material", "  name: material", "tab"),
    "unknown key": ("site_dir:", "site_dirr:", "site_dir", "unknown_key"),
    "without - tracker": ("  - tracker\n", "", "plugins:", "plugin_missing"),
    "without macros": (
        "  - macros:\n      modules",
        "  - search:\n      modules",
        "plugins:",
        "plugin_missing",
    ),
    "conflict markers": (
        "strict: true",
        "<<<<<<< HEAD\nstrict: true",
        "strict: true",
        "conflict_marker",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "place", "code"), BROKEN.values(), ids=BROKEN)
def test_a_broken_configuration(
    tmp_path: Path, right: str, wrong: str, place: str, code: str
) -> None:
    assert CONFIGURATION.count(right) == 1
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION.replace(right, wrong), "utf-8")
    [problem] = check_configuration(tmp_path)
    assert (problem.file, problem.code) == ("mkdocs.yml", code)
    assert problem.line == CONFIGURATION[: CONFIGURATION.index(place)].count("\n") + 1


def test_the_configuration_of_the_project_is_right() -> None:
    assert told(check_configuration(REPO)) == ""
