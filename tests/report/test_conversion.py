"""The Word file in a word processor: LibreOffice reads it, and numbers it as the outline does."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from macros.build.project import Project
from macros.model.restricted_markdown import to_plain
from macros.report import make_outline, word_file
from tests.report.test_outline import all_paragraphs

pytestmark = pytest.mark.slow


def convert(folder: Path, name: str, kind: str) -> Path:
    office = shutil.which("soffice")
    assert office, "make test-all needs LibreOffice"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return folder / Path(name).with_suffix("." + kind.partition(":")[0])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_converts_to_pdf_with_the_numbers_of_the_outline(
    project: Project, tmp_path: Path, language: str
) -> None:
    view = project.view(language)
    outline = make_outline(view, "eb-2024-2")
    (tmp_path / "report.docx").write_bytes(word_file(view, outline))
    pdf = convert(tmp_path, "report.docx", "pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 5
    lines = convert(tmp_path, "report.docx", "txt:Text (encoded):UTF8").read_text("utf-8-sig")
    for paragraph in all_paragraphs(outline):
        lead = paragraph.lead or to_plain(paragraph.texts[0]).partition("\n")[0]
        assert re.search(rf"^\s*{paragraph.number}\.\s{re.escape(lead)}", lines, re.M), paragraph
    number = {"en": "I.", "zh": "一、"}[language]
    assert re.search(rf"^{number}\s*{outline.introduction.title}$", lines, re.M)
