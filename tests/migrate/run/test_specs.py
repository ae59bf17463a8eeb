"""What travels to a worker, and the task that the worker makes of it from its own files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate import operations as op
from kxmodel.migrate.operations.judging import proof_task
from kxmodel.migrate.run.passes import Move, moves, task_of
from kxmodel.migrate.run.path import Step
from kxmodel.migrate.run.specs import spec_of_move, spec_of_proof
from kxmodel.migrate.state import digest
from kxmodel.migrate.tasks import Task, TaskSpec
from tests.migrate.run.workshop import CHANGE, CREATE, INDEX, build, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.run.events import Direction


TYPED = {"type": "object", "properties": {"kind": {"type": "string"}}}


def step(folder: Folder, revision: str, direction: Direction) -> Step:
    migration = folder.migrations[revision]
    done = 0 if direction == "up" else len(migration.operations)
    return Step(migration, direction, done, tuple(folder.states(revision)))


def over_items(folder: Folder) -> Iterator[tuple[Step, Move]]:
    """Every move that goes over items, up and down."""
    for revision in folder.graph.order:
        ways: list[Direction] = ["up"]
        if folder.migrations[revision].reversible:
            ways.append("down")
        for way in ways:
            one = step(folder, revision, way)
            for move in moves(one, remove_values=True):
                if move.operations and move.operations[0].kind in ("data", "verify"):
                    yield one, move


def travelled(spec: TaskSpec) -> Task:
    """The task as a worker has it."""
    return TaskSpec.from_json(json.loads(json.dumps(spec.to_json()))).load()


def verdicts(task: Task) -> list[Any]:
    """What a task says of items in different states, each judged again after its change."""
    said = []
    for number in range(20):
        item: dict[str, Any] = {**note(number)}
        for _ in range(2):
            verdict = task.judge(item)
            said.append(verdict)
            item = {**(verdict.moved or item), **verdict.set}
            item = {name: value for name, value in item.items() if name not in verdict.remove}
    return said


def test_every_operation_over_items_can_travel(tmp_path: Path) -> None:
    folder = build(tmp_path / "migrations")
    seen = set()
    for one, move in over_items(folder):
        here, there = task_of(move), travelled(spec_of_move(folder, one, move))
        assert (there.table, there.reads, there.writes) == (here.table, here.reads, here.writes)
        assert verdicts(there) == verdicts(here)
        seen |= {type(each) for each in move.operations}
    every = {getattr(op, name) for name in op.__all__}
    assert seen == {each for each in every if getattr(each, "kind", "") in ("data", "verify")}


def test_several_backfills_travel_as_one(tmp_path: Path) -> None:
    folder = build(tmp_path / "migrations")
    one = step(folder, "0002_index", "up")
    first = next(moves(one))
    assert (first.number, first.done) == (1, 2)
    there = travelled(spec_of_move(folder, one, first))
    assert there.writes == {"GSI1PK", "GSI1SK", "GSI2PK"}


def test_neither_code_nor_credentials_travel(tmp_path: Path) -> None:
    folder = build(tmp_path / "migrations")
    one = step(folder, "0003_change", "up")
    text = json.dumps(spec_of_move(folder, one, next(moves(one))).to_json())
    assert "HOUSE" not in text
    assert "move_in" not in text
    assert len(text) < 600


def first_spec(folder: Folder, revision: str = "0003_change") -> TaskSpec:
    one = step(folder, revision, "up")
    return spec_of_move(folder, one, next(moves(one)))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"change": CHANGE.replace('"house-"', '"home-"')}, "0003_change is sha256:"),
        ({"index": INDEX.replace("${kind|upper}", "${kind}")}, "before 0003_change lead"),
        ({"create": CREATE.replace('"2"', '"20"')}, "before 0003_change lead"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    spec = first_spec(build(tmp_path / "migrations"))
    build(tmp_path / "migrations", **changed)
    with pytest.raises(BackfillError, match=told) as raised:
        travelled(spec)
    assert raised.value.code == "KX632"


def test_comments_are_no_other_file(tmp_path: Path) -> None:
    spec = first_spec(build(tmp_path / "migrations"))
    build(tmp_path / "migrations", change=CHANGE.replace("HOUSE = ", "# where they live\nHOUSE = "))
    assert travelled(spec).judge(note(1)).set["owner"] == {"S": "house-o1"}


def test_a_lacking_file_is_told(tmp_path: Path) -> None:
    spec = first_spec(build(tmp_path / "migrations"))
    for path in (tmp_path / "migrations").glob("0003*"):
        path.unlink()
    (tmp_path / "migrations/0004_lose.py").unlink()
    with pytest.raises(BackfillError, match="there is no 0003_change") as raised:
        travelled(spec)
    assert raised.value.code == "KX632"


def test_a_worker_elsewhere_takes_its_own_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = first_spec(build(tmp_path / "here/migrations"))
    (tmp_path / "here").rename(tmp_path / "gone")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BackfillError, match="here/migrations") as raised:
        travelled(spec)
    assert raised.value.code == "KX632"
    build(tmp_path / "other/steps")
    (tmp_path / "other/kxmodel.toml").write_text('migrations = "steps"\n')
    monkeypatch.chdir(tmp_path / "other")
    assert travelled(spec).judge(note(1)).set["owner"] == {"S": "house-o1"}


def test_where_the_files_lie_is_no_part_of_a_run(tmp_path: Path) -> None:
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    assert first_spec(first).digest == first_spec(second).digest
    assert first_spec(first).digest != first_spec(first, "0002_index").digest


def test_a_proof_travels_with_the_state_alone(tmp_path: Path) -> None:
    state = build(tmp_path / "migrations").state_after("0003_change")
    table = state.table("notes")
    typed = replace(table.entity("Note"), schema=TYPED, schema_digest=digest(TYPED))
    state = state.with_table(table.with_entity(typed))
    here = proof_task(state, "notes")
    assert here is not None
    spec = spec_of_proof(state, "notes")
    assert travelled(spec) == here
    assert verdicts(travelled(spec)) == verdicts(here)
    odd = note(1) | {"kind": {"N": "5"}}
    assert travelled(spec).judge(odd).kind == here.judge(odd).kind == "bad"


def test_a_worker_knows_what_was_beside_it(tmp_path: Path) -> None:
    """A branch that was joined: its index keys follow what this migration changes."""
    change = CHANGE.replace('follows="0002_index"', 'follows="0001_create"')
    folder = build(tmp_path / "migrations", change=change)
    states = tuple(folder.states("0003_change", ["0002_index"]))
    one = Step(folder.migrations["0003_change"], "up", 0, states, ("0002_index",))
    move = next(moves(one))
    spec = spec_of_move(folder, one, move)
    assert travelled(spec).writes == task_of(move).writes == {"owner", "GSI1PK", "GSI1SK"}
    for name in ("0002_index.py", "0004_lose.py"):
        (tmp_path / "migrations" / name).unlink()
    with pytest.raises(BackfillError, match="there is no 0002_index"):
        travelled(spec)


@pytest.mark.parametrize("arguments", [{}, {"revision": 1}, {"revision": "0003_change"}])
def test_a_malformed_spec_is_told(tmp_path: Path, arguments: Any) -> None:
    build(tmp_path / "migrations")
    factory = first_spec(build(tmp_path / "migrations")).factory
    with pytest.raises(BackfillError, match="KX628"):
        TaskSpec(factory, arguments, str(tmp_path / "migrations")).load()
