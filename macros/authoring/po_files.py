"""Texts to translate as a gettext PO file, for translators' tools, and back.

The context of a message is the id of its passage, the message the original as it is now. An outdated translation
is marked fuzzy and has the original it was made from beside it. What comes back fuzzy or empty is not taken in.
"""

from __future__ import annotations

import inspect
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Callable, Iterable, Iterator, Literal, Sequence

import babel
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, normalize, read_po, write_po

from macros.authoring.amending import Entry
from macros.authoring.translation_status import Passage
from macros.corpus.problems import Problem
from macros.corpus.source import decode
from macros.model.fields import cited, descriptions
from macros.model import restricted_markdown as richtext

MAX_BYTES = 64 * 1024 * 1024

_LINE = re.compile(r'(?:(msgctxt|msgid|msgstr) +)?"(?:[^"\\]|\\.)*"\Z')
"""What a line other than a comment may be; plural forms have no use here."""
_AFTER = {"msgctxt": ("", "msgstr"), "msgid": ("", "msgctxt", "msgstr"), "msgstr": ("msgid",)}
"""What a part of a message may follow; nothing at the beginning of the file."""


# --- out -----------------------------------------------------------------------------------------------------


def to_po(
    passages: Sequence[Passage], language: str, project: str, when: datetime, t: Callable[..., str]
) -> bytes:
    """All texts of a language as a PO file.

    In: its passages, the name of the site, the moment to write into the header, and the catalogue function for
    what translators read in comments. Out: the same bytes for the same input.
    """
    catalog = Catalog(
        locale=_locale(language),
        project=project,
        version="1",
        header_comment=f"# {t('translations.po.head', project=project, language=language)}",
        creation_date=when,
        revision_date=when,
        fuzzy=False,
    )
    for passage in passages:
        outdated = passage.state == "outdated"
        message = catalog.add(
            passage.original,
            passage.text or "",
            locations=[(passage.origin, passage.line)],
            auto_comments=list(_comments(passage, t)),
            context=passage.id,
        )
        message.flags = {"fuzzy"} if outdated else set()  # a per cent sign is no format here
    file = io.BytesIO()
    write_po(file, catalog)
    return "".join(_with_previous(file.getvalue().decode("utf-8"), passages)).encode("utf-8")


def _with_previous(po: str, passages: Sequence[Passage]) -> Iterator[str]:
    """A PO file with the earlier original of each fuzzy message (Babel would break long ones in two without quotes)."""
    earlier = (
        passage.translation.original
        for passage in passages
        if passage.state == "outdated" and passage.translation
    )
    for line in po.splitlines(keepends=True):
        yield line
        if line == "#, fuzzy\n":
            yield from (f"#| {part}\n" for part in f"msgid {normalize(next(earlier))}".split("\n"))


