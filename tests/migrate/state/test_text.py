from __future__ import annotations

import pytest
from hypothesis import given, settings

from kxmodel.errors import MigrationError
from kxmodel.migrate.state import State, dump, from_json, load, state_digest, to_json
from tests.migrate.states import states, table


@given(states())
@settings(max_examples=60, deadline=None)
def test_a_state_comes_back(state: State) -> None:
    read = from_json(load(dump(to_json(state), indent=1)))
    assert read == state
    for name, found in state.tables.items():
        for each, entity in found.entities.items():
            assert read.tables[name].entities[each].schema == entity.schema
    assert state_digest(read) == state_digest(state)


@given(states(), states())
@settings(max_examples=60, deadline=None)
def test_digests_are_equal_where_states_are(one: State, other: State) -> None:
    assert (state_digest(one) == state_digest(other)) is (one == other)


@pytest.mark.parametrize("value", [None, [], {}, {"tables": {"x": {}}}, {"tables": {"x": 1}}])
def test_no_state(value: object) -> None:
    with pytest.raises(MigrationError, match="KX604"):
        from_json(value)


def test_a_schema_is_the_one_of_its_digest() -> None:
    value = to_json(table())
    value["tables"]["messages"]["entities"]["Message"]["schema"] = {"type": "array"}
    with pytest.raises(MigrationError, match="digest"):
        from_json(value)
