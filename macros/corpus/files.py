"""The files people write, read into memory. The only reading of data and docs from the disk."""

from __future__ import annotations

from pathlib import Path

from macros.corpus.problems import Problem

PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page; only the first is allowed, but all are read so that the others can
be refused."""

LOCK = "data/permalinks.lock"
"""The list of all addresses that were published (see `permalinks`)."""

TEMPLATE = "data/report-template.docx"
"""The organ's own template of the report as a Word file."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf")
"""What may be published with pages; anything else (HTML, SVG, scripts) could run in a reader's
browser."""


def read_tree(
    root: Path, folders: tuple[str, ...] = ("data", "docs")
) -> tuple[dict[str, bytes], list[Problem]]:
    """Read the YAML and Markdown files below some folders of a project.

    The list of addresses and the template of reports are read too, other files (pictures) are not.

    Returns:
        Bytes by name (`data/resolutions/2-4.yml`, always with `/`), sorted, and the problems of
        reading: links that lead out of the tree and files that cannot be opened.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    home = root.resolve()
    for folder in folders:
        leads_out = not _inside(root / folder, home)
        for path in sorted((root / folder).rglob("*"), key=lambda path: path.parts):
            name, suffix = path.relative_to(root).as_posix(), path.suffix.lower()
            is_link = path.is_symlink()
            if leads_out or (is_link and (path.is_dir() or not _inside(path, home))):
                problems.append(Problem(name, 1, 1, "link_out_of_tree"))
            elif not path.is_file():
                continue
            elif suffix in (".yml", ".yaml", *PAGES) or name in (LOCK, TEMPLATE):
                try:
                    files[name] = path.read_bytes()
                except OSError as error:
                    values = {"reason": error.strerror or ""}
                    problems.append(Problem(name, 1, 1, "unreadable", values))
            elif folder == "docs" and suffix not in PICTURES and not path.name.startswith("."):
                problems.append(Problem(name, 1, 1, "published_kind"))
    return files, problems


def _inside(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links in a circle
        return False
