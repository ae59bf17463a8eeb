from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given, settings

from kxmodel.errors import ChangeRefused
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.diff import Options, Rename, detect
from kxmodel.migrate.state import IndexKeysState, State
from tests.migrate.states import (
    SCHEMA,
    TEXT,
    entity,
    index,
    key,
    keys,
    property_schema,
    states,
    table,
)

OUTAGE = Options(allow_outage=True)
READY = Options(writers_ready=True)


def kinds(draft_or_operations: object) -> list[str]:
    operations = getattr(draft_or_operations, "operations", draft_or_operations)
    return [type(each).__name__ for each in operations]


def indexed(*names: str, **over: object) -> State:
    filled = {name: keys(name) for name in names}
    return table(entity(indexes=filled, **over), indexes=tuple(map(index, names)))


@given(states(), states())
@settings(max_examples=150, deadline=None)
def test_the_operations_turn_one_state_into_the_other(before: State, after: State) -> None:
    state = before
    for operation in detect(before, after, OUTAGE).operations:
        state = operation.apply(state)
    assert state == after


@given(states(), states())
@settings(max_examples=80, deadline=None)
def test_and_their_inverses_lead_back(before: State, after: State) -> None:
    operations = detect(before, after, OUTAGE).operations
    assume(all(each.reversible for each in operations))
    passed = Migration("0001_x", operations).states(before)
    state = passed[-1]
    for operation, back in zip(reversed(operations), reversed(passed[:-1]), strict=True):
        inverse = operation.inverse(back)
        state = inverse.apply(state) if inverse else state
        assert state == back


@given(states())
@settings(max_examples=50, deadline=None)
def test_nothing_changed(state: State) -> None:
    assert detect(state, state).operations == ()


def test_new_table_is_empty_so_nothing_is_backfilled() -> None:
    draft = detect(State(), indexed("GSI1"))
    assert kinds(draft) == ["CreateTable", "AddEntity", "CreateIndex"]


def test_new_entity() -> None:
    both = table(entity(), entity("Note", recognise={"prefix": {"sk": "NOTE#"}}))
    draft = detect(table(), both)
    assert kinds(draft) == ["AddEntity"]
    assert "nothing is backfilled" in draft.notes[0]


def test_new_index_on_a_live_table() -> None:
    draft = detect(table(), indexed("GSI1"))
    assert kinds(draft) == ["WaitForWriters", "BackfillKeys", "VerifyKeys", "CreateIndex"]
    assert "GSI1PK" in draft.operations[0].describe()
    assert kinds(detect(table(), indexed("GSI1"), READY)) == kinds(draft)[1:]


def test_new_index_over_attributes_that_exist() -> None:
    natural = IndexKeysState({"lead": "${lead}", "sk": "${id}"})
    by_lead = index("by_lead", hash=(key("lead"),), range=(key("sk"),))
    draft = detect(table(), table(entity(indexes={"by_lead": natural}), indexes=(by_lead,)))
    assert kinds(draft) == ["SetEntityKeys", "VerifyKeys", "CreateIndex"]
    assert "nothing is backfilled" in draft.notes[0]


def test_key_attribute_of_a_narrower_index_is_not_there_for_every_item() -> None:
    # GSI1PK is stored only on items that have both sources of GSI1: the new index needs it on more.
    both = {"GSI1": keys(), "GSI9": IndexKeysState({"GSI1PK": "${lead}"})}
    wide = index("GSI9", hash=(key("GSI1PK"),), range=())
    draft = detect(indexed("GSI1"), table(entity(indexes=both), indexes=(index(), wide)), READY)
    assert "BackfillKeys" in kinds(draft)


def test_changed_template_in_place_needs_an_outage() -> None:
    other = table(entity(indexes={"GSI1": keys(source="tenant")}), indexes=(index(),))
    with pytest.raises(ChangeRefused) as refused:
        detect(indexed("GSI1"), other)
    assert refused.value.code == "KX614"
    assert "beside GSI1" in str(refused.value)
    draft = detect(indexed("GSI1"), other, OUTAGE)
    assert kinds(draft) == ["WaitForWriters", "BackfillKeys", "VerifyKeys"]
    assert "mixture" in draft.notes[0]


