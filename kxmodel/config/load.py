"""Finding and reading the file that holds the settings."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from kxmodel.config.settings import Config, make_config
from kxmodel.errors import ConfigError, Location

if TYPE_CHECKING:
    from pathlib import Path

#: The file of a project that has no pyproject.toml, such as a container; the keys stand at its root.
OWN_FILE: Final = "kxmodel.toml"
PYPROJECT: Final = "pyproject.toml"

_POSITION: Final = re.compile(r" ?\(at line (\d+), column (\d+)\)")


def find_config(start: Path) -> Config:
    """The settings that hold in the folder `start`: of the nearest file at or above it.

    A pyproject.toml without ``[tool.kxmodel]`` is passed over.
    Raises ConfigError KX010 where there is none, or where it cannot be used.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        own, pyproject = folder / OWN_FILE, folder / PYPROJECT
        in_pyproject = pyproject.is_file() and _section(pyproject) is not None
        if own.is_file() and in_pyproject:
            raise ConfigError(
                f"settings stand in {OWN_FILE} and in [tool.kxmodel] of {PYPROJECT}",
                where=Location(str(own)),
                fix="Keep one of them.",
            )
        if own.is_file() or in_pyproject:
            return read_config(own if own.is_file() else pyproject)
    raise ConfigError(
        f"no [tool.kxmodel] in a {PYPROJECT}, and no {OWN_FILE}, in {start} or above it",
        fix="Go to your project's folder, or run `kxmodel init` in it.",
    )


def read_config(path: Path) -> Config:
    """The settings in this file. Raises ConfigError KX010 with the place as ``file:line:column``."""
    values = _section(path)
    if values is None:
        raise ConfigError("there is no [tool.kxmodel]", where=Location(str(path)))
    text = path.read_text(encoding="utf-8")
    return make_config(values, path, lambda key: _locate(path, text, key))


def has_section(pyproject: Path) -> bool:
    """Whether a pyproject.toml holds settings of kxmodel. Raises ConfigError KX010."""
    return _section(pyproject) is not None


def _section(path: Path) -> dict[str, object] | None:
    try:
        text = path.read_text(encoding="utf-8")
        document: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _POSITION.search(str(error))
        at = (int(found[1]), int(found[2])) if found else (0, 0)
        raise ConfigError(
            f"this is no TOML: {_POSITION.sub('', str(error))}",
            where=Location(str(path), *at),
            fix="Correct the file; its format is described at https://toml.io.",
        ) from None
    except RecursionError:
        raise ConfigError("this is nested too deeply", where=Location(str(path))) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=Location(str(path))) from None
    if path.name != PYPROJECT:
        return document
    tool = document.get("tool")
    section = tool.get("kxmodel") if isinstance(tool, dict) else None
    if section is not None and not isinstance(section, dict):
        raise ConfigError("tool.kxmodel is no table", where=Location(str(path)))
    return section


def _locate(path: Path, text: str, key: str) -> Location:
    """Where `key` is set; the whole file where it is written in a way that is not looked for."""
    section = "" if path.name != PYPROJECT else "tool.kxmodel"
    current = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.fullmatch(r"\s*\[\s*([^\[\]]*?)\s*\]\s*(?:#.*)?", line):
            current = header[1]
        elif current == section and (
            found := re.match(rf"\s*([\"']?){re.escape(key)}\1\s*[.=]", line)
        ):
            return Location(str(path), number, found.end(1) - len(found[1]) + 1)
    return Location(str(path))
