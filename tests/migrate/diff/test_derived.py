"""New and changed templates of attributes outside any key."""

from __future__ import annotations

import pytest

from kxmodel.errors import ChangeRefused
from kxmodel.migrate import operations as op
from kxmodel.migrate.diff import Options, detect
from kxmodel.migrate.state import IndexKeysState
from tests.migrate.states import SCHEMA, TEXT, entity, index, property_schema, table

READY = Options(writers_ready=True)
OUTAGE = Options(allow_outage=True, writers_ready=True)
FULL = {"full": "${tenant}-${id}"}


def planned(before: object, after: object, options: Options = READY) -> list[object]:
    return list(detect(before, after, options).operations)


def kinds(operations: list[object]) -> list[str]:
    return [type(each).__name__ for each in operations]


def test_a_new_derived_attribute_is_filled_in() -> None:
    after = table(entity(derive=FULL))
    assert planned(table(), after) == [op.DeriveAttributes("messages", "Message", FULL)]
    waits, fills = planned(table(), after, Options())
    assert isinstance(waits, op.WaitForWriters)
    assert "derive full of Message by the new templates" in waits.message
    assert fills.destroys is None
    assert fills.inverse(table()) == op.SetEntity("messages", "Message")


def test_a_template_for_an_attribute_that_writers_gave_says_what_is_lost() -> None:
    after = table(entity(derive={"lead": "${id|lower}"}))
    (fills,) = planned(table(), after)
    assert fills.replaces == ("lead",)
    assert "what lead of every Message of messages holds" in str(fills.destroys)
    assert not fills.reversible
    assert fills.inverse(table()) is None


def test_a_changed_template_is_filled_in_and_goes_back_to_the_old_one() -> None:
    before = table(entity(derive=FULL))
    after = table(entity(derive={"full": "${id}-${tenant}"}))
    (fills,) = planned(before, after)
    assert fills == op.DeriveAttributes("messages", "Message", {"full": "${id}-${tenant}"})
    assert fills.inverse(before) == op.DeriveAttributes("messages", "Message", FULL)
    assert fills.inverse(before).apply(after) == before


def test_a_template_that_is_gone_leaves_the_values() -> None:
    draft = detect(table(entity(derive=FULL)), table(), READY)
    assert kinds(list(draft.operations)) == ["SetEntity"]
    assert "full of Message is derived no longer; stored values stay" in draft.notes[0]


def test_all_at_once() -> None:
    before = table(entity(derive={**FULL, "gone": "${id}"}))
    derive = {"full": "${id}", "new": "N#${id}", "lead": "L#${id}"}
    found = planned(before, table(entity(derive=derive, version="v")))
    assert kinds(found) == ["SetEntity", *["DeriveAttributes"] * 3]
    assert [each.derive for each in found[1:]] == [
        {"full": "${id}"},
        {"new": "N#${id}"},
        {"lead": "L#${id}"},
    ]


def test_a_required_one_is_filled_in_before_items_are_validated() -> None:
    schema = {**property_schema(full=TEXT), "required": [*SCHEMA["required"], "full"]}
    found = planned(table(), table(entity(schema=schema, derive=FULL)))
    assert kinds(found) == ["DeriveAttributes", "ValidateItems", "SetSchema"]


def test_an_index_over_a_new_one_is_filled_by_it() -> None:
    indexes = {"GSI1": IndexKeysState({"full": "${full}"})}
    over = index(hash=(index().hash[0].__class__("full"),), range=())
    after = table(entity(derive=FULL, indexes=indexes), indexes=(over,))
    found = kinds(planned(table(), after))
    assert found.index("DeriveAttributes") < found.index("CreateIndex")


def derived_keys(template: str, **over: object) -> object:
    indexes = {"GSI1": IndexKeysState({"GSI1PK": "F#${full}", "GSI1SK": "${id}"}, **over)}
    return table(entity(derive={"full": template}, indexes=indexes), indexes=(index(),))


def test_index_keys_that_are_made_of_a_changed_one_change_in_place() -> None:
    before, after = derived_keys("${tenant}"), derived_keys("${id}")
    with pytest.raises(ChangeRefused) as refused:
        detect(before, after, READY)
    assert refused.value.code == "KX614"
    found = planned(before, after, OUTAGE)
    assert kinds(found) == ["DeriveAttributes", "BackfillKeys", "VerifyKeys"]
    task = found[0].task(before, after)
    assert task.writes == {"full", "GSI1PK", "GSI1SK"}


def test_also_through_another_one() -> None:
    def made(template: str) -> object:
        derive = {"full": "${inner}!", "inner": template}
        indexes = {"GSI1": IndexKeysState({"GSI1PK": "${full}", "GSI1SK": "${id}"})}
        return table(entity(derive=derive, indexes=indexes), indexes=(index(),))

    with pytest.raises(ChangeRefused):
        detect(made("${tenant}"), made("${id}"), READY)


def test_a_condition_on_a_changed_one_is_judged_again() -> None:
    def made(template: str) -> object:
        when = {"full": {"present": True}}
        indexes = {"GSI1": IndexKeysState({"GSI1PK": "${tenant}", "GSI1SK": "${id}"}, when)}
        return table(entity(derive={"full": template}, indexes=indexes), indexes=(index(),))

    found = planned(made("${tenant}"), made("${lead}"))
    assert kinds(found) == ["DeriveAttributes", "BackfillKeys", "VerifyKeys"]


def test_a_primary_key_that_is_made_of_a_changed_one_is_refused() -> None:
    def made(template: str) -> object:
        keys = {"pk": "${full}", "sk": "${id}"}
        return table(entity(derive={"full": template}, keys=keys))

    with pytest.raises(ChangeRefused, match="pk of Message") as refused:
        detect(made("${tenant}"), made("${id}"), READY)
    assert refused.value.code == "KX613"
