"""The files for machines that a site has: where, of what type, described by which string and which schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROOT = "api/v1/"
"""Where they lie: below the root of the site or, if they have one language, below the root of that."""


@dataclass(frozen=True)
class Kind:
    """A file, or with `{…}` in its path one for each of its sort.

    `key` names its description in the catalogues, `schema` the schema that it fits.
    """

    path: str
    media_type: str
    key: str
    per_language: bool = False
    schema: str | None = None

    def example(self, values: Mapping[str, str]) -> str | None:
        """The path of one such file. In: what stands for each `{…}`; out: `None` where there is nothing to."""
        named = [name for name in ("slug", "id", "name") if f"{{{name}}}" in self.path]
        return self.path.format_map(values) if all(values.get(name) for name in named) else None

    @property
    def group(self) -> str:
        """The group it is listed in; one of `GROUPS`."""
        return next((group for group, types in GROUPS.items() if self.media_type in types), "data")


JSON = "application/json"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "calendars": ("text/calendar",),
    "feeds": ("application/atom+xml",),
    "tables": ("text/csv", "application/vnd.datapackage+json"),
    "texts": ("text/markdown",),
    "citations": ("application/x-bibtex",),
    "data": (JSON, "application/x-ndjson", "application/schema+json", "application/vnd.oai.openapi+json"),
}  # fmt: skip
"""The kinds of files by what they are for, with their media types."""

KINDS: tuple[Kind, ...] = (
    Kind("index.json", JSON, "index", schema="index"),
    Kind("resolutions.json", JSON, "resolutions_json", schema="resolutions"),
    Kind("resolutions/{slug}.json", JSON, "resolution_json", schema="resolution"),
    Kind("resolutions.ndjson", "application/x-ndjson", "resolutions_ndjson", schema="resolution"),
    Kind("funding.json", JSON, "funding", schema="funding"),
    Kind("timeline.json", JSON, "timeline", schema="timeline"),
    Kind("documents.json", JSON, "documents", schema="documents"),
    Kind("partners.json", JSON, "partners", schema="partners"),
    Kind("periods/{id}.json", JSON, "period", schema="period"),
    Kind("corrections.json", JSON, "corrections", schema="corrections"),
    Kind("schema/{name}.json", "application/schema+json", "schema"),
    Kind("openapi.json", "application/vnd.oai.openapi+json", "openapi"),
    Kind("resolutions.csv", "text/csv", "resolutions_csv", True),
    Kind("statements.csv", "text/csv", "statements_csv", True),
    Kind("funding.csv", "text/csv", "funding", True),
    Kind("timeline.csv", "text/csv", "timeline", True),
    Kind(
        "datapackage.json",
        "application/vnd.datapackage+json",
        "datapackage",
        True,
        schema="datapackage",
    ),
    Kind("timeline.ics", "text/calendar", "timeline_ics", True),
    Kind("resolutions/{slug}.ics", "text/calendar", "resolution_ics", True),
    Kind("changes.atom", "application/atom+xml", "changes_atom", True),
    Kind("resolutions/{slug}.atom", "application/atom+xml", "resolution_atom", True),
    Kind("resolutions/{slug}.md", "text/markdown", "resolution_md", True),
    Kind("resolutions/{slug}.bib", "application/x-bibtex", "resolution_bib", True),
)
"""Every kind of file below `ROOT`."""

SCHEMAS: tuple[str, ...] = tuple(dict.fromkeys(kind.schema for kind in KINDS if kind.schema))
"""The names of all schemas."""
