"""Which engines are on this machine, and where."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kxmodel.engines.cache import engine_dir
from kxmodel.engines.catalogue import (
    DYNOXIDE,
    ENGINES,
    MINISTACK,
    MOTO,
    Engine,
    engine,
    platform_name,
)
from kxmodel.engines.quirks import QUIRKS
from kxmodel.errors import EngineError

#: Names the dynoxide binary to use.
DYNOXIDE_VARIABLE = "KXMODEL_DYNOXIDE"


@dataclass(frozen=True)
class Found:
    """An engine that can be started. `program` is its binary, or the Python that runs it.

    source: how it was found, in words, e.g. ``PATH``.
    """

    name: str
    version: str
    program: Path
    source: str


@dataclass(frozen=True)
class Status:
    """One line of `kxmodel engine list`: what was found, or the advice how to get it."""

    engine: Engine
    found: Found | None
    advice: str


def find(name: str) -> Found | None:
    """The engine of this name on this machine, or None.

    Raises EngineError: KX506 for an unknown name, KX510 where ``KXMODEL_DYNOXIDE`` names no
    working binary.
    """
    return _FINDERS[engine(name).name]()


def best(*, keeps_data: bool = False) -> Found | None:
    """The best engine found: dynoxide, else MiniStack, else moto; with `keeps_data`, only one that
    can keep data over a stop."""
    for name in ENGINES:
        if keeps_data and QUIRKS[name].keeps_data == "never":
            continue
        if found := find(name):
            return found
    return None


def installed() -> tuple[Found, ...]:
    """Every engine that can be started here, best first."""
    return tuple(row.found for row in status() if row.found)


def status() -> tuple[Status, ...]:
    """Every engine of the catalogue, best first, found or not. Raises nothing."""
    rows = []
    for row in ENGINES.values():
        try:
            found, advice = find(row.name), row.advice
        except EngineError as error:
            found, advice = None, error.message
        rows.append(Status(row, found, "" if found else advice))
    return tuple(rows)


def in_cache(name: str) -> Found | None:
    """The pinned version of a downloaded engine in the user's cache, if it is whole."""
    row = engine(name)
    folder = engine_dir(name, row.version)
    program = folder / _PROGRAMS[name]
    return Found(name, row.version, program, "cache") if _runnable(program) else None


def _find_dynoxide() -> Found | None:
    named = os.environ.get(DYNOXIDE_VARIABLE)
    if named:
        program = Path(named).expanduser().absolute()
        version = _version(program)
        if version is None:
            raise EngineError(
                f"{DYNOXIDE_VARIABLE} names {program}, which is not a dynoxide that runs here",
                code="KX510",
                fix=f"Correct {DYNOXIDE_VARIABLE}, or unset it.",
            )
        return Found("dynoxide", version, program, DYNOXIDE_VARIABLE)
    if on_path := shutil.which("dynoxide"):
        program = Path(on_path).absolute()
        if version := _version(program):
            return Found("dynoxide", version, program, "PATH")
    if cached := in_cache("dynoxide"):
        return cached
    for program in _node_modules():
        if _runnable(program) and (version := _version(program)):
            return Found("dynoxide", version, program, "node_modules")
    return None


def _node_modules() -> list[Path]:
    """Where npm puts the binary: in `node_modules` of the working folder up to the project's root."""
    places = []
    for folder in (here := Path.cwd(), *here.parents):
        package = folder / "node_modules" / "@dynoxide" / platform_name()
        places += [package / _PROGRAMS["dynoxide"], package / "bin" / _PROGRAMS["dynoxide"]]
        if any((folder / name).exists() for name in ("pyproject.toml", ".git")):
            break
    return places


def _find_moto() -> Found | None:
    # The server needs Flask, which `moto[server]` brings and plain moto does not.
    if any(importlib.util.find_spec(name) is None for name in ("moto", "flask", "flask_cors")):
        return None
    version = importlib.metadata.version("moto")
    return Found("moto", version, Path(sys.executable), "this Python's packages")


def _version(program: Path) -> str | None:
    """What ``dynoxide --version`` answers, without the name; None when it does not run."""
    try:
        answer = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    name, _, version = answer.stdout.strip().partition(" ")
    return version if name == "dynoxide" and version else None


def _runnable(program: Path) -> bool:
    return program.is_file() and os.access(program, os.X_OK)


#: The program inside an installed engine's folder.
_PROGRAMS = {
    DYNOXIDE.name: "dynoxide.exe" if sys.platform == "win32" else "dynoxide",
    MINISTACK.name: "Scripts/python.exe" if sys.platform == "win32" else "bin/python",
}

_FINDERS = {
    DYNOXIDE.name: _find_dynoxide,
    MINISTACK.name: lambda: in_cache(MINISTACK.name),
    MOTO.name: _find_moto,
}
