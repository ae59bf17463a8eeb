"""Whatever stands in a schema: the code compiles, is formatted, type-checks, imports; it is data."""

import ast
import importlib

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from kxmodel.emit.models import emit
from tests.emit.tables import tables
from tests.emit.tools import mypy, put, ruff

EXAMPLES = 40


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Packages of tables with hostile names and texts."""
    folder = tmp_path_factory.mktemp("hostile")
    made = []

    @seed(20240115)
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(tables())
    def write(table):
        name = f"hostile{len(made)}"
        put(emit([table], package=name), folder / name)
        made.append((name, table))

    write()
    assert len(made) >= EXAMPLES // 2
    return folder, made


def test_formatted_and_clean(hostile):
    folder, _ = hostile
    # Letters of other alphabets that look like ASCII are the schema author's; the rest is ours.
    ruff(folder, "RUF001", "RUF002")


def test_types(hostile, tmp_path):
    folder, made = hostile
    mypy(folder, tmp_path, *(name for name, _ in made))


def test_it_imports_and_is_what_the_schema_says(hostile, monkeypatch):
    folder, made = hostile
    monkeypatch.syspath_prepend(str(folder))
    for name, table in made:
        package = importlib.import_module(name)
        for entity in table.entities:
            model = getattr(package, entity.name)
            assert model.Meta.declared_table_name == table.name
            assert model._kx_entity.user_class == entity.user_class
            assert model.kx.schema == entity.schema
            stored = {a.attr_name for a in model.get_attributes().values()}
            assert stored >= {attribute.name for attribute in entity.attributes}


def test_no_text_became_code(hostile):
    """Only what every module does is done: its own classes and names of the runtime are called."""
    folder, _ = hostile
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        if file.name == "__init__.py":
            assert "hostile" in file.parent.name or file.parent.name in ("_codec", "_schema")
            continue
        own = {n.name for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)}
        # `aio = LeadAio["Lead"]()`, which only type checkers see.
        awaited = {
            f"{inner.name}['{alias}{node.name}{end}']"
            for node in tree.body
            if isinstance(node, ast.ClassDef)
            for block in tree.body
            if isinstance(block, ast.If)
            for inner in block.body
            if isinstance(inner, ast.ClassDef) and inner.name.startswith(f"{node.name}Aio")
            for alias in ("", "_")
            for end in ("", "_", "__")
        }
        in_codec = file.parent.name == "_codec"
        imported = {
            name.asname or name.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            and node.module in ("kxmodel.runtime", "kxmodel.runtime.codec", "typing", "decimal")
            for name in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id in own | imported | (BUILTINS if in_codec else set())
            elif isinstance(node, ast.Call) and in_codec:
                assert isinstance(node.func, ast.Attribute)
                assert node.func.attr in {"get", "items", "decode"}
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                known = {"cls.kx.find", *(f"cls.kx.{r}" for r in RESULTS)}
                assert called in known or called in awaited
            assert not isinstance(node, ast.JoinedStr | ast.Await | ast.Yield | ast.For | ast.With)


BUILTINS = {"type", "float", "set"}
RESULTS = ("page", "one", "collection")
