"""Reading from the disk: which files, under which names, and what cannot be read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from macros.corpus.files import PAGES, read_tree
from tests.organ import told


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"of {name}")


def test_yaml_and_pages_below_the_folders_are_read_in_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        "docs/en/b.md",
        "data/resolutions/2-4.yml",
        "data/body.yml",
        "docs/en/a.yaml",
        "mkdocs.yml",
        "README.md",
    )
    files, problems = read_tree(tmp_path)
    assert problems == []
    assert list(files) == [
        "data/body.yml",
        "data/resolutions/2-4.yml",
        "docs/en/a.yaml",
        "docs/en/b.md",
    ]
    assert files["data/body.yml"] == b"of data/body.yml"


def test_the_folders_may_be_chosen_or_missing(tmp_path: Path) -> None:
    write(tmp_path, "data/body.yml", "docs/en/a.md")
    assert list(read_tree(tmp_path, ("docs",))[0]) == ["docs/en/a.md"]
    assert read_tree(tmp_path / "nowhere") == ({}, [])


@pytest.mark.parametrize("suffix", [*PAGES, ".yml", ".yaml", ".MD", ".Markdown", ".YML"])
def test_whatever_could_be_a_page_or_data_is_read(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"docs/en/x{suffix}", f"data/.hidden{suffix}")
    assert list(read_tree(tmp_path)[0]) == [f"data/.hidden{suffix}", f"docs/en/x{suffix}"]


def test_every_ending_that_mkdocs_takes_for_a_page_is_known() -> None:
    from mkdocs.utils import markdown_extensions

    assert set(markdown_extensions) <= set(PAGES)


@pytest.mark.parametrize(
    "name",
    [
        "docs/en/x.png",
        "docs/en/x.md.PNG",
        "docs/assets/x.jpg",
        "docs/en/.gitkeep",
        "docs/x.pdf",
        "data/x.svg",
    ],
)
def test_pictures_are_left_alone(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert read_tree(tmp_path) == ({}, [])


@pytest.mark.parametrize(
    "name",
    ["x.html", "x.HTM", "x.svg", "x.js", "x.css", "x.xhtml", "x.xml", "x.png.html", "md", "x.txt"],
)
def test_what_could_run_in_a_browser_is_not_published(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"docs/en/{name}")
    files, [problem] = read_tree(tmp_path)
    assert (files, problem.place, problem.code) == ({}, (f"docs/en/{name}", 1, 1), "published_kind")
    assert all(told([problem], language) for language in ("en", "zh", "fr"))


def test_links_to_folders_and_in_circles_are_refused(tmp_path: Path) -> None:
    """MkDocs would follow them to pages that nobody checks."""
    write(tmp_path, "notes/x.md", "docs/en/a.md")
    (tmp_path / "docs/en/notes").symlink_to("../../notes")
    (tmp_path / "docs/en/circle.md").symlink_to("circle.md")
    files, problems = read_tree(tmp_path)
    assert list(files) == ["docs/en/a.md"]
    assert [(problem.file, problem.code) for problem in problems] == [
        ("docs/en/circle.md", "link_out_of_tree"),
        ("docs/en/notes", "link_out_of_tree"),
    ]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "data/x.yml/y.yml")
    assert list(read_tree(tmp_path)[0]) == ["data/x.yml/y.yml"]


@pytest.mark.parametrize(
    "name", ["data/secret.yml", "docs/en/secret.md", "docs/en/secret.png", "data/folder"]
)
@pytest.mark.parametrize("relative", [False, True])
def test_links_out_of_the_tree_are_refused(tmp_path: Path, name: str, relative: bool) -> None:
    root = tmp_path / "project"
    write(tmp_path, "secret/secret.yml")
    target = tmp_path / "secret" / ("" if name == "data/folder" else "secret.yml")
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(os.path.relpath(target, (root / name).parent) if relative else target)
    files, [problem] = read_tree(root)
    assert files == {}
    assert (problem.place, problem.code, problem.severity) == (
        (name, 1, 1),
        "link_out_of_tree",
        "error",
    )
    assert "out of the project" in told([problem])


def test_a_folder_beside_the_project_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    write(tmp_path, "project/data/a.yml", "project-2/b.yml")
    (tmp_path / "project/data/b.yml").symlink_to(tmp_path / "project-2/b.yml")
    files, [problem] = read_tree(tmp_path / "project")
    assert (list(files), problem.file) == (["data/a.yml"], "data/b.yml")


def test_links_to_files_within_the_tree_are_read_under_their_own_name(tmp_path: Path) -> None:
    write(tmp_path, "data/a.yml")
    (tmp_path / "data/b.yml").symlink_to("a.yml")
    assert read_tree(tmp_path) == (
        {"data/a.yml": b"of data/a.yml", "data/b.yml": b"of data/a.yml"},
        [],
    )


def test_the_project_itself_may_be_reached_by_a_link(tmp_path: Path) -> None:
    write(tmp_path / "project", "data/a.yml")
    (tmp_path / "link").symlink_to("project")
    assert read_tree(tmp_path / "link") == ({"data/a.yml": b"of data/a.yml"}, [])


def test_a_link_to_nothing_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "data/a.yml")
    (tmp_path / "data/b.yml").symlink_to("nothing.yml")
    assert list(read_tree(tmp_path)[0]) == ["data/a.yml"]


def test_a_file_that_cannot_be_opened_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "data/a.yml", "data/b.yml", "docs/en/c.md")
    read_bytes = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "b.yml":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    files, [problem] = read_tree(tmp_path)
    assert list(files) == ["data/a.yml", "docs/en/c.md"]
    assert (problem.place, problem.code) == (("data/b.yml", 1, 1), "unreadable")
    assert "Permission denied" in told([problem])
