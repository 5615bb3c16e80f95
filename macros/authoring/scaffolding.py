"""The files of a new organ: the least data that builds, an example, and what editors need."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

import click

from macros.authoring import schemas
from macros.corpus import load

_STARTER = Path(__file__).parent / "starter"


def write_starter(folder: Path, *, name: str, language: str, currency: str) -> list[Path]:
    """Write the files of a new organ into a folder that is new or empty.

    Returns:
        The files written.

    Raises:
        click.ClickException: The folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder.")
    texts = {
        "title": f"{name} – resolution tracker",
        "description": f"What became of the resolutions of {name}.",
        "name": name,
        "secretariat": f"Secretariat of {name}",
    }
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in texts.items()}
    contents = {f"docs/{language}/.gitkeep": ""}
    for path in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        file, text = path.relative_to(_STARTER).as_posix(), path.read_text("utf-8")
        if file == "data/body.yml":
            text = Template(text).substitute(quoted, language=language, currency=currency)
        if file.startswith("data/"):
            text = f"{schemas.modeline(file)}\n{text}"
        contents[file] = text
    data = {file: text.encode() for file, text in contents.items() if file.startswith("data/")}
    if corpora := load(data).corpora:
        contents |= schemas.files(corpora[language])
    for file, text in contents.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return [folder / file for file in contents]
