"""The built site as documents, and the data it was built from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from macros.build.output import MARK
from macros.build.project import Project
from macros.render.view import View
from tests.conftest import DAY, REPO, Built, once
from tests.organ import BODY, SMALL
from tests.site.markup import Document


@pytest.fixture(scope="session")
def documents(site: Built) -> Mapping[str, Document]:
    """All HTML files of the site by their address from its root."""
    found = (Document.read(file, site.folder) for file in site.pages())
    return {document.path: document for document in found}


@pytest.fixture(scope="session")
def pages(documents: Mapping[str, Document]) -> list[Document]:
    """The pages that people read: neither aliases nor cards nor errors."""
    return [document for document in documents.values() if document.kind == "page"]


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which the site was built."""
    return datetime.fromtimestamp(int(DAY), UTC).date()


@pytest.fixture(scope="session", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    """A language of the site."""
    return request.param


@pytest.fixture(scope="session")
def folder(language: str) -> str:
    """Where the pages of the language lie: `` or `zh/`."""
    return "" if language == "en" else f"{language}/"


@pytest.fixture(scope="session")
def view(project: Project, language: str, today: date) -> View:
    """The data in the language, on the day of the build."""
    return View(project.corpora[language], today)


GITHUB = "https://github.com/organ/tracker"
URL = "https://example.org/t/"


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Document]:
    """The pages of a small organ in two languages whose repository is at GitHub, by address, as MkDocs builds them."""

    def make(folder: Path) -> None:
        organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
            "docs/en/notes.md", "# Notes {#notes}\n\nWords.\n"
        )
        for name, raw in organ.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
        configuration = (REPO / "mkdocs.yml").read_text("utf-8")
        (folder / "mkdocs.yml").write_text(
            f"{configuration}\nrepo_url: {GITHUB}\nedit_uri: edit/main/docs/\n", "utf-8"
        )
        _commit(folder, "2025-02-03T10:00:00Z")
        with (folder / "data/resolutions/1-2.yml").open("a") as file:
            file.write("# Looked at again.\n")
        _commit(folder, "2025-02-05T10:00:00Z")
        environment = {**os.environ, "SITE_URL": URL, "SOURCE_DATE_EPOCH": DAY}
        run = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        (folder / "log").write_text(run.stdout + run.stderr, "utf-8")

    folder = once(tmp_path_factory, "hosted-project", make)
    log = (folder / "log").read_text("utf-8")
    assert (folder / "site" / "index.html").exists(), log
    assert not re.search(r"^(WARNING|ERROR|CRITICAL)|Warning:", log, re.MULTILINE), log
    assert (folder / "site" / MARK).exists()
    found = (Document.read(file, folder / "site") for file in Built(folder / "site", URL).pages())
    return {document.path: document for document in found if document.kind in ("page", "error")}


def _commit(folder: Path, moment: str) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    given = {
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    who = [
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=folder, env={**os.environ, **given}, check=True)
