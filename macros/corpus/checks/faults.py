"""What a check of one record gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from macros.model.fields import Path, Record

Fault = tuple[Path, str, dict[str, Any]]
"""Something wrong with a record: where in it, the code of the problem and its values."""
Entries = list[tuple[Path, Record]]
"""Records of a file that fit, with their paths."""
Checks = Mapping[type[Record] | tuple[type[Record], ...], Callable[..., Iterator[Fault]]]
"""Checks by the records that they take, besides the corpus."""
