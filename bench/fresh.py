"""The rows that take processes of their own: import, cold start, memory, `kxmodel generate`."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contenders import NAMES
from harness import Cost, in_turn
from kxgen import SCHEMAS
from rows import Row
from targets import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROBE = Path(__file__).parent / "probe.py"

#: KxGen's tables, of which a project of many is copied together.
_OWN = ("messages", "leads", "personas")


def rows(url: str, rounds: int) -> Iterator[Row]:
    """All rows. url: where contenders query."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        starts = (("import", "Import"), ("cold", "Cold start: import, first query"))
        for name, title in starts:
            what = "import" if name == "import" else "query"
            measures = {"Python alone": partial(cpu_ms, ["-c", "pass"], environment)} | {
                shown: partial(cpu_ms, [str(PROBE), what, module, url], environment)
                for module, shown in NAMES.items()
            }
            yield Row(name, title, "CPU milliseconds", in_turn(measures, rounds))
    held = {shown: Cost((_held(module, url),)) for module, shown in NAMES.items()}
    yield Row("memory", "Memory of an item that was read", "bytes an item", held)


def generating(counts: Sequence[int], rounds: int) -> Row:
    """`kxmodel generate` over projects of so many tables, each time from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder) / "compiled")
        measures = {}
        for count in counts:
            project = Path(folder) / str(count)
            _project(project, count)
            measures[SEVERAL.format(count)] = partial(_generate, project, environment)
        costs = in_turn(measures, rounds)
    return Row("generate", "`kxmodel generate`", "CPU milliseconds", costs)


def cpu_ms(arguments: Sequence[str], environment: dict[str, str], cwd: Path | None = None) -> float:
    """User and system time of a fresh interpreter, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _environment(compiled: Path) -> dict[str, str]:
    """As installed packages are imported: from compiled files, which the first round leaves there."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(compiled)}


def _held(module: str, url: str) -> float:
    command = [sys.executable, str(PROBE), "memory", module, url]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _generate(project: Path, environment: dict[str, str]) -> float:
    shutil.rmtree(project / "models", ignore_errors=True)
    spent = cpu_ms(["-m", "kxmodel", "generate"], environment, cwd=project)
    assert len(list((project / "models").glob("*.py"))) > int(project.name)
    return spent


def _project(folder: Path, tables: int) -> None:
    """KxGen's three tables again and again, each copy under names of its own."""
    schemas = folder / "schemas"
    schemas.mkdir(parents=True)
    (folder / "kxmodel.toml").write_text(
        'schemas = "schemas"\nmodels = "models"\npackage = "models"\n', "utf-8"
    )
    shutil.copy(SCHEMAS / "common.json", schemas)
    for number in range(tables):
        copy, own = divmod(number, len(_OWN))
        schema = json.loads((SCHEMAS / f"{_OWN[own]}.json").read_text("utf-8"))
        schema["x-kx-table"]["name"] += f"_{copy}"
        schema["x-kx-entity"]["name"] += f"Of{copy}"
        name = f"{_OWN[own]}_{copy}.json"
        (schemas / name).write_text(json.dumps(schema), "utf-8")
