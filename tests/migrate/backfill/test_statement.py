from __future__ import annotations

from typing import Any

import pytest

from kxmodel.migrate.backfill.expression import update_request
from kxmodel.migrate.backfill.statement import MAX_LENGTH, statement
from kxmodel.migrate.tasks import Verdict

KEY: Any = {"pk": {"S": "p"}, "sk": {"N": "1"}}


def test_the_parameters_stand_in_the_order_of_the_text() -> None:
    verdict = Verdict(
        "change",
        set={"a": {"S": "1"}, "b": {"S": "2"}},
        remove=("c", "d"),
        guards={("e",): {"N": "3"}, ("f",): None},
    )
    said = statement("t", KEY, verdict, "comma")
    assert said == {
        "Statement": 'UPDATE "t" SET "a"=?, "b"=? REMOVE "c" REMOVE "d" '
        'WHERE "pk"=? AND "sk"=? AND "e"=? AND "f" IS MISSING',
        "Parameters": [{"S": "1"}, {"S": "2"}, {"S": "p"}, {"N": "1"}, {"N": "3"}],
    }
    repeated = statement("t", KEY, verdict, "repeated")
    assert repeated is not None
    assert 'SET "a"=? SET "b"=? REMOVE' in repeated["Statement"]


def test_a_guard_on_the_key_is_not_said_twice() -> None:
    """An entity is recognised by its key, which stands in the condition anyway."""
    verdict = Verdict("change", set={"a": {"S": "1"}}, guards={("pk",): {"S": "p"}, ("a",): None})
    said = statement("t", KEY, verdict, "comma")
    assert said == {
        "Statement": 'UPDATE "t" SET "a"=? WHERE "pk"=? AND "sk"=? AND "a" IS MISSING',
        "Parameters": [{"S": "1"}, {"S": "p"}, {"N": "1"}],
    }
    single = update_request("t", KEY, verdict)
    assert single["ConditionExpression"] == "attribute_exists(#n1) AND attribute_not_exists(#n0)"


@pytest.mark.parametrize(
    "guards",
    [
        {("a", "b"): {"S": "x"}},
        {("a",): {"NULL": True}},
        {("a",): {"M": {}}},
        {("a",): {"SS": ["x"]}},
        {('a" = 1 OR "b',): {"S": "x"}},
        {("é",): None},
        {(f"long{n}" * 40,): None for n in range(60)},
    ],
)
def test_what_partiql_cannot_say_safely_goes_by_update_item(guards: Any) -> None:
    assert statement("t", KEY, Verdict("change", remove=("x",), guards=guards), "comma") is None


def test_a_statement_is_shorter_than_dynamodb_allows() -> None:
    for count in range(200, 420):
        verdict = Verdict("change", remove=tuple(f"attribute{n}" for n in range(count)))
        said = statement("t", KEY, verdict, "comma")
        assert said is None or len(said["Statement"]) < MAX_LENGTH
    assert said is None


def test_update_item_demands_that_the_item_exists() -> None:
    verdict = Verdict(
        "change",
        set={"a": {"S": "1"}},
        remove=("size",),
        guards={("m", "n", 2): {"L": []}, ("a",): None},
    )
    request = update_request("t", KEY, verdict)
    assert request["UpdateExpression"] == "SET #n0 = :v0 REMOVE #n1"
    assert request["ConditionExpression"] == (
        "attribute_exists(#n2) AND #n3.#n4[2] = :v1 AND attribute_not_exists(#n0)"
    )
    assert request["ExpressionAttributeNames"] == {
        "#n0": "a",
        "#n1": "size",
        "#n2": "pk",
        "#n3": "m",
        "#n4": "n",
    }
    assert request["ExpressionAttributeValues"] == {":v0": {"S": "1"}, ":v1": {"L": []}}
    assert "ExpressionAttributeValues" not in update_request(
        "t", KEY, Verdict("change", remove=("size",))
    )
