"""A small invented organ in memory, and ways to spoil it: what unit tests load instead of files on a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from macros.corpus.corpus import Corpus
from macros.corpus.loading import Loaded, load
from macros.corpus.problems import Problem
from macros.i18n.messages import Catalogue
from macros.model.traversal import records
from macros.render.view import View

TODAY = date(2025, 3, 1)
"""The day of the build in unit tests."""

BODY, VOCABULARY, PERIODS, DOCUMENTS = (
    f"data/{stem}.yml" for stem in ("body", "vocabulary", "periods", "documents")
)
SESSIONS, ORGANIZATIONS, PLACES, STATEMENTS = (
    f"data/{stem}.yml" for stem in ("sessions", "organizations", "places", "statements")
)
FIRST = "data/resolutions/1-1.yml"
SECOND = "data/resolutions/1-2.yml"


@dataclass(frozen=True)
class Organ:
    """The files of an organ. Every method that changes something gives a changed copy."""

    files: Mapping[str, bytes]

    def edit(self, name: str, old: str, new: str) -> Organ:
        """With one passage of a file replaced; it must be there exactly once."""
        text = self.files[name].decode()
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
        return self.add(name, text.replace(old, new))

    def edit_at(self, name: str, old: str, new: str) -> tuple[Organ, tuple[str, int, int]]:
        """The same, where `→` in the new passage marks the place at which a problem is expected; it is not written."""
        before, _, after = new.partition("→")
        start = self.files[name].decode().index(old) + len(before)
        changed = self.edit(name, old, before + after)
        text = changed.files[name].decode()[:start]
        return changed, (name, text.count("\n") + 1, start - text.rfind("\n"))

    def append(self, name: str, text: str) -> Organ:
        """With lines at the end of a file."""
        return self.add(name, self.files[name].decode() + text)

    def add(self, name: str, text: str | bytes) -> Organ:
        """With a further file, or another content of one."""
        return Organ({**self.files, name: text if isinstance(text, bytes) else text.encode()})

    def remove(self, name: str) -> Organ:
        """Without a file."""
        return Organ({key: raw for key, raw in self.files.items() if key != name})

    def load(self) -> Loaded:
        """Loaded, with whatever problems."""
        return load(self.files)

    def corpus(self, language: str = "en") -> Corpus:
        """Loaded without any error."""
        loaded = self.load()
        assert not loaded.errors, told(loaded.errors)
        return loaded.corpora[language]

    def view(self, language: str = "en", today: date = TODAY) -> View:
        """As its home page sees it."""
        return View(self.corpus(language), today)

    def problem(self) -> Problem:
        """The one and only problem."""
        found = self.load().problems
        assert len(found) == 1, told(found)
        return found[0]


def told(problems: Iterable[Problem], language: str = "en") -> str:
    """Problems as the command line prints them."""
    return "\n".join(problem.line_of_text(Catalogue.of(language).t) for problem in problems)


SMALL = Organ(
    MappingProxyType(
        {
            BODY: b"""\
format: 2
site_name: Lake tracker
description: What became of the resolutions.
name: Assembly of the Lakes
short_name: Assembly
secretariat: Office of the Lakes
languages: [en]
currency: USD
reporting_interval_months: 6
label_pattern: "{session}/{number}"
symbol_pattern: AL/{session}/{number}
alias_patterns: ["{session}/{number}"]
document_links:
  - prefixes: [AL/]
    address: https://example.org/{lang}/{symbol}
    languages: [en, fr]
""",
            VOCABULARY: b"""\
statuses:
  - {id: in-preparation, name: In preparation, definition: Only first steps., tone: preparing}
  - {id: under-implementation, name: Under implementation, definition: Work is under way., tone: active}
  - {id: implemented, name: Implemented, definition: All is done., tone: done}
themes:
  - {id: water, name: Water}
  - {id: fish, name: Fish}
goals:
  - {id: 6, name: Clean water}
