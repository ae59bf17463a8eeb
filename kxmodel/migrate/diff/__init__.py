"""Autodetection: what changed between two states, as operations."""

from kxmodel.migrate.diff.detect import detect
from kxmodel.migrate.diff.draft import Ask, Draft, Options, Rename
from kxmodel.migrate.diff.narrowing import narrowings

__all__ = ["Ask", "Draft", "Options", "Rename", "detect", "narrowings"]
