"""The steps of `tracker new`: ask, check the result, write it, and say what is next."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import click

from macros.authoring.new_entries import NewEntry, add
from macros.authoring.prompts import Prompter
from macros.authoring.questions import ask
from macros.authoring.yaml_editor import EditError
from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.corpus.problems import Problem


def add_by_prompts(
    kind: str,
    root: Path,
    t: Callable[..., str],
    subject: str | None,
    given: Mapping[str, str | tuple[str, ...]],
    *,
    interactive: bool,
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
    entries = ask(kind, Prompter(corpus, t, given, interactive), subject, _today())
    try:
        changed = add(files, entries)
    except EditError as error:
        file, place = entries[-1].file, ".".join(map(str, entries[-1].path))
        raise click.ClickException(t("new.not_added", file=file, place=place)) from error
    after = load({**files, **changed})
    stop_at_errors(after.problems, t("new.would_not_pass"), t)
    _write(root, files, changed, t)
    for entry in entries:
        line = _first_new_line(files.get(entry.file, b""), changed[entry.file])
        click.echo(t("new.added" if entry.path else "new.wrote", file=entry.file, line=line))
    label = corpus.label if kind != "resolution" else next(iter(after.corpora.values())).label
    _say_what_is_next(kind, entries[-1], label, set(after.problems) - set(before.problems), t)


def stop_at_errors(problems: Iterable[Problem], sentence: str, t: Callable[..., str]) -> None:
    """Stop the command with a sentence and all errors, if there are any."""
    errors = [problem.line_of_text(t) for problem in problems if problem.severity == "error"]
    if errors:
        raise click.ClickException("\n".join([sentence, *errors]))


def _today() -> date:
    """Take the day of the build where one is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def _write(
    root: Path, files: Mapping[str, bytes], changed: Mapping[str, bytes], t: Callable[..., str]
) -> None:
    """Write files, unless one of them is no longer as it was read."""
    for name in changed:
        path = root / name
        if (path.read_bytes() if path.exists() else None) != files.get(name):
            raise click.ClickException(t("new.changed_meanwhile", file=name))
    for name, raw in changed.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def _first_new_line(before: bytes, after: bytes) -> int:
    old, new = before.split(b"\n"), after.split(b"\n")
    pairs = enumerate(zip(old, new, strict=False), 1)
    return next((number for number, (a, b) in pairs if a != b), min(len(old), len(new)) + 1)


def _say_what_is_next(
    kind: str,
    entry: NewEntry,
    label: Callable[[str], str],
    new_problems: Iterable[Problem],
    t: Callable[..., str],
) -> None:
    slug = Path(entry.file).stem
    pages = {
        "resolution": f"resolutions/{slug}/",
        "period": f"periods/{entry.id}/",
        "correction": f"corrections/#{entry.id}",
    }
    steps = []
    if kind == "resolution":
        steps.append(t("new.next.resolution", label=label(slug)))
    elif kind in pages:
        steps.append(t(f"new.next.{kind}", id=entry.id))
    if entry.id:
        click.echo(t("new.id", id=entry.id))
    untranslated: dict[str, list[str]] = {}
    for problem in sorted(new_problems, key=lambda problem: problem.place):
        if problem.code == "untranslated":
            untranslated.setdefault(problem.file, []).append(problem.values["key_name"])
    for file, names in untranslated.items():
        steps.append(t("new.next.translate", file=file, names=t("list.comma").join(sorted(names))))
    page = pages.get(kind, f"resolutions/{slug}/#{entry.id}")
    steps += [t("new.next.check"), t("new.next.look", page=page)]
    click.echo(t("new.next"))
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")
