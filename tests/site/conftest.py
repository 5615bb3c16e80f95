"""The built site as documents, and the data it was built from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from macros.build.project import Project
from macros.render.view import View
from tests.conftest import DAY, Built
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
