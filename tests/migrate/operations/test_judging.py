from __future__ import annotations

import pytest

from kxmodel.errors import OperationError
from kxmodel.migrate import operations as op
from kxmodel.migrate.state import IndexKeysState
from tests.migrate.operations.test_operations import KEYS, same
from tests.migrate.states import entity, index, key, keys, table

ITEM = {"pk": {"S": "t"}, "sk": {"S": "1"}, "tenant": {"S": "t"}, "id": {"S": "1"}}
WITH_LEAD = {**ITEM, "lead": {"S": "l"}}
STAMPED = {**WITH_LEAD, "GSI1PK": {"S": "l"}, "GSI1SK": {"S": "1"}}
BARE = table()
DONE = table(entity(indexes={"GSI1": keys()}), indexes=(index(),))


def test_backfill() -> None:
    task = op.BackfillKeys("messages", "Message", "GSI1", KEYS).task(BARE, DONE)
    assert task.writes == {"GSI1PK", "GSI1SK"}
    verdict = task.judge(WITH_LEAD)
    assert verdict.kind == "change"
    assert verdict.set == {"GSI1PK": {"S": "l"}, "GSI1SK": {"S": "1"}}
    assert task.judge(STAMPED).kind == "already"
    assert task.judge(ITEM).kind == "skipped"


def test_the_index_to_come_says_what_its_keys_are() -> None:
    numbers = {"GSI1PK": "${lead}", "GSI1SK": "${n}"}
    after = table(indexes=(index(range=(key("GSI1SK", "N"),)),))
    task = op.BackfillKeys("messages", "Message", "GSI1", numbers).task(BARE, after)
    assert task.judge({**WITH_LEAD, "n": {"N": "7"}}).set["GSI1SK"] == {"N": "7"}


def test_removal_takes_back_what_the_backfill_gave() -> None:
    removal = op.BackfillKeys("messages", "Message", "GSI1", KEYS).removal()
    assert set(removal.task(DONE).judge(STAMPED).remove) == {"GSI1PK", "GSI1SK"}
    assert removal.inverse(DONE) == op.BackfillKeys("messages", "Message", "GSI1", KEYS)


def test_verify_looks_at_the_indexes_asked_for() -> None:
    both = table(entity(indexes={"GSI1": keys(), "GSI2": keys("GSI2")}))
    assert op.VerifyKeys("messages", "GSI2").task(both).writes == {"GSI2PK", "GSI2SK"}
    assert len(op.VerifyKeys("messages").task(both).writes) == 4


def change_lead(item: dict) -> dict:
    return {"lead": item["lead"].upper()}


def test_a_transform_takes_the_keys_along() -> None:
    task = op.TransformAttribute("messages", "Message", change_lead, ["lead"]).task(DONE)
    verdict = task.judge(STAMPED)
    assert verdict.set == {"lead": {"S": "L"}, "GSI1PK": {"S": "L"}}
    alone = op.TransformAttribute("messages", "Message", same, ["a"]).task(DONE)
    assert alone.writes == {"a"}


def test_a_transform_takes_derived_attributes_along() -> None:
    derive = {"shout": "${lead}!", "twice": "${shout}-${shout}", "other": "${tenant}"}
    state = table(entity(indexes={"GSI1": keys()}, derive=derive), indexes=(index(),))
    task = op.TransformAttribute("messages", "Message", change_lead, ["lead"]).task(state)
    assert task.writes == {"lead", "shout", "twice", "GSI1PK", "GSI1SK"}
    verdict = task.judge({**STAMPED, "shout": {"S": "l!"}, "twice": {"S": "l!-l!"}})
    assert verdict.set == {
        "lead": {"S": "L"},
        "shout": {"S": "L!"},
        "twice": {"S": "L!-L!"},
        "GSI1PK": {"S": "L"},
    }


def move_house(item: dict) -> dict:
    return {"tenant": "other"}


def fill_in(item: dict) -> dict:
    return {"tenant": item["pk"]}


def test_a_change_after_which_the_primary_key_would_be_another_is_refused() -> None:
    for operation in (
        op.TransformAttribute("messages", "Message", move_house, ["tenant"]),
        op.RemoveAttribute("messages", "Message", "tenant"),
        op.DeriveAttributes("messages", "Message", {"tenant": "of ${id}"}),
    ):
        verdict = operation.task(DONE).judge(STAMPED)
        assert not verdict.writes
        assert verdict.problem is not None
        assert verdict.problem.code == "KX637"


def test_a_source_of_the_primary_key_may_be_filled_in_as_the_key_says() -> None:
    old = {name: value for name, value in ITEM.items() if name != "tenant"}
    task = op.TransformAttribute("messages", "Message", fill_in, ["pk"], ["tenant"]).task(DONE)
    assert task.judge(old).set == {"tenant": {"S": "t"}}
    assert op.AddAttribute("messages", "Message", "tenant", "t").task(DONE).judge(old).set
    wrong = op.AddAttribute("messages", "Message", "tenant", "u").task(DONE).judge(old)
    assert wrong.problem is not None
    assert wrong.problem.code == "KX637"


def test_attributes() -> None:
    assert op.AddAttribute("messages", "Message", "x", 1).task(DONE).judge(ITEM).set == {
        "x": {"N": "1"}
    }
    renamed = op.RenameAttribute("messages", "Message", "lead", "l").task(DONE).judge(STAMPED)
    assert (renamed.set, renamed.remove) == ({"l": {"S": "l"}}, ("lead",))
    removed = op.RemoveAttribute("messages", "Message", "lead").task(DONE).judge(STAMPED)
    assert set(removed.remove) == {"lead", "GSI1PK", "GSI1SK"}


def test_validation_takes_the_schema_that_is_asked_for() -> None:
    strict = entity(schema={"type": "object", "required": ["x"]})
    digest = strict.schema_digest
    now, then = op.ValidateItems("messages"), op.ValidateItems("messages", "Message", schema=digest)
    assert now.task(BARE).judge(ITEM).kind == "already"
    assert then.task(BARE, table(strict)).judge(ITEM).kind == "bad"
    with pytest.raises(OperationError, match="KX612"):
        then.task(BARE)


def test_a_source_of_what_a_key_is_made_of_has_a_type_too() -> None:
    state = table(
        entity(
            indexes={"GSI1": IndexKeysState({"GSI1PK": "${shout}"})},
            derive={"shout": "${lead}!"},
        ),
        indexes=(index(range=()),),
    )
    verdict = op.VerifyKeys("messages").task(state).judge({**ITEM, "lead": {"N": "1"}})
    assert not verdict.writes
    assert verdict.problem is not None
    assert verdict.problem.code == "KX324"
