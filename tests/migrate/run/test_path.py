"""From what the history says to a target."""

from __future__ import annotations

from pathlib import Path

import pytest

from kxmodel.errors import MigrationError, TargetError
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import Folder
from kxmodel.migrate.history import Record, State
from kxmodel.migrate.run.passes import moves, task_of
from kxmodel.migrate.run.path import find_path
from tests.migrate.run.story import BOTH, CREATE, LEAD, folder

STORY = folder(CREATE, BOTH, [op.WaitForWriters("now")])
TOTALS = {"0001_step": 2, "0002_step": 5, "0003_step": 1}


def records(story: Folder = STORY, **states: tuple[State, int]) -> dict[str, Record]:
    return {
        f"{name[1:]}_step": Record(
            f"{name[1:]}_step", state, story.migrations[f"{name[1:]}_step"].checksum, done, 9
        )
        for name, (state, done) in states.items()
    }


ONE = {"r0001": ("applied", 2)}
TWO = {**ONE, "r0002": ("applied_with_exceptions", 5)}
HALF = {**ONE, "r0002": ("failed", 3)}


@pytest.mark.parametrize(
    ("known", "target", "path"),
    [
        ({}, None, "up 1 0, up 2 0, up 3 0"),
        ({}, "1", "up 1 0"),
        (ONE, "0001_step", ""),
        (ONE, None, "up 2 0, up 3 0"),
        (ONE, "+1", "up 2 0"),
        (TWO, "-1", "down 2 5"),
        (TWO, "0", "down 2 5, down 1 2"),
        (TWO, "0001", "down 2 5"),
        (HALF, None, "up 2 3, up 3 0"),
        (HALF, "+1", "up 2 3"),
        (HALF, "-1", "down 2 3"),
        (HALF, "1", "down 2 3"),
        ({**ONE, "r0002": ("paused", 0)}, "1", "down 2 0"),
        ({**ONE, "r0002": ("rolled_back", 0)}, None, "up 2 0, up 3 0"),
        ({**ONE, "r0002": ("rolled_back", 0)}, "1", ""),
    ],
)
def test_the_steps_to_a_target(
    known: dict[str, tuple[State, int]], target: str | None, path: str
) -> None:
    steps = find_path(STORY, records(**known), target)
    told = ", ".join(f"{s.direction} {int(s.revision[:4])} {s.done}" for s in steps)
    assert told == path


def test_a_target_that_is_none() -> None:
    with pytest.raises(TargetError):
        find_path(STORY, {}, "0009")
    with pytest.raises(TargetError):
        find_path(STORY, records(**ONE), "-2")


def test_a_gap_in_the_history_is_refused() -> None:
    with pytest.raises(MigrationError, match="0002_step is in effect, and 0001_step") as raised:
        find_path(STORY, records(r0002=("applied", 5)), None)
    assert raised.value.code == "KX652"


def test_a_merged_branch_is_gone_through_before_its_merge() -> None:
    made = {
        each.revision: each
        for each in (
            Migration("0001_step", CREATE),
            Migration("0002_a", LEAD, "0001_step"),
            Migration("0002_b", [op.WaitForWriters("b")], "0001_step"),
            Migration("0003_merge", [], ["0002_a", "0002_b"]),
        )
    }
    story = Folder(Path("migrations"), made, {})
    known = {
        name: Record(name, "applied", made[name].checksum, 9, 9) for name in ("0001_step", "0002_a")
    }
    assert [s.revision for s in find_path(story, known, None)] == ["0002_b", "0003_merge"]
    assert [(s.direction, s.revision) for s in find_path(story, known, "0001")] == [
        ("down", "0002_a")
    ]


def test_the_moves_up_and_down_name_how_much_is_in_effect() -> None:
    (up,) = find_path(STORY, records(**ONE), "2")
    assert [(m.number, m.done) for m in moves(up)] == [(1, 2), (3, 3), (4, 4), (5, 5)]
    (down,) = find_path(STORY, records(**TWO), "1")
    assert [(m.number, m.done) for m in moves(down)] == [(5, 4), (4, 3), (3, 2), (2, 1), (1, 0)]
    removing = list(moves(down, remove_values=True))
    assert [(m.number, m.done) for m in removing[3:]] == [(2, 2), (2, 1), (1, 1), (1, 0)]
    assert [type(m.operations[0]).__name__ for m in removing if m.operations] == [
        "DropIndex", "DropIndex", "RemoveKeys", "SetEntityKeys", "RemoveKeys", "SetEntityKeys"
    ]  # fmt: skip


def test_a_resumed_pass_holds_what_is_left_of_it() -> None:
    (step,) = find_path(STORY, records(r0001=("applied", 2), r0002=("paused", 1)), "2")
    first = next(moves(step))
    assert (first.number, first.done, len(first.operations)) == (2, 2, 1)


def test_one_pass_fills_all_indexes_of_an_entity() -> None:
    (step,) = find_path(STORY, records(**ONE), "2")
    task = task_of(next(moves(step)))
    assert task.writes == {"GSI1PK", "GSI2PK", "GSI2SK"}
    verdict = task.judge(
        {"pk": {"S": "t"}, "sk": {"S": "1"}, "tenant": {"S": "t"}, "ts": {"S": "1"}}
    )
    assert verdict.set == {"GSI1PK": {"S": "t#1"}}


OWNED = op.BackfillKeys("messages", "Message", "GSI9", {"GSI9PK": "${lead}"})
BRANCHES = Folder(
    Path("migrations"),
    {
        name: Migration(name, operations, follows)
        for name, operations, follows in (
            ("0001_step", CREATE, None),
            ("0002_index", [OWNED], "0001_step"),
            ("0002_remove", [op.RemoveAttribute("messages", "Message", "lead")], "0001_step"),
            ("0003_merge", [], ["0002_index", "0002_remove"]),
        )
    },
    {},
)


def test_what_another_branch_brought_is_beside_a_step() -> None:
    """Its keys follow what this one changes, whichever of them was applied first."""
    steps = {step.revision: step for step in find_path(BRANCHES, {}, None)}
    assert steps["0002_index"].beside == ()
    changing = steps["0002_remove"]
    assert changing.beside == ("0002_index",)
    (move,) = moves(changing)
    assert task_of(move).writes == {"lead", "GSI9PK"}
    assert steps["0003_merge"].beside == ()
    there = {
        name: Record(name, "applied", each.checksum, len(each.operations), 9)
        for name, each in BRANCHES.migrations.items()
    }
    down = find_path(BRANCHES, there, "0")
    assert [(step.revision, step.beside) for step in down] == [
        ("0003_merge", ()),
        ("0002_remove", ("0002_index",)),
        ("0002_index", ()),
        ("0001_step", ()),
    ]
    (alone,) = find_path(
        BRANCHES, {n: there[n] for n in ("0001_step", "0002_remove")}, "0002_index"
    )[1:]
    assert (alone.revision, alone.beside) == ("0002_index", ())
