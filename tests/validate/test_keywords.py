from __future__ import annotations

import pytest

from kxmodel.validate.keywords import last_keyword, subschemas


@pytest.mark.parametrize(
    ("path", "keyword"),
    [
        ((), ""),
        (("required",), "required"),
        (("properties", "items"), "properties"),
        (("properties", "properties", "items", "type"), "type"),
        (("allOf", 0), "allOf"),
        (("allOf", 0, "$ref"), "$ref"),
        (("$ref", "dependentSchemas", "required", "additionalProperties"), "additionalProperties"),
    ],
)
def test_last_keyword(path: tuple[str | int, ...], keyword: str) -> None:
    assert last_keyword(path) == keyword


def test_subschemas() -> None:
    schema = {
        "items": 1,
        "anyOf": [2, 3],
        "properties": {"const": 4},
        "const": {"not": 5},
        "examples": [6],
        "x-kx-entity": {"if": 7},
    }
    assert [*subschemas(schema)] == [1, 2, 3, 4]
