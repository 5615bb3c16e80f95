"""The commands below `tracker translations`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click

from macros.authoring import EditError, from_po, stop_at_errors, to_po
from macros.authoring import translation_status as status
from macros.authoring.po_files import Outcome
from macros.cli.options import catalogue_of, project_root, root_option
from macros.corpus import Loaded, Translate, load, read_tree

_Command = Callable[..., None]
_messages_option = click.option(
    "--messages", default="en", show_default=True, help="Language of the messages."
)


@dataclass(frozen=True)
class Project:
    """What every command begins with: the data, free of errors, for one language or all."""

    root: Path
    files: dict[str, bytes]
    loaded: Loaded
    languages: tuple[str, ...]
    t: Translate

    @staticmethod
    def load(folder: str, lang: str | None, messages: str) -> Project:
        """Read the data."""
        t, root = catalogue_of(messages, "--messages").t, project_root(folder)
        files, problems = read_tree(root)
        loaded = load(files)
        stop_at_errors([*problems, *loaded.errors], t("translations.mend_first"), t)
        languages = tuple(loaded.corpora)[1:]
        if lang and lang not in languages:
            known = t("list.comma").join(languages) or "–"
            raise click.ClickException(t("translations.no_language", language=lang, known=known))
        return Project(root, files, loaded, (lang,) if lang else languages, t)

    def messages(self, language: str) -> list[status.Message]:
        """List all texts to translate into a language."""
        return status.list_messages(self.loaded, language)

    def write(
        self, language: str, entries: Mapping[str, status.Entry], next_step: str = ""
    ) -> None:
        """Put entries into their files, once they are known to pass the check."""
        try:
            changed = status.write_entries(self.messages(language), self.files, entries)
        except EditError as error:
            raise click.ClickException(self.t("translations.cannot_amend", file=error)) from error
        errors = load({**self.files, **changed}).errors
        stop_at_errors(errors, self.t("translations.nothing_written"), self.t)
        for name, raw in changed.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            self.write_file(self.root / name, name, raw)
            click.echo(self.t("translations.wrote", file=name))
        self.files.update(changed)
        if not changed:
            click.echo(self.t("translations.no_change", language=language))
        elif next_step:
            click.echo(self.t(next_step, language=language, count=len(entries)))

    def write_file(self, path: Path, name: str, raw: bytes) -> None:
        """Write a file, or say why it cannot be written."""
        try:
            path.write_bytes(raw)
        except OSError as error:
            values = {"file": name, "reason": error.strerror}
            raise click.ClickException(self.t("translations.not_writable", **values)) from error


def _common(*, one_language: bool = False) -> Callable[[_Command], _Command]:
    """Give a command the options that all have."""
    text = "Language of the translations." if one_language else "Only this language."
    language = click.option("--lang", required=one_language, help=text)
    return lambda command: root_option(language(_messages_option(command)))


@click.group(invoke_without_command=True)
@_common()
@click.option("--strict", is_flag=True, help="Exit status 1 if anything is missing or outdated.")
@click.pass_context
def translations(
    context: click.Context, root: str, lang: str | None, strict: bool, messages: str
) -> None:
    """List what is missing or outdated in translations, with the change of the original."""
    if command := context.invoked_subcommand:
        for name in context.params:
            source = context.get_parameter_source(name)
            if source and source.name != "DEFAULT":
                raise click.UsageError(f"Write --{name} after the name of the command {command}.")
        return
    project = Project.load(root, lang, messages)
    working = next(iter(project.loaded.corpora))
    is_complete = True
    for language in project.languages:
        texts = project.messages(language)
        pages = status.missing_pages(project.files, working, language)
        is_complete &= not pages and all(text.state == "translated" for text in texts)
        for line in status.report(language, texts, pages, project.t):
            click.echo(line)
    sys.exit(1 if strict and not is_complete else 0)


@translations.command()
@_common()
def fill(root: str, lang: str | None, messages: str) -> None:
    """Write an entry for every missing text into the files, with the text left empty."""
    project = Project.load(root, lang, messages)
    for language in project.languages:
        entries = status.entries_to_fill_in(project.messages(language))
        project.write(language, entries, "translations.fill_next")


@translations.command()
@_common(one_language=True)
@click.argument("texts", nargs=-1, required=True, metavar="ID…")
def accept(root: str, lang: str, messages: str, texts: tuple[str, ...]) -> None:
    """Say of outdated translations that they still hold: their entries get the new original.

    ID is that of a text (op-2.gist), with its file where several have it
    (resolutions/2-4:op-2.gist).
    """
    project = Project.load(root, lang, messages)
    entries, unknown = status.entries_to_accept(project.messages(lang), texts)
    if unknown:
        lines = [project.t("translations.not_outdated", name=name) for name in unknown]
        raise click.ClickException("\n".join(lines))
    project.write(lang, entries)


@translations.command()
@_common(one_language=True)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(root: str, lang: str, messages: str, force: bool, file: Path) -> None:
    """Write all texts of a language to a gettext PO FILE for translators' tools."""
    project = Project.load(root, lang, messages)
    if file.exists() and not force:
        raise click.ClickException(project.t("translations.po.exists", file=file))
    texts = project.messages(lang)
    site_name = next(iter(project.loaded.corpora.values())).body.site_name
    raw = to_po(texts, lang, site_name, datetime.now(UTC), project.t)
    project.write_file(file, str(file), raw)
    counts = status.count_lacking(texts)
    click.echo(project.t("translations.po.written", file=file, count=len(texts), **counts))


@translations.command(name="import")
@_common(one_language=True)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(root: str, lang: str, messages: str, file: Path) -> None:
    """Take translations from a gettext PO FILE into the files of translations.

    Empty and fuzzy ones are left out. With any error nothing is written.
    """
    project = Project.load(root, lang, messages)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    imported = from_po(file.as_posix(), raw, project.messages(lang), lang)
    for problem in imported.problems:
        if problem.severity == "notice":
            click.echo(project.t("check.notice", text=problem.line_of_text(project.t)))
    stop_at_errors(imported.problems, project.t("translations.nothing_written"), project.t)
    outcomes = {name: imported.outcomes[name] for name in get_args(Outcome)}
    click.echo(project.t("translations.po.read", file=file, **outcomes))
    project.write(lang, imported.entries)
