"""The files with which another organ begins: the least data that builds, and one example resolution."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import click

_BODY = """\
# The organ and how its tracker works.
format: 1
site_name: {title}
description: {description}
name: {name}
short_name: {name}
secretariat: {secretariat}
languages: [{language}]
currency: {currency}
reporting_interval_months: 6
label_pattern: "{{session}}/{{number}}"
alias_patterns: ["{{session}}/{{number}}"]
"""

_FILES = {
    "data/sessions.yml": "sessions:\n  - id: 1\n    name: First session\n",
    "data/periods.yml": (
        "periods:\n  - id: first-report\n    name: First report\n    first: 2024-01-01\n    last: 2024-06-30\n"
        "    report: first-report\n    as_of: 2024-06-30\n    as_of_basis: verified\n"
    ),
    "data/documents.yml": (
        "# Documents that statements cite; `id` for those without a symbol.\n"
        "documents:\n  - id: first-report\n    kind: report\n    title: First report on the resolutions\n"
    ),
    "data/organizations.yml": "organizations: []\n",
    "data/places.yml": "places: []\n",
    "data/resolutions/1-1.yml": (
        "# One resolution: its file name is its address for ever.\n"
        "number: 1\nsession: 1\ntitle: Title of the first resolution\ntitle_basis: unofficial\n"
        "assessments:\n  - id: assessment-first-report\n    period: first-report\n    status: in-preparation\n"
        "    reason: Why it is judged so, in your own words.\n    sources:\n      - {document: first-report, paragraph: 1}\n"
    ),
}


def write_starter(folder: Path, *, name: str, language: str, currency: str) -> list[Path]:
    """Write the files of a new organ into a folder that is new or empty.

    Out: the files written. Raises `click.ClickException` if the folder holds anything.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder.")
    shipped = files("macros").joinpath("starter")
    contents = {
        **_FILES,
        "data/body.yml": _BODY.format(name=json.dumps(name, ensure_ascii=False), title=json.dumps(f"{name} – resolution tracker", ensure_ascii=False), description=json.dumps(f"What became of the resolutions of {name}.", ensure_ascii=False), secretariat=json.dumps(f"Secretariat of {name}", ensure_ascii=False), language=language, currency=currency),
        "data/vocabulary.yml": shipped.joinpath("vocabulary.yml").read_text("utf-8"),
        "mkdocs.yml": shipped.joinpath("mkdocs.yml").read_text("utf-8"),
        f"docs/{language}/.gitkeep": "",
    }
    for path, text in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return [folder / path for path in contents]
