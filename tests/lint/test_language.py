"""Whatever the schema lets an item hold, the language of the source contains it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import KxError
from kxmodel.keys import KeyPart, KeySet, Literal, evaluate, may_collide, parse
from kxmodel.keys.template import holds_delimiter
from kxmodel.lint.language import letters, may_hold, source_texts
from kxmodel.lint.narrow import exactly, meet, narrowed
from kxmodel.validate import Validator
from tests.lint.schemas import NOTES, changed, read

SHAPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "pattern": {"type": "string", "pattern": "^[a-f#]{1,4}$"},
    "lower": {"type": "string", "x-kx-normalise": "lower", "format": "lowercase"},
    "email": {"type": "string", "format": "email"},
    "enum": {"type": "string", "enum": ["a", "b#", "#"]},
    "flag": {"type": "boolean"},
    "whole": {"type": "integer"},
    "counted": {"type": "integer", "minimum": 0},
    "real": {"type": "number", "x-kx-number": "decimal"},
    "day": {"type": "string", "format": "date"},
    "host": {"type": "string", "format": "hostname"},
    "uuid": {"type": "string", "format": "uuid"},
    "zone": {"type": "string", "format": "timezone"},
    "uri": {"type": "string", "format": "uri"},
    "time": {"type": "string", "format": "date-time"},
    "ulid": {"type": "string", "format": "ulid"},
    "phone": {"type": "string", "format": "e164"},
    "ip4": {"type": "string", "format": "ipv4"},
    "ip6": {"type": "string", "format": "ipv6"},
    "clock": {"type": "string", "format": "time"},
}
TABLE = read(changed(NOTES, *((f"properties/x_{n}", shape) for n, shape in SHAPES.items())))
ENTITY = TABLE.entities[0]
VALIDATORS = {
    name: Validator({k: v for k, v in s.items() if k[:2] != "x-"}) for name, s in SHAPES.items()
}
VALUES = (
    st.text(max_size=6)
    | st.sampled_from("abcdef#.-@:/")
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.decimals(-1000, 1000, places=3)
    | st.emails().map(str.lower)
    | st.uuids().map(str)
    | st.dates().map(str)
    | st.ip_addresses().map(str)
    | st.sampled_from(
        [
            "2024-01-15T10:30:00.000Z",
            "01HM6AQH208M2N3P4Q5R6S7T8V",
            "+19545550123",
            "10:30:00+01:00",
            "https://example.com/a?b#c",
            "America/New_York",
            "a.b-c.example",
            "o'hara+#x@example.com",
            "b#",
        ]
    )
)


@settings(max_examples=400)
@given(st.sampled_from(sorted(SHAPES)), VALUES)
def test_every_valid_value_is_in_the_language(name: str, value: object) -> None:
    if not VALIDATORS[name].is_valid(value) or value == "":
        return
    template = parse(f"${{x_{name}}}#")
    try:
        made = evaluate(KeySet("k", (KeyPart("k", template, "hash"),)), {f"x_{name}": value})
    except KxError:
        return
    assert made is not None
    key = str(made["k"])
    assert meet(narrowed(TABLE, ENTITY, template), [exactly(key)]) == key
    texts = source_texts(TABLE, ENTITY, f"x_{name}")
    text = key[:-1]
    assert any(
        text == t if isinstance(t, str) else all(c in letters(t) for c in text) for t in texts
    )
    for delimiter in ("#", "--", "a#a", ".", "/x"):
        if holds_delimiter(text, delimiter):
            assert any(may_hold(t, delimiter) for t in texts)


def test_a_value_that_the_schema_rules_out_is_not() -> None:
    for name, text in (
        ("whole", "a"),
        ("counted", "-1"),
        ("flag", "yes"),
        ("ulid", "U" * 26),
        ("lower", "A"),
    ):
        template = parse(f"${{x_{name}}}")
        assert meet(narrowed(TABLE, ENTITY, template), [exactly(text)]) is None


def test_delimiters_of_several_characters() -> None:
    dashes = source_texts(TABLE, ENTITY, "x_uuid")
    assert any(may_hold(text, "--") for text in dashes)
    assert not any(may_hold(text, "-#") for text in dashes)
    # "-" at the end and "-#-" behind it make no "-#-" too early: its "#" cannot be in a UUID.
    assert not any(may_hold(text, "-#-") for text in dashes)
    days = source_texts(TABLE, ENTITY, "x_day")
    assert any(may_hold(text, "-#-#"[:1]) for text in days)


def test_narrowing_keeps_literals_whole() -> None:
    (first, second, third) = narrowed(TABLE, ENTITY, parse("A${x_enum}B"))
    assert [t.parts for t in (first, second, third)] == [
        (Literal("AaB", 0),),
        (Literal("Ab#B", 0),),
        (Literal("A#B", 0),),
    ]
    assert may_collide(first, second) is None
