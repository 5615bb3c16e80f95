"""Building: without a warning, the same bytes every time, and never at the cost of the last good site."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DAY, SUB_PATH, Built, essential, once, run_tracker


def copy_project(repo: Path, folder: Path) -> Path:
    """A project of its own: what an organ owns, without the code."""
    for name in ("data", "docs"):
        shutil.copytree(repo / name, folder / name)
    shutil.copy(repo / "mkdocs.yml", folder)
    return folder


def digests(folder: Path) -> dict[str, str]:
    """What every file of a folder holds."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture(scope="session")
def built_by_mkdocs(repo: Path, site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the project, its site as `mkdocs build --strict` builds it, and what that printed."""

    def make(folder: Path) -> None:
        copy_project(repo, folder)
        run = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict"],
            cwd=folder,
            env={
                **os.environ,
                "SITE_URL": site.url,
                "SOURCE_DATE_EPOCH": DAY,
                "NO_MKDOCS_2_WARNING": "1",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        (folder / "status").write_text(str(run.returncode))
        (folder / "output").write_text(run.stdout + run.stderr, "utf-8")

    return once(tmp_path_factory, "built-by-mkdocs", make)


WITHOUT_PROCESSES = """
import sys
from pathlib import Path
from macros.build import workers
from macros.plugin.building import build_site

def refuse(*arguments):
    raise OSError("no semaphores")

workers.ProcessPoolExecutor = refuse
build_site(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_without_processes_the_same_site_is_built(repo: Path, site: Built, tmp_path: Path) -> None:
    variables = {**os.environ, "SITE_URL": site.url, "SOURCE_DATE_EPOCH": DAY}
    command = [sys.executable, "-c", WITHOUT_PROCESSES, str(repo), str(tmp_path)]
    subprocess.run(command, env=variables, check=True, timeout=300)
    built, alone = (
        {name: digest for name, digest in digests(folder).items() if "pagefind/" not in name}
        for folder in (site.folder, tmp_path)
    )
    assert alone == built


@pytest.mark.slow
def test_strict_build_is_without_a_warning(built_by_mkdocs: Path) -> None:
    output = (built_by_mkdocs / "output").read_text("utf-8")
    assert (built_by_mkdocs / "status").read_text() == "0", output
    assert not re.search(r"^(WARNING|ERROR|CRITICAL)|Warning:", output, re.MULTILINE), output


@pytest.mark.slow
def test_two_builds_are_byte_identical(
    built_by_mkdocs: Path, site: Built, repo: Path, tmp_path: Path
) -> None:
    """By another command, from another folder, at another time; both without the history that dates changes.

    But for the filters of search and what names them: Pagefind 1.5 writes them in any order.
    """
    in_any_order = ("pagefind/filter/", ".pf_meta", "pagefind-entry.json")
    built = run_tracker(
        "build", "--root", str(copy_project(repo, tmp_path / "copy")), SITE_URL=site.url
    )
    assert built.returncode == 0, built.stderr
    first, second = digests(tmp_path / "copy/site"), digests(built_by_mkdocs / "site")
    assert "sitemap.xml" in first
    different = sorted(
        name
        for name in first.keys() | second.keys()
        if first.get(name) != second.get(name) and not any(part in name for part in in_any_order)
    )
    assert not different, f"{len(different)} files differ:\n" + "\n".join(different)


@pytest.mark.slow
def test_nothing_is_left_beside_the_site(built_by_mkdocs: Path) -> None:
    known = {"data", "docs", "mkdocs.yml", "site", "status", "output"}
    assert {path.name for path in built_by_mkdocs.iterdir()} == known


def test_the_site_is_built_for_its_sub_path(site: Built) -> None:
    """What must hold a whole address holds that of the sub-path; all else is relative (see test_links)."""
    assert site.url.endswith(SUB_PATH)
    assert f"<loc>{site.url}" in (site.folder / "sitemap.xml").read_text("utf-8")
    holders = [
        f for f in site.folder.rglob("*") if f.suffix in (".html", ".xml", ".json", ".js", ".css")
    ]
    texts = ((file, file.read_text("utf-8")) for file in holders)
    assert [
        str(file) for file, text in texts if "127.0.0.1" in text or "localhost:8000" in text
    ] == []


# A failed build

BROKEN = {
    "not YAML": ("data/resolutions/2-4.yml", "\nevents: [", r"data/resolutions/2-4\.yml:\d+:\d+: "),
    "an unknown key": (
        "data/resolutions/2-4.yml",
        "\nsurprise: 1\n",
        r"data/resolutions/2-4\.yml:\d+:1: .*surprise",
    ),
    "a translation": (
        "data/translations/zh/resolutions/2-4.yml",
        "\n- [\n",
        r"data/translations/zh/resolutions/2-4\.yml:\d+:\d+: ",
    ),
    "an unknown macro": (
        "docs/zh/resolutions/2-4.md",
        "\n{{ surprise() }}\n",
        r"docs/zh/resolutions/2-4\.md:\d+:\d+: .*surprise",
    ),
    "a link of another language": ("docs/zh/about.md", "\n[x](surprise.md)\n", r"surprise\.md"),
}


@pytest.mark.parametrize(
    ("name", "addition", "message"),
    essential(BROKEN.values(), BROKEN["an unknown macro"]),
    ids=BROKEN,
)
def test_failed_build_leaves_the_last_good_site(
    repo: Path, site: Built, tmp_path: Path, name: str, addition: str, message: str
) -> None:
    home = copy_project(repo, tmp_path)
    shutil.copytree(site.folder, home / "site")
    before = digests(home / "site")
    with (home / name).open("a", encoding="utf-8") as file:
        file.write(addition)
    names = {path.name for path in home.iterdir()}

    run = run_tracker("build", "--root", str(home))

    output = run.stdout + run.stderr
    assert run.returncode == 1, output
    assert re.search(message, output), output
    assert "Traceback" not in output
    assert digests(home / "site") == before, "the last good site was touched"
    assert {path.name for path in home.iterdir()} <= names, "something was left behind"
