"""What relates resolutions, worked out before a build divides into processes, and kept for the next build.

It follows from what they share alone, of which most edits change nothing. What is kept lies below `.cache/` and may be
deleted at any time.
"""

from __future__ import annotations

import json
from pathlib import Path

from macros.build import kept
from macros.build.ledger import key
from macros.corpus.corpus import Corpus
from macros.queries import related as relatives

FILE = ".cache/kin"


def take_up(corpus: Corpus, file: Path, made_by: str) -> None:
    """Know what is related to each resolution: what was kept if nothing that it follows from changed, else anew.

    In: a key of the code.
    """
    facts = corpus.facts
    made_from = key(made_by, list(facts.resolutions), sorted(facts.index.with_trait))
    raw = kept.read(file)
    old, found = json.loads(raw) if raw else ("", {})
    if old == made_from:
        facts.kin.update(
            {slug: [(other, kinds) for other, kinds in those] for slug, those in found.items()}
        )
        return
    for slug in facts.resolutions:
        relatives.related(facts, slug)
    kept.write(file, json.dumps([made_from, facts.kin]).encode())
