"""The steps of `tracker new`: ask, check the result, write it, and say what is next."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click

from macros.authoring.entry_kinds import KINDS
from macros.authoring.new_entries import DataFiles, stop_at_errors
from macros.authoring.prompts import Given, Prompter
from macros.authoring.questions import ask
from macros.corpus import Translate, read_tree


def add_by_prompts(
    kind: str,
    root: Path,
    t: Translate,
    subject: str | None,
    given: Given,
    today: str,
    *,
    interactive: bool,
) -> None:
    """Ask, check, write, and say what is next.

    Args:
        kind: One of `KINDS`.
        root: The folder of the project.
        t: The messages.
        subject: What the command names.
        given: The options, by name.
        today: The day of the entry.
        interactive: Whether questions may be asked.

    Raises:
        click.ClickException: Something keeps it from being done; nothing is written then.
    """
    contents, problems = read_tree(root)
    stop_at_errors(problems, t("new.data_has_errors"), t)
    files = DataFiles(contents, t)
    ask(Prompter(files, given, interactive, kind), subject, today)
    files.write(root)
    for entry in files.entries:
        click.echo(t("new.added" if entry.path else "new.wrote", file=entry.file))
        if entry.fields.get("id"):
            click.echo(t("new.id", id=entry.id))
    steps = [*_next_steps(kind, files), t("new.next.check")]
    entry = files.entries[-1]
    slug = PurePosixPath(entry.file).stem
    page = KINDS[kind].page.format_map({**entry.fields, "slug": slug, "id": entry.id})
    steps.append(t("new.next.look", page=page))
    click.echo("\n".join([t("new.next"), *(f"  {n}. {step}" for n, step in enumerate(steps, 1))]))


def _next_steps(kind: str, files: DataFiles) -> list[str]:
    """Say what an entry of a kind asks for, and what is to be translated."""
    t, entry, steps = files.t, files.entries[-1], []
    if kind in ("resolution", "period", "correction"):
        slug = PurePosixPath(entry.file).stem
        label = files.corpus.label(slug) if kind == "resolution" else ""
        steps.append(t(f"new.next.{kind}", id=entry.id, label=label))
    new_problems = set(files.loaded.problems) - set(files.before.problems)
    missing = [problem for problem in new_problems if problem.code == "untranslated"]
    for file in sorted({problem.file for problem in missing}):
        names = sorted(problem.values["key_name"] for problem in missing if problem.file == file)
        steps.append(t("new.next.translate", file=file, names=t("list.comma").join(names)))
    return steps
