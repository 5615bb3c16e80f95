"""Errors with a message for people."""


class TrackerError(Exception):
    """Base of all errors of the tracker; its text says what is wrong and what to do."""


class BuildError(TrackerError):
    """A site cannot be built."""
