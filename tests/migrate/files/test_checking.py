from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.dialect import read_folder
from kxmodel.errors import MigrationFileError
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import check, load_folder, read_lock
from kxmodel.migrate.making import apply, relock
from kxmodel.migrate.state import State, state_of
from tests.migrate.folders import branch, grow
from tests.migrate.states import entity, index, keys, property_schema, table

ROOT = Path(__file__).parents[3]
FIRST = table()
SECOND = table(entity(indexes={"GSI1": keys()}), indexes=(index(),))


def codes(path: Path, state: State) -> list[str]:
    return [error.code for error in check(path, state)]


def test_our_own_migrations() -> None:
    schemas = state_of(read_folder(ROOT / "schemas"))
    assert check(ROOT / "migrations", schemas) == []
    folder = load_folder(ROOT / "migrations")
    assert folder.graph.head == "0009_validate_items"
    assert not any(t.indexes for t in folder.state_after("0001_create_tables").tables.values())
    assert all(each.reversible for each in folder.migrations.values())


def test_what_is_right(tmp_path: Path) -> None:
    assert check(tmp_path, State()) == []
    grow(tmp_path, FIRST, SECOND)
    assert check(tmp_path, SECOND) == []


def test_a_schema_that_changed_without_a_migration(tmp_path: Path) -> None:
    grow(tmp_path, FIRST)
    assert codes(tmp_path, SECOND) == ["KX610"]
    assert codes(tmp_path, table(entity(schema=property_schema(x={})))) == ["KX610"]
    assert codes(tmp_path / "nowhere", FIRST) == ["KX610"]


def test_a_file_that_was_changed(tmp_path: Path) -> None:
    grow(tmp_path, FIRST, SECOND)
    path = next(tmp_path.glob("0002*.py"))
    text = path.read_text()
    path.write_text(text.replace("    ", "  ").replace("migration =", "# more\nmigration ="))
    assert check(tmp_path, SECOND) == []
    path.write_text(text.replace("Deploy writers", "Deploy no writers"))
    (error,) = check(tmp_path, SECOND)
    assert (error.code, str(error.where)) == ("KX602", path.as_posix())
    # Nothing makes the change right but its author.
    with pytest.raises(MigrationFileError, match="KX602"):
        relock(load_folder(tmp_path), SECOND)


def test_a_snapshot(tmp_path: Path) -> None:
    grow(tmp_path, FIRST, SECOND)
    first, second = sorted(tmp_path.glob("0*.json"))
    content = second.read_text()
    second.write_text(first.read_text())
    assert codes(tmp_path, SECOND) == ["KX604"]
    second.unlink()
    assert codes(tmp_path, SECOND) == ["KX604"]
    second.write_text("{")
    assert codes(tmp_path, SECOND) == ["KX604"]
    second.unlink()
    folder = load_folder(tmp_path)
    assert apply(folder, relock(folder, SECOND)) == [second]
    assert second.read_text() == content


def test_a_lock(tmp_path: Path) -> None:
    grow(tmp_path, FIRST, SECOND)
    lock = tmp_path / "lock.json"
    content = lock.read_text()
    for damaged in ("{", "[]", '{"migrations": {"0001_a": "no"}}', "<<<<<<< one\n"):
        lock.write_text(damaged)
        assert codes(tmp_path, SECOND) == ["KX603"]
    lock.unlink()
    assert codes(tmp_path, SECOND) == ["KX603", "KX603"]
    lock.write_text(content.replace('"0001', '"0000_a": "sha256:' + "0" * 64 + '",\n  "0001'))
    assert codes(tmp_path, SECOND) == ["KX603"]
    lock.write_text(content)
    assert len(read_lock(tmp_path)) == 2


def test_two_heads_are_named(tmp_path: Path) -> None:
    folder = grow(tmp_path, FIRST, SECOND)
    other = Migration("0002_ttl", [op.SetTimeToLive("messages", "x")], folder.graph.order[0])
    branch(tmp_path, other, other.apply(FIRST))
    (error,) = check(tmp_path, SECOND)
    assert error.code == "KX608"
    assert "0002_ttl" in error.message
