"""How many readers one machine serves: wrk asks nginx, which serves a built site with the configuration of `hosting/`.

    python -m benchmarks.load site --seconds 15

Both run on this machine and share it, so that a server that does nothing else serves more. Ends with exit status 1 if
any answer was an error, or if wrk or nginx is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks import nginx

SCRIPT = Path(__file__).with_name("load.lua")
SHARES = {"pages": 60, "assets": 25, "data": 15}
"""Of a hundred requests, how many are for what. A reader asks for assets once, and for pages again and again."""

ADDRESSES = 2000


@dataclass(frozen=True)
class Result:
    """What wrk measured: latencies in milliseconds, errors by kind."""

    requests: int
    seconds: float
    bytes: int
    median: float
    p99: float
    status: int
    socket: int
    timeout: int

    @staticmethod
    def read(output: str) -> Result:
        """From what wrk printed, which ends with a line of JSON that `load.lua` writes."""
        lines = [line for line in output.splitlines() if line.startswith("{")]
        if not lines:
            raise ValueError(f"wrk measured nothing:\n{output}")
        return Result(**json.loads(lines[-1]))

    @property
    def errors(self) -> int:
        """Answers with an error, connections that broke, and answers that did not come."""
        return self.status + self.socket + self.timeout

    @property
    def row(self) -> str:
        """For a table."""
        rate, size = self.requests / self.seconds, self.bytes / self.seconds / 1e6
        times = f"median {self.median:6.2f} ms  99th {self.p99:7.2f} ms"
        return f"{rate:9,.0f} requests/s  {times}  {size:6.1f} MB/s  errors {self.errors}"


def kind(name: str) -> str | None:
    """Which of `SHARES` a file of a site belongs to; `None` for what few ask for."""
    if re.search(r"(^|/)(assets|pagefind)/", name):
        return "assets"
    if re.search(r"(^|/)api/", name):
        return "data"
    return "pages" if name.endswith("/index.html") or name == "index.html" else None


def mix(names: Iterable[str], count: int = ADDRESSES) -> list[str]:
    """Addresses from the root of a site, in the shares of `SHARES`; the same for the same files."""
    found: dict[str | None, list[str]] = {}
    for name in sorted(names):
        found.setdefault(kind(name), []).append(quote(re.sub(r"(^|/)index\.html$", r"\1", name)))
    chance = random.Random(1)
    kinds = [name for name in SHARES if name in found]
    chosen = chance.choices(kinds, [SHARES[name] for name in kinds], k=count)
    return [chance.choice(found[name]) for name in chosen]


def names(site: Path) -> list[str]:
    """The files of a built site but for the pages of aliases, at which nginx leads on by itself."""
    files = (path for path in site.rglob("*") if path.is_file())
    return [
        path.relative_to(site).as_posix()
        for path in files
        if path.suffix != ".html" or b'http-equiv="refresh"' not in path.read_bytes()
    ]


def load(address: str, addresses: Path, seconds: int, connections: int) -> Result:
    """Ask a server as browsers do. In: a file of addresses on it."""
    threads = str(min(2, connections))
    options = [
        "-t",
        threads,
        "-c",
        str(connections),
        "-d",
        f"{seconds}s",
        "--timeout",
        "5s",
        "-H",
        "Accept-Encoding: gzip",
    ]
    run = subprocess.run(
        ["wrk", *options, "-s", SCRIPT, address, "--", addresses, threads],
        capture_output=True,
        text=True,
    )
    return Result.read(run.stdout + run.stderr)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print. Out: the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="a built site")
    parser.add_argument("--seconds", type=int, default=10, help="how long each measurement takes")
    parser.add_argument(
        "--connections", type=int, default=64, help="how many are open at the same time"
    )
    given = parser.parse_args(arguments)
    if missing := [name for name in ("wrk", "nginx") if not shutil.which(name, path=nginx.PATH)]:
        print(
            f"make load needs {' and '.join(missing)}: as root on Debian, apt-get install wrk nginx-light",
            file=sys.stderr,
        )
        return 1
    results = []
    with TemporaryDirectory(prefix="load-") as folder:
        here = Path(folder)
        addresses = here / "addresses"
        addresses.write_text(
            "".join(f"/{path}\n" for path in mix(names(given.site))), encoding="utf-8"
        )
        nginx.publish(given.site.resolve(), here)
        with nginx.running(here, here, workers=os.cpu_count() or 1) as server:
            for setting in ("compressed beforehand", "compressed on the way"):
                results.append(load(server, addresses, given.seconds, given.connections))
                print(f"{setting:22}{results[-1].row}", flush=True)
                for file in (here / "site").resolve().rglob("*.gz"):
                    file.unlink()
    return int(any(result.errors for result in results))


if __name__ == "__main__":
    sys.exit(main())
