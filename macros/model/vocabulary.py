"""The organ's own words: statuses, themes, Goals, and kinds of everything."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.model.fields import Id, Record, Text


class Named(Record):
    """A word of the vocabulary."""

    id: Id = Field(examples=["implemented", "housing"])
    """What the data refers to it by: small letters, digits and hyphens; never changed."""
    name: Text = Field(examples=["Implemented", "Housing"])
    """The word as readers see it."""


class Status(Named):
    """A state of implementation."""

    definition: Text = Field(
        examples=["All that was asked is done.", "Only first steps are reported."]
    )
    """What it means, for readers."""
    tone: Literal["idle", "preparing", "active", "standing", "done", "past"]
    """Colour and shape it is drawn in."""


class EventKind(Named):
    """A kind of event, with the words for its two cases."""

    happened: Text = Field(examples=["Held", "Published"])
    """The word for it once it has happened."""
    planned: Text = Field(examples=["To be held", "To be published"])
    """The word for it while it is planned."""


class ContributionState(Named):
    """A state of a contribution."""

    definition: Text = Field(examples=["The money has come in.", "Promised but not yet given."])
    """What it means, for readers."""
    counts: bool
    """Whether amounts in this state are money that was given or set aside."""
    absent: bool = False
    """Whether it says that no money has come."""


class RelationKind(Named):
    """How one resolution is tied to another."""

    supersedes: bool = False
    """Whether the resolution that declares it takes the place of the other one."""


class Goal(Record):
    """A Sustainable Development Goal."""

    id: Annotated[int, Field(ge=1, le=17)] = Field(examples=[11, 13])
    """Its number."""
    name: Text = Field(examples=["Sustainable cities and communities", "Climate action"])
    """Its short name."""


class Vocabulary(Record):
    """The organ's own words, in their order: statuses from the least to the most advanced."""

    names_lists = True

    statuses: tuple[Status, ...]
    """States of implementation, from the least to the most advanced."""
    themes: tuple[Named, ...] = ()
    """What resolutions are about."""
    goals: tuple[Goal, ...] = ()
    """Sustainable Development Goals."""
    event_kinds: tuple[EventKind, ...] = ()
    """Kinds of events."""
    contribution_kinds: tuple[Named, ...] = ()
    """Kinds of contributions."""
    contribution_states: tuple[ContributionState, ...] = ()
    """How far a contribution has come."""
    organization_kinds: tuple[Named, ...] = ()
    """Kinds of organizations."""
    document_kinds: tuple[Named, ...] = ()
    """Kinds of documents."""
    relation_kinds: tuple[RelationKind, ...] = ()
    """How one resolution is tied to another."""
