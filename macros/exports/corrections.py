"""The file of corrections."""

from __future__ import annotations

from macros.exports import resolutions
from macros.exports.converter import Converter, Views, header
from macros.exports.models import File, Names


class CorrectionsFile(File):
    """Mistakes in what was published, and how they were put right, newest first."""

    corrections: resolutions.Corrections
    names: Names


def corrections(views: Views) -> CorrectionsFile:
    """Export all corrections."""
    converter = Converter(views)
    entries = resolutions.corrections(converter)
    period = converter.corpus.latest_period
    return CorrectionsFile(**header(period), corrections=entries, names=converter.names())
