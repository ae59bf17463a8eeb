from __future__ import annotations

from typing import Any

import pytest

from kxmodel.errors import ValueRefused
from kxmodel.runtime.item import parse_document
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


@pytest.mark.parametrize("item", [None, [], "x", {"a": {"M": [1]}}, {"a": 1}])
def test_what_is_no_dynamodb_json_is_refused_as_a_value(item: Any) -> None:
    with pytest.raises(ValueRefused, match="DynamoDB JSON") as caught:
        Animal.from_item(item)
    assert caught.value.code == "KX317"
