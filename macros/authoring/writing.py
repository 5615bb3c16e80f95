"""The steps of `tracker new`: ask, check the result, write it, and say what is next."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from macros.authoring.new_entries import NewEntry, add
from macros.authoring.prompts import Given, Prompter
from macros.authoring.questions import ask
from macros.authoring.yaml_editor import EditError
from macros.corpus import Corpus, Problem, Translate, load, read_tree


def add_by_prompts(
    kind: str, root: Path, t: Translate, subject: str | None, given: Given, *, interactive: bool
) -> None:
    """Ask, check, write, and say what is next.

    Args:
        kind: The kind of entry, see `questions.ask`.
        root: The folder of the project.
        t: The messages.
        subject: What the command names.
        given: The options, by name.
        interactive: Whether questions may be asked.

    Raises:
        click.ClickException: Something keeps it from being done; nothing is written then.
    """
    files, problems = read_tree(root)
    before = load(files)
    stop_at_errors([*problems, *before.problems], t("new.data_has_errors"), t)
    corpus = next(iter(before.corpora.values()))
    entry = ask(kind, Prompter(corpus, t, given, interactive), subject, _today())
    try:
        raw = add(files, entry)
    except EditError as error:
        place = ".".join(map(str, entry.path))
        raise click.ClickException(t("new.not_added", file=entry.file, place=place)) from error
    after = load({**files, entry.file: raw})
    stop_at_errors(after.problems, t("new.would_not_pass"), t)
    path = root / entry.file
    if (path.read_bytes() if path.exists() else None) != files.get(entry.file):
        raise click.ClickException(t("new.changed_meanwhile", file=entry.file))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    click.echo(t("new.added" if entry.path else "new.wrote", file=entry.file))
    corpus = next(iter(after.corpora.values()))
    _say_what_is_next(kind, entry, corpus, set(after.problems) - set(before.problems), t)


def stop_at_errors(problems: Iterable[Problem], sentence: str, t: Translate) -> None:
    """Stop the command with a sentence and all errors, if there are any."""
    errors = [problem.line_of_text(t) for problem in problems if problem.severity == "error"]
    if errors:
        raise click.ClickException("\n".join([sentence, *errors]))


def _today() -> date:
    """Take the day of the build where one is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def _say_what_is_next(
    kind: str, entry: NewEntry, corpus: Corpus, new_problems: Iterable[Problem], t: Translate
) -> None:
    slug = Path(entry.file).stem
    pages = {
        "resolution": f"resolutions/{slug}/",
        "period": f"periods/{entry.id}/",
        "correction": f"corrections/#{entry.id}",
    }
    steps = []
    if kind in pages:
        label = corpus.label(slug) if kind == "resolution" else ""
        steps.append(t(f"new.next.{kind}", id=entry.id, label=label))
    if entry.id:
        click.echo(t("new.id", id=entry.id))
    missing = [problem for problem in new_problems if problem.code == "untranslated"]
    for file in sorted({problem.file for problem in missing}):
        names = sorted(problem.values["key_name"] for problem in missing if problem.file == file)
        steps.append(t("new.next.translate", file=file, names=t("list.comma").join(names)))
    page = pages.get(kind, f"resolutions/{slug}/#{entry.id}")
    steps += [t("new.next.check"), t("new.next.look", page=page)]
    click.echo("\n".join([t("new.next"), *(f"  {n}. {step}" for n, step in enumerate(steps, 1))]))
