"""Questions to a corpus: status, milestones, funding, changes, related items. Pure functions.

Everything above may import it, from render to cli. It imports corpus, i18n and model.
"""

from macros.queries.changes import Change, changes
from macros.queries.coverage import coverage, past_due
from macros.queries.funding import (
    contributions_by_state,
    contributions_through,
    earlier_reports,
    newest_resource,
    sums,
)
from macros.queries.milestones import CASES, Case, Occurrence, case, next_due, timeline
from macros.queries.related import neighbours, related_resolutions, relations_to, superseded_by
from macros.queries.snapshot import as_of
from macros.queries.statements import NAMED, citations, corrections, partners, places, statements
from macros.queries.status import (
    assessed_in,
    assessment,
    assessments,
    by_status,
    by_word,
    constrained,
    of_session,
    order_of_statuses,
    reported_in,
    setback,
    updates,
)

__all__ = [
    "CASES", "NAMED", "Case", "Change", "Occurrence", "as_of", "assessed_in", "assessment",
    "assessments", "by_status", "by_word", "case", "changes", "citations", "constrained",
    "contributions_by_state", "contributions_through", "corrections", "coverage",
    "earlier_reports", "neighbours", "newest_resource", "next_due", "of_session",
    "order_of_statuses", "partners", "past_due", "places", "related_resolutions", "relations_to",
    "reported_in", "setback", "statements", "sums", "superseded_by", "timeline", "updates",
]  # fmt: skip
