"""Whole packages: judged by ruff and mypy, imported, the same everywhere, quickly made."""

import importlib
import json
import subprocess
import sys
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from kxmodel import ir
from kxmodel.emit.files import path
from kxmodel.emit.models import emit
from kxmodel.errors import UsageError
from tests.emit.gallery import CLUB, GALLERY
from tests.emit.tables import small
from tests.emit.tools import ROOT, mypy, put, ruff

ULID = "01HM5XTXZ0M4V5N8Q2R3S6T7W9"


@pytest.fixture(scope="module")
def generated(packages, tmp_path_factory):
    folder = tmp_path_factory.mktemp("generated")
    for name, tables in packages.items():
        put(emit(tables, package=f"gen_{name}"), folder / f"gen_{name}")
    return folder


def test_ruff_has_nothing_to_say(generated):
    ruff(generated)


def test_mypy_strict_accepts_the_models_and_a_program(generated, tmp_path):
    program = (ROOT / "tests" / "emit" / "models" / "program.py").read_text()
    (generated / "program.py").write_text(program)
    mypy(generated, tmp_path, "gen_kxgen", "gen_shop", "gen_membership", "gen_byhand", "program")


@pytest.fixture
def importable(generated, monkeypatch):
    monkeypatch.syspath_prepend(str(generated))


def test_every_class_can_be_had(importable, packages):
    for name, tables in packages.items():
        package = importlib.import_module(f"gen_{name}")
        entities = {entity.name for table in tables for entity in table.entities}
        assert entities <= set(package.__all__) <= set(dir(package))
        for table in tables:
            for entity in table.entities:
                model = getattr(package, entity.name)
                assert model.__module__.startswith(package.__name__)
                assert model._kx_entity.templates == entity.keys
                assert model.Meta.table_name == table.name
                assert {a.attr_name for a in model.get_attributes().values()} >= set(entity.members)
                assert model.kx.schema == entity.schema


def test_an_unknown_name_is_an_attribute_error(importable):
    package = importlib.import_module("gen_byhand")
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = package.Nothing


def test_nothing_is_imported_before_it_is_asked_for(generated):
    code = "import sys, gen_byhand; print([m for m in sys.modules if m.startswith('gen_')])"
    environment = {"PYTHONPATH": f"{generated}:{ROOT}", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "['gen_byhand']\n"


def test_keys_of_several_attributes_keep_their_order(importable):
    model = importlib.import_module("gen_byhand").Picture
    index = model._indexes["by-size"]
    assert list(index.Meta.attributes) == ["tenant", "kind", "size", "made"]


def test_a_tree_is_read_and_written(importable, monkeypatch):
    module = importlib.import_module("gen_byhand.gallery_v2")
    own = type("Picture", (module.Picture,), {})
    monkeypatch.setitem(sys.modules, "app.models", SimpleNamespace(Picture=own))
    tree = {"label": "a", "leaf": {}, "children": [{"label": "b", "leaf": {"n": "1"}}]}
    picture = module.Picture.from_json({"tenant": "t", "kind": "oil", "id": ULID, "tree": tree})
    assert isinstance(picture, own)
    assert picture.tree.children[0].leaf.n == "1"
    assert picture.to_json()["tree"] == tree
    assert picture.to_json()["pk"] == "t#oil"


def test_output_is_the_same_everywhere(packages):
    program = (
        "import json, pathlib, sys\n"
        "from kxmodel.dialect import read_folder\n"
        "from kxmodel.emit.models import emit\n"
        "from tests.emit.gallery import CLUB, GALLERY\n"
        "tables = [*read_folder(pathlib.Path(sys.argv[1])), GALLERY, CLUB]\n"
        "print(json.dumps({str(k): v for k, v in emit(tables, package='p').items()}))\n"
    )
    folder = str(ROOT / "schemas")
    here = emit([*packages["kxgen"], CLUB, GALLERY], package="p")
    for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-c", program, folder],
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "LC_ALL": locale, "PATH": ""},
            cwd="/",
            capture_output=True,
            check=True,
        )
        assert json.loads(done.stdout) == {str(p): text for p, text in here.items()}


def test_time_is_linear_in_the_number_of_tables(packages):
    table = packages["kxgen"][0]

    def numbered(number: int) -> ir.Table:
        entities = tuple(replace(e, name=f"{e.name}{number}") for e in table.entities)
        patterns = tuple(
            replace(p, entity=f"{p.entity}{number}", returns=()) for p in table.patterns
        )
        return replace(table, name=f"t{number}x", entities=entities, patterns=patterns)

    tables = [numbered(number) for number in range(300)]
    start = time.process_time()
    files = emit(tables, package="p")
    assert len(files) == 903
    assert time.process_time() - start < 5


def test_one_changed_fact_is_one_changed_line():
    def emitted(table):
        return emit([table], package="p")[path("things.py")].splitlines()

    table = small()
    (entity,) = table.entities
    described = replace(entity.attributes[1], description="What it is known by.")
    more = replace(entity, attributes=(entity.attributes[0], described))
    before, after = emitted(table), emitted(replace(table, entities=(more,)))
    assert [line for line in after if line not in before] == ['    """What it is known by."""']
    assert [line for line in before if line not in after] == []


def test_an_empty_project_gives_an_empty_package(tmp_path):
    files = emit([], package="p")
    assert sorted(map(str, files)) == ["__init__.py", "_codec/__init__.py", "_schema/__init__.py"]
    ruff(put(files, tmp_path))


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ([small("a.b", "A"), small("a-b", "B")], "KX026"),
        ([small("one"), small("two")], "KX026"),
        ([replace(small(), entities=())], "KX026"),
        ([replace(small(), entities=small().entities * 2)], "KX026"),
        ([replace(small(), structures=(ir.Structure("Thing", ()),))], "KX026"),
        ([small(entity="No Name")], "KX025"),
        ([small(entity="TYPE_CHECKING")], "KX025"),
    ],
)
def test_names_that_clash_or_cannot_be_are_refused(tables, code):
    with pytest.raises(UsageError) as caught:
        emit(tables, package="p")
    assert caught.value.code == code


@pytest.mark.parametrize("package", ["", "a b", "a..b", "import os; x", "a.class"])
def test_a_package_is_a_dotted_name(package):
    with pytest.raises(UsageError) as caught:
        emit([], package=package)
    assert caught.value.code == "KX025"


def test_the_order_of_the_tables_does_not_matter():
    assert emit([CLUB, GALLERY], package="p") == emit([GALLERY, CLUB], package="p")
