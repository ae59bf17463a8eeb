"""Answers to every access pattern, recorded by running the snippets of the pages as they stand."""

from kxmodel.site.recording.record import Recorded, record
from kxmodel.site.recording.runners import RUNNERS, Place, Runner, missing

__all__ = [
    "RUNNERS",
    "Place",
    "Recorded",
    "Runner",
    "missing",
    "record",
]