event_kinds:
  - {id: meeting, name: Meeting, happened: Held, planned: To be held}
  - {id: publication, name: Publication, happened: Published, planned: To be published}
contribution_kinds:
  - {id: voluntary, name: Voluntary contribution}
  - {id: project, name: Project funding}
contribution_states:
  - {id: pledged, name: Pledged, definition: Promised., counts: false}
  - {id: received, name: Received, definition: Come in., counts: true}
  - {id: none, name: None received, definition: The source says none., counts: false, absent: true}
organization_kinds:
  - {id: government, name: Governments}
document_kinds:
  - {id: report, name: Reports}
relation_kinds:
  - {id: follows-up, name: Follows up}
""",
            SESSIONS: b"""\
sessions:
  - id: 1
    name: First session
    place: port
    meetings: [2023-05-01/2023-05-03]
    documents: [AL/REP/1]
  - id: 2
    name: Second session
    expected: 2026
""",
            PERIODS: b"""\
periods:
  - id: spring
    name: Spring report
    first: 2024-01-01
    last: 2024-06-30
    report: AL/REP/1
    as_of: 2024-06-15
    as_of_basis: verified
  - id: autumn
    name: Autumn report
    first: 2024-07-01
    last: 2024-12-31
    report: AL/REP/2
    as_of: 2024-12~
    as_of_basis: inferred
""",
            DOCUMENTS: b"""\
documents:
  - symbol: AL/REP/1
    kind: report
    title: First report
    paragraphs: 20
  - symbol: AL/REP/2
    kind: report
    title: Second report
  - id: page
    kind: report
    title: A page
    url: https://example.org/page
  - symbol: XX/9
    kind: report
    title: Nowhere to be found
    contained_in: AL/REP/1
""",
            ORGANIZATIONS: b"""\
organizations:
  - id: acme
    name: Acme
    short: AC
    kind: government
    country: lakeland
  - id: baker
    name: Baker
    kind: government
""",
            PLACES: b"""\
places:
  - {id: lakeland, name: Lakeland, kind: country}
  - {id: port, name: Port, kind: city, country: lakeland}
""",
            STATEMENTS: b"""\
statements:
  - id: money-is-short
    period: spring
    about: funding
    text: Money is *short*.
    sources:
      - {document: AL/REP/1, paragraph: 1}
""",
            FIRST: b"""\
number: 1
session: 1
symbol: {value: AL/1/1, basis: inferred}
title: Clean shores
title_basis: verified
themes: [water]
goals: [6]
operative_paragraphs:
  - number: "2 (a)"
    gist: Asks for clean shores.
    sources:
      - {document: AL/REP/1, paragraph: 2}
assessments:
  - id: assessment-spring
    period: spring
    status: in-preparation
    reason: A plan is being written.
    sources:
      - {document: AL/REP/1, paragraph: 2}
  - id: assessment-autumn
    period: autumn
    status: implemented
    constrained_by_funding: false
    reason: The shores are **clean**.
    sources:
      - {document: AL/REP/2, paragraph: 7}
      - {document: AL/REP/2, paragraph: 8}
  - id: assessment-spring-op-2-a
    period: spring
    paragraph: "2 (a)"
    status: under-implementation
    reason: Work goes on.
    sources:
      - {document: AL/REP/1, paragraph: 2}
