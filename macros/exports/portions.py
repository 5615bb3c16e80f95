"""What one resolution adds to the files of all languages, by its slug and the name of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Portions = Callable[[str, str], Any]
