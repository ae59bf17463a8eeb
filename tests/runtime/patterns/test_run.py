"""Access patterns over a table that pages as it likes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import KeyBuildError, NotUniqueError, UsageError, ValueRefused
from kxmodel.keys import nest, render
from kxmodel.runtime.entity import Entity, IndexKeys, Pattern
from kxmodel.runtime.patterns import run_one, run_page
from kxmodel.runtime.patterns.cursor import read_cursor
from kxmodel.runtime.patterns.plan import make_plan
from kxmodel.values import normalise_phone
from tests.runtime.patterns.messages import (
    BY_LEAD,
    CONVERSATION,
    MESSAGE,
    RECENT,
    message,
    table_of,
)
from tests.runtime.patterns.pattern_fakes import FakeTable, Keys


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["t1", "t2", "t3"]), max_size=30),
    st.integers(1, 7),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_tenants_that_share_a_lead_id_never_see_each_other(tenants, limit, reverse, random):
    items = [message(tenant, number) for number, tenant in enumerate(tenants)]
    table = table_of(*items)
    table.random = random
    wanted = [item for item in items if item["tenantId"]["S"] == "t1"]
    if reverse:
        wanted.reverse()
    page = run_page(table, MESSAGE, BY_LEAD, ("t1", "L1"), limit, reverse=reverse)
    found = []
    for one in page.pages():
        assert len(one) <= limit
        assert one.cursor is None or len(one) == limit
        if one.cursor is not None:
            plan = make_plan(table, MESSAGE, BY_LEAD, ("t1", "L1"), reverse=reverse)
            start = read_cursor(plan, one.cursor, None)
            assert start["contact_pk"] == {"S": "t1#a@b.c"}
            assert start["ts"] == one[-1]["ts"]
        found += list(one)
    assert found == wanted


def test_the_filter_is_sent_and_names_the_tenant():
    table = table_of(message("t1", 1), message("t2", 2))
    page = run_page(table, MESSAGE, BY_LEAD, ("t1", "L1"), 5)
    assert page.request["FilterExpression"] == "#f0_0 = :f0"
    assert page.request["ExpressionAttributeNames"]["#f0_0"] == "tenantId"
    assert page.request["ExpressionAttributeValues"][":f0"] == {"S": "t1"}
    assert page.request["IndexName"] == "GSI2"


class Unfiltering(FakeTable):
    """An engine that takes a FilterExpression and does nothing with it."""

    def _filter(self, request, keys):
        return lambda item: True


def test_what_is_filtered_is_looked_at_again():
    good = table_of(*(message(f"t{n % 3}", n) for n in range(9)))
    table = Unfiltering(good.keys, good.indexes, good.items, good.entity_of)
    page = run_page(table, MESSAGE, BY_LEAD, ("t1", "L1"), 2)
    assert [i["tenantId"]["S"] for one in page.pages() for i in one] == ["t1"] * 3


def test_a_filter_beside_the_key_holds_too():
    stray = message("t1", 2) | {"tenantId": {"S": "t2"}}
    table = table_of(message("t1", 1), stray)
    beside = Pattern("recent", index="GSI1", given=("tenantId",), filter=("tenantId",))
    assert len(run_page(table, MESSAGE, RECENT, ("t1",), 5)) == 2
    assert list(run_page(table, MESSAGE, beside, ("t1",), 5)) == [message("t1", 1)]


@pytest.mark.parametrize(
    ("asked", "stored", "found"),
    [
        (1, {"N": "1"}, True),
        (1, {"N": "1.0"}, True),
        (1.5, {"N": "1.50"}, True),
        (1, {"S": "1"}, False),
        ("1", {"N": "1"}, False),
        (True, {"BOOL": True}, True),
        (True, {"N": "1"}, False),
        (b"x", {"B": b"x"}, True),
        ("x", {"NULL": True}, False),
    ],
)
def test_values_are_compared_with_their_types(asked, stored, found):
    good = table_of(message("t1", 1) | {"flag": stored})
    table = Unfiltering(good.keys, good.indexes, good.items, good.entity_of)
    pattern = Pattern("flagged", index="GSI1", given=("tenantId", "flag"))
    assert len(run_page(table, MESSAGE, pattern, ("t1", asked), 5)) == int(found)


def test_the_request_of_a_plain_pattern():
    table = table_of(*(message("t1", n) for n in range(3)))
    page = run_page(table, MESSAGE, CONVERSATION, ("t1", "a@b.c"), 2)
    assert page.request == {
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": "contact_pk"},
        "ExpressionAttributeValues": {":pk": {"S": "t1#a@b.c"}},
        "ScanIndexForward": False,
        "Limit": 2,
    }
    assert (page.stats.requests, page.stats.scanned, page.stats.capacity) == (1, 2, 0.5)
    consistent = Pattern("c", given=("tenantId", "email"), consistent=True)
    assert (
        run_page(table, MESSAGE, consistent, ("t1", "a@b.c"), 2).request["ConsistentRead"] is True
    )


def test_reverse_turns_the_order_round():
    table = table_of(*(message("t1", n) for n in range(3)))
    newest = run_page(table, MESSAGE, CONVERSATION, ("t1", "a@b.c"), 5)
    oldest = run_page(table, MESSAGE, CONVERSATION, ("t1", "a@b.c"), 5, reverse=True)
    assert [i["ts"]["S"] for i in newest] == ["ts0002", "ts0001", "ts0000"]
    assert list(oldest) == list(newest)[::-1]


def test_the_last_page_has_no_cursor_where_the_rest_is_dropped():
    items = [message("t1", 1), message("t1", 2), message("t2", 3), message("t2", 4)]
    page = run_page(table_of(*items), MESSAGE, BY_LEAD, ("t1", "L1"), 2)
    assert (len(page), page.cursor) == (2, None)


def test_a_filtered_read_looks_further_than_the_limit_and_further_each_time():
    items = [message("t2", n) for n in range(400)] + [message("t1", 400)]
    table = table_of(*items)
    page = run_page(table, MESSAGE, BY_LEAD, ("t1", "L1"), 1)
    assert len(page) == 1
    assert [request["Limit"] for request in table.requests] == [25, 50, 100, 200, 400]


def test_items_of_other_entities_are_dropped_and_do_not_count():
    items = [message("t1", n) for n in range(9)]
    table = table_of(*items)
    table.entity_of = lambda item: {0: "Message", 1: "Note", 2: None}[int(item["ts"]["S"][2:]) % 3]
    page = run_page(table, MESSAGE, RECENT, ("t1",), 2)
    assert [item["ts"]["S"] for item in page] == ["ts0000", "ts0003"]
    assert [item["ts"]["S"] for item in page.next()] == ["ts0006"]
    assert page.next().cursor is None


@pytest.mark.parametrize("limit", [0, -1, 1.5, "5", None, True])
def test_a_limit_is_a_whole_number_from_one_on(limit):
    with pytest.raises(UsageError) as raised:
        run_page(table_of(), MESSAGE, RECENT, ("t1",), limit)
    assert raised.value.code == "KX410"


def test_a_huge_limit_is_asked_for_in_parts():
    table = table_of(message("t1", 1))
    assert len(run_page(table, MESSAGE, RECENT, ("t1",), 10**30)) == 1
    assert table.requests[0]["Limit"] < 2**31


@pytest.mark.parametrize("args", [(None, "a@b.c"), ("", "a@b.c"), ("t1", None), ("t1", "")])
def test_an_empty_argument_is_refused_by_name(args):
    name = "tenantId" if not args[0] else "email"
    with pytest.raises(UsageError, match=f"argument {name}") as raised:
        run_page(table_of(), MESSAGE, CONVERSATION, args, 5)
    assert raised.value.code == "KX408"


def test_a_wrong_count_of_arguments_is_refused():
    with pytest.raises(UsageError, match="takes 2 arguments"):
        run_page(table_of(), MESSAGE, CONVERSATION, ("t1",), 5)


def test_a_delimiter_cannot_reach_another_partition():
    table = table_of(message("t1", 1, email="x#a@b.c"), message("t1#x", 1))
    with pytest.raises(KeyBuildError) as raised:
        run_page(table, MESSAGE, CONVERSATION, ("t1#x", "a@b.c"), 5)
    assert raised.value.code == "KX321"
    assert raised.value.attribute == "tenantId"
    assert not table.requests


@pytest.mark.parametrize("value", [["t1"], {"a": 1}, object(), float("nan"), "\ud800"])
def test_a_value_that_no_key_takes_is_refused(value):
    with pytest.raises((KeyBuildError, ValueRefused)):
        run_page(table_of(), MESSAGE, CONVERSATION, (value, "a@b.c"), 5)


LEAD = Entity(
    name="Lead",
    keys={"pk": "${tenantId}#${email}", "sk": "PROFILE"},
    schema="x:X",
    tenant="tenantId",
    indexes=(
        IndexKeys("GSI1", keys={"GSI1PK": "${tenantId}#${info.phone}", "GSI1SK": "PHONE"}),
        IndexKeys("GSI2", keys={"GSI2PK": "${tenantId}", "GSI2SK": "${status}#${at}"}),
    ),
)
BY_PHONE = Pattern("by_phone", index="GSI1", given=("tenantId", "info.phone"), result="one")


def lead(email: str, phone: str = "+19545550123", status: str = "new", at: str = "1") -> dict:
    return {
        "pk": {"S": f"t1#{email}"},
        "sk": {"S": "PROFILE"},
        "GSI1PK": {"S": f"t1#{phone}"},
        "GSI1SK": {"S": "PHONE"},
        "GSI2PK": {"S": "t1"},
        "GSI2SK": {"S": f"{status}#{at}"},
        "status": {"S": status},
        "info": {"M": {"phone": {"S": phone}}},
    }


def leads(*items: dict, projection: str = "ALL") -> FakeTable:
    return FakeTable(
        Keys((("pk", "S"),), (("sk", "S"),)),
        indexes={
            "GSI1": Keys((("GSI1PK", "S"),), (("GSI1SK", "S"),), projection),
            "GSI2": Keys((("GSI2PK", "S"),), (("GSI2SK", "S"),), projection),
        },
        items=list(items),
        entity_of=lambda item: "Lead",
        normalised={"info.phone": normalise_phone},
    )


def test_one_spelling_of_a_number_is_one_key():
    table = leads(lead("a@b.c"))
    for spelling in ("+19545550123", "+1 (954) 555-0123", "tel:+1-954-555-0123"):
        assert run_one(table, LEAD, BY_PHONE, ("t1", spelling)) == lead("a@b.c")
    condition = table.requests[0]["KeyConditionExpression"]
    assert condition == "#pk = :pk AND #sk = :sk"
    with pytest.raises(ValueRefused, match=r"Lead\.by_phone, argument info\.phone"):
        run_one(table, LEAD, BY_PHONE, ("t1", "nonsense"))


def test_one_finds_none_one_or_names_both():
    assert run_one(leads(), LEAD, BY_PHONE, ("t1", "+19545550123")) is None
    table = leads(lead("a@b.c"), lead("z@b.c"), lead("m@b.c"))
    with pytest.raises(NotUniqueError) as raised:
        run_one(table, LEAD, BY_PHONE, ("t1", "+19545550123"))
    text = str(raised.value)
    assert "pk='t1#a@b.c', sk='PROFILE'" in text
    assert "pk='t1#m@b.c'" in text
    assert "info.phone='+19545550123'" in text


def test_a_projected_read_is_marked():
    item, partial = run_one(
        leads(lead("a@b.c"), projection="INCLUDE"), LEAD, BY_PHONE, ("t1", "+19545550123")
    )
    assert partial
    assert item == lead("a@b.c")


def test_a_fixed_value_is_part_of_the_key():
    table = leads(
        lead("a@b.c", at="2"),
        lead("b@b.c", at="1"),
        lead("c@b.c", status="new2"),
        lead("d@b.c", status="old"),
    )
    pattern = Pattern("new", index="GSI2", given=("tenantId",), fixed={"status": "new"}, range="at")
    page = run_page(table, LEAD, pattern, ("t1",), 5)
    assert [i["pk"]["S"] for i in page] == ["t1#b@b.c", "t1#a@b.c"]
    assert page.request["ExpressionAttributeValues"][":sk"] == {"S": "new#"}
    assert "FilterExpression" not in page.request


def test_a_given_source_that_no_key_settles_is_compared():
    table = leads(lead("a@b.c"), lead("b@b.c", phone="+19545550199"))
    pattern = Pattern("odd", index="GSI2", given=("tenantId", "info.phone"))
    page = run_page(table, LEAD, pattern, ("t1", "+19545550199"), 5)
    assert page.request["FilterExpression"] == "#f0_0.#f0_1 = :f0"
    assert [i["pk"]["S"] for i in page] == ["t1#b@b.c"]


def test_what_is_compared_must_be_projected():
    pattern = Pattern("odd", index="GSI2", given=("tenantId", "info.phone"))
    with pytest.raises(UsageError, match="does not project"):
        run_page(leads(projection="KEYS_ONLY"), LEAD, pattern, ("t1", "+19545550199"), 5)


def test_a_pattern_that_does_not_give_the_partition_key_is_refused():
    pattern = Pattern("bad", given=("tenantId",))
    with pytest.raises(UsageError, match="does not give email") as raised:
        run_page(leads(), LEAD, pattern, ("t1",), 5)
    assert raised.value.code == "KX411"


def test_a_shard_does_not_settle_its_source():
    entity = Entity(
        name="Thing", keys={"pk": "${tenant}#${id|shard:2}", "sk": "${n}"}, schema="x:X"
    )
    items = []
    for number in range(8):
        nested = nest({"tenant": "t", "id": f"i{number}"})
        items.append(
            {
                "pk": {"S": render(entity.templates["pk"], nested)},
                "sk": {"S": str(number)},
                "id": {"S": f"i{number}"},
            }
        )
    table = FakeTable(Keys((("pk", "S"),), (("sk", "S"),)), items=items)
    page = run_page(table, entity, Pattern("by", given=("tenant", "id")), ("t", "i3"), 5)
    assert [i["id"]["S"] for i in page] == ["i3"]
    assert page.stats.scanned > 1


def test_an_index_with_several_key_attributes():
    entity = Entity(
        name="Thing",
        keys={"pk": "${id}"},
        schema="x:X",
        indexes=(
            IndexKeys(
                "I", keys={"h1": "${tenant}", "h2": "${area}", "r1": "${day}", "r2": "N#${n}"}
            ),
        ),
    )
    items = [
        {
            "pk": {"S": f"{day}{n}"},
            "h1": {"S": "t"},
            "h2": {"S": "a"},
            "r1": {"S": day},
            "r2": {"S": f"N#{n}"},
        }
        for day in ("mon", "tue")
        for n in range(3)
    ]
    table = FakeTable(
        Keys((("pk", "S"),)),
        indexes={"I": Keys((("h1", "S"), ("h2", "S")), (("r1", "S"), ("r2", "S")))},
        items=items,
    )
    whole = Pattern("w", index="I", given=("tenant", "area"), range="day")
    narrowed = run_page(table, entity, whole, ("t", "a"), 2, narrow={"gt": "mon"})
    assert [i["pk"]["S"] for one in narrowed.pages() for i in one] == ["tue0", "tue1", "tue2"]
    assert narrowed.request["KeyConditionExpression"] == "#pk = :pk AND #pk1 = :pk1 AND #sk > :sk"
    day = Pattern("d", index="I", given=("tenant", "area", "day"), range="n")
    page = run_page(table, entity, day, ("t", "a", "tue"), 5, narrow={"ge": "1"})
    assert [i["pk"]["S"] for i in page] == ["tue1", "tue2"]
    assert page.request["KeyConditionExpression"].endswith(
        "#sk = :sk AND #sk1 BETWEEN :sk1_from AND :sk1_to"
    )


def test_a_table_without_a_sort_key():
    entity = Entity(name="Thing", keys={"pk": "${id}"}, schema="x:X")
    table = FakeTable(Keys((("pk", "S"),)), items=[{"pk": {"S": "a"}}, {"pk": {"S": "b"}}])
    page = run_page(table, entity, Pattern("by", given=("id",)), ("a",), 1)
    assert [one for page in page.pages() for one in page] == [{"pk": {"S": "a"}}]
