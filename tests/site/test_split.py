"""A build over several machines: parts that are made apart and joined are the site that is built at once."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks import corpus
from macros.build import kept
from macros.build.project import BuildFailed, Site
from macros.build.splitting import chosen
from tests.conftest import run_tracker
from tests.site.test_again import tree
from tests.unit.test_paging import large  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One project on three machines, of which two have each built a part at the same time, and the third the whole."""
    top = tmp_path_factory.mktemp("split")
    corpus.write(top / "one", 8)
    for other in ("two", "three"):
        shutil.copytree(top / "one", top / other)
    parts = [
        ("one", ["--only", "en", "--into", "part"]),
        ("two", ["--only", "zh:1..1", "--into", "part"]),
        ("three", ["--into", "whole"]),
    ]
    with ThreadPoolExecutor() as several:
        for done in several.map(
            lambda part: run_tracker("build", "--root", str(top / part[0]), *part[1]), parts
        ):
            assert done.returncode == 0, done.stdout + done.stderr
    return top


def joined(machines: Path, *parts: Path) -> Path:
    done = run_tracker("join", "--root", str(machines / "three"), *map(str, parts))
    assert done.returncode == 0, done.stdout + done.stderr
    return machines / "three/site"


def test_joined_parts_are_the_site_that_is_built_at_once(machines: Path) -> None:
    site = joined(machines, machines / "one/part", machines / "two/part")
    assert tree(site) == tree(machines / "three/whole")
    again = run_tracker("build", "--root", str(machines / "three"))
    assert "Nothing has changed" in again.stdout


def test_a_part_has_the_files_of_its_resolutions_alone(machines: Path) -> None:
    one, two = (tree(machines / name / "part/site") for name in ("one", "two"))
    assert {
        "resolutions/1-1/index.html",
        "api/v1/resolutions/1-1.json",
        "embed/1-1/index.html",
    } <= one.keys()
    assert {"zh/resolutions/1-1/index.html", "zh/api/v1/resolutions/1-1.ics"} <= two.keys()
    assert not one.keys() & two.keys()
    assert "1/1/index.html" in one, "its further address"
    assert not [name for name in one.keys() | two.keys() if not re.search(r"\b1[-/]\d", name)]


def test_what_a_part_has_is_not_made_again(machines: Path, tmp_path: Path) -> None:
    part, page = tmp_path / "part", "resolutions/1-2/index.html"
    shutil.copytree(machines / "one/part", part)
    (part / "site" / page).write_bytes(b"made elsewhere")
    listed = json.loads((part / "part.json").read_bytes())
    (part / "part.json").write_text(json.dumps(listed | {page: kept.digest(b"made elsewhere")}))
    assert (joined(machines, part) / page).read_bytes() == b"made elsewhere"


def test_what_was_damaged_on_its_way_is_made_again(machines: Path, tmp_path: Path) -> None:
    part = tmp_path / "part"
    shutil.copytree(machines / "one/part", part)
    (part / "site/resolutions/1-2/index.html").write_bytes(b"x")
    (part / "site/resolutions/1-3/index.html").unlink()
    assert tree(joined(machines, part)) == tree(machines / "three/whole")


def test_a_part_of_other_data_is_made_again(machines: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(machines / "one", other)
    record = other / "data/resolutions/1-3.yml"
    record.write_text(
        record.read_text("utf-8").replace('text: "', 'text: "Changed: ', 1), encoding="utf-8"
    )
    done = run_tracker("build", "--root", str(other), "--only", "en", "--into", "part")
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(joined(machines, other / "part")) == tree(machines / "three/whole")


def test_what_is_no_part_is_refused_and_the_site_stays(machines: Path) -> None:
    before = tree(machines / "three/whole")
    for name in ("data", "nowhere"):
        done = run_tracker(
            "join",
            "--root",
            str(machines / "three"),
            "--into",
            "whole",
            str(machines / "three" / name),
        )
        assert (
            done.returncode == 1
            and "is no part of a site" in done.stderr
            and "still in whole/" in done.stderr
        )
    assert tree(machines / "three/whole") == before


@pytest.mark.parametrize(
    ("only", "told"),
    [("de", "de is no language of this site; write en, zh"), ("en:9", "the sessions are 1")],
)
def test_what_is_not_there_cannot_be_built_alone(machines: Path, only: str, told: str) -> None:
    done = run_tracker(
        "build", "--root", str(machines / "three"), "--only", only, "--into", "nothing"
    )
    assert done.returncode == 1 and told in done.stderr
    assert not (machines / "three/nothing").exists()


def test_ranges_of_sessions_cover_everything_once(project: Site, large: dict) -> None:  # noqa: F811
    corpora = {"en": large["en"].corpus, "zh": large["zh"].corpus}
    sessions = list(corpora["en"].sessions)
    ranges = [f"zh:..{sessions[0]}", f"zh:{sessions[1]}", f"zh:{sessions[2]}.."]
    found = [chosen(corpora, [one])["zh"] for one in ranges]
    assert (
        sum(found, ())
        == tuple(corpora["zh"].resolutions)
        == chosen(corpora, ranges)["zh"]
        == chosen(corpora, ["zh"])["zh"]
    )
    assert all(found)
    with pytest.raises(BuildFailed, match="write a session or a range"):
        chosen(corpora, ["en:1..2..3"])
