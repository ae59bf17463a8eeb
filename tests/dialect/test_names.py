from __future__ import annotations

import keyword
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.dialect import module_name, pascal_case, snake_case
from kxmodel.dialect.names import is_identifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.errors import SchemaError

    Refused = Callable[..., SchemaError]


@pytest.mark.parametrize(
    ("stored", "python"),
    [
        ("tenantId", "tenant_id"),
        ("GSI1PK", "gsi1_pk"),
        ("GSI1", "gsi1"),
        ("email_lc", "email_lc"),
        ("ipAddress", "ip_address"),
        ("HTTPServer", "http_server"),
        ("contact-pk", "contact_pk"),
        ("a b.c", "a_b_c"),
        ("class", "class_"),
        ("None", "none"),
        ("self", "self_"),
        ("PK", "pk"),
    ],
)
def test_snake_case(stored: str, python: str) -> None:
    assert snake_case(stored) == python


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("contactInfo", "ContactInfo"),
        ("contact_info", "ContactInfo"),
        ("contact-info.x y", "ContactInfoXY"),
        ("APIKey", "APIKey"),
    ],
)
def test_pascal_case(name: str, made: str) -> None:
    assert pascal_case(name) == made


@given(st.from_regex(r"[a-zA-Z0-9_.-]{3,30}", fullmatch=True))
def test_every_table_name_makes_a_module_name_or_a_clear_no(name: str) -> None:
    made = module_name(name)
    assert is_identifier(made)
    assert not keyword.iskeyword(made)


HOSTILE = [
    "naïve",
    "2fa",
    "",
    "a\nb",
    "a'b",
    'a"b',
    "a\\b",
    "a;import os",
    "<script>",
    "a\u202eb",
    "a\x00b",
    "\uff11",
    "\uff43lass",
    "#",
    "${x}",
    "x" * 70_000 + "é",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_attribute_names_ask_for_a_name(small: dict, refused: Refused, name: str) -> None:
    small["properties"][name] = {"type": "string"}
    error = refused(small, "KX108" if name == "" else "KX121")
    assert name == "" or "x-kx-name" in str(error)
    assert len(str(error)) < 500
    assert "\n\n" not in str(error)
    assert str(error).isprintable() or "\n  fix" in str(error)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name])
def test_hostile_attribute_names_are_data_once_they_have_a_name(
    small: dict, read: Callable, name: str
) -> None:
    small["properties"][name] = {"type": "string", "x-kx-name": "fine"}
    attribute = read(small).entities[0].members[name]
    assert attribute.python_name == "fine"


@pytest.mark.parametrize("name", ["a b", "_a", "1a", "é", "a-b", "x" * 101, "a\n"])
def test_a_given_name_is_an_identifier(small: dict, refused: Refused, name: str) -> None:
    small["properties"]["a"] = {"x-kx-name": name}
    refused(small, "KX108")


def test_a_given_name_is_no_keyword(small: dict, refused: Refused) -> None:
    small["properties"]["a"] = {"x-kx-name": "import"}
    refused(small, "KX121", "'import'")


@pytest.mark.parametrize(
    "name",
    ["query", "Count", "save", "attribute_values", "kx", "find", "toItem", "hash_key", "Meta"],
)
def test_members_of_the_base_are_reserved(small: dict, refused: Refused, name: str) -> None:
    small["properties"][name] = {"type": "string"}
    if name == "Meta":  # `meta` hides nothing: names are told apart by case
        small["properties"][name]["x-kx-name"] = "_meta"
        refused(small, "KX108")
    else:
        refused(small, "KX122", "x-kx-name", "Thing")


@pytest.mark.parametrize("name", ["set", "null", "default", "attrName", "asDict", "contains"])
def test_members_of_the_map_are_reserved(small: dict, refused: Refused, name: str) -> None:
    small["properties"]["m"] = {"properties": {name: {"type": "string"}}}
    refused(small, "KX122", "'" + name + "'")


def test_dunder_names_are_reserved(small: dict, refused: Refused) -> None:
    small["properties"]["__init__"] = {"type": "string"}
    refused(small, "KX122")


@pytest.mark.parametrize("pair", [("tenantId", "tenant_id"), ("a b", "a.b"), ("class", "class_")])
def test_attributes_whose_names_clash(small: dict, refused: Refused, pair: tuple[str, str]) -> None:
    small["properties"] |= {name: {} for name in pair}
    refused(small, "KX120", repr(pair[0]), repr(pair[1]))
    small["properties"] = {
        "id": {"type": "string"},
        "m": {"properties": {name: {} for name in pair}},
    }
    refused(small, "KX120", "of M would both be called")


def test_an_attribute_an_index_and_a_pattern_share_one_namespace(
    small: dict, refused: Refused, read: Callable
) -> None:
    small["x-kx-table"]["indexes"] = {"GSI1": {"hash": "x"}}
    small["properties"]["gsi1"] = {"type": "string"}
    refused(small, "KX120", "the index 'GSI1'")
    small["properties"]["gsi1"]["x-kx-name"] = "other"
    assert read(small).entities[0].members["gsi1"].python_name == "other"
    small["x-kx-patterns"] = {"other": {"question": "q", "given": ["id"]}}
    refused(small, "KX120", "the pattern 'other'", "the attribute 'gsi1'")
    small["x-kx-patterns"] = {"query": {"question": "q", "given": ["id"]}}
    refused(small, "KX122", "the pattern 'query'")


def test_an_index_name_makes_an_identifier(small: dict, refused: Refused) -> None:
    small["x-kx-table"]["indexes"] = {"1st": {"hash": "x"}}
    refused(small, "KX121", "'1st'", "Rename the index")