@pytest.mark.parametrize(
    "changed",
    [{"projection": "KEYS_ONLY"}, {"range": ()}, {"range": (key("GSI1SK", "N"),)}],
    ids=["projection", "key", "type"],
)
def test_changed_index_in_place_needs_an_outage(changed: dict) -> None:
    filled = keys()
    if changed.get("range") == ():
        filled = IndexKeysState({"GSI1PK": "${lead}"})
    after = table(entity(indexes={"GSI1": filled}), indexes=(index(**changed),))
    with pytest.raises(ChangeRefused, match="KX614"):
        detect(indexed("GSI1"), after)
    found = kinds(detect(indexed("GSI1"), after, OUTAGE))
    assert found.index("DropIndex") < found.index("VerifyKeys") < found.index("CreateIndex")


def test_changed_key_as_new_attributes_and_a_new_index() -> None:
    draft = detect(indexed("GSI1"), indexed("GSI2"))
    assert kinds(draft) == [
        "WaitForWriters",
        "BackfillKeys",
        "VerifyKeys",
        "CreateIndex",
        "WaitForWriters",
        "DropIndex",
        "SetEntityKeys",
    ]
    assert "query GSI1 no longer" in draft.operations[4].describe()


def test_an_attribute_made_otherwise_for_an_index_of_another_name_needs_an_outage() -> None:
    """The old index is read until it is dropped, and its key would be another from the backfill on."""
    filled = IndexKeysState({"GSI1PK": "${tenant}", "GSI1SK": "${id}"})
    renamed = index(name="ByTenant", hash=(key("GSI1PK"),), range=(key("GSI1SK"),))
    after = table(entity(indexes={"ByTenant": filled}), indexes=(renamed,))
    with pytest.raises(ChangeRefused, match="template of GSI1PK for Message of GSI1") as refused:
        detect(indexed("GSI1"), after)
    assert refused.value.code == "KX614"
    assert kinds(detect(indexed("GSI1"), after, OUTAGE)) == [
        "WaitForWriters",
        "DropIndex",
        "SetEntityKeys",
        "BackfillKeys",
        "VerifyKeys",
        "CreateIndex",
    ]


def test_an_index_gets_another_name_without_outage() -> None:
    renamed = index(name="ByLead", hash=(key("GSI1PK"),), range=(key("GSI1SK"),))
    after = table(entity(indexes={"ByLead": keys()}), indexes=(renamed,))
    draft = detect(indexed("GSI1"), after)
    assert "WaitForWriters" in kinds(draft)
    assert not any("keep" in note for note in draft.notes)


def test_what_a_dropped_index_shared_is_taken_where_it_is_needed_no_longer() -> None:
    shared = index("GSI2", range=(key("GSI1SK"),))
    other = IndexKeysState({"GSI2PK": "${tenant}", "GSI1SK": "${id}"}, {"lead": {"equals": "x"}})
    before = table(entity(indexes={"GSI1": keys(), "GSI2": other}), indexes=(index(), shared))
    after = table(entity(indexes={"GSI2": other}), indexes=(shared,))
    draft = detect(before, after)
    assert kinds(draft) == ["WaitForWriters", "DropIndex", "SetEntityKeys", "BackfillKeys"]
    assert draft.operations[3].index == "GSI2"
    assert "keep GSI1PK;" in draft.notes[0]


def test_removed_index_keeps_the_attributes() -> None:
    draft = detect(indexed("GSI1"), table())
    assert kinds(draft) == ["WaitForWriters", "DropIndex", "SetEntityKeys"]
    assert "keep GSI1PK, GSI1SK" in draft.notes[0]
    assert "GSI1" in str(draft.operations[1].destroys)


