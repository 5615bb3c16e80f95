"""Builds and previews of this project beside those of others, on invented organs of several sizes: `make bench`.

python -m benchmarks --sizes "15 1500" --parts "cold unchanged"
"""

from __future__ import annotations

import argparse
import datetime
import os
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import measuring, report, results, targets
from benchmarks.ground import OURS, PEERS, Ground
from benchmarks.processes import EPOCH
from benchmarks.results import Result

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".cache/bench"
SIZES = "15 150 1500 5000"
PEERS_UP_TO = 5000
"""Resolutions above which the peers, which would take too long, are left out."""
PREVIEWS_UP_TO = 1500


def runs(size: int) -> int:
    """How often each is measured if nothing else is asked for."""
    return 3 if size <= 1500 else 2 if size <= 5000 else 1


def measure(size: int, parts: list[str], times: int, work: Path) -> None:
    """Measure one size and keep what comes of it."""

    def tell(text: str) -> None:
        print(f"{size}: {text}", file=sys.stderr, flush=True)

    who = (OURS, *PEERS) if size <= PEERS_UP_TO else (OURS,)
    if size > PREVIEWS_UP_TO:
        parts = [part for part in parts if part != measuring.PREVIEW]
    tell("writing the projects")
    ground = Ground.prepare(work / str(size), size, len(who) > 1)
    versions, busy = results.versions(ROOT), 0.0
    day = datetime.date.today().isoformat()
    for part, pages, samples in measuring.measured(ground, parts, who, times, tell):
        busy = max(busy, os.getloadavg()[0])
        machine = results.machine(busy)
        results.save(
            Result(part, size, pages, ground.languages, day, machine, versions, samples), KEPT
        )


def main() -> None:
    """Measure what is asked for; print, and write if asked to, the table of everything measured so far."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=SIZES, help="numbers of resolutions")
    parser.add_argument(
        "--parts",
        default=" ".join(measuring.PARTS),
        help="some of them, or none to measure nothing",
    )
    parser.add_argument("--runs", type=int, help="how often each is measured")
    parser.add_argument("--write", action="store_true", help="write BENCHMARKS.md")
    given = parser.parse_args()
    parts = [part for part in given.parts.replace(",", " ").split() if part != "none"]
    if unknown := set(parts) - set(measuring.PARTS):
        parser.error(
            f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(measuring.PARTS)}, none"
        )
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit("stopped")
    )  # so that previews and folders do not stay behind
    for size in map(int, given.sizes.replace(",", " ").split()) if parts else ():
        with tempfile.TemporaryDirectory(prefix="bench-") as work:
            measure(size, parts, given.runs or runs(size), Path(work))
    found = results.load(KEPT)
    print(report.table(targets.rows(found)))
    if given.write:
        (ROOT / "BENCHMARKS.md").write_text(report.document(found), encoding="utf-8")


if __name__ == "__main__":
    main()