def _locale(language: str) -> babel.Locale | str:
    try:
        return babel.Locale.parse(language, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        return language.replace("-", "_")


def _comments(passage: Passage, t: Callable[..., str]) -> Iterable[str]:
    """What helps to translate a text: what it is, where it was taken from, what may be in it."""
    kind = (inspect.getdoc(type(passage.owner)) or "").partition("\n")[0]
    meaning = descriptions(type(passage.owner)).get(passage.field, "")
    yield " ".join(
        part for part in (kind, f"{passage.field}: {meaning}" if meaning else passage.field) if part
    )
    if passage.key != passage.field:  # a whole resolution cites too much
        for source in dict.fromkeys(cited(passage.owner)):
            named = {"document": source.document, "paragraph": source.paragraph}
            yield source.document if source.paragraph is None else t("source.paragraph", **named)
    if passage.rich:
        yield t("translations.po.rich")
    if passage.translation and passage.translation.basis:
        yield t(f"basis.title_{passage.translation.basis}")


# --- in ------------------------------------------------------------------------------------------------------

Fate = Literal["taken", "same", "fuzzy", "empty", "left"]


@dataclass
class TakenIn:
    """What a PO file brings: entries by the id of the passage, what became of each message, and all problems.

    With any error nothing may be taken in; a notice tells of a message that is left out, or taken in as outdated.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    fates: Counter[Fate] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def from_po(name: str, raw: bytes, passages: Iterable[Passage], language: str) -> TakenIn:
    """Read what translators wrote.

    In: the file's name as problems shall show it, its bytes, and all passages of the language. Never raises for any
    content. Of a passage that stands in the file twice, the first counts.
    """
    result = TakenIn()
    catalog = _parsed(name, raw, result.problems)
    if catalog is None:
        return result
    if (given := catalog.locale_identifier) and _primary(given) != _primary(language):
        result.problems.append(
            Problem(name, 1, 1, "po_language", {"value": given, "expected": language})
        )
        return result
    known = {passage.id: passage for passage in passages}
    for message in catalog:
        if not message.id:
            continue
        line, text = message.lineno or 1, re.sub(r"\r\n?", "\n", str(message.string)).strip()
        passage = known.get(message.context or "")
        fate: Fate
        if passage is None:
            fate = "left"
            shown = _short(message.context or message.id)
            result.problems.append(
                Problem(name, line, 1, "po_unknown", {"key_name": shown}, "notice")
            )
        elif "fuzzy" in message.flags:
            fate = "fuzzy"
        elif not text:
            fate = "empty"
        else:
            fate = _taken(result, name, line, passage, message.id, text)
        result.fates[fate] += 1
    return result


def _taken(
    result: TakenIn, name: str, line: int, passage: Passage, original: str, text: str
) -> Fate:
    """What becomes of a finished translation of a known passage."""
    before = passage.translation
    if before and before.text is not None and (before.original, before.text) == (original, text):
        return "same"
    older = original != passage.original
    if (
        passage.id in result.entries
        or older
        and before
        and before.text is not None
        and before.original != original
    ):
        code = "po_twice" if passage.id in result.entries else "po_older_left"
        result.problems.append(Problem(name, line, 1, code, {"key_name": passage.id}, "notice"))
        return "left"
    found = richtext.faults(text) if passage.rich else []
    result.problems += [Problem(name, line, 1, code, {"passage": part}) for code, part in found]
    if older:
        result.problems.append(
            Problem(name, line, 1, "po_older", {"key_name": passage.id}, "notice")
        )
    elif before and before.text not in (None, text) and before.basis == "verified":
        result.problems.append(
            Problem(name, line, 1, "po_verified", {"key_name": passage.id}, "notice")
        )
    result.entries[passage.id] = Entry(passage.key, original, text)
    return "taken"


def _parsed(name: str, raw: bytes, problems: list[Problem]) -> Catalog | None:
    """The messages of a PO file, or `None` with the problem. Of comments only flags are read."""
    text, problem = decode(name, raw.removeprefix(b"\xef\xbb\xbf"), MAX_BYTES)
    if problem:
        problems.append(problem)
        return None
    lines, part = [], ""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith("#"):
            line = line if line.startswith("#,") else "#"
        elif line:
            match = _LINE.match(line)
            if not match or part not in (_AFTER[match[1]] if match[1] else _AFTER):
                code = "po_plural" if line.startswith(("msgid_plural", "msgstr[")) else "po_syntax"
                problems.append(Problem(name, number, 1, code, {"value": _short(line)}))
                return None
            part = match[1] or part
        lines.append(line)
    try:
        return read_po(lines, abort_invalid=True)
    except PoFileError as error:
        problems.append(
            Problem(name, error.lineno + 1, 1, "po_syntax", {"value": _short(lines[error.lineno])})
        )
    except (
        Exception
    ) as error:  # its header can hold anything, and so can what the parser says of it
        problems.append(
            Problem(name, 1, 1, "po_header", {"reason": _short(str(error) or type(error).__name__)})
        )
    return None


def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag)[0].lower()


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
