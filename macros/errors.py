"""Errors that people see."""


class TrackerError(Exception):
    """Base of all errors of the tracker, with a message for people."""