updates:
  - id: plan-written
    period: spring
    about: progress
    paragraphs: ["2 (a)"]
    text: A plan was written; see [the page](https://example.org/page).
    sources:
      - {document: AL/REP/1, paragraph: 3}
  - id: money-came
    period: autumn
    about: funding
    text: Money came.
    sources:
      - {document: AL/REP/2, paragraph: 9}
events:
  - id: shore-meeting
    kind: meeting
    title: Meeting on shores
    place: port
    reports:
      - period: spring
        outcome: planned
        date: 2024-09-10/2024-09-12
        sources:
          - {document: AL/REP/1, paragraph: 4}
      - period: autumn
        outcome: completed
        date: 2024-10-01
        sources:
          - {document: AL/REP/2, paragraph: 10}
  - id: shore-atlas
    kind: publication
    title: Atlas of the shores
    reports:
      - period: spring
        outcome: planned
        date: ../2024-12
        sources:
          - {document: AL/REP/1, paragraph: 5}
  - id: shore-song
    kind: publication
    title: Song of the shores
    reports:
      - period: autumn
        outcome: planned
        sources:
          - {document: AL/REP/2, paragraph: 11}
resources:
  - id: budget
    period: spring
    as_of: 2024-06
    currency: USD
    required: 4000
    mobilized: 1000
    sources:
      - {document: AL/REP/1, paragraph: 6}
contributions:
  - id: acme-gift
    contributor: acme
    kind: voluntary
    purpose: Brooms
    mechanism: shore-fund
    reports:
      - period: spring
        state: pledged
        amount: 1000
        approximate: true
        currency: USD
        sources:
          - {document: AL/REP/1, paragraph: 6}
      - period: autumn
        state: received
        amount: 1200.50
        currency: USD
        sources:
          - {document: AL/REP/2, paragraph: 12}
mechanisms:
  - id: shore-fund
    name: Shore Fund
    purpose: It pays for brooms.
    terms:
      - id: shore-fund-seat
        text: It lies at the shore.
        sources:
          - {document: AL/REP/1, paragraph: 6}
    documents: [AL/REP/1]
    events: [shore-meeting]
partners:
  - organization: acme
    role: gives brooms
    reports:
      - period: spring
        sources:
          - {document: AL/REP/1, paragraph: 6}
""",
            SECOND: b"""\
number: 2
session: 1
title: Many fish
title_basis: cited
themes: [water, fish]
assessments:
  - id: assessment-spring
    period: spring
    status: under-implementation
    constrained_by_funding: true
    reason: Fish are being counted.
    sources:
      - {document: AL/REP/1, paragraph: 10}
events:
  - id: fish-day
    kind: meeting
    title: Day of the fish
    reports:
      - period: spring
        outcome: planned
        date: 2025-05
        sources:
          - {document: AL/REP/1, paragraph: 11}
contributions:
  - id: no-money
    kind: voluntary
    purpose: Nets
    reports:
      - period: spring
        state: none
        sources:
          - {document: AL/REP/1, paragraph: 12}
  - id: baker-gift
    contributor: baker
    kind: voluntary
    purpose: Boats
    reports:
      - period: spring
        state: received
        sources:
          - {document: AL/REP/1, paragraph: 12}
partners:
  - organization: acme
    role: counts fish
    reports:
      - period: spring
        sources:
          - {document: AL/REP/1, paragraph: 12}
relations:
  - kind: follows-up
    resolution: 1-1
    sources:
      - {document: AL/REP/1, paragraph: 13}
""",
            "data/resolutions/1-10.yml": b"number: 10\nsession: 1\ntitle: Nothing is known\ntitle_basis: unofficial\n",
            "data/resolutions/217-a-iii.yml": (
                b"number: 217 A (III)\nlabel: 217 A (III)\ntitle: Without a session\ntitle_basis: unofficial\n"
            ),
        }
    )
)
"""Two periods (spring, autumn of 2024), four resolutions, one language, no problem."""


def lasting_anchors(corpus: Corpus) -> set[str]:
    """All anchors that come from the data: of statements, documents, partners, places, words."""
    found = {f"period-{period}" for period in corpus.periods} | {
        f"place-{place}" for place in corpus.places
    }
    found |= {document.anchor for document in corpus.documents.values()} | set(corpus.organizations)
    found |= {f"status-{status.id}" for status in corpus.vocabulary.statuses}
    found |= {f"contribution-{state.id}" for state in corpus.vocabulary.contribution_states}
    found |= {correction.id for correction in corpus.statements.corrections}
    for record in (corpus.statements, *corpus.resolutions.values()):
        found |= {entry.anchor for _, entry in records(record) if hasattr(entry, "anchor")}
    return found
