from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect import DIALECT, check, document, library, read_folder, read_table
from kxmodel.errors import SchemaError
from tests.dialect.conftest import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.dialect.document import Document
    from kxmodel.ir import Table

PROJECT = Path(__file__).parents[2]


def test_a_folder_in_the_order_of_its_files(small: dict, write: Callable, tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        small["x-kx-table"]["name"] = f"table-{name}"
        write(small, f"{name}.json")
    write({"$defs": {}}, "library.json")
    write({"unrelated": [1]}, "package.json")
    write("not a schema", "notes.txt")
    tables = read_folder(tmp_path / "schemas")
    assert [(table.name, table.source) for table in tables] == [
        ("table-a", "schemas/a.json"),
        ("table-b", "schemas/b.json"),
        ("table-c", "schemas/c.json"),
    ]


def test_what_tables_share_is_read_and_checked_once(
    small: dict, write: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, checked = [], []

    def load(path: Path, file: str) -> Document:
        read.append(path.name)
        return document.load(path, file)

    def check_document(found: Document) -> None:
        checked.append(found.path.name)
        check.check_document(found)

    monkeypatch.setattr(library, "load", load)
    monkeypatch.setattr(library, "check_document", check_document)
    write({"$schema": DIALECT, "$defs": {"Id": {"type": "string"}}}, "types.json")
    for name in ("a", "b"):
        small["x-kx-table"]["name"] = f"table-{name}"
        small["properties"]["id"] = {"$ref": "types.json#/$defs/Id"}
        small["properties"]["b"] = {"$ref": "b.json#/properties/id"}
        write(small, f"{name}.json")
    one, other = read_folder(tmp_path / "schemas")
    assert sorted(read) == sorted(checked) == ["a.json", "b.json", "types.json"]
    # Each table knows its own file by bare pointers, and every other by its name.
    assert str(one.locations["b.json#/properties/b"]) == str(other.locations["/properties/b"])
    assert "b.json#/properties/b" not in other.locations


def test_the_reference_validator_waits_for_a_fault() -> None:
    program = (
        "import sys; from pathlib import Path; from kxmodel.dialect import read_folder; "
        "read_folder(Path(sys.argv[1])); print('jsonschema' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(FIXTURES)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "False"


def test_files_are_shown_relative_to_the_root(small: dict, write: Callable, tmp_path: Path) -> None:
    path = write(small)
    assert read_table(path).source == "things.json"
    assert read_table(path, tmp_path).source == "schemas/things.json"
    assert read_table(path, tmp_path / "elsewhere").source == "things.json"
    assert str(read_table(path, tmp_path).entities[0].location) == "schemas/things.json:1:1"


@pytest.mark.parametrize(("one", "other"), [("things", "things"), ("th-ings", "th_ings")])
def test_two_tables_of_one_name(
    small: dict, write: Callable, tmp_path: Path, one: str, other: str
) -> None:
    for file, name in (("a.json", one), ("b.json", other)):
        small["x-kx-table"]["name"] = name
        write(small, file)
    with pytest.raises(SchemaError) as caught:
        read_folder(tmp_path / "schemas")
    assert caught.value.code == "KX150"
    assert str(caught.value.where) == "schemas/b.json:4:11"
    assert "schemas/a.json" in str(caught.value)


def test_a_library_that_names_the_dialect_is_checked(write: Callable, tmp_path: Path) -> None:
    write({"$schema": "urn:kxmodel:dialect:1", "$defs": {"A": {"tpye": 1}}}, "library.json")
    with pytest.raises(SchemaError, match="did you mean 'type'"):
        read_folder(tmp_path / "schemas")


def test_a_broken_file_stops_the_folder(small: dict, write: Callable, tmp_path: Path) -> None:
    write(small)
    write("{", "z.json")
    with pytest.raises(SchemaError, match=r"^schemas/z\.json:1:2: KX102"):
        read_folder(tmp_path / "schemas")


def test_what_is_no_table(write: Callable, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="x-kx-table is missing"):
        read_table(write({"$schema": "urn:kxmodel:dialect:1"}))
    with pytest.raises(SchemaError, match="KX101"):
        read_table(tmp_path / "missing.json")
    with pytest.raises(SchemaError, match="no such folder"):
        read_folder(tmp_path / "missing")


def test_an_entity_needs_a_table(small: dict, write: Callable, tmp_path: Path) -> None:
    del small["x-kx-table"]
    write(small)
    with pytest.raises(SchemaError, match="KX109"):
        read_folder(tmp_path / "schemas")


def test_reading_is_the_same_whatever_the_machine(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kxmodel.dialect import read_folder;"
        "sys.stdout.reconfigure(encoding='utf-8');"
        "print([(t, [e.schema for e in t.entities]) for t in read_folder(Path(sys.argv[1]))])"
    )
    outputs = set()
    for seed, locale, cwd in (
        ("0", "C", tmp_path),
        ("1", "C.UTF-8", PROJECT),
        ("77", "C", PROJECT),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(PROJECT)}
        done = subprocess.run(
            [sys.executable, "-c", program, str(FIXTURES)],
            cwd=cwd,
            env=env,
            capture_output=True,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_line_ends_do_not_matter(small: dict, write: Callable) -> None:
    path = write(small)
    unix = read_table(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    windows = read_table(path)
    assert windows == unix
    assert windows.locations == unix.locations


def test_every_pointer_has_its_place(notes: Table) -> None:
    entity = notes.entity("Note")
    for attribute in entity.attributes:
        assert notes.locate(attribute.pointer) is not None
    for structure in notes.structures:
        assert structure.pointer in notes.locations
    place = notes.locate(f"{entity.pointer}/x-kx-entity/keys/owner_key/unknown")
    assert str(place) == "notes.json:24:27"
    assert notes.locate("/zzz") == notes.locations[""]


@pytest.mark.parametrize(
    "folder", ["schemas", "examples/shop/schemas", "examples/membership/schemas"]
)
def test_the_schemas_of_this_repository(folder: str) -> None:
    tables = read_folder(PROJECT / folder, PROJECT)
    assert tables
    assert all(table.patterns and table.entities for table in tables)
