"""Where installed engines live."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_dir() -> Path:
    """The folder for kxmodel's own files; it may not exist yet.

    ``KXMODEL_CACHE`` if set, else the platform's folder for a user's caches
    (XDG Base Directory Specification on Linux).
    """
    given = os.environ.get("KXMODEL_CACHE")
    if given:
        return Path(given).expanduser().absolute()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        base = named if named.is_absolute() else Path.home() / ".cache"
    return base / "kxmodel"


def engines_dir() -> Path:
    """The folder that holds one folder for each installed engine."""
    return cache_dir() / "engines"


def engine_dir(name: str, version: str) -> Path:
    """The folder of one installed engine. It exists whole or not at all."""
    return engines_dir() / f"{name}-{version}"
