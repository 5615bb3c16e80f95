"""The files for machines that a site has: where, of what type, described by which string."""

from __future__ import annotations

from dataclasses import dataclass

ROOT = "api/v1/"
"""Where they lie: below the root of the site or, if they have one language, below the root of that."""


@dataclass(frozen=True)
class Kind:
    """A file, or with `{…}` in its path one for each of its sort. `key` names its description in the catalogues."""

    path: str
    media_type: str
    key: str
    per_language: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("resolutions.json", "application/json", "resolutions_json"),
    Kind("resolutions/{slug}.json", "application/json", "resolution_json"),
    Kind("resolutions.ndjson", "application/x-ndjson", "resolutions_ndjson"),
    Kind("funding.json", "application/json", "funding"),
    Kind("timeline.json", "application/json", "timeline"),
    Kind("documents.json", "application/json", "documents"),
    Kind("partners.json", "application/json", "partners"),
    Kind("periods/{id}.json", "application/json", "period"),
    Kind("corrections.json", "application/json", "corrections"),
    Kind("resolutions.csv", "text/csv", "resolutions_csv", True),
    Kind("statements.csv", "text/csv", "statements_csv", True),
    Kind("funding.csv", "text/csv", "funding", True),
    Kind("timeline.csv", "text/csv", "timeline", True),
    Kind("timeline.ics", "text/calendar", "timeline_ics", True),
    Kind("resolutions/{slug}.ics", "text/calendar", "resolution_ics", True),
    Kind("changes.atom", "application/atom+xml", "changes_atom", True),
    Kind("resolutions/{slug}.atom", "application/atom+xml", "resolution_atom", True),
    Kind("changes.feed.json", "application/feed+json", "changes_feed", True),
    Kind("resolutions/{slug}.feed.json", "application/feed+json", "resolution_feed", True),
    Kind("resolutions/{slug}.md", "text/markdown", "resolution_md", True),
)
"""Every kind of file below `ROOT` but the index."""