def test_an_entity_that_leaves_an_index_is_taken_out_of_it() -> None:
    before = table(
        entity(indexes={"GSI1": keys()}),
        entity("Note", indexes={"GSI1": keys()}, recognise={"prefix": {"sk": "N#"}}),
        indexes=(index(),),
    )
    left = {n: e for n, e in before.tables["messages"].entities.items() if n == "Message"}
    note = entity("Note", recognise={"prefix": {"sk": "N#"}})
    draft = detect(before, table(*left.values(), note, indexes=(index(),)), READY)
    assert kinds(draft) == ["RemoveKeys"]


@pytest.mark.parametrize(
    ("was", "now", "more"),
    [
        ({"equals": {"kind": "a"}}, {"equals": {"kind": "b"}}, True),
        ({"equals": {"kind": "a"}}, {}, True),
        ({}, {"equals": {"kind": "a"}}, False),
        ({"prefix": {"sk": "N#"}}, {"prefix": {"sk": "N"}}, True),
        ({"prefix": {"sk": "N"}}, {"prefix": {"sk": "N#"}}, False),
        ({"prefix": {"sk": "N"}}, {"equals": {"sk": "NOTE"}}, False),
        ({"prefix": {"sk": "N"}}, {"prefix": {"sk": "N"}, "equals": {"kind": "a"}}, False),
    ],
)
def test_items_that_are_of_an_entity_from_now_on_get_its_keys(
    was: dict[str, Any], now: dict[str, Any], more: bool
) -> None:
    def known(recognise: dict[str, Any]) -> State:
        return table(entity(indexes={"GSI1": keys()}, recognise=recognise), indexes=(index(),))

    draft = detect(known(was), known(now), READY)
    assert kinds(draft) == ["SetEntity", *(["BackfillKeys", "VerifyKeys"] if more else [])]
    assert any("of no entity" in note for note in draft.notes) == bool(now)


def test_a_condition_may_change_without_outage() -> None:
    after = table(
        entity(indexes={"GSI1": keys(when={"lead": {"present": True}})}), indexes=(index(),)
    )
    assert kinds(detect(indexed("GSI1"), after, READY)) == ["BackfillKeys", "VerifyKeys"]


def test_renamed_attribute_is_asked_for() -> None:
    renamed_schema = {
        "type": "object",
        "properties": {"tenant": TEXT, "id": TEXT, "lead_id": TEXT},
        "required": ["tenant", "id"],
    }
    before = indexed("GSI1")
    after = table(
        entity(schema=renamed_schema, indexes={"GSI1": keys(source="lead_id")}),
        indexes=(index(),),
    )
    asked: list[Rename] = []

    def yes(rename: Rename) -> bool:
        asked.append(rename)
        return True

    draft = detect(before, after, Options(ask=yes))
    assert asked == [Rename("messages", "Message", "lead", "lead_id")]
    # The templates follow the name, so that no key changes.
    assert kinds(draft) == ["WaitForWriters", "RenameAttribute", "SetSchema"]
    with pytest.raises(ChangeRefused, match="KX614"):
        detect(before, after, Options(ask=lambda _: False))


def test_renamed_attribute_is_flagged_where_nobody_can_be_asked() -> None:
    schema = {**SCHEMA, "properties": {"tenant": TEXT, "id": TEXT, "lead_id": TEXT}}
    draft = detect(table(), table(entity(schema=schema)))
    assert kinds(draft) == ["SetSchema"]
    assert re.search(r'op\.RenameAttribute\(.*old="lead", new="lead_id"\)', draft.notes[0])


def test_new_required_attribute_without_default_is_refused() -> None:
    schema = {**property_schema(score=TEXT), "required": ["tenant", "id", "score"]}
    with pytest.raises(ChangeRefused) as refused:
        detect(table(), table(entity(schema=schema)))
    assert refused.value.code == "KX615"
    assert "AddAttribute" in str(refused.value)
    draft = detect(table(), table(entity(schema=schema, defaults={"score": "0"})))
    assert kinds(draft) == ["WaitForWriters", "AddAttribute", "SetSchema"]
    binary = entity(schema=schema, defaults={"score": "aGk="}, binary=frozenset({"score"}))
    draft = detect(table(), table(binary))
    assert draft.operations[1] == op.AddAttribute("messages", "Message", "score", "aGk=", "B")


