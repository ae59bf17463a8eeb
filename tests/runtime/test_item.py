from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from kxmodel.errors import ValueRefused
from kxmodel.runtime.item import from_wire, parse_document
from tests.runtime.zoo import Animal


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1"),
        ('{"a":\n}', "line 2, column 1"),
        (b"\xff{", "UTF-8"),
        ("[" * 200_000, "nests"),
        ("9" * 5_000, "digits"),
    ],
)
def test_a_text_that_is_no_json_is_refused_as_a_value(text: str | bytes, told: str) -> None:
    for read in (parse_document, Animal.from_json):
        with pytest.raises(ValueRefused, match=told) as caught:
            read(text)
        assert caught.value.code == "KX317"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", 0.1),
        ("1.50", 1.5),
        ("-1e3", -1000.0),
        ("0.12345678901234567890123456789012345678", None),
        ("12345678901234567890.5", None),
        ("1e-400", None),
        ("1e99999999999999999999", float("inf")),
    ],
)
def test_a_json_text_keeps_every_digit(text: str, value: float | None) -> None:
    read: Any = parse_document(f'{{"a": [{text}]}}')
    expected = Decimal(text) if value is None else value
    assert read == {"a": [expected]}
    assert type(read["a"][0]) is type(expected)


@pytest.mark.parametrize("item", [None, [], "x", {"a": {"M": [1]}}, {"a": 1}])
def test_what_is_no_dynamodb_json_is_refused_as_a_value(item: Any) -> None:
    with pytest.raises(ValueRefused, match="DynamoDB JSON") as caught:
        Animal.from_item(item)
    assert caught.value.code == "KX317"


def test_a_json_text_and_its_values_make_the_same_item() -> None:
    digits = "0.12345678901234567890123456789012345678"
    item = {
        "tenantId": {"S": "t1"},
        "animalId": {"S": "a1"},
        "name": {"S": "Rex"},
        "price": {"N": digits},
        "weight": {"N": digits},
        "anything": {"M": {"x": {"L": [{"N": digits}]}}},
        "unknown": {"N": digits},
    }
    document = Animal.from_item(item).to_json()
    text = json.dumps(document, default=lambda value: {"digits": str(value)})
    text = text.replace(f'{{"digits": "{digits}"}}', digits)
    made = Animal.from_json(text).to_item()
    assert {name: made[name] for name in item} == item
    assert made == Animal.from_json(document).to_item()


def test_base64_text_becomes_bytes_wherever_it_stands() -> None:
    item = {
        "blob": {"B": "AP8="},
        "raw": {"B": b"AP8="},
        "blobs": {"BS": ["YQ==", "Yg=="]},
        "map": {"M": {"list": {"L": [{"B": "AP8="}, {"S": "AP8="}]}}},
        "numbers": {"NS": ["1"]},
    }
    assert from_wire(item) == {
        "blob": {"B": b"\x00\xff"},
        "raw": {"B": b"AP8="},
        "blobs": {"BS": [b"a", b"b"]},
        "map": {"M": {"list": {"L": [{"B": b"\x00\xff"}, {"S": "AP8="}]}}},
        "numbers": {"NS": ["1"]},
    }
