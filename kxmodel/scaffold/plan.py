"""What is to be written where, decided before anything is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kxmodel.config import read_config
from kxmodel.config.load import OWN_FILE, PYPROJECT, has_section
from kxmodel.config.settings import make_config
from kxmodel.errors import ConfigError, Location, UsageError

if TYPE_CHECKING:
    from kxmodel.config import Config

_FILES: Final = Path(__file__).parent / "files"

#: Folders that hold a package's tests or papers rather than the package.
_NO_PACKAGES: Final = frozenset({"tests", "test", "docs", "examples", "scripts", "schemas"})


@dataclass(frozen=True)
class Scaffold:
    """The plan.

    config: the settings that will hold. settings: their text, to be appended to `config.source`;
    empty where they are there already. files: path -> text of each new file. example: the script.
    """

    config: Config
    settings: str
    files: dict[Path, str]
    example: Path


def plan_scaffold(folder: Path, models: str | None = None) -> Scaffold:
    """Decide what a project in `folder` needs. Reads only.

    models: the folder to generate into, relative to `folder`; by default ``models`` inside the
    project's one package (``tables`` where that is taken), else beside pyproject.toml.
    Raises ConfigError KX010 for settings that cannot be used, and UsageError KX002.
    """
    folder = folder.resolve()
    config, settings = _settings(folder, models)
    root = config.import_root or config.root
    example = root / "example_notes.py"
    files = {
        config.schemas / "notes.json": (_FILES / "notes.json").read_text(encoding="utf-8"),
        example: (_FILES / "example.txt")
        .read_text(encoding="utf-8")
        .replace("PACKAGE", config.package)
        .replace("SCRIPT", example.relative_to(folder).as_posix()),
    }
    return Scaffold(config, settings, files, example)


def _settings(folder: Path, models: str | None) -> tuple[Config, str]:
    """The settings and the text that is to be added for them."""
    own, pyproject = folder / OWN_FILE, folder / PYPROJECT
    there = own if own.is_file() else pyproject if _has_section(pyproject) else None
    if there is not None:
        if models is not None:
            raise UsageError(
                f"{there.name} has settings already, which --models would contradict",
                fix=f"Change them in {there}.",
            )
        return read_config(there), ""
    source = pyproject if pyproject.is_file() else own
    place = models if models is not None else _models_folder(folder, source)
    values: dict[str, object] = {"schemas": "schemas", "models": place}
    config = make_config(values, source, lambda key: Location(f"--{key}"))
    values["package"] = config.package
    lines = "".join(f'{key} = "{value}"\n' for key, value in values.items())
    if source is own:
        return config, lines
    before = source.read_text(encoding="utf-8")
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    settings = f"{gap}[tool.kxmodel]\n{lines}"
    _check_appended(source, before + settings)
    return config, settings


def _has_section(pyproject: Path) -> bool:
    return pyproject.is_file() and has_section(pyproject)


def _check_appended(source: Path, text: str) -> None:
    """The text must say what is meant, e.g. not where ``tool`` is written as an inline table."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"[tool.kxmodel] cannot be appended: {error}",
            where=Location(str(source)),
            fix="Write `tool` as [tool.…] tables, or add the settings yourself.",
        ) from None


def _models_folder(folder: Path, source: Path) -> str:
    """``src/app/models`` for the one package ``app``, or ``models``."""
    found = [
        path.parent
        for base in (folder, folder / "src")
        for path in sorted(base.glob("*/__init__.py"))
        if path.parent.name.isidentifier() and path.parent.name not in _NO_PACKAGES
    ]
    named = [path for path in found if path.name == _project_name(source)]
    packages = named or found
    home = packages[0] if len(packages) == 1 else folder
    taken = (home / "models").exists() or (home / "models.py").exists()
    return (home / ("tables" if taken else "models")).relative_to(folder).as_posix()


def _project_name(source: Path) -> str:
    """The name of the project as a package has it; empty where none is given."""
    if source.name != PYPROJECT:
        return ""
    project = tomllib.loads(source.read_text(encoding="utf-8")).get("project")
    name = project.get("name") if isinstance(project, dict) else None
    return re.sub(r"[-.]+", "_", name).lower() if isinstance(name, str) else ""
