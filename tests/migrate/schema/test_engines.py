"""The control plane on the local engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kxmodel.errors import IndexBlocked, MigrationError
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.schema import (
    create_index,
    create_table,
    drop_index,
    drop_table,
    refuse_violations,
    set_deletion_protection,
    set_stream,
    set_time_to_live,
    surroundings,
)
from kxmodel.migrate.schema.waiting import describe, index_of
from kxmodel.migrate.state import IndexState, SettingsState, TableState

if TYPE_CHECKING:
    from kxmodel.migrate.names import Names
    from kxmodel.migrate.schema import Control

TABLE = TableState("messages", KeyAttribute("pk"), KeyAttribute("sk", "N"))
GSI1 = IndexState("GSI1", (KeyAttribute("GSI1PK"),), (KeyAttribute("GSI1SK", "N"),), ("b", "a"))


@pytest.fixture
def table(control: Control, names: Names) -> str:
    create_table(control, names.table("messages"), TABLE)
    return names.table("messages")


def test_a_table_is_made_once(control: Control, table: str) -> None:
    assert not create_table(control, table, TABLE)


def test_a_table_of_another_key_is_not_taken_for_ours(control: Control, table: str) -> None:
    with pytest.raises(MigrationError, match="sk is of type N, not S") as raised:
        create_table(control, table, replace(TABLE, range=KeyAttribute("sk")))
    assert raised.value.code == "KX643"


def test_a_table_is_made_with_its_indexes_and_billing(control: Control, names: Names) -> None:
    local = IndexState("LSI", (KeyAttribute("pk"),), (KeyAttribute("at"),), "KEYS_ONLY", local=True)
    whole = replace(
        TABLE,
        indexes={"GSI1": GSI1, "LSI": local},
        settings=SettingsState(read_capacity=3, write_capacity=2),
    )
    name = names.table("messages")
    create_table(control, name, whole)
    told = describe(control, name)
    assert index_of(told, "GSI1")
    assert index_of(told, "LSI")
    found = surroundings(control, name)
    assert (found.on_demand, found.read_capacity, found.write_capacity) == (False, 3, 2)


def test_an_index_comes_and_goes(control: Control, table: str) -> None:
    assert create_index(control, table, GSI1)
    assert not create_index(control, table, GSI1)
    assert surroundings(control, table).indexes == ("GSI1",)
    assert drop_index(control, table, "GSI1")
    assert surroundings(control, table).indexes == ()


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (replace(GSI1, projection="ALL"), "it projects a, b, not ALL"),
        (replace(GSI1, range=()), "its key is GSI1PK"),
    ],
)
def test_another_index_is_not_taken_for_ours(
    control: Control, table: str, other: IndexState, told: str
) -> None:
    create_index(control, table, GSI1)
    with pytest.raises(MigrationError, match=told):
        create_index(control, table, other)


def test_a_key_cannot_be_of_two_types(control: Control, table: str) -> None:
    bad = IndexState("GSI2", (KeyAttribute("sk", "S"),))
    with pytest.raises(MigrationError, match="sk is a key of type N"):
        create_index(control, table, bad)


def put(control: Control, table: str, number: int, **values: object) -> None:
    item = {"pk": {"S": "a"}, "sk": {"N": str(number)}, **values}
    control.client.put_item(TableName=table, Item=item)


def test_values_that_an_index_cannot_take_are_found_before_it(control: Control, table: str) -> None:
    good = {"GSI1PK": {"S": "x" * 2048}, "GSI1SK": {"N": "1"}}
    put(control, table, 1, **good)
    put(control, table, 2)
    put(control, table, 3, **{**good, "GSI1PK": {"N": "5"}})
    put(control, table, 4, GSI1PK={"S": ""})
    put(control, table, 5, **{**good, "GSI1PK": {"S": "ä" * 1025}})
    put(control, table, 6, GSI1SK={"NULL": True})
    with pytest.raises(IndexBlocked) as raised:
        refuse_violations(control, table, GSI1)
    assert raised.value.code == "KX642"
    told = raised.value.message
    assert "4 stored values" in told
    assert "pk='a', sk='3': GSI1PK is of type N, not S: '5'" in told
    assert "pk='a', sk='4': GSI1PK is empty" in told
    assert "GSI1PK has 2,050 bytes, over 2,048" in told
    assert "GSI1SK is of type NULL" in told
    assert surroundings(control, table).indexes == ()


def test_all_violations_are_counted_and_some_are_shown(control: Control, table: str) -> None:
    for number in range(60):
        put(control, table, number, GSI1PK={"S": ""})
    with pytest.raises(IndexBlocked, match=r"60 stored values[\s\S]* and 40 more"):
        refuse_violations(control, table, GSI1)


def test_one_reading_judges_for_several_indexes(control: Control, table: str) -> None:
    """An attribute that is the sort key of one has to fit that."""
    put(control, table, 1, GSI1PK={"S": "x" * 1025}, GSI1SK={"NULL": True})
    other = IndexState("GSI2", (KeyAttribute("GSI2PK"),), (KeyAttribute("GSI1PK"),))
    with pytest.raises(
        IndexBlocked, match=r"2 stored values of .* would violate GSI1 and GSI2"
    ) as raised:
        refuse_violations(control, table, GSI1, other)
    assert "GSI1PK has 1,025 bytes, over 1,024" in raised.value.message


def test_good_values_are_let_through_and_the_tables_keys_are_not_read(
    control: Control, table: str
) -> None:
    put(control, table, 1, GSI1PK={"S": "x"}, GSI1SK={"N": "1"})
    assert refuse_violations(control, table, GSI1).items == 1
    inverted = IndexState("I", (KeyAttribute("sk", "N"),), (KeyAttribute("GSI1PK"),))
    assert refuse_violations(control, table, inverted).items == 1
    own = IndexState("O", (KeyAttribute("sk", "N"),))
    assert refuse_violations(control, table, own).items == 0
    # As a sort key it may have half the bytes that it may have as the table's partition key.
    turned = IndexState("T", (KeyAttribute("sk", "N"),), (KeyAttribute("pk"),))
    assert refuse_violations(control, table, turned).items == 1


def test_settings_are_seen_around_the_table(control: Control, table: str) -> None:
    assert surroundings(control, table).stream is None
    assert set_stream(control, table, "KEYS_ONLY")
    assert not set_stream(control, table, "KEYS_ONLY")
    assert set_time_to_live(control, table, "expires")
    assert not set_time_to_live(control, table, "expires")
    found = surroundings(control, table)
    assert found.exists
    assert found.on_demand
    assert (found.stream, found.ttl, found.replicas) == ("KEYS_ONLY", "expires", ())
    assert found.consumers
    told = list(found.lines())
    assert f"{table} has a stream (KEYS_ONLY): its readers will see every update" in told
    assert f"{table} lets items expire by expires" in told


def test_a_protected_table_is_not_dropped(control: Control, table: str) -> None:
    assert set_deletion_protection(control, table, True)
    assert not set_deletion_protection(control, table, True)
    with pytest.raises(MigrationError):
        drop_table(control, table)
    assert set_deletion_protection(control, table, False)
    assert drop_table(control, table)


def test_what_is_not_there_has_no_surroundings(control: Control, names: Names) -> None:
    assert not surroundings(control, names.table("nothing")).exists
