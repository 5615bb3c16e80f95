"""Values that all data exports share."""

from __future__ import annotations

from macros.exports.records import LICENCE, LICENCE_URL, absolute, dump, provenance

__all__ = ["LICENCE", "LICENCE_URL", "absolute", "dump", "provenance"]
