"""An element of a list or of a map with free names, in conditions and updates."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pynamodb.attributes import MapAttribute, UnicodeAttribute

from kxmodel.errors import UsageError
from kxmodel.models import Lead
from kxmodel.runtime.attributes import (
    AnyAttribute,
    DecimalAttribute,
    DictAttribute,
    ListAttribute,
    TimestampAttribute,
)
from tests.runtime.test_saving import rex
from tests.runtime.zoo import Animal, Keeper, Meal

MOMENT = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
STORED = {"S": "2024-01-15T10:30:00.000Z"}


def test_it_takes_values_of_its_own_type() -> None:
    times: Any = ListAttribute(TimestampAttribute, attr_name="times")
    prices: Any = DictAttribute(DecimalAttribute, attr_name="prices")
    grid: Any = ListAttribute(lambda: ListAttribute, attr_name="grid")
    keepers: Any = DictAttribute(Keeper, attr_name="keepers")
    for action, told in (
        (times[0].set(MOMENT), f"times[0] = {STORED}"),
        (times[1] == MOMENT, f"times[1] = {STORED}"),
        (times[1].between(MOMENT, MOMENT), f"times[1] BETWEEN {STORED} AND {STORED}"),
        (prices["EUR"].set(Decimal("1.10")), "prices.EUR = {'N': '1.1'}"),
        (prices["a.b"].add(Decimal("0.1")), "prices.'a.b' {'N': '0.1'}"),
        (prices["EUR"] + Decimal("0.1"), "prices.EUR + {'N': '0.1'}"),
        (grid[2][3].set(1), "grid[2][3] = {'N': '1'}"),
        (keepers["n"].phone.set("+1 954 555 0100"), "keepers.n.phone = {'S': '+19545550100'}"),
        (keepers["n"]["phone"].remove(), "keepers.n.phone"),
        (keepers["n"].set({"email": "A@b.co"}), "keepers.n = {'M': {'email': {'S': 'a@b.co'}}}"),
    ):
        assert str(action) == told
    with pytest.raises(TypeError, match="integers"):
        times["x"]


def test_of_any_type_it_takes_what_it_is_given() -> None:
    anything: Any = DictAttribute(AnyAttribute, attr_name="anything")
    assert str(anything["n"] + 1) == "anything.n + {'N': '1'}"
    assert str(anything["x"]["y"][0] == "z") == "anything.x.y[0] = {'S': 'z'}"


@pytest.mark.parametrize("of", [UnicodeAttribute, UnicodeAttribute(), lambda: MapAttribute])
@pytest.mark.parametrize("kind", [ListAttribute, DictAttribute])
def test_it_is_of_a_class_of_kxmodels(kind: Any, of: Any) -> None:
    with pytest.raises(UsageError, match=r"elements of odd.*(Unicode|Map)Attribute"):
        kind(of, attr_name="odd").decode({"L": [{"S": "x"}], "M": {"x": {"S": "x"}}})


def test_a_member_of_a_map_has_its_stored_name_too() -> None:
    lead: Any = Lead
    for name in ("firstName", "first_name"):
        assert str(lead.contact_info[name].exists()) == "attribute_exists (contactInfo.firstName)"
    made: Any = Lead(tenant_id="t", email_lc="a@b.co", contact_info={"firstName": "Ann"})
    assert (made.contact_info["firstName"], made.contact_info["first_name"]) == ("Ann", "Ann")
    with pytest.raises(AttributeError, match="fistName"):
        lead.contact_info["fistName"]


def test_it_is_updated_and_compared_where_it_is_stored(zoo: type[Animal]) -> None:
    animal = rex(readings=[1.5, 2.5], counts={"n": 1}, meals=[Meal(what="bone")])
    animal.save()
    digits = Decimal("0.1234567890123456789012345678901234567")
    readings, counts = Animal.readings, Animal.counts
    animal.update(
        actions=[readings[0].set(digits), counts["n"].add(2), Animal.meals[0]["what"].set("soup")],
        condition=(readings[1] == Decimal("2.5")) & (counts["n"] < Decimal(2)),
    )
    assert animal.to_item()["readings"]["L"][0] == {"N": str(digits)}
    assert (animal.counts, animal.meals) == ({"n": 3}, [Meal(what="soup")])
