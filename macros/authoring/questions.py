"""The questions of `tracker new`: what each kind of entry needs, and the entries made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import click

from macros.authoring import new_entries
from macros.authoring.new_entries import NewEntry, bare
from macros.authoring.prompts import Fields, Prompter, names_of
from macros.corpus import hint
from macros.model import dates
from macros.model.events import Outcome
from macros.model.resolution import Update
from macros.queries.lookup import find_resolution

TITLE_BASES = dict.fromkeys(("verified", "cited", "unofficial"), "")
DATE_BASES = dict.fromkeys(("verified", "inferred"), "")
OUTCOMES = dict.fromkeys(get_args(Outcome), "")
ABOUT = dict.fromkeys(get_args(Update.model_fields["about"].annotation), "")


def ask(kind: str, prompter: Prompter, subject: str | None, today: date) -> NewEntry:
    """Ask for everything a new entry needs.

    Args:
        kind: `resolution`, `period`, `update`, `event` or `correction`.
        prompter: Takes the answers.
        subject: What the command names: a resolution, or the id of a period.
        today: The day of a correction.

    Raises:
        click.UsageError: The subject does not fit, or answers are needed and may not be asked for.
    """
    if kind == "resolution":
        return _resolution(prompter, str(subject).strip())
    if kind == "period":
        return _period(prompter, str(subject).strip())
    slug = _find(prompter, subject) if subject else None
    if kind == "correction":
        return _correction(prompter, slug, today)
    return (_update if kind == "update" else _event)(prompter, str(slug))


def _resolution(prompter: Prompter, label: str) -> NewEntry:
    corpus = prompter.corpus
    name = new_entries.parse_name(label, corpus.body.label_pattern)
    file = new_entries.resolution_file(name.slug)
    if name.slug in corpus.resolutions or label in map(corpus.label, corpus.resolutions):
        raise click.UsageError(prompter.t("new.resolution_exists", label=label, file=file))
    sessions = names_of(corpus.sessions)
    if name.session is None:
        session = prompter.ask("session", optional=True, choices=sessions, code="unknown_session")
        name = replace(name, session=session)
    elif name.session not in sessions:
        raise prompter.error("unknown_session", value=name.session, **hint(name.session, sessions))
    title = prompter.ask("title")
    title_basis = prompter.ask("title_basis", default="unofficial", choices=TITLE_BASES)
    inferred = new_entries.inferred_symbol(corpus, name)
    symbol = prompter.ask("symbol", default=inferred, optional=True) or inferred
    adopted = prompter.ask("adopted", prompter.date, optional=True)
    known_as = "inferred" if symbol == inferred else "verified"
    entry = {
        "number": bare(name.number),
        "session": bare(name.session),
        "label": name.label,
        "symbol": symbol and {"value": symbol, "basis": known_as},
        "title": title,
        "title_basis": title_basis,
        "adoption": adopted and {"date": bare(adopted), "basis": "verified"},
        "themes": prompter.ask_words("theme"),
        "goals": [int(goal) for goal in prompter.ask_words("goal")],
    }
    prompter.stop_if_missing()
    shown = name.label or corpus.body.label_pattern.format(
        session=name.session, number=name.number, symbol=symbol
    )
    return NewEntry(file, entry, comment=f"Resolution {shown} – {title}")


def _period(prompter: Prompter, key: str) -> NewEntry:
    corpus = prompter.corpus
    prompter.free_id(corpus.periods)(key)
    name = prompter.ask("name")
    first = prompter.ask("first", prompter.date)
    last = prompter.ask("last", prompter.date)
    newest = corpus.latest_period
    if first and newest and dates.parse(first).earliest < newest.first.earliest:
        raise click.UsageError(prompter.t("new.period_earlier", newest=newest.id))
    documents = names_of(corpus.documents, "title")
    report = prompter.ask("report", prompter.one_of(documents, "unknown_document"))
    entry = {
        "id": key,
        "name": name,
        "first": bare(first),
        "last": bare(last),
        "report": report,
        "as_of": bare(prompter.ask("as_of", prompter.date)),
        "as_of_basis": prompter.ask("as_of_basis", choices=DATE_BASES),
        "note": prompter.ask("note", optional=True),
    }
    prompter.stop_if_missing()
    return NewEntry(new_entries.PERIODS, entry, ("periods",))


def _update(prompter: Prompter, slug: str) -> NewEntry:
    entry: Fields = {
        "id": None,
        "period": (period := prompter.ask_period()),
        "about": prompter.ask("about", default=next(iter(ABOUT)), choices=ABOUT),
        "paragraphs": prompter.ask_operative(slug),
        "text": (text := prompter.ask("text", prompter.rich)),
        "sources": prompter.ask_sources(period),
    }
    taken = new_entries.ids_in(prompter.corpus.resolutions[slug])
    entry["id"] = prompter.ask_id(taken, text, "update")
    return NewEntry(new_entries.resolution_file(slug), entry, ("updates",))


def _event(prompter: Prompter, slug: str) -> NewEntry:
    corpus, file = prompter.corpus, new_entries.resolution_file(slug)
    resolution = corpus.resolutions[slug]
    if "again" in prompter.given:
        titles = names_of({event.id: event for event in resolution.events}, "title")
        again = str(prompter.ask("again", choices=titles, code="unknown_event"))
        report = _event_report(prompter)
        prompter.stop_if_missing()
        index = list(titles).index(again)
        return NewEntry(file, report, ("events", index, "reports"), anchor=again)
    kinds, places = names_of(corpus.words["event_kinds"]), names_of(corpus.places)
    entry: Fields = {
        "id": None,
        "kind": prompter.ask("kind", choices=kinds, code="unknown_event_kind"),
        "title": (title := prompter.ask("title")),
        "place": places
        and prompter.ask("place", optional=True, choices=places, code="unknown_place"),
        "paragraphs": prompter.ask_operative(slug),
        "reports": [_event_report(prompter)],
    }
    entry["id"] = prompter.ask_id(new_entries.ids_in(resolution), title, "event")
    return NewEntry(file, entry, ("events",))


def _event_report(prompter: Prompter) -> Fields:
    report = {
        "period": (period := prompter.ask_period()),
        "outcome": prompter.ask("outcome", choices=OUTCOMES),
        "date": bare(prompter.ask("date", prompter.date, optional=True)),
        "sources": prompter.ask_sources(period),
    }
    return {key: value for key, value in report.items() if value}


def _correction(prompter: Prompter, slug: str | None, today: date) -> NewEntry:
    text = prompter.ask("text", question="correction_text")
    published = prompter.ask("published", prompter.date)
    today_text = today.isoformat()
    corrected = prompter.ask("date", prompter.date, default=today_text, question="correction_date")
    sources = prompter.ask_sources(None, optional=True)
    taken = new_entries.ids_in(prompter.corpus.statements)
    entry = {
        "id": prompter.ask_id(taken, text, "correction"),
        "date": bare(corrected),
        "published": bare(published),
        "resolution": slug,
        "text": text,
        "sources": sources,
    }
    return NewEntry(new_entries.STATEMENTS, entry, ("corrections",))


def _find(prompter: Prompter, name: str) -> str:
    if slug := find_resolution(prompter.corpus, name):
        return slug
    known = [prompter.corpus.label(slug) for slug in prompter.corpus.resolutions]
    raise prompter.error("unknown_resolution", value=name, **hint(name, known))
