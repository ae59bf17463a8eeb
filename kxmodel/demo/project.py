"""The project's own models, or ones generated for this run."""

from __future__ import annotations

import contextlib
import importlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kxmodel.emit.write import apply, plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.config import Config
    from kxmodel.demo.tables import Models
    from kxmodel.emit.write import Changes
    from kxmodel.ir import Table

#: The package of models that are generated for one run.
SCRATCH = "kxmodel_scratch_models"


@contextlib.contextmanager
def project_models(config: Config, tables: Sequence[Table], changes: Changes) -> Iterator[Models]:
    """The model classes by the names of their entities.

    Those of the project where they are as the schemas say; else those that would be generated, in a
    temporary folder, so that looking at a project never changes it.
    """
    names = [entity.name for table in tables for entity in table.entities]
    if not changes and (own := _own_package(config)):
        yield {name: getattr(own, name) for name in names}
        return
    with tempfile.TemporaryDirectory(prefix="kxmodel-") as folder:
        apply(plan(changes.files, Path(folder) / SCRATCH))
        with _importable(Path(folder)):
            made = importlib.import_module(SCRATCH)
            try:
                yield {name: getattr(made, name) for name in names}
            finally:
                for module in [m for m in sys.modules if m.partition(".")[0] == SCRATCH]:
                    del sys.modules[module]


def _own_package(config: Config) -> object | None:
    """The package that the project's program would import; None if that is another folder."""
    if config.import_root is None:
        return None
    with _importable(config.import_root):
        package = importlib.import_module(config.package)
    same = Path(package.__file__ or "").parent.resolve() == config.models.resolve()
    return package if same else None


@contextlib.contextmanager
def _importable(folder: Path) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
