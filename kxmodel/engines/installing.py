"""Puts a pinned engine into the user's cache: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kxmodel.engines.cache import engine_dir, engines_dir
from kxmodel.engines.catalogue import engine
from kxmodel.engines.fetch_npm import fetch_npm
from kxmodel.engines.fetch_pip import fetch_pip
from kxmodel.engines.finding import Found, find, in_cache
from kxmodel.engines.lock import file_lock
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.engines.catalogue import Engine

#: So long an installation waits for another one of the same engine, in seconds.
LOCK_TIMEOUT = 600.0


def install(name: str, *, progress: Callable[[str], None] | None = None) -> Found:
    """Install the pinned version of an engine, unless it is there, and say where it is.

    progress: called with one short line a step. Only the cache is written
    (`kxmodel.engines.cache.engines_dir`); moto belongs into the user's own environment, so that it
    is only looked for.

    Raises EngineError: KX506 unknown name, KX507 something it needs is missing or the download
    failed, KX508 the download is not what is pinned.
    """
    say = progress or (lambda line: None)
    row = engine(name)
    if not (row.tarballs or row.requirements):
        if found := find(name):
            return found
        raise EngineError(
            f"{name} lives in your own environment and is not there",
            code="KX507",
            fix=f"{row.advice[0].upper()}{row.advice[1:]}.",
        )
    if found := in_cache(name):
        return found
    root = engines_dir()
    try:
        root.mkdir(parents=True, exist_ok=True)
        with file_lock(
            root / f".{name}.lock",
            timeout=LOCK_TIMEOUT,
            waiting=lambda: say(f"another installation of {name} is under way; waiting for it"),
        ):
            if found := in_cache(name):
                return found
            _install(row, root, say)
    except OSError as error:
        raise EngineError(
            f"{name} cannot be installed into {root}: {error}",
            code="KX507",
            fix="Make the folder writable, or set KXMODEL_CACHE to another one.",
        ) from error
    found = in_cache(name)
    if found is None:
        raise EngineError(f"{name} was installed into {root}, but its program is not there")
    say(f"{name} {row.version} is in {found.program.parent}")
    return found


def _install(row: Engine, root: Path, say: Callable[[str], None]) -> None:
    """Build the engine's folder beside its place and move it there in one step."""
    for leftover in root.glob(f".{row.name}.part-*"):  # of an installation that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=f".{row.name}.part-") as scratch:
        staged = Path(scratch) / "engine"
        if row.requirements:
            fetch_pip(row, staged, say)
        else:
            fetch_npm(row, staged, say)
        place = engine_dir(row.name, row.version)
        if place.exists():  # no longer whole, e.g. its Python is gone
            shutil.rmtree(place)
        os.rename(staged, place)
