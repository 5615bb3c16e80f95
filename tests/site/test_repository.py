"""Addresses at the host of the repository: editing, beginning a page, reporting a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from macros.pages import registry as pages
from macros.render.view import View
from macros.site.layout import Layout, Theme
from macros.site.repository import LONGEST, Repository
from macros.site.sources import Sources
from tests.organ import BODY, FIRST, SMALL, TODAY, Organ

GITHUB = Repository.of("https://github.com/organ/tracker", "edit/main/docs/")
GITLAB = Repository.of("https://gitlab.example/organ/tracker/", "-/edit/main/docs/")
GITEA = Repository.of("https://gitea.example/organ/tracker", "_edit/main/docs")
BITBUCKET = Repository.of("https://bitbucket.org/organ/tracker", "src/main/docs/")

HOSTS = [
    # host, edit, folder, new (less its values)
    (
        GITHUB,
        "https://github.com/organ/tracker/edit/main/data/x.yml",
        "https://github.com/organ/tracker/tree/main/data",
        "https://github.com/organ/tracker/new/main/docs/zh",
    ),
    (
        GITLAB,
        "https://gitlab.example/organ/tracker/-/edit/main/data/x.yml",
        "https://gitlab.example/organ/tracker/-/tree/main/data",
        "https://gitlab.example/organ/tracker/-/new/main/docs/zh",
    ),
    (
        GITEA,
        "https://gitea.example/organ/tracker/_edit/main/data/x.yml",
        "https://gitea.example/organ/tracker/src/branch/main/data",
        "https://gitea.example/organ/tracker/_new/main/docs/zh",
    ),
    (BITBUCKET, "https://bitbucket.org/organ/tracker/src/main/data/x.yml", None, None),
]


@pytest.mark.parametrize(("repository", "edit", "folder", "new"), HOSTS)
def test_every_host_has_its_own_addresses(
    repository: Repository, edit: str, folder: str | None, new: str | None
) -> None:
    assert repository.edit_file("data/x.yml") == edit
    assert repository.folder("data") == folder
    begun = repository.new_file("docs/zh/a.md", "x")
    assert (begun and begun.partition("?")[0]) == new


def test_a_repository_of_which_the_project_is_a_part() -> None:
    repository = Repository.of("https://github.com/organ/all", "edit/main/sites/tracker/docs/")
    assert (
        repository.edit_file("data/x.yml")
        == "https://github.com/organ/all/edit/main/sites/tracker/data/x.yml"
    )
    assert repository.folder("data") == "https://github.com/organ/all/tree/main/sites/tracker/data"


def test_an_edit_address_at_another_host() -> None:
    repository = Repository.of("https://code.example/x", "https://edit.example/main/docs/")
    assert repository.edit_file("data/x.yml") == "https://edit.example/main/data/x.yml"


@pytest.mark.parametrize(
    ("repo_url", "edit_uri"),
    [
        (None, None),
        (None, "edit/main/docs/"),
        ("", "edit/main/docs/"),
        ("https://github.com/a/b", None),
        ("https://github.com/a/b", ""),
        ("https://github.com/a/b", "edit/main/pages/"),
    ],
)
def test_no_repository_is_configured(repo_url: str | None, edit_uri: str | None) -> None:
    assert Repository.of(repo_url, edit_uri) is None


def test_names_of_files_are_written_as_addresses() -> None:
    assert GITHUB.edit_file("docs/zh/说明 #1.md").endswith(
        "/edit/main/docs/zh/%E8%AF%B4%E6%98%8E%20%231.md"
    )


def test_a_new_page_is_prefilled() -> None:
    begun = GITHUB.new_file("docs/zh/a.md", '{{ overview("x & y") }}\n标题 + %\n')
    assert parse_qs(urlsplit(begun).query) == {
        "filename": ["a.md"],
        "value": ['{{ overview("x & y") }}\n标题 + %\n'],
    }
    assert "+" not in begun and parse_qs(urlsplit(GITLAB.new_file("docs/zh/a.md", "x")).query)[
        "file_name"
    ] == ["a.md"]


def test_a_text_too_long_for_an_address_is_left_out() -> None:
    begun = GITHUB.new_file("docs/zh/a.md", "x" * LONGEST)
    assert parse_qs(urlsplit(begun).query) == {"filename": ["a.md"]}


@pytest.mark.parametrize(
    ("repository", "path", "values"),
    [
        (
            GITHUB,
            "/organ/tracker/issues/new",
            {"template": ["mistake.yml"], "title": ["A & B"], "page": ["https://x/?a=1"]},
        ),
        (
            GITLAB,
            "/organ/tracker/-/issues/new",
            {"issue[title]": ["A & B"], "issue[description]": ["https://x/?a=1"]},
        ),
        (GITEA, "/organ/tracker/issues/new", {"title": ["A & B"], "body": ["https://x/?a=1"]}),
    ],
)
def test_a_mistake_is_reported_with_the_address_of_the_page(
    repository: Repository, path: str, values: dict
) -> None:
    address = urlsplit(repository.report_mistake("https://x/?a=1", "A & B"))
    assert (address.path, parse_qs(address.query)) == (path, values)


# --- what a page says and offers at its foot ------------------------------------------------------

ROOT = "https://example.org/tracker/"
CHANGES = {
    "docs/en/about.md": date(2025, 1, 2),
    "docs/zh/about.md": date(2025, 1, 3),
    "docs/en/notes.md": date(2025, 1, 4),
    "data/vocabulary.yml": date(2024, 1, 1),
    "data/translations/zh/vocabulary.yml": date(2024, 1, 2),
    "data/resolutions/1-1.yml": date(2025, 2, 1),
    "data/translations/zh/resolutions/1-1.yml": date(2025, 2, 5),
    "data/resolutions/1-2.yml": date(2025, 2, 3),
}
TEXTS = {
    "docs/en/about.md": b"About.\n",
    "docs/zh/about.md": "关于。\n".encode(),
    "docs/en/notes.md": b"Notes.\n",
}

ORGAN = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")


@dataclass(frozen=True)
class Foot:
    edit_text: str | None
    edit_data: str | None
    mistake: str | None
    changed: date | None
    report: str | None


def of(
    path: str,
    language: str = "en",
    repository: Repository | None = GITHUB,
    organ: Organ = ORGAN,
    changes: Mapping[str, date] = CHANGES,
) -> Foot:
    """What stands below the page at a path."""
    view = View(organ.corpus(language), TODAY, ROOT + ("zh/" if language == "zh" else ""))
    sources = Sources(("en", "zh"), {**organ.files, **TEXTS}, changes)
    theme = (
        Theme((), {}, repo_url=repository.url, edit_uri=repository.edit)
        if repository
        else Theme((), {})
    )
    page = {page.path: page for page in pages.pages(view)}.get(path)
    footer = Layout(ROOT, view, sources, theme).make_footer(
        page, path, page.source if page else path.rstrip("/") + ".md"
    )
    links = dict(footer.links)
    hrefs = (links.get(view.t(f"footer.{name}")) for name in ("edit_text", "edit_data", "mistake"))
    return Foot(*hrefs, footer.changed, footer.period and footer.period.report)


EDIT, NEW, TREE = (
    f"https://github.com/organ/tracker/{kind}/main/" for kind in ("edit", "new", "tree")
)


@pytest.mark.parametrize(
    ("path", "language", "text", "data"),
    [
        ("about/", "en", f"{EDIT}docs/en/about.md", f"{EDIT}data/vocabulary.yml"),
        ("about/", "zh", f"{EDIT}docs/zh/about.md", f"{EDIT}data/vocabulary.yml"),
        ("notes/", "en", f"{EDIT}docs/en/notes.md", None),
        ("notes/", "zh", f"{NEW}docs/zh?filename=notes.md&value=Notes.%0A", None),
        ("resolutions/1-1/spring/", "en", None, f"{EDIT}data/resolutions/1-1.yml"),
        (
            "",
            "en",
            f"{NEW}docs/en?filename=index.md&value=%7B%7B%20overview%28%29%20%7D%7D%0A",
            f"{TREE}data",
        ),
        (
            "accessibility/",
            "en",
            f"{NEW}docs/en?filename=accessibility.md"
            "&value=%7B%7B%20accessibility_contact%28%29%20%7D%7D%0A",
            None,
        ),
    ],
)
def test_where_a_page_is_edited(
    path: str, language: str, text: str | None, data: str | None
) -> None:
    found = of(path, language)
    assert (found.edit_text, found.edit_data) == (text, data)


def test_every_page_that_nobody_wrote_begins_with_what_it_shows() -> None:
    from macros.pages.handwritten import check_page

    view = View(ORGAN.corpus("en"), TODAY)
    for page in pages.pages(view):
        begun = page.markdown
        if page.period:
            assert begun is None
        else:
            assert not list(check_page("docs/en/x.md", begun.encode(), view)), page.path
            if page.path != "about/":  # which shows more than one macro does
                assert _called(begun, view) == page.body(view), page.path


def _called(text: str, view: View) -> str:
    import jinja2

    from macros.pages.registry import MACROS

    known = {name: (lambda *given, made=made: made(view, *given)) for name, made in MACROS.items()}
    return jinja2.Environment().from_string(text.replace("\n", "")).render(known)


def test_without_a_repository_there_is_nothing_to_edit() -> None:
    for path in ("", "about/", "resolutions/1-1/"):
        found = of(path, repository=None)
        assert (found.edit_text, found.edit_data, found.mistake) == (None, None, None)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (
            "mailto:desk@example.org",
            "mailto:desk@example.org?subject=https%3A%2F%2Fexample.org%2Ftracker%2Fzh%2Fabout%2F",
        ),
        (
            "mailto:desk@example.org?cc=a@example.org",
            "mailto:desk@example.org?cc=a@example.org&subject=https%3A%2F%2Fexample.org%2Ftracker%2Fzh%2Fabout%2F",
        ),
        ("https://example.org/contact", "https://example.org/contact"),
    ],
)
def test_without_a_repository_a_mistake_goes_to_the_contact(contact: str, expected: str) -> None:
    organ = ORGAN.edit(BODY, "currency: USD", f"currency: USD\ncontact: {contact}")
    assert of("about/", "zh", None, organ, {}).mistake == expected


def test_with_a_repository_a_mistake_goes_there() -> None:
    mistake = of("resolutions/1-1/", "zh").mistake
    assert parse_qs(urlsplit(mistake).query)["page"] == [f"{ROOT}zh/resolutions/1-1/"]


@pytest.mark.parametrize(
    ("path", "language", "day"),
    [
        ("about/", "en", date(2025, 1, 2)),
        ("about/", "zh", date(2025, 1, 3)),
        ("notes/", "en", date(2025, 1, 4)),
        ("notes/", "zh", date(2025, 1, 4)),  # shown in English
        ("resolutions/1-1/", "en", date(2025, 2, 1)),
        ("resolutions/1-1/", "zh", date(2025, 2, 5)),
        ("resolutions/1-1/spring/", "en", date(2025, 2, 1)),
        ("resolutions/217-a-iii/", "en", None),
        ("", "en", date(2025, 2, 3)),
        ("timeline/", "zh", date(2025, 2, 5)),
        ("accessibility/", "en", None),
    ],
)
def test_when_a_page_was_last_changed(path: str, language: str, day: date | None) -> None:
    assert of(path, language).changed == day


@pytest.mark.parametrize(
    ("path", "report"),
    [
        ("resolutions/1-1/", "AL/REP/2"),
        ("resolutions/1-1/spring/", "AL/REP/1"),
        ("resolutions/1-2/", "AL/REP/1"),
        ("resolutions/217-a-iii/", None),
        ("", "AL/REP/2"),
        ("about/", "AL/REP/2"),
    ],
)
def test_the_newest_report_on_a_page(path: str, report: str | None) -> None:
    assert of(path).report == report


def test_the_responsible_unit_with_its_contact() -> None:
    from macros.pages.resolution import resolution_summary

    organ = SMALL.edit(FIRST, "number: 1\n", "number: 1\nresponsible_unit: baker\n").edit(
        "data/organizations.yml",
        "name: Baker\n",
        "name: Baker\n    contact: mailto:baker@example.org\n",
    )
    assert '<a href="mailto:baker@example.org">Baker</a>' in resolution_summary(organ.view(), "1-1")
