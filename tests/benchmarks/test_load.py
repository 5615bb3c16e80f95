"""What the load test asks for, and what it reads."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.load import SHARES, Result, kind, mix

OUTPUT = """\
Running 10s test @ http://127.0.0.1:8080/
  2 threads and 64 connections
  Non-2xx or 3xx responses: 2
Requests/sec:  20000.50

{"requests":200005,"seconds":10.000000,"bytes":1500000000,"median":2.500000,"p99":9.250000,"status":2,"socket":3,"timeout":4}
"""
SITE = ("index.html", "zh/index.html", "resolutions/2-4/index.html", "404.html", "sw.js", "assets/tracker/search.0123456789.js",
        "zh/pagefind/pagefind.js", "api/v1/index.json", "zh/api/v1/a b.csv")  # fmt: skip


def test_what_wrk_printed_is_read() -> None:
    result = Result.read(OUTPUT)
    assert (result.requests, result.median, result.p99, result.errors) == (200005, 2.5, 9.25, 9)
    for part in ("20,000 requests/s", "2.50 ms", "9.25 ms", "150.0 MB/s", "errors 9"):
        assert part in result.row


def test_what_is_no_measurement_says_so() -> None:
    with pytest.raises(ValueError, match="unable to connect"):
        Result.read("unable to connect to 127.0.0.1:1 Connection refused\n")


def test_the_mix_has_its_shares_and_is_always_the_same() -> None:
    chosen = mix(SITE)
    assert chosen == mix(reversed(SITE))
    assert set(chosen) == {
        "",
        "zh/",
        "resolutions/2-4/",
        SITE[5],
        SITE[6],
        "api/v1/index.json",
        "zh/api/v1/a%20b.csv",
    }
    counts = Counter(
        kind(f"{path}index.html" if path.endswith("/") or not path else path) for path in chosen
    )
    assert all(
        abs(counts[name] / len(chosen) - share / 100) < 0.05 for name, share in SHARES.items()
    )


def test_a_site_without_data() -> None:
    assert set(mix(["index.html"], 3)) == {""}
