"""Generated models are PynamoDB models: what PynamoDB documents works, feature by feature.

Tables, items, conditions, updates, queries and scans. Batches, transactions and connections are in
`test_pynamodb_requests`, attribute classes in `test_pynamodb_attributes`. Where a model
deliberately differs, `test_deviations` has the test.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pynamodb.exceptions import DeleteError, PutError, TableDoesNotExist, TableError, UpdateError
from pynamodb.expressions.condition import size
from pynamodb.pagination import RateLimiter

from tests.runtime.forum import Thread, ids
from tests.runtime.test_saving import rex, stored
from tests.runtime.zoo import Animal, Keeper, Meal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.expressions.condition import Condition

    from kxmodel.engines import RunningEngine


# Tables


def test_a_table_is_made_described_and_deleted(engine: RunningEngine) -> None:
    assert not Thread.exists()
    with pytest.raises(TableDoesNotExist):
        Thread.describe_table()
    Thread.create_table(wait=True)
    Thread.create_table()
    assert Thread.exists()
    described = Thread.describe_table()
    assert described["TableName"] == Thread.Meta.table_name
    assert described["ProvisionedThroughput"]["ReadCapacityUnits"] == 5
    indexes = {index["IndexName"]: index for index in described["GlobalSecondaryIndexes"]}
    assert set(indexes) == {"first", "second"}
    assert indexes["first"]["Projection"]["NonKeyAttributes"] == ["views"]
    assert [index["IndexName"] for index in described["LocalSecondaryIndexes"]] == ["views"]
    Thread.delete_table(wait=True)
    assert not Thread.exists()
    with pytest.raises(TableError):
        Thread.delete_table()


def test_a_ttl_attribute_switches_time_to_live_on(zoo: type[Animal]) -> None:
    client = Animal._get_connection().connection.client
    told = client.describe_time_to_live(TableName=Animal.Meta.table_name)
    assert told["TimeToLiveDescription"]["AttributeName"] == "expires"
    animal = rex(expires=timedelta(hours=1))
    animal.save()
    assert animal.expires is not None
    assert timedelta(0) < animal.expires - datetime.now(UTC) <= timedelta(hours=1)
    assert stored(animal)["expires"] == {"N": str(int(animal.expires.timestamp()))}


# Items


def test_an_item_is_made_read_refreshed_and_deleted(threads: type[Thread]) -> None:
    thread = Thread("db", "new", replies=3)
    assert thread.views == 0
    thread.save()
    again = Thread.get("db", "new", consistent_read=True)
    assert (again.forum, again.subject, again.views, again.replies) == ("db", "new", 0, 3)
    again.views = 9
    again.save()
    assert thread.views == 0
    thread.refresh(consistent_read=True)
    assert thread.views == 9
    thread.delete()
    with pytest.raises(Thread.DoesNotExist):
        Thread.get("db", "new")
    with pytest.raises(Thread.DoesNotExist):
        thread.refresh()
    with pytest.raises(ValueError, match="colour"):
        Thread("db", "x", colour="red")


def test_the_exceptions_of_a_model_are_its_own(threads: type[Thread]) -> None:
    assert Thread.DoesNotExist is not Animal.DoesNotExist
    try:
        Thread.get("db", "none")
    except Animal.DoesNotExist:
        pytest.fail("another model's exception")
    except Thread.DoesNotExist:
        pass


def test_attributes_to_get_reads_a_part(threads: type[Thread]) -> None:
    part = Thread.get("db", "s1", attributes_to_get=["forum", "views"])
    assert part.views == 10
    assert part.replies is None
    assert {t.replies for t in Thread.query("db", attributes_to_get=["subject"])} == {None}


# Conditions


def test_every_condition_of_the_documentation(zoo: type[Animal]) -> None:
    rex(
        animal_id="a",
        legs=4,
        price=Decimal("9.5"),
        tags={"big", "old"},
        photo=b"ab",
        born="2020-05-01T00:00:00Z",
        meals=[Meal(what="bone", grams=100.0), Meal(what="fish")],
        notes=["good", "loud"],
        counts={"walks": 3},
        anything={"x": [1, {"y": "z"}]},
    ).save()
    rex(animal_id="b", name="Tom", species="cat", weight=4, legs=3, alive=False, notes=["x"]).save()
    cases: dict[str, tuple[Callable[[], Condition], str]] = {
        "=": (lambda: Animal.name == "Rex", "a"),
        "<>": (lambda: Animal.name != "Rex", "b"),
        "<": (lambda: Animal.weight < 12.5, "b"),
        "<=": (lambda: Animal.weight <= 12.5, "ab"),
        ">": (lambda: Animal.price > Decimal(9), "a"),
        ">=": (lambda: Animal.born >= datetime(2020, 5, 1, tzinfo=UTC), "a"),
        "between": (lambda: Animal.legs.between(1, 3), "b"),
        "is_in": (lambda: Animal.species.is_in("cat", "owl"), "b"),
        "exists": (lambda: Animal.tags.exists(), "a"),
        "does_not_exist": (lambda: Animal.tags.does_not_exist(), "b"),
        "is_type": (lambda: Animal.photo.is_type(), "a"),
        "startswith": (lambda: Animal.name.startswith("To"), "b"),
        "startswith of a normalised attribute": (
            lambda: Animal.keeper.phone.startswith("+1"),
            "ab",
        ),
        "contains in text": (lambda: Animal.name.contains("e"), "a"),
        "contains in a set": (lambda: Animal.tags.contains("old"), "a"),
        "contains in a list": (lambda: Animal.notes.contains("loud"), "a"),
        "size": (lambda: size(Animal.notes) == 2, "a"),
        "size of a member": (lambda: size(Animal.keeper.email) > 3, "ab"),
        "boolean": (lambda: Animal.alive == False, "b"),  # noqa: E712
        "binary": (lambda: Animal.photo == b"ab", "a"),
        "set": (lambda: Animal.tags == {"old", "big"}, "a"),
        "and": (lambda: (Animal.legs > 3) & (Animal.name == "Rex"), "a"),
        "or": (lambda: (Animal.legs > 9) | (Animal.name == "Tom"), "b"),
        "not": (lambda: ~Animal.name.contains("e"), "b"),
        "another attribute": (lambda: Animal.weight > Animal.legs, "ab"),
        "a member": (lambda: Animal.keeper.email == "KIM@example.com", "ab"),
        "a member by item": (lambda: Animal.keeper["email"].contains("@"), "ab"),
        "a whole map": (
            lambda: Animal.keeper == Keeper(email="kim@example.com", phone="+19545550123"),
            "ab",
        ),
        "a list element": (lambda: Animal.notes[1] == "loud", "a"),
        "a member of a list element": (lambda: Animal.meals[0].what == "bone", "a"),
        "a member of a list element by item": (lambda: Animal.meals[0]["grams"] >= 100, "a"),
        "a free name": (lambda: Animal.counts["walks"] == 3, "a"),
        "a free path": (lambda: Animal.anything["x"][1]["y"] == "z", "a"),
    }
    found = {
        name: "".join(sorted(animal.animal_id for animal in Animal.scan(make())))
        for name, (make, _) in cases.items()
    }
    assert found == {name: expected for name, (_, expected) in cases.items()}


def test_a_condition_grows_from_none(threads: type[Thread]) -> None:
    condition = None
    condition &= Thread.views >= 10
    condition &= Thread.views < 40
    assert ids(Thread.query("db", filter_condition=condition)) == ["s1", "s2", "s3"]


def test_writes_under_a_condition_tell_why_they_failed(threads: type[Thread]) -> None:
    absent = Thread.subject.does_not_exist()
    Thread("db", "new").save(absent)
    thread = Thread.get("db", "new")
    with pytest.raises(PutError) as put:
        Thread("db", "new").save(condition=absent)
    with pytest.raises(UpdateError) as updated:
        thread.update([Thread.views.set(1)], condition=Thread.views > 5)
    with pytest.raises(DeleteError) as deleted:
        thread.delete(Thread.views > 5)
    for caught in (put, updated, deleted):
        assert caught.value.cause_response_code == "ConditionalCheckFailedException"
    with pytest.raises(UpdateError) as missing:
        Thread("db", "none").update([Thread.views.set(1)])
    assert missing.value.cause_response_code == "ConditionalCheckFailedException"
    thread.update([Thread.views.set(6)], Thread.views == 0)
    thread.delete(Thread.views > 5)
    with pytest.raises(Thread.DoesNotExist):
        Thread.get("db", "new")


# Updates


def test_every_update_action_of_the_documentation(zoo: type[Animal]) -> None:
    animal = rex(legs=4, tags={"a"}, notes=["x", "y"], meals=[Meal(what="bone")], counts={"n": 1})
    animal.save()
    answer = animal.update(
        actions=[
            Animal.legs.set(Animal.legs - 1),
            Animal.weight.set(Animal.weight + 0.5),
            Animal.price.set(Animal.price | Decimal("2.5")),
            Animal.notes.set(Animal.notes.append(["z"])),
            Animal.tags.add({"b", "c"}),
            Animal.sizes.add({1, 2.5}),
            Animal.counts["n"].set(7),
            Animal.meals[0].what.set("fish"),
            Animal.keeper.shift.set(2),
            Animal.photo.remove(),
            Animal.born.set("2020-01-01T00:00:00Z"),
        ]
    )
    assert answer["Attributes"]["legs"] == {"N": "3"}
    assert (animal.legs, animal.weight, animal.price) == (3, 13.0, Decimal("2.5"))
    assert animal.notes == ["x", "y", "z"]
    assert animal.tags == {"a", "b", "c"}
    assert animal.sizes == {1.0, 2.5}
    assert animal.counts == {"n": 7}
    assert animal.meals == [Meal(what="fish")]
    assert animal.keeper is not None
    assert animal.keeper.shift == 2
    assert animal.born == datetime(2020, 1, 1, tzinfo=UTC)
    animal.update(
        actions=[
            Animal.notes.set(Animal.notes.prepend(["w"])),
            Animal.tags.delete({"a", "c"}),
            Animal.legs.add(-1),
            Animal.meals[1].set({"what": "soup"}),
            Animal.keeper.shift.remove(),
        ]
    )
    assert animal.notes == ["w", "x", "y", "z"]
    assert animal.tags == {"b"}
    assert animal.legs == 2
    assert animal.meals == [Meal(what="fish"), Meal(what="soup")]
    assert animal.keeper == Keeper(email="kim@example.com", phone="+19545550123")
    animal.update(actions=[Animal.notes[1].remove(), Animal.tags.set([])])
    assert animal.notes == ["w", "y", "z"]
    assert animal.tags is None
    again = Animal.get("t1#a1", "ANIMAL")
    assert again.to_item() == animal.to_item()
    for nonsense in ([], None, Animal.legs.set(1)):
        with pytest.raises(TypeError, match="non-empty list"):
            animal.update(actions=nonsense)


# Queries and scans


def test_queries_take_key_conditions_filters_order_and_limit(threads: type[Thread]) -> None:
    assert ids(Thread.query("db")) == ["s0", "s1", "s2", "s3", "s4"]
    assert ids(Thread.query("db", Thread.subject > "s2")) == ["s3", "s4"]
    assert ids(Thread.query("db", Thread.subject.between("s1", "s2"))) == ["s1", "s2"]
    assert ids(Thread.query("db", Thread.subject.startswith("s"), Thread.views > 20)) == [
        "s3",
        "s4",
    ]
    assert ids(Thread.query("db", scan_index_forward=False, limit=2)) == ["s4", "s3"]
    assert ids(Thread.query("db", limit=3, page_size=1)) == ["s0", "s1", "s2"]
    assert ids(Thread.query("nothing")) == []


def test_results_tell_where_to_go_on(threads: type[Thread]) -> None:
    results = Thread.query("db", limit=2)
    assert ids(results) == ["s0", "s1"]
    key = results.last_evaluated_key
    assert key == {"forum": {"S": "db"}, "subject": {"S": "s1"}}
    rest = Thread.query("db", last_evaluated_key=key)
    assert ids(rest) == ["s2", "s3", "s4"]
    assert rest.last_evaluated_key is None
    assert rest.total_count == 3
    middle = Thread.query("db", page_size=4)
    assert [next(middle).subject, next(middle).subject] == ["s0", "s1"]
    assert middle.last_evaluated_key == key
    by_index = Thread.by_views.query("db", limit=1)
    next(by_index)
    assert set(by_index.last_evaluated_key or {}) == {"forum", "subject", "views"}


def test_counts(threads: type[Thread]) -> None:
    assert Thread.count() == 6
    assert Thread.count("db") == 5
    assert Thread.count("db", Thread.subject > "s2") == 2
    assert Thread.count("db", filter_condition=Thread.views > 0) == 4
    assert Thread.first.count(1) == 3
    with pytest.raises(ValueError, match="hash_key"):
        Thread.count(filter_condition=Thread.views > 0)


def test_indexes_answer_queries_and_scans(threads: type[Thread]) -> None:
    assert ids(Thread.by_views.query("db", Thread.views > 10, scan_index_forward=False)) == [
        "s4",
        "s3",
        "s2",
    ]
    assert ids(Thread.first.query(0)) == ["s0", "s2", "s4"]
    assert sorted(ids(Thread.second.query(1, Thread.subject >= "s1"))) == ["s1", "s3"]
    found = next(iter(Thread.first.query(0)))
    assert (found.forum, found.views) == ("db", 0)
    assert len(ids(Thread.by_views.scan())) == 6
    assert len(ids(Thread.first.scan(Thread.views > 15))) == 3


def test_a_scan_runs_in_segments(threads: type[Thread]) -> None:
    def segment(number: int) -> list[str]:
        return [f"{t.forum}/{t.subject}" for t in Thread.scan(segment=number, total_segments=3)]

    with ThreadPoolExecutor(3) as pool:
        found = [one for part in pool.map(segment, range(3)) for one in part]
    assert sorted(found) == ["db/s0", "db/s1", "db/s2", "db/s3", "db/s4", "other/s0"]
    assert len(list(Thread.scan(limit=2))) == 2


def test_rate_limited_operations_count_what_they_consume(
    threads: type[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    consumed: list[float] = []
    monkeypatch.setattr(RateLimiter, "consume", lambda self, units: consumed.append(units))
    assert len(list(Thread.query("db", rate_limit=100, page_size=2))) == 5
    assert len(list(Thread.scan(rate_limit=100))) == 6
    assert Thread.count("db", rate_limit=100) == 5
    assert len(consumed) >= 4
    assert all(units >= 0 for units in consumed)
