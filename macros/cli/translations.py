"""The commands of the translators' desk: `tracker translations` and what stands below it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Callable

import click

from macros.cli.options import project_root, root_option
from macros.i18n.messages import Catalogue

if TYPE_CHECKING:
    from macros.authoring.amending import Entry
    from macros.authoring.translation_status import Kind, Passage
    from macros.corpus.loading import Loaded


@dataclass(frozen=True)
class Desk:
    """What every command of the translators' desk begins with."""

    root: Path
    files: dict[str, bytes]
    loaded: Loaded
    languages: tuple[str, ...]
    t: Callable[..., str]

    @staticmethod
    def open(root: str, lang: str | None, messages: str) -> Desk:
        """Read the data, which must be free of errors, for one language or all."""
        from macros.authoring import translation_status as translating
        from macros.corpus.files import read_tree
        from macros.corpus.loading import load
        from macros.i18n.locale import is_language

        if not is_language(messages):
            raise click.BadParameter(
                f"{messages} is not a language; write en, zh or fr.", param_hint="--messages"
            )
        t = Catalogue.of(messages).t
        files, problems = read_tree(project_root(root))
        loaded = load(files)
        if errors := [*problems, *loaded.errors]:
            for problem in errors:
                click.echo(problem.line_of_text(t))
            raise click.ClickException(t("translations.mend_first"))
        languages = translating.languages(loaded)
        if lang and lang not in languages:
            raise click.ClickException(
                t(
                    "translations.no_language",
                    language=lang,
                    known=t("list.comma").join(languages) or "–",
                )
            )
        return Desk(project_root(root), files, loaded, (lang,) if lang else languages, t)

    def passages(self, language: str) -> list[Passage]:
        """All texts for the translators into a language."""
        from macros.authoring.translation_status import passages

        return passages(self.loaded, language)

    def write(self, language: str, entries: dict[str, Entry], waiting: bool = False) -> None:
        """Put entries into their files, once they are known to pass the check."""
        from macros.authoring.amending import CannotAmend
        from macros.authoring.translation_status import changed
        from macros.corpus.loading import load

        try:
            new = changed(self.passages(language), self.files, entries)
        except CannotAmend as error:
            raise click.ClickException(
                self.t("translations.cannot_amend", file=error.file)
            ) from error
        if errors := load({**self.files, **new}).errors:
            for problem in errors:
                click.echo(problem.line_of_text(self.t))
            raise click.ClickException(self.t("translations.nothing_written"))
        for name, raw in new.items():
            path = self.root / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(raw)
            except OSError as error:
                raise click.ClickException(
                    self.t("translations.not_writable", file=name, reason=error.strerror)
                ) from error
            click.echo(self.t("translations.wrote", file=name))
        self.files.update(new)
        if not new:
            click.echo(self.t("translations.no_change", language=language))
        elif waiting:
            click.echo(self.t("translations.fill_next", language=language, count=len(entries)))


language_option = click.option(
    "--lang", default=None, help="Only this language of the translations."
)
one_language_option = click.option("--lang", required=True, help="Language of the translations.")
messages_option = click.option(
    "--messages", default="en", show_default=True, help="Language of the messages."
)


def _paint(kind: Kind, text: str) -> str:
    """Colours for a terminal; click takes them out elsewhere."""
    return text if kind == "same" else click.style(text, fg="red" if kind == "removed" else "green")


@click.group(invoke_without_command=True)
@root_option
@language_option
@click.option("--strict", is_flag=True, help="Exit status 1 if anything is missing or outdated.")
@messages_option
@click.pass_context
def translations(
    context: click.Context, root: str, lang: str | None, strict: bool, messages: str
) -> None:
    """The translators' desk: list what is missing or outdated, with the change of the original."""
    if context.invoked_subcommand:
        given = [
            name for name in context.params if context.get_parameter_source(name).name != "DEFAULT"
        ]
        if given:
            raise click.UsageError(
                f"Write --{given[0]} after the name of the command {context.invoked_subcommand}."
            )
        return
    from macros.authoring.translation_status import missing_pages, report

    desk = Desk.open(root, lang, messages)
    working = next(iter(desk.loaded.corpora))
    waiting = False
    for language in desk.languages:
        found, pages = desk.passages(language), missing_pages(desk.files, working, language)
        waiting |= bool(pages) or any(passage.state != "translated" for passage in found)
        for line in report(language, found, pages, desk.t, _paint):
            click.echo(line)
    sys.exit(1 if strict and waiting else 0)


@translations.command()
@root_option
@language_option
@messages_option
def fill(root: str, lang: str | None, messages: str) -> None:
    """Write an entry for every missing text into the files of translations, with the text left empty."""
    from macros.authoring.translation_status import to_fill_in

    desk = Desk.open(root, lang, messages)
    for language in desk.languages:
        desk.write(language, to_fill_in(desk.passages(language)), waiting=True)


@translations.command()
@root_option
@one_language_option
@messages_option
@click.argument("texts", nargs=-1, required=True, metavar="ID…")
def accept(root: str, lang: str, messages: str, texts: tuple[str, ...]) -> None:
    """Say of outdated translations that they still hold: the new original is put beside them.

    ID is that of a text (op-2.gist), with its file where several have it (resolutions/2-4:op-2.gist).
    """
    from macros.authoring.translation_status import to_accept

    desk = Desk.open(root, lang, messages)
    entries, unknown = to_accept(desk.passages(lang), texts)
    if unknown:
        raise click.ClickException(
            "\n".join(desk.t("translations.not_outdated", name=name) for name in unknown)
        )
    desk.write(lang, entries)


@translations.command()
@root_option
@one_language_option
@messages_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(root: str, lang: str, messages: str, force: bool, file: Path) -> None:
    """Write all texts of a language to a gettext PO FILE for translators' tools."""
    from datetime import datetime, timezone

    from macros.authoring.po_files import to_po
    from macros.build.history import build_epoch

    desk = Desk.open(root, lang, messages)
    if file.exists() and not force:
        raise click.ClickException(desk.t("translations.po.exists", file=file))
    when = datetime.fromtimestamp(build_epoch(desk.root), timezone.utc)
    found = desk.passages(lang)
    raw = to_po(found, lang, next(iter(desk.loaded.corpora.values())).body.site_name, when, desk.t)
    try:
        file.write_bytes(raw)
    except OSError as error:
        raise click.ClickException(
            desk.t("translations.not_writable", file=file, reason=error.strerror)
        ) from error
    states = [passage.state for passage in found]
    click.echo(
        desk.t(
            "translations.po.written",
            file=file,
            count=len(found),
            missing=states.count("missing"),
            outdated=states.count("outdated"),
        )
    )


@translations.command(name="import")
@root_option
@one_language_option
@messages_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(root: str, lang: str, messages: str, file: Path) -> None:
    """Take translations from a gettext PO FILE into the files of translations.

    Empty and fuzzy ones are left out. With any error nothing is written.
    """
    from macros.authoring.po_files import from_po

    desk = Desk.open(root, lang, messages)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    found = from_po(file.as_posix(), raw, desk.passages(lang), lang)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    for problem in sorted(found.problems, key=lambda problem: problem.place):
        line = problem.line_of_text(desk.t)
        click.echo(line if problem in errors else desk.t("check.notice", text=line))
    if errors:
        raise click.ClickException(desk.t("translations.nothing_written"))
    fates = {fate: found.fates[fate] for fate in ("taken", "same", "fuzzy", "empty", "left")}
    click.echo(desk.t("translations.po.read", file=file, **fates))
    desk.write(lang, found.entries)
