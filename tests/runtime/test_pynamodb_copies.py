"""The other forms of an object that PynamoDB documents: dicts, copies, pickles."""

from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import kxmodel
from tests.runtime.test_saving import rex
from tests.runtime.zoo import Animal, Meal

if TYPE_CHECKING:
    from collections.abc import Callable


def test_dicts_of_pynamodb_go_both_ways() -> None:
    animal = rex(legs=4, price=Decimal("1.25"), notes=["a"], meals=[{"what": "bone", "grams": 2}])
    simple = animal.to_simple_dict()
    assert json.loads(json.dumps(simple)) == simple
    assert (simple["legs"], simple["notes"], simple["PK"]) == (4, ["a"], "t1#a1")
    again = Animal()
    again.from_simple_dict(simple)
    assert again.to_simple_dict() == simple
    assert again.meals == [Meal(what="bone", grams=2.0)]

    animal.photo, animal.tags = b"\x00\xff", {"x"}
    with pytest.raises(ValueError):
        animal.to_simple_dict()
    forced = animal.to_simple_dict(force=True)
    assert (forced["photo"], forced["tags"]) == ("AP8=", ["x"])
    typed = animal.to_dynamodb_dict()
    assert json.loads(json.dumps(typed)) == typed
    assert typed["photo"] == {"B": "AP8="}
    kept = copy.deepcopy(typed)
    again = Animal()
    again.from_dynamodb_dict(typed)
    assert typed == kept
    assert (again.photo, again.tags) == (b"\x00\xff", {"x"})
    assert again.to_dynamodb_dict() == kept


def test_dicts_of_pynamodb_leave_the_object_as_it_is() -> None:
    animal = Animal.from_item({**rex(photo=b"\x01").to_item(), "unknown": {"B": b"\x02"}})
    before = copy.deepcopy(animal.to_item())
    shown = animal.to_dynamodb_dict()
    assert shown["unknown"] == {"B": "Ag=="}
    shown["photo"]["B"] = "changed"
    assert animal.to_item() == before


def test_what_a_dict_sets_is_judged_when_it_is_saved() -> None:
    animal = Animal()
    animal.from_simple_dict({"tenantId": "t1", "animalId": "a1", "name": "Rex", "legs": -1})
    with pytest.raises(kxmodel.KxError, match="legs"):
        animal.serialize()


@pytest.mark.parametrize(
    "make", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))]
)
def test_objects_are_copied_and_pickled(make: Callable[[Animal], Animal]) -> None:
    for animal in (
        rex(meals=[{"what": "bone"}], price=Decimal("1.5")),
        Animal.from_item({**rex().to_item(), "unknown": {"N": "1" * 38}}),
    ):
        twin = make(animal)
        assert type(twin) is Animal
        assert twin.to_item() == animal.to_item()
        assert twin.keeper == animal.keeper
        assert repr(twin) == repr(animal)
    deep = copy.deepcopy(animal)
    assert deep.keeper is not None
    deep.keeper.email = "other@example.com"
    assert animal.keeper is not None
    assert animal.keeper.email == "kim@example.com"


def test_a_nested_structure_shows_its_values_and_as_an_attribute_its_path() -> None:
    assert repr(Meal(what="bone")) == "Meal(what='bone')"
    assert repr(Animal.keeper) == "<Keeper at keeper>"
