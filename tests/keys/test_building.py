from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from kxmodel.errors import KeyBuildError
from kxmodel.keys import missing_sources, nest, parse, render, render_part, render_prefix, split

CONTACT = parse("${tenantId}#${email_lc}")


class Status(StrEnum):
    ACTIVE = "active"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ("a\nb\x00", "a\nb\x00"),
        (7, "7"),
        (-1.50, "-1.5"),
        (1e22, "1" + "0" * 22),
        (Decimal("1E+2"), "100"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (datetime(2024, 1, 15, 10, 30, tzinfo=UTC), "2024-01-15T10:30:00.000Z"),
        (Status.ACTIVE, "active"),
    ],
)
def test_values_in_a_key(value: object, text: str) -> None:
    assert render(parse("${x}"), {"x": value}) == text


@pytest.mark.parametrize("values", [{}, {"x": None}, {"x": ""}, {"a": {}}, {"a": {"x": None}}])
@pytest.mark.parametrize("text", ["${x}", "P#${x}", "${a.x}#${x}"])
def test_a_source_that_is_absent_gives_no_key(text: str, values: dict[str, object]) -> None:
    assert render(parse(text), values) is None


def test_a_constant_is_always_there() -> None:
    assert render(parse("PROFILE"), {}) == "PROFILE"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "KX324"),
        ([], "KX324"),
        ({"a"}, "KX324"),
        (b"", "KX324"),
        (object(), "KX324"),
        ("\ud800", "KX316"),
        (float("inf"), "KX315"),
        (datetime(2024, 1, 1), "KX312"),
        ("a#b", "KX321"),
        ("#", "KX321"),
    ],
)
def test_what_has_no_place_in_a_key_names_attribute_and_value(value: object, code: str) -> None:
    with pytest.raises(KeyBuildError) as caught:
        render(CONTACT, {"tenantId": value, "email_lc": "x"})
    assert caught.value.code == code
    assert (caught.value.attribute, caught.value.value) == ("tenantId", value)
    assert "tenantId" in caught.value.message
    assert caught.value.fix


def test_the_last_part_may_hold_the_delimiter() -> None:
    assert render(CONTACT, {"tenantId": "t", "email_lc": "a#b@x.de"}) == "t#a#b@x.de"
    assert render(parse("${a}#"), {"a": "x#"}) == "x##"


def test_a_longer_delimiter_must_not_begin_inside_the_value() -> None:
    template = parse("${a}--${b}")
    assert render(template, {"a": "x-y", "b": "-"}) == "x-y---"
    with pytest.raises(KeyBuildError) as caught:
        render(template, {"a": "x-", "b": "y"})
    assert caught.value.code == "KX321"


def test_a_fixed_width_part_may_hold_the_delimiter() -> None:
    template = parse("${at|date:day}-${x}")
    assert render(template, {"at": "2024-01-15T00:00:00Z", "x": "y"}) == "2024-01-15-y"


@pytest.mark.parametrize("between", ["text", 5, ["x"]])
def test_a_path_through_what_is_no_map_is_refused(between: object) -> None:
    with pytest.raises(KeyBuildError) as caught:
        render(parse("${a.b}"), {"a": between})
    assert caught.value.attribute == "a.b"
    assert "not a map" in caught.value.message


def test_a_path_through_null_is_absent() -> None:
    assert render(parse("${a.b.c}"), {"a": {"b": None}}) is None


@pytest.mark.parametrize(
    ("given", "prefix", "rest"),
    [
        ({}, "P#", "status"),
        ({"status": "active"}, "P#active#", "updated_at"),
        ({"status": "active", "updated_at": "2024"}, "P#active#2024", None),
        ({"updated_at": "2024"}, "P#", "status"),
        ({"status": None}, "P#", "status"),
    ],
)
def test_prefixes_for_queries(given: dict[str, object], prefix: str, rest: str | None) -> None:
    template = parse("P#${status}#${updated_at}")
    assert render_prefix(template, given) == prefix
    found, placeholder = split(template, given)
    assert (found, placeholder.source if placeholder else None) == (prefix, rest)


def test_a_default_does_not_stand_in_for_what_a_query_leaves_open() -> None:
    template = parse("${kind|default:none}#${n|default:0|pad:3}")
    assert render(template, {}) == "none#000"
    assert render_prefix(template, {}) == ""
    assert render_prefix(template, {"kind": None}) == "none#"


def test_one_part_alone() -> None:
    template = parse("${status}#${score|default:0|pad:3}")
    status, score = template.placeholders
    assert render_part(template, score, 7) == "007"
    assert render_part(template, score, None) == "000"
    with pytest.raises(KeyBuildError, match="status"):
        render_part(template, status, None)
    with pytest.raises(KeyBuildError, match="holds '#'"):
        render_part(template, status, "a#")


def test_missing_sources_are_named_each_once() -> None:
    template = parse("${a}#${b.c}#${d|default:x}#${a|shard:4}")
    assert missing_sources(template, {"b": {"c": ""}}) == ("a", "b.c")
    assert missing_sources(template, {"a": 1, "b": {"c": 0}}) == ()


def test_nesting_what_a_caller_gives_by_path() -> None:
    flat = {"contactInfo.phone": "+1", "tenantId": "t", "a.b.c": 1, "a.b.d": 2}
    assert nest(flat) == {
        "contactInfo": {"phone": "+1"},
        "tenantId": "t",
        "a": {"b": {"c": 1, "d": 2}},
    }
    with pytest.raises(KeyBuildError, match="would contain it"):
        nest({"a": 1, "a.b": 2})
