"""Checks of amounts and currencies."""

from __future__ import annotations

from collections.abc import Iterator

from macros.corpus.checks.faults import Checks, Fault
from macros.corpus.corpus import Corpus
from macros.i18n.locale import is_currency
from macros.model.fields import Record
from macros.model.funding import Contribution, ContributionReport, Mechanism, Resource
from macros.model.reference import Body
from macros.model.resolution import OrganStatement, Update


def _contribution(record: Contribution, corpus: Corpus) -> Iterator[Fault]:
    states = corpus.words["contribution_states"]
    for index, report in enumerate(record.reports):
        at = ("reports", index, "amount")
        if report.amount is not None and report.currency is None:
            yield at, "amount_without_currency", {"currency": corpus.body.currency}
        if report.amount and report.state in states and states[report.state].absent:
            yield at, "amount_but_absent", {"state": report.state}


def _resource(record: Resource, corpus: Corpus) -> Iterator[Fault]:
    required, mobilized = record.required, record.mobilized
    if required is not None and mobilized is not None and mobilized > required:
        values = {"mobilized": str(mobilized), "required": str(required)}
        yield ("mobilized",), "mobilized_over_required", values


def _currency(record: Body | ContributionReport | Resource, corpus: Corpus) -> Iterator[Fault]:
    if record.currency and not is_currency(record.currency):
        yield ("currency",), "unknown_currency", {"value": record.currency}


def _tracked(record: Record, corpus: Corpus) -> Iterator[Fault]:
    is_funding = getattr(record, "about", "funding") == "funding"
    if is_funding and not corpus.body.tracks_funding:
        yield (), "funding_not_tracked", {}


CHECKS: Checks = {
    Contribution: _contribution,
    Resource: _resource,
    (Body, ContributionReport, Resource): _currency,
    (Contribution, Mechanism, OrganStatement, Resource, Update): _tracked,
}
