"""Texts to translate as a gettext PO file, for translators' tools, and back.

The context of an entry is the id of its text, its `msgid` the original as it is now. An outdated
translation is marked fuzzy, with the original it was made from as a comment. What
comes back fuzzy or empty is left out.
"""

from __future__ import annotations

import inspect
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from macros.authoring.translation_status import Entry, Message
from macros.corpus.problems import Problem, Severity, Translate, shorten
from macros.corpus.source import decode
from macros.model import restricted_markdown
from macros.model.fields import descriptions

MAX_BYTES = 64 * 1024 * 1024

_LINE = re.compile(r'(?:\w+(?:\[\d\])? +)?"(?:[^"\\]|\\.)*"')
"""What a line may be; Babel drops the last sign of a text whose quotation mark is missing."""

Outcome = Literal["taken", "same", "fuzzy", "empty", "left"]


def to_po(
    messages: Sequence[Message], language: str, project: str, when: datetime, t: Translate
) -> bytes:
    """Write all texts of a language as a PO file.

    Args:
        messages: The texts.
        language: Their language.
        project: The name of the site.
        when: The moment to write into the header.
        t: The language of the comments.
    """
    catalog = Catalog(
        locale=language.replace("-", "_"),
        project=project,
        version="1",
        header_comment=f"# {t('translations.po.head', project=project, language=language)}",
        creation_date=when,
        revision_date=when,
        fuzzy=False,
    )
    for message in messages:
        entry = catalog.add(
            message.original,
            message.text or "",
            locations=[(message.origin, message.line)],
            auto_comments=list(_comments(message, t)),
            context=message.id,
        )
        # set anew, because Babel takes a per cent sign for a format
        entry.flags = {"fuzzy"} if message.state == "outdated" else set()
    file = io.BytesIO()
    write_po(file, catalog)
    return file.getvalue()


def _comments(message: Message, t: Translate) -> Iterator[str]:
    """Say what a text is, what may be in it, and what an outdated translation was made from."""
    record = type(message.owner)
    meaning = descriptions(record).get(message.field)
    kind = (inspect.getdoc(record) or "").partition("\n")[0]
    yield f"{kind} {message.field}: {meaning}" if meaning else f"{kind} {message.field}"
    if message.is_rich:
        yield t("translations.po.rich")
    if message.translation and message.state == "outdated":
        yield f"- {message.translation.original}"


@dataclass
class Imported:
    """What a PO file brings; with any error nothing of it may be used."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """By the id of the message."""
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def from_po(name: str, raw: bytes, messages: Iterable[Message], language: str) -> Imported:
    """Read what translators wrote.

    Args:
        name: The file as problems name it.
        raw: Its bytes, which may be anything.
        messages: All texts of the language.
        language: The language.
    """
    result = Imported()

    def note(line: int, code: str, severity: Severity = "error", **values: str) -> None:
        result.problems.append(Problem(name, line, 1, code, dict(values), severity))

    # gettext puts invisible marks around names of files with spaces
    raw = re.sub(b"^\xef\xbb\xbf|\xe2\x81[\xa8\xa9]", b"", raw)
    text, problem = decode(name, raw, MAX_BYTES)
    if problem:
        result.problems.append(problem)
        return result
    # of comments only flags matter, and others may hold anything
    rows = [re.sub("^#[^,].*", "#", row.strip()) for row in text.splitlines()]
    for number, row in enumerate(rows, 1):
        if row and not row.startswith("#") and not _LINE.fullmatch(row):
            note(number, "po_syntax", value=shorten(row))
            return result
        if row.startswith("msgctxt") and rows.index(row) < number - 1:
            note(number, "po_twice", key_name=row[9:-1])
            return result
    keywords = [row for row in rows if row.startswith("msg")]
    if keywords and not keywords[-1].startswith("msgstr"):
        note(len(rows), "po_cut")
        return result
    try:
        catalog = read_po(rows, abort_invalid=True)
    except PoFileError as error:
        note(error.lineno + 1, "po_syntax", value=shorten(error.line))
        return result
    except Exception as error:  # Babel raises whatever a spoilt header leads to
        note(1, "po_header", reason=shorten(str(error) or type(error).__name__))
        return result
    given = str(catalog.locale_identifier or language)
    if re.split("[-_]", given)[0].lower() != re.split("[-_]", language)[0].lower():
        note(1, "po_language", value=given, expected=language)
        return result
    known = {message.id: message for message in messages}
    for entry in catalog:
        line, context, original = entry.lineno or 1, entry.context or "", entry.id
        if not original:
            continue
        if not isinstance(original, str):
            note(line, "po_plural", value=shorten(original[0]))
            continue
        translated = re.sub(r"\r\n?", "\n", str(entry.string)).strip()
        outcome: Outcome = "left"
        if context not in known:
            note(line, "po_unknown", "notice", key_name=shorten(context or original))
        elif "fuzzy" in entry.flags or not translated:
            outcome = "fuzzy" if "fuzzy" in entry.flags else "empty"
        else:
            message = known[context]
            new = Entry(original, translated)
            outcome, notice = _judge(message, new)
            if notice:
                note(line, notice, "notice", key_name=context)
            if outcome == "taken":
                result.entries[context] = new
                if message.is_rich:
                    for code, part in restricted_markdown.faults(translated):
                        note(line, code, passage=part)
        result.outcomes[outcome] += 1
    return result


def _judge(message: Message, new: Entry) -> tuple[Outcome, str]:
    """Decide what becomes of a finished translation, and which notice it needs."""
    old = message.translation if message.text is not None else None
    if old and (old.original, old.text) == (new.original, new.text):
        return "same", ""
    if new.original != message.original:  # the original was changed after the export
        is_newer = old is not None and old.original != new.original
        return ("left", "po_older_left") if is_newer else ("taken", "po_older")
    if old and old.text != new.text and old.basis == "verified":
        return "taken", "po_verified"
    return "taken", ""
