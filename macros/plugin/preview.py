"""The live preview: what comes from data is rendered when it is asked for."""

from __future__ import annotations


class Preview:
    def __init__(self, *a):
        pass
