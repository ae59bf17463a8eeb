from __future__ import annotations

import pytest

from kxmodel.errors import OperationError
from kxmodel.migrate import operations as op
from kxmodel.migrate.state import IndexKeysState
from tests.migrate.operations.test_judging import ITEM
from tests.migrate.states import entity, index, table

KEYS = {"pk": "${tenant}", "sk": "${id}"}
BEFORE = table(
    entity(
        indexes={
            "GSI1": IndexKeysState({"GSI1PK": "${full}", "GSI1SK": "${id}"}),
            "GSI2": IndexKeysState({"GSI2PK": "${lead}"}),
        },
        derive={"full": "${tenant}-x", "more": "${full}"},
        version="v",
    ),
    indexes=(index(), index("GSI2", range=())),
)


def lower_tenant(item: dict) -> dict:
    return {"tenant": item["tenant"].lower()}


def test_derived_attributes_and_index_keys_follow() -> None:
    rekey = op.Rekey("messages", "Message", KEYS, {"tenant": "${tenant|lower}"})
    task = rekey.task(BEFORE)
    assert task.writes == {"pk", "sk", "tenant", "v", "full", "more", "GSI1PK", "GSI1SK"}
    moved = task.judge({**ITEM, "tenant": {"S": "T"}, "pk": {"S": "T"}}).moved
    assert moved == {
        **ITEM,
        "v": {"N": "1"},
        "full": {"S": "t-x"},
        "more": {"S": "t-x"},
        "GSI1PK": {"S": "t-x"},
        "GSI1SK": {"S": "1"},
    }


def test_attributes_that_may_be_added_meanwhile_are_guarded() -> None:
    task = op.Rekey("messages", "Message", {"pk": "T#${tenant}", "sk": "${id}"}).task(BEFORE)
    guards = task.judge(ITEM).guards
    absent = {path[0] for path, value in guards.items() if value is None}
    assert absent == {"lead", "v", "full", "more", "GSI1PK", "GSI1SK", "GSI2PK"}


def test_a_function_may_change_what_the_key_is_made_of() -> None:
    rekey = op.Rekey("messages", "Message", KEYS, function=lower_tenant)
    assert rekey.changes == ("tenant", "id")
    assert "after lower_tenant() changed tenant, id" in rekey.describe()
    moved = rekey.task(table()).judge({**ITEM, "tenant": {"S": "T"}, "pk": {"S": "T"}}).moved
    assert moved == ITEM
    assert not rekey.reversible
    assert rekey.destroys == "the old values of tenant, id on every Message of messages"


def test_a_source_that_no_key_is_made_of_is_refused() -> None:
    with pytest.raises(OperationError, match="no key is made of lead"):
        op.Rekey("messages", "Message", KEYS, {"lead": "${lead|lower}"})


@pytest.mark.parametrize(
    ("recognise", "keys", "fits"),
    [
        ({"prefix": {"pk": "USER#"}}, {"pk": "USER#${tenant}", "sk": "${id}"}, True),
        ({"prefix": {"pk": "USER#"}}, {"pk": "USER#EU#${tenant}", "sk": "${id}"}, True),
        ({"prefix": {"pk": "USER#"}}, {"pk": "${tenant}", "sk": "${id}"}, True),
        ({"prefix": {"pk": "USER#"}}, {"pk": "U#${tenant}", "sk": "${id}"}, False),
        ({"prefix": {"tenant": "a"}}, {"pk": "U#${tenant}", "sk": "${id}"}, True),
        ({"equals": {"sk": "PROFILE"}}, {"pk": "${tenant}", "sk": "PROFILE"}, True),
        ({"equals": {"sk": "PROFILE"}}, {"pk": "${tenant}", "sk": "PROFILE2"}, False),
        ({"equals": {"sk": "PROFILE"}}, {"pk": "${tenant}", "sk": "PRO${id}"}, True),
        ({"equals": {"sk": "PROFILE"}}, {"pk": "${tenant}", "sk": "PROFILE#${id}"}, False),
    ],
)
def test_a_moved_item_has_to_be_known_as_what_it_is(
    recognise: dict, keys: dict, fits: bool
) -> None:
    before = table(entity(recognise=recognise))
    rekey = op.Rekey("messages", "Message", keys)
    if fits:
        assert rekey.apply(before).table("messages").entity("Message").keys == keys
        return
    with pytest.raises(OperationError, match="another attribute first"):
        rekey.apply(before)


def test_items_that_are_not_known_under_their_old_key_are_refused() -> None:
    # As where the constant in the key changed, and with it how an entity is known.
    old = entity(keys={"pk": "DEV#${tenant}", "sk": "${id}"}, recognise={"prefix": {"pk": "D#"}})
    move = op.Rekey("messages", "Message", {"pk": "D#${tenant}", "sk": "${id}"})
    with pytest.raises(OperationError, match="no stored item would be moved") as raised:
        move.apply(table(old))
    assert "type attribute" in (raised.value.fix or "")
