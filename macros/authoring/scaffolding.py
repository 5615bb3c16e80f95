"""The files of a new organ: the least data that builds, an example, and what editors need."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from string import Template

import click

from macros.authoring import schemas
from macros.authoring.new_entries import stop_at_errors
from macros.corpus import load
from macros.i18n import Catalogue, is_language
from macros.i18n.messages import ORIGINAL

_STARTER = Path(__file__).parent / "starter"
_READMES = ("en", "fr", "zh")
_LOCKS = (_STARTER / "requirements.lock", Path(__file__).parents[2] / "requirements.lock")
"""The locked dependencies: in an installed package, and in the repository of the program."""


def write_starter(folder: Path, *, name: str, language: str, currency: str) -> list[Path]:
    """Write the files of a new organ into a folder that is new or empty.

    Returns:
        The files written.

    Raises:
        click.ClickException: The folder holds something, or the data would not pass the check.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder.")
    contents = _contents(name, language, currency)
    data = {file: text.encode() for file, text in contents.items() if file.startswith("data/")}
    loaded = load(data)
    stop_at_errors(loaded.problems, "Nothing was written.", Catalogue.of(ORIGINAL).t)
    contents |= schemas.files(loaded.corpora[language])
    for file, text in contents.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return [folder / file for file in contents]


def _contents(name: str, language: str, currency: str) -> dict[str, str]:
    """Write the texts of all files but the schemas, in the words of a language."""
    t = Catalogue.of(language if is_language(language) else ORIGINAL).t
    given = {"language": language, "currency": currency, "name": _quoted(name)}
    readme = _STARTER / f"README.{language if (language in _READMES) else ORIGINAL}.md"
    contents = {
        f"docs/{language}/.gitkeep": "",
        "README.md": Template(readme.read_text("utf-8")).substitute(name=name),
        "requirements.lock": next(path for path in _LOCKS if path.is_file()).read_text("utf-8"),
    }
    for path in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        file, text = path.relative_to(_STARTER).as_posix(), path.read_text("utf-8")
        if file == "requirements.txt":
            text = Template(text).substitute(version=version("resolution-tracker"))
        if file.startswith("data/"):
            words = {
                key: given.get(key) or _quoted(t(f"init.{key}", name=name))
                for key in Template(text).get_identifiers()
            }
            text = f"{schemas.modeline(file)}\n{Template(text).substitute(words)}"
        if not file.startswith("README."):
            contents.setdefault(file, text)
    return contents


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
