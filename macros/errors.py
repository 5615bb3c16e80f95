"""Base of the errors that people see."""

from __future__ import annotations


class TrackerError(Exception):
    """Base of all errors of the tracker, with a message for people."""
