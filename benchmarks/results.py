"""What was measured, kept as JSON, one file for each size and part, so that runs of several days make one table."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.processes import Cost

PEERS = {
    "material": "mkdocs-material",
    "mkdocs": "mkdocs",
    "zensical": "zensical",
    "hugo": "hugo",
    "pagefind": "pagefind",
}


@dataclass(frozen=True)
class Result:
    """One part at one size: the samples of each of those that took part in it.

    `size` are resolutions; `pages` are those in one language; `rows` of `samples` are runs in their order.
    """

    part: str
    size: int
    pages: int
    languages: int
    day: str
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    samples: Mapping[str, Sequence[Cost]]

    def median(self, who: str, what: str = "wall") -> float | None:
        """The median of what somebody's runs took; `None` if there are none."""
        runs = self.samples.get(who)
        return median(getattr(run, what) for run in runs) if runs else None


class Results:
    """All results, the last of each size and part."""

    def __init__(self, results: Iterable[Result]) -> None:
        self.all = sorted(results, key=lambda result: (result.part, result.size))
        self._of = {(result.part, result.size): result for result in self.all}

    def of(self, part: str, size: int) -> Result | None:
        return self._of.get((part, size))

    def sizes(self, part: str) -> list[int]:
        """The sizes at which a part was measured, the smallest first."""
        return [size for name, size in self._of if name == part]

    def median(self, part: str, size: int, who: str, what: str = "wall") -> float | None:
        found = self.of(part, size)
        return found.median(who, what) if found else None


def save(result: Result, folder: Path) -> None:
    """Keep a result, in the place of an earlier one of the same size and part."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(result), indent=1, ensure_ascii=False)
    (folder / f"{result.part}-{result.size}.json").write_text(text, encoding="utf-8")


def load(folder: Path) -> Results:
    """Everything that was kept."""
    return Results(
        _result(json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))
    )


def _result(values: dict) -> Result:
    samples = {who: [Cost(**run) for run in runs] for who, runs in values.pop("samples").items()}
    return Result(**values, samples=samples)


def machine(busy: float) -> dict[str, str]:
    """What this machine is; in: how many processes were ready to run at the most."""
    info = Path("/proc/cpuinfo")
    names = (
        [
            line.split(":")[1].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        if info.exists()
        else []
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
        "busy": f"{busy:.1f}",
    }


def versions(root: Path) -> dict[str, str]:
    """The versions of what is compared; of this project the commit."""
    command = ["git", "describe", "--always", "--dirty"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return {"tracker": run.stdout.strip()} | {
        name: version(package) for name, package in PEERS.items()
    }
