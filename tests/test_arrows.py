"""The parts of the package lean on each other in one direction only."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kxmodel"

# Part -> the parts that it may import. What is not listed may import nothing of the package.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "values": {"errors"},
    "keys": {"errors", "values"},
    "ir": {"errors", "values", "keys"},
    "dialect": {"errors", "values", "keys", "ir"},
    "validate": {"errors", "values", "keys"},
    "lint": {"errors", "values", "keys", "ir", "dialect", "validate"},
    "samples": {"errors", "values", "keys", "validate"},
    "emit": {"errors", "values", "keys", "ir", "dialect", "samples"},
    "wire": set(),
    "runtime": {"errors", "values", "keys", "validate", "wire"},
    "models": {"runtime"},
    "engines": {"errors"},
    "testing": {"errors", "engines", "runtime", "samples"},
    "config": {"errors"},
    "scaffold": {"errors", "config"},
    "overview": {"errors", "values", "keys", "ir", "dialect", "validate"},
    "adopt": {"errors", "values", "keys", "ir", "dialect", "lint", "validate", "config"},
    "docs": {"errors", "values", "keys", "ir", "dialect", "validate", "runtime"},
    "site": {
        "errors",
        "ir",
        "dialect",
        "config",
        "docs",
        "emit",
        "migrate",
        "engines",
        "runtime",
        "values",
        "keys",
        "lint",
    },
    "migrate": {"errors", "values", "keys", "ir", "dialect", "validate", "config", "wire"},
    "report": {"errors", "values", "keys", "ir", "dialect", "validate", "config"},
    "demo": {
        "docs",
        "errors",
        "values",
        "keys",
        "ir",
        "dialect",
        "lint",
        "emit",
        "engines",
        "runtime",
        "config",
        "migrate",
        "report",
    },
}

#: What a model's importer pays for nothing of.
HEAVY = (
    "kxmodel.ir",
    "kxmodel.dialect",
    "kxmodel.emit",
    "kxmodel.lint",
    "kxmodel.cli",
    "jsonschema",
)

#: What importing a model loads besides PynamoDB.
LOADED = {
    "kxmodel",
    "kxmodel.errors",
    "kxmodel.errors.base",
    "kxmodel.keys",
    "kxmodel.keys.recognise",
    "kxmodel.models",
    "kxmodel.models.messages",
    "kxmodel.runtime",
    "kxmodel.runtime.aio",
    "kxmodel.runtime.aio.model",
    "kxmodel.runtime.aio.stop",
    "kxmodel.runtime.aio.workers",
    "kxmodel.runtime.attributes",
    "kxmodel.runtime.attributes.base",
    "kxmodel.runtime.attributes.codecs",
    "kxmodel.runtime.attributes.collections",
    "kxmodel.runtime.attributes.generic",
    "kxmodel.runtime.attributes.making",
    "kxmodel.runtime.attributes.maps",
    "kxmodel.runtime.attributes.members",
    "kxmodel.runtime.attributes.origin",
    "kxmodel.runtime.attributes.scalars",
    "kxmodel.runtime.attributes.text",
    "kxmodel.runtime.bind_options",
    "kxmodel.runtime.binding",
    "kxmodel.runtime.client",
    "kxmodel.runtime.codegen",
    "kxmodel.runtime.collector",
    "kxmodel.runtime.connection",
    "kxmodel.runtime.entity",
    "kxmodel.runtime.indexes",
    "kxmodel.runtime.item",
    "kxmodel.runtime.meta",
    "kxmodel.runtime.model",
    "kxmodel.runtime.partial",
    "kxmodel.runtime.pynamodb_private",
    "kxmodel.runtime.recognise",
    "kxmodel.runtime.tools",
    "kxmodel.runtime.typing",
    "kxmodel.values",
    "kxmodel.values.email",
    "kxmodel.values.item",
    "kxmodel.values.itemtext",
    "kxmodel.values.number",
    "kxmodel.values.phone",
    "kxmodel.values.size",
    "kxmodel.values.text",
    "kxmodel.values.timestamp",
    "kxmodel.values.ulid",
    "kxmodel.wire",
    "kxmodel.wire.install",
    "orjson",
    "orjson.orjson",
}

#: All that importing a model makes with `dataclass`, `NamedTuple` and `re.compile`.
MADE = {
    "BindOptions",
    "ClientSettings",
    "Codec",
    "Problem",
    "[0-7][0123456789ABCDEFGHJKMNPQRSTVWXYZ]{25}",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{3}Z",
}


def imports(path: Path) -> set[str]:
    """The parts of the package that a module imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "kxmodel":
                names = [f"kxmodel.{alias.name}" for alias in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("kxmodel.")}
    return found


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    for path in sorted((PACKAGE / part).rglob("*.py")):
        above = imports(path) - ALLOWED[part] - {part}
        assert not above, f"{path.relative_to(PACKAGE)} imports {sorted(above)}"


def test_every_part_has_its_place() -> None:
    parts = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert parts == set(ALLOWED) | {"cli"}


def test_a_model_brings_pynamodb_and_little_else() -> None:
    code = (
        "import sys; import kxmodel.models; "
        "from kxmodel.models import Lead, Message, Persona; "
        "print([m for m in sys.modules if m.startswith(" + repr(HEAVY) + ")])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == "[]"


def test_importing_a_model_loads_these_modules_and_no_other() -> None:
    code = (
        "import sys; import pynamodb.models; before = set(sys.modules); "
        "import kxmodel.models.messages; print(*sorted(set(sys.modules) - before))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    # Whatever is added costs every cold start: can it be imported where it is used?
    assert set(shown.stdout.split()) - {"gc"} == LOADED


def test_importing_a_model_makes_few_classes_by_machinery() -> None:
    """Each dataclass and named tuple is compiled anew at every start, and so is a pattern."""
    code = (
        "import dataclasses, re, sys, typing; import pynamodb.models; made = []\n"
        "def watch(module, name, told):\n"
        "    real = getattr(module, name)\n"
        "    def run(*args, **options):\n"
        "        made.append(told(*args)); return real(*args, **options)\n"
        "    setattr(module, name, run)\n"
        "watch(dataclasses, '_process_class', lambda cls, *rest: cls.__qualname__)\n"
        "watch(typing.NamedTupleMeta, '__new__', lambda meta, name, *rest: name)\n"
        "watch(re, 'compile', lambda pattern, *rest: pattern)\n"
        "import kxmodel.models.messages; print(*made, sep='\\n')"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert set(shown.stdout.splitlines()) <= MADE


def test_the_package_itself_brings_nothing() -> None:
    code = "import sys, kxmodel; print([m for m in ('pynamodb', 'botocore', 'rich') if m in sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == "[]"