def test_tightened_constraint_is_validated_first() -> None:
    schema = property_schema(lead={"type": "string", "maxLength": 8})
    after = table(entity(schema=schema))
    draft = detect(table(), after)
    assert kinds(draft) == ["WaitForWriters", "ValidateItems", "SetSchema"]
    assert draft.operations[1] == op.ValidateItems(
        "messages",
        entity="Message",
        report_only=False,
        schema=after.tables["messages"].entities["Message"].schema_digest,
    )
    assert kinds(detect(after, table())) == ["SetSchema"]


def test_optional_attribute_that_becomes_required_is_validated() -> None:
    schema = {**SCHEMA, "required": ["tenant", "id", "lead"]}
    assert "ValidateItems" in kinds(detect(table(), table(entity(schema=schema))))


def test_primary_key() -> None:
    after = table(entity(keys={"pk": "T#${tenant}", "sk": "${id}"}))
    with pytest.raises(ChangeRefused, match=r"--allow-outage plans op\.Rekey") as refused:
        detect(table(), after)
    assert refused.value.code == "KX614"
    draft = detect(table(), after, OUTAGE)
    assert kinds(draft) == ["WaitForWriters", "Rekey"]
    assert "deleted under the old" in draft.notes[0]
    with pytest.raises(ChangeRefused, match="primary key"):
        detect(table(), table(range=None))


def test_local_index_lives_and_dies_with_its_table() -> None:
    local = index("LSI1", hash=(key("pk"),), range=(key("lead"),), local=True)
    assert kinds(detect(State(), table(indexes=(local,)))) == ["CreateTable", "AddEntity"]
    with pytest.raises(ChangeRefused, match="local index"):
        detect(table(), table(indexes=(local,)))


def test_settings() -> None:
    from kxmodel.migrate.state import SettingsState

    draft = detect(table(), table(settings=SettingsState(ttl="expires", stream="NEW_IMAGE")))
    assert kinds(draft) == ["SetTimeToLive", "SetStream"]


def test_removed_table_is_destroyed() -> None:
    draft = detect(table(), State())
    (dropped,) = draft.operations
    assert "DynamoDB renames no table" in draft.notes[0]
    assert dropped == op.DropTable("messages")
    assert not dropped.reversible
    assert "every item" in str(dropped.destroys)


def test_backfills_are_side_by_side_so_that_one_pass_does_them_all() -> None:
    mixed = {
        "GSI1": keys(),
        "by_lead": IndexKeysState({"lead": "${lead}", "sk": "${id}"}),
        "by_z": IndexKeysState({"Z": "${lead}"}),
    }
    by_lead = index("by_lead", hash=(key("lead"),), range=(key("sk"),))
    made = (index(), by_lead, index("by_z", hash=(key("Z"),), range=()))
    draft = detect(table(), table(entity(indexes=mixed), indexes=made), READY)
    assert kinds(draft)[:6] == [*["BackfillKeys"] * 2, "SetEntityKeys", *["VerifyKeys"] * 3]


def test_an_index_over_a_changed_primary_key_is_left_to_the_moving_of_items() -> None:
    def state(pk: str) -> State:
        inverted = {"by_sk": IndexKeysState({"sk": "${id}", "pk": pk})}
        moved = entity(keys={"pk": pk, "sk": "${id}"}, indexes=inverted)
        by_sk = index("by_sk", hash=(key("sk"),), range=(key("pk"),))
        return table(moved, indexes=(by_sk,))

    options = Options(allow_outage=True, writers_ready=True)
    draft = detect(state("${tenant}"), state("T#${tenant}"), options)
    assert kinds(draft) == ["Rekey", "SetEntityKeys"]
