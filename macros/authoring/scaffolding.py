"""The files with which another organ begins: the least data that builds, one example resolution, what editors need."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import click

from macros.authoring import schemas
from macros.corpus.loading import load

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
    shipped = files("macros.authoring").joinpath("starter")
    quoted = {
        "title": f"{name} – resolution tracker",
        "description": f"What became of the resolutions of {name}.",
        "name": name,
        "secretariat": f"Secretariat of {name}",
    }
    body = _BODY.format(
        **{key: json.dumps(text, ensure_ascii=False) for key, text in quoted.items()},
        language=language,
        currency=currency,
    )
    vocabulary = shipped.joinpath("vocabulary.yml").read_text("utf-8")
    data = {**_FILES, "data/body.yml": body, "data/vocabulary.yml": vocabulary}
    data = {path: f"{schemas.modeline(path)}\n{text}" for path, text in data.items()}
    corpora = load({path: text.encode() for path, text in data.items()}).corpora
    contents = {
        **data,
        **(schemas.files(corpora[language]) if corpora else {}),
        ".vscode/settings.json": shipped.joinpath("vscode", "settings.json").read_text("utf-8"),
        ".vscode/extensions.json": shipped.joinpath("vscode", "extensions.json").read_text("utf-8"),
        "mkdocs.yml": shipped.joinpath("mkdocs.yml").read_text("utf-8"),
        f"docs/{language}/.gitkeep": "",
    }
    for path, text in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return [folder / path for path in contents]
