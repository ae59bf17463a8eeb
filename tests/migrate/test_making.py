from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.errors import GraphError, MigrationError
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import LOCK, check, load_folder, lock_text, read_lock
from kxmodel.migrate.making import apply, make_merge, make_next, relock
from kxmodel.migrate.state import SettingsState
from tests.migrate.files.test_checking import FIRST, SECOND
from tests.migrate.folders import branch, grow
from tests.migrate.states import entity, index, keys, table

if TYPE_CHECKING:
    from pathlib import Path

BOTH = table(entity(indexes={"GSI1": keys()}), indexes=(index(),), settings=SettingsState(ttl="x"))


def test_next(tmp_path: Path) -> None:
    folder = grow(tmp_path, FIRST)
    assert make_next(folder, FIRST) is None
    made = make_next(folder, SECOND, message="Messages by lead!")
    assert made is not None
    assert made.migration is not None
    assert made.migration.revision == "0002_messages_by_lead"
    assert made.migration.follows == "0001_create_messages"
    assert made.migration.description == "Messages by lead!"
    assert sorted(made.files) == ["0002_messages_by_lead.json", "0002_messages_by_lead.py", LOCK]
    assert len(apply(folder, made)) == 3
    assert apply(folder, made) == []
    assert check(tmp_path, SECOND) == []


@pytest.fixture
def forked(tmp_path: Path) -> Path:
    folder = grow(tmp_path, FIRST, SECOND)
    other = Migration("0002_ttl", [op.SetTimeToLive("messages", "x")], folder.graph.order[0])
    branch(tmp_path, other, other.apply(FIRST))
    return tmp_path


def test_branches_are_joined(forked: Path) -> None:
    folder = load_folder(forked)
    with pytest.raises(GraphError, match="KX608"):
        make_next(folder, BOTH)
    made = make_merge(folder, BOTH)
    assert made is not None
    assert made.migration == Migration("0003_merge_0002_0002", [], folder.graph.heads)
    apply(folder, made)
    assert check(forked, BOTH) == []
    assert make_merge(load_folder(forked), BOTH) is None


def test_a_lock_with_conflict_markers_is_joined_too(forked: Path) -> None:
    locked = read_lock(forked)
    both = sorted(each for each in locked if each.startswith("0002"))
    sides = [lock_text({n: locked[n] for n in ("0001_create_messages", each)}) for each in both]
    text = f"<<<<<<< ours\n{sides[0]}=======\n{sides[1]}>>>>>>> theirs\n"
    (forked / LOCK).write_text(text)
    folder = load_folder(forked)
    assert [error.code for error in check(forked, BOTH)] == ["KX608"]
    made = make_merge(folder, BOTH)
    assert made is not None
    apply(folder, made)
    assert check(forked, BOTH) == []
    (forked / LOCK).write_text(
        text.replace(sides[1], sides[0].replace(locked[both[0]][-9:], "0" * 9))
    )
    with pytest.raises(MigrationError, match="two checksums"):
        make_merge(load_folder_without(forked, "0003_merge_0002_0002"), BOTH)


def load_folder_without(path: Path, revision: str) -> object:
    for name in (f"{revision}.py", f"{revision}.json"):
        (path / name).unlink()
    return load_folder(path)


def test_the_joining_migration_brings_what_the_schemas_say_beside(forked: Path) -> None:
    folder = load_folder(forked)
    made = make_merge(folder, SECOND)
    assert made is not None
    assert made.migration is not None
    assert made.migration.operations == (op.SetTimeToLive("messages", None),)


def test_by_hand(tmp_path: Path) -> None:
    folder = grow(tmp_path, FIRST)
    unknown = Migration(
        "0002_a", [op.SetSchema("messages", "Message", "sha256:" + "0" * 64)], folder.graph.head
    )
    from kxmodel.migrate.writer import write

    (tmp_path / "0002_a.py").write_text(write(unknown))
    with pytest.raises(MigrationError, match=r"no file holds the schema of messages\.Message"):
        relock(load_folder(tmp_path), FIRST)
