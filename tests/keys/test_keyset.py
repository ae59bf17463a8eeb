from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from kxmodel.errors import KeyBuildError, TemplateError
from kxmodel.keys import KeyPart, KeySet, check_key_size, evaluate, parse, parse_condition

TEMPLATES = KeySet(
    "GSI2",
    (
        KeyPart("GSI2PK", parse("TEMPLATE#${templateCategory}"), "hash"),
        KeyPart("GSI2SK", parse("${popularityScore|default:0|pad:10.2}"), "range"),
    ),
    when=parse_condition({"isTemplate": {"equals": True}}),
)
TABLE = KeySet(
    "messages",
    (
        KeyPart("contact_pk", parse("${tenantId}#${email_lc}"), "hash"),
        KeyPart("ts", parse("${ts}"), "range"),
    ),
    sparse=False,
)


def test_all_key_attributes_or_none() -> None:
    item = {"isTemplate": True, "templateCategory": "gym", "popularityScore": 42.5}
    assert evaluate(TEMPLATES, item) == {"GSI2PK": "TEMPLATE#gym", "GSI2SK": "0000000042.50"}
    assert evaluate(TEMPLATES, item | {"popularityScore": None}) == {
        "GSI2PK": "TEMPLATE#gym",
        "GSI2SK": "0000000000.00",
    }
    assert evaluate(TEMPLATES, item | {"templateCategory": ""}) is None
    assert evaluate(TEMPLATES, item | {"isTemplate": False}) is None
    assert evaluate(TEMPLATES, {}) is None


def test_a_false_condition_is_asked_before_the_sources_are_judged() -> None:
    assert evaluate(TEMPLATES, {"isTemplate": False, "popularityScore": -1}) is None
    with pytest.raises(KeyBuildError, match="negative"):
        evaluate(TEMPLATES, {"isTemplate": True, "templateCategory": "x", "popularityScore": -1})


def test_the_sources_include_those_of_the_condition() -> None:
    assert TEMPLATES.sources == ("templateCategory", "popularityScore", "isTemplate")
    assert TEMPLATES.attributes == ("GSI2PK", "GSI2SK")


def test_the_key_of_the_table_names_all_that_is_missing() -> None:
    with pytest.raises(KeyBuildError) as caught:
        evaluate(TABLE, {"tenantId": "t", "email_lc": None})
    assert caught.value.code == "KX322"
    assert "email_lc, ts" in caught.value.message
    assert caught.value.attribute == "email_lc"


@pytest.mark.parametrize(
    ("key_type", "value", "key"),
    [
        ("S", 7, "7"),
        ("N", 7, 7),
        ("N", 7.0, 7),
        ("N", Decimal("7.50"), Decimal("7.5")),
        ("B", b"\x00", b"\x00"),
        ("B", bytearray(b"ab"), b"ab"),
        ("B", "YWI=", b"ab"),
        ("N", None, None),
        ("B", b"", None),
    ],
)
def test_key_attributes_of_each_type(key_type: str, value: object, key: object) -> None:
    keyset = KeySet("index", (KeyPart("k", parse("${a.k}"), "range", key_type),))
    result = evaluate(keyset, {"a": {"k": value}})
    assert result == (None if key is None else {"k": key})
    if result is not None:
        assert type(result["k"]) is type(key)


@pytest.mark.parametrize(
    ("key_type", "value"),
    [("N", "7"), ("N", True), ("N", float("nan")), ("N", 10**126), ("B", "a text"), ("B", 5)],
)
def test_values_of_another_type_are_refused(key_type: str, value: object) -> None:
    keyset = KeySet("index", (KeyPart("k", parse("${k}"), "range", key_type),))
    with pytest.raises(KeyBuildError) as caught:
        evaluate(keyset, {"k": value})
    assert caught.value.attribute == "k"


@pytest.mark.parametrize("text", ["P#${k}", "${k|lower}", "CONST", "${a}#${b}"])
@pytest.mark.parametrize("key_type", ["N", "B"])
def test_numbers_and_binary_are_natural(text: str, key_type: str) -> None:
    with pytest.raises(TemplateError) as caught:
        KeyPart("k", parse(text), "hash", key_type)
    assert caught.value.code == "KX306"


@pytest.mark.parametrize(("role", "limit"), [("hash", 2048), ("range", 1024)])
def test_keys_end_at_the_limits_of_dynamodb_in_bytes(role: str, limit: int) -> None:
    check_key_size("k", "ü" * (limit // 2), role)
    check_key_size("k", b"x" * limit, role)
    check_key_size("k", 10**100, role)
    for value in ("ü" * (limit // 2) + "x", b"x" * (limit + 1)):
        with pytest.raises(KeyBuildError) as caught:
            check_key_size("k", value, role)
        assert caught.value.code == "KX323"
        assert f"{limit:,}" in caught.value.message
    keyset = KeySet("index", (KeyPart("k", parse("${k}"), role),))
    with pytest.raises(KeyBuildError):
        evaluate(keyset, {"k": "x" * (limit + 1)})


def test_key_sets_survive_pickling() -> None:
    assert pickle.loads(pickle.dumps(TEMPLATES)) == TEMPLATES
