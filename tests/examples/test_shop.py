"""The shop: five entities in one table, inverted, overloaded, sparse and local indexes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

import kxmodel
from kxmodel.errors import ItemNotFound, UsageError, ValidationFailed

PAID = "01HQZ73ZH04X9T2N6WAB7CDEFG"
OPEN = "01HR55CKF0M3P8Q1R5S9T2V6WX"


def ids(items: Any) -> list[str]:
    """The order ids of a page."""
    return [item.order_id for item in items]


def raw_put(shop: Any, item: dict[str, Any]) -> None:
    """Write past the models."""
    connection = shop.ShopTable._get_connection()
    connection.connection.client.put_item(TableName=connection.table_name, Item=item)


def test_the_examples_are_stored_with_the_keys_they_show(shop: Any) -> None:
    from tests.examples.conftest import examples_of

    for entity, items in examples_of("shop").items():
        for item in items:
            model = getattr(shop, entity)
            stored = model.get(item["PK"], item["SK"])
            assert type(stored) is model
            plain = stored.to_json()
            if "version" in item:
                plain["version"] = item["version"]
            assert plain == item


def test_a_customer_comes_with_the_orders_in_one_request(shop: Any) -> None:
    found = shop.Customer.with_orders("c-ada")
    assert [type(item).__name__ for item in found] == ["Customer", "Order", "Order", "Order"]
    assert found.one(shop.Customer).name == "Ada Byron"
    assert ids(found.of(shop.Order))[:2] == [PAID, OPEN]
    assert found.unknown == []
    assert found.cursor is None


def test_an_order_comes_with_its_invoice_and_lines_through_the_inverted_index(shop: Any) -> None:
    found = shop.Order.with_lines(PAID)
    assert found.one(shop.Order).total == Decimal("75.48")
    assert found.one(shop.Invoice).payment_reference == "2024-0007/c-ada"
    assert [line.sku for line in found.of(shop.OrderLine)] == ["MUG-BLUE", "TEAPOT"]
    assert found.request["IndexName"] == "GSI1"


def test_a_collection_is_paged_without_losing_or_repeating(shop: Any) -> None:
    whole = [item.to_json() for item in shop.Customer.with_orders("c-ada")]
    for limit in (1, 2, 3):
        pages = list(shop.Customer.with_orders("c-ada", limit=limit).pages())
        assert [item.to_json() for page in pages for item in page] == whole
        assert all(len(page) <= limit for page in pages)


def test_each_pattern_answers(shop: Any) -> None:
    assert shop.Customer.by_email("ADA@example.com").customer_id == "c-ada"
    assert shop.Customer.by_email("nobody@example.com") is None
    assert ids(shop.Order.of_customer("c-ada"))[1:] == [OPEN, PAID]
    assert [o.total for o in shop.Order.largest("c-ada")] == [Decimal("75.48"), Decimal("24.5"), 0]
    assert ids(shop.Order.largest("c-ada", between=(Decimal(20), Decimal(50)))) == [OPEN]
    assert ids(shop.Order.open_in("LHR")) == [OPEN, PAID]
    assert ids(shop.Order.open_in("LHR", gt=10)) == [OPEN]
    assert [p.sku for p in shop.Product.in_category("kitchen")] == ["MUG-BLUE", "TEAPOT"]
    assert [p.sku for p in shop.Product.in_category("kitchen", gt=Decimal("12.99"))] == ["TEAPOT"]
    assert [line.quantity for line in shop.OrderLine.of_product("MUG-BLUE")] == [2]
    assert shop.Invoice.by_number("2024-0009").amount_due == Decimal("24.5")
    assert [i.invoice_number for i in shop.Invoice.billed_to("c-ada")] == ["2024-0009", "2024-0007"]
    assert [i.invoice_number for i in shop.Invoice.unpaid("GBP")] == ["2024-0009"]


def test_a_page_of_one_entity_leaves_out_what_shares_its_partition(shop: Any) -> None:
    # A customer's partition holds the customer too, a product's its lines.
    assert {type(o) for o in shop.Order.of_customer("c-ada")} == {shop.Order}
    assert len(shop.OrderLine.of_product("TEAPOT")) == 1


def test_one_query_gives_each_item_as_its_own_class(shop: Any) -> None:
    found = list(shop.ShopTable.query("CUSTOMER#c-ada"))
    assert [type(item) for item in found] == [shop.Customer, shop.Order, shop.Order, shop.Order]
    assert {type(item).__name__ for item in shop.ShopTable.scan()} == {
        "Customer",
        "Invoice",
        "Order",
        "OrderLine",
        "Product",
    }


def test_an_unknown_entity_comes_back_as_a_plain_item_and_stops_nothing(shop: Any) -> None:
    raw_put(shop, {"PK": {"S": "CUSTOMER#c-ada"}, "SK": {"S": "WISH#1"}, "n": {"N": "1.50"}})
    found = list(shop.ShopTable.query("CUSTOMER#c-ada"))
    assert isinstance(found[-1], kxmodel.Item)
    assert found[-1] == {"PK": "CUSTOMER#c-ada", "SK": "WISH#1", "n": 1.5}
    together = shop.Customer.with_orders("c-ada")
    assert together.one(shop.Customer) is not None
    assert len(shop.Order.of_customer("c-ada")) == 3


def test_paying_an_invoice_takes_it_off_the_list(shop: Any) -> None:
    invoice = shop.Invoice.by_number("2024-0009")
    invoice.update(
        actions=[shop.Invoice.status.set("paid"), shop.Invoice.paid_at.set(datetime.now(UTC))]
    )
    assert list(shop.Invoice.unpaid("GBP")) == []
    assert invoice.gsi3_pk is None
    order = shop.Order.find("c-ada", OPEN)
    order.update(actions=[shop.Order.priority.add(5)])
    assert order.gsi3_sk == 55
    assert shop.Order.open_in("LHR")[0].priority == 55


def test_the_table_class_stands_for_no_kind_of_item(shop: Any) -> None:
    with pytest.raises(UsageError, match="several entities"):
        shop.ShopTable(pk="a", sk="b").save()
    with pytest.raises(ItemNotFound):
        shop.Product(sku="NONE").update(actions=[shop.Product.stock.add(1)])


def test_writes_are_checked(shop: Any) -> None:
    with pytest.raises(ValidationFailed) as caught:
        shop.Order(
            customer_id="c#ada", status="lost", currency="POUNDS", total=Decimal(-1), version=None
        ).save()
    found = {problem.pointer for problem in caught.value.problems}
    assert found >= {"customerId", "status", "currency", "total"}
