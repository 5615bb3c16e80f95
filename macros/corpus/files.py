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

MAX_PICTURE = 5 * 1024 * 1024
"""The most bytes of a file that is published with pages."""


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
            try:
                is_link, is_folder = path.is_symlink(), path.is_dir()
                if leads_out or (is_link and (is_folder or not _inside(path, home))):
                    problems.append(Problem(name, 1, 1, "link_out_of_tree"))
                elif is_folder:
                    next(path.iterdir(), None)  # rglob passes over folders that it cannot read
                elif not path.is_file():
                    if path.exists():  # a pipe or a device, which could be read for ever
                        problems.append(Problem(name, 1, 1, "no_regular_file"))
                elif suffix in (".yml", ".yaml", *PAGES) or name in (LOCK, TEMPLATE):
                    files[name] = path.read_bytes()
                elif folder == "docs" and suffix not in PICTURES and not path.name.startswith("."):
                    problems.append(Problem(name, 1, 1, "published_kind"))
                elif folder == "docs" and (size := path.stat().st_size) > MAX_PICTURE:
                    values = {"size": size, "limit": MAX_PICTURE}
                    problems.append(Problem(name, 1, 1, "picture_too_large", values))
            except OSError as error:
                problems.append(Problem(name, 1, 1, "unreadable", {"reason": error.strerror or ""}))
    return files, problems


def _inside(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links in a circle
        return False
