"""Which operations are done in one go."""

from __future__ import annotations

from dataclasses import replace

from kxmodel.migrate import operations as op
from kxmodel.migrate.run.passes import moves, task_of
from kxmodel.migrate.run.path import find_path
from tests.migrate.run.story import CREATE, folder

KEYS = {"GSI1": {"G1": "${tenant}"}, "GSI2": {"G2": "${lead}"}}
FILL = [op.BackfillKeys("messages", "Message", name, keys) for name, keys in KEYS.items()]
PROVE = [op.VerifyKeys("messages", name) for name in KEYS]


def test_adjacent_backfills_are_one_pass_and_adjacent_proofs_one_scan() -> None:
    step = find_path(folder(CREATE, [*FILL, *PROVE]), {}, None)[1]
    filling, proving = moves(step)
    assert (filling.number, filling.done) == (1, 2)
    assert (proving.number, proving.done) == (3, 4)
    assert proving.sentence == "Verify the keys in GSI1, GSI2 of messages by a second scan."
    assert {"tenant", "lead"} <= set(task_of(proving).reads or ())


def test_a_proof_of_all_indexes_takes_those_of_single_ones_in() -> None:
    step = find_path(folder(CREATE, [*FILL, op.VerifyKeys("messages"), *PROVE]), {}, None)[1]
    _, proving = moves(step)
    assert proving.done == 5
    assert proving.sentence == "Verify every index key of messages by a second scan."


def test_proofs_of_another_table_or_after_something_else_are_another_scan() -> None:
    steps = [FILL[0], PROVE[0], FILL[1], PROVE[1]]
    assert len(list(moves(find_path(folder(CREATE, steps), {}, None)[1]))) == 4


def test_down_each_is_undone_by_itself() -> None:
    made = folder(CREATE, [*FILL, *PROVE])
    step = find_path(made, {}, None)[1]
    assert [each.done for each in moves(step)] == [2, 4]


def test_backfills_that_know_an_entity_in_two_ways_are_two_passes() -> None:
    one, other = FILL
    old = replace(other, recognise={"prefix": {"sk": "OLD#"}})
    for operations, ends in (([one, old], [1, 2]), ([old, one], [1, 2]), ([old, old], [2])):
        step = find_path(folder(CREATE, operations), {}, None)[1]
        assert [each.done for each in moves(step)] == ends
    plain = {"tenant": {"S": "t"}, "lead": {"S": "l"}, "pk": {"S": "t"}, "sk": {"S": "1"}}
    first, _ = moves(find_path(folder(CREATE, [one, old]), {}, None)[1])
    assert task_of(first).judge(plain).set == {"G1": {"S": "t"}}
