"""What can differ between two versions of an organ's data and pages, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class Named:
    """A resolution that came or went."""

    slug: str
    label: str
    title: str


@dataclass(frozen=True)
class Judgement:
    """The newest assessment of a resolution, or of a paragraph, says something else. `None`: not reported."""

    slug: str
    paragraph: str | None
    before: str | bool | None
    after: str | bool | None


@dataclass(frozen=True)
class EventChange:
    """What is last said of an event. `said` and `date` (EDTF) are `None` where there is none."""

    slug: str
    id: str
    title: str
    kind: Literal["happened", "planned", "moved", "added", "removed"]
    said_before: str | None
    said_after: str | None
    date_before: str | None
    date_after: str | None


@dataclass(frozen=True)
class Money:
    """What is last said of a contribution."""

    kind: str
    state: str
    contributor: str | None
    amount: Decimal | None
    currency: str | None
    approximate: bool


@dataclass(frozen=True)
class ContributionChange:
    """A contribution that came (`before` is `None`), went (`after` is `None`) or is told otherwise."""

    slug: str
    id: str
    purpose: str
    before: Money | None
    after: Money | None


@dataclass(frozen=True)
class Figures:
    """What is said of required and mobilized money."""

    required: Decimal | None
    mobilized: Decimal | None
    gap: Decimal | None
    currency: str
    as_of: str | None


@dataclass(frozen=True)
class ResourceChange:
    """Required and mobilized money of a resolution (`slug` is `None`: of the organ as a whole)."""

    slug: str | None
    id: str
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True)
class Total:
    """The contributions of one state, kind and currency added up; those without an amount are not in it."""

    state: str
    kind: str
    currency: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class StatementChange:
    """A statement that came or went (`slug` is `None`: of the organ as a whole)."""

    slug: str | None
    type: str
    id: str
    excerpt: str


@dataclass(frozen=True)
class TextChange:
    """A text that reads otherwise. `state_…` tells of a translation that is `missing` or `outdated`."""

    language: str
    file: str
    id: str
    before: str | None
    after: str | None
    state_before: str | None = None
    state_after: str | None = None


@dataclass(frozen=True)
class PageChange:
    """A hand-written page or a picture. The numbers are those of lines, `None` for a picture."""

    file: str
    kind: Literal["added", "removed", "changed"]
    lines_added: int | None = None
    lines_removed: int | None = None


@dataclass(frozen=True)
class Detail:
    """Anything else in the data. Without a `key` an entry came or went as a whole."""

    file: str
    entry: str
    key: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Dead:
    """An address that would no longer answer, or (with `anchor`) answer but not lead to its passage.

    `languages` is empty for addresses that have no language.
    """

    path: str
    anchor: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """All that readers will see change. `untranslated` counts per language the texts of new entries that it lacks.

    `other` is set where the data differs in something that no list tells, such as the order of entries.
    """

    dead: tuple[Dead, ...] = ()
    resolutions_added: tuple[Named, ...] = ()
    resolutions_removed: tuple[Named, ...] = ()
    statuses: tuple[Judgement, ...] = ()
    constraints: tuple[Judgement, ...] = ()
    events: tuple[EventChange, ...] = ()
    totals: tuple[Total, ...] = ()
    without_amount: tuple[int, int] | None = None
    contributions: tuple[ContributionChange, ...] = ()
    resources: tuple[ResourceChange, ...] = ()
    statements_added: tuple[StatementChange, ...] = ()
    statements_removed: tuple[StatementChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    untranslated: tuple[tuple[str, int], ...] = ()
    pages: tuple[PageChange, ...] = ()
    details: tuple[Detail, ...] = ()
    other: bool = False

    def __bool__(self) -> bool:
        """Whether a reader will see any change."""
        return any(getattr(self, field.name) for field in fields(self))
