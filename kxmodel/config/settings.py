"""What can be configured, and what makes it usable."""

from __future__ import annotations

import difflib
import keyword
import math
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from kxmodel.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.errors import Location

_PREFIX: Final = re.compile(r"[a-zA-Z0-9_.-]{0,252}")

#: Folders that installers own: nothing is generated into them.
_INSTALLED: Final = frozenset({"site-packages", "dist-packages"})


@dataclass(frozen=True)
class Config:
    """One project's settings. All paths are absolute and lie inside `root`.

    root: the folder of the file that holds the settings. source: that file.
    schemas: the folder of the schema files.
    models: the folder that models are generated into. package: its dotted name in imports.
    migrations: the folder of the migrations.
    answers: the folder of the recorded answers that the site shows.
    engine: the local DynamoDB to use: ``auto``, ``dynoxide``, ``ministack`` or ``moto``.
    table_prefix: put before the tables' names in a local DynamoDB.
    price_per_million_write, price_per_million_read: US dollars for a million request units, for plans;
    None: those of us-east-1.
    """

    root: Path
    source: Path
    schemas: Path
    models: Path
    package: str
    migrations: Path
    answers: Path
    engine: str = "auto"
    table_prefix: str = ""
    price_per_million_write: float | None = None
    price_per_million_read: float | None = None

    @property
    def import_root(self) -> Path | None:
        """The folder from which `package` is imported; None if `models` does not end like it."""
        names = self.package.split(".")
        if list(self.models.parts[-len(names) :]) != names:
            return None
        return self.models.parents[len(names) - 1]


def make_config(
    values: Mapping[str, object], source: Path, locate: Callable[[str], Location]
) -> Config:
    """The settings in `values`, checked. locate: where a key stands, for messages.

    Raises ConfigError KX010.
    """
    for key in values:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"; do you mean {near[0]!r}?" if near else ""
            raise ConfigError(
                f"there is no setting {key!r}{hint}",
                where=locate(key),
                fix=f"The settings are {', '.join(_KEYS)}.",
            )
    root = source.parent.resolve()
    texts: dict[str, str] = {}
    for key, value in values.items():
        if key in _PRICES:
            continue
        if not isinstance(value, str):
            raise ConfigError(f"{key} is no text", where=locate(key), fix=f'Write {key} = "...".')
        texts[key] = value
    schemas = _folder("schemas", texts.get("schemas", "schemas"), root, locate)
    models = _folder("models", texts.get("models", "models"), root, locate)
    migrations = _folder("migrations", texts.get("migrations", "migrations"), root, locate)
    answers = _folder("answers", texts.get("answers", "docs/answers"), root, locate)
    _check_apart(schemas, models, locate)
    package = texts.get("package") or _package_of(models.relative_to(root))
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in package.split(".")):
        raise ConfigError(
            f"package is {package!r}, which cannot be imported",
            where=locate("package"),
            fix='Write the dotted name by which the models folder is imported, e.g. "app.models".',
        )
    prefix = texts.get("table_prefix", "")
    if not _PREFIX.fullmatch(prefix):
        raise ConfigError(
            f"table_prefix is {prefix!r}, which cannot be part of a table's name",
            where=locate("table_prefix"),
            fix="Use letters and digits of ASCII, and _ . -",
        )
    engine = texts.get("engine", "auto")
    if engine not in _ENGINES:
        raise ConfigError(
            f"engine is {engine!r}", where=locate("engine"), fix=f"Use {', '.join(_ENGINES)}."
        )
    prices = {key: _price(key, values[key], locate) for key in _PRICES if key in values}
    return Config(
        root, source, schemas, models, package, migrations, answers, engine, prefix, **prices
    )


_PRICES: Final = ("price_per_million_write", "price_per_million_read")
_KEYS: Final = (
    "schemas",
    "models",
    "package",
    "migrations",
    "answers",
    "engine",
    "table_prefix",
    *_PRICES,
)

#: The names of `kxmodel.engines`, not imported from there: reading settings stays quick.
_ENGINES: Final = ("auto", "dynoxide", "ministack", "moto")


def _price(key: str, value: object, locate: Callable[[str], Location]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ConfigError(
            f"{key} is {value!r}, which is no price", where=locate(key), fix=f"Write {key} = 0.625."
        )
    return float(value)


def _folder(key: str, text: str, root: Path, locate: Callable[[str], Location]) -> Path:
    """The absolute path of a folder below `root`, also when links are followed."""
    pure = PurePosixPath(text)
    inside = bool(text.strip()) and "\0" not in text and ".." not in pure.parts
    if pure.is_absolute() or PureWindowsPath(text).is_absolute() or not inside:
        raise ConfigError(
            f"{key} is {text!r}, which is not a path inside the project",
            where=locate(key),
            fix="Write a path relative to the folder of this file, with / between its parts.",
        )
    folder = root / pure
    resolved = folder.resolve()
    if resolved == root or not resolved.is_relative_to(root):
        raise ConfigError(
            f"{key} is {text!r}, which is {resolved}: not a folder inside the project",
            where=locate(key),
            fix=f"Choose a folder below {root}.",
        )
    return folder


def _check_apart(schemas: Path, models: Path, locate: Callable[[str], Location]) -> None:
    if _INSTALLED & set(models.resolve().parts):
        raise ConfigError(
            f"models would be generated into {models}, which belongs to an installer",
            where=locate("models"),
            fix="Choose a folder of your own package.",
        )
    one, other = schemas.resolve(), models.resolve()
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise ConfigError(
            "the folders of schemas and models lie inside one another",
            where=locate("models"),
            fix="Give each a folder of its own.",
        )


def _package_of(models: Path) -> str:
    """``app.models`` for ``app/models`` and for ``src/app/models``."""
    parts = models.parts[1:] if models.parts[0] == "src" and len(models.parts) > 1 else models.parts
    return ".".join(parts)
