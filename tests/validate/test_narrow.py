from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.models import Lead, Message, Persona
from kxmodel.runtime.spec import spec_of
from kxmodel.validate import FORMATS, Validator
from kxmodel.validate.narrow import PATTERNS, narrowed
from tests.validate.test_formats import BAD, GOOD

SCHEMAS = Path(__file__).parents[2] / "schemas"


def takes(schema: dict[str, object], value: object) -> bool:
    return jsonschema_rs.Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("name", sorted(PATTERNS))
@given(data=st.data())
def test_a_pattern_takes_only_what_the_format_takes(name, data):
    drawn = st.one_of(
        st.from_regex(PATTERNS[name], fullmatch=data.draw(st.booleans())),
        st.sampled_from([*GOOD[name], *BAD[name]]).flatmap(
            lambda text: st.sampled_from([text, f"{text}\n", f" {text}", text.upper(), text[:-1]])
        ),
        st.text(max_size=40),
    )
    text = data.draw(drawn)
    if takes({"pattern": PATTERNS[name]}, text):
        assert FORMATS[name](text)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_takes_what_is_usual(name):
    assert any(takes({"pattern": PATTERNS[name]}, text) for text in GOOD[name])


def test_what_is_said_beside_a_format_stays():
    schema = {"format": "ulid", "pattern": "^0", "allOf": [{"minLength": 26}], "maxLength": 26}
    made = narrowed(schema)
    assert made is not None
    assert made == {
        "pattern": "^0",
        "maxLength": 26,
        "allOf": [{"minLength": 26}, {"pattern": PATTERNS["ulid"]}],
    }


def test_a_property_called_format_is_none():
    schema = {"properties": {"format": {"type": "string"}, "not": {"format": "ulid"}}}
    made = narrowed(schema)
    assert made == {
        "properties": {
            "format": {"type": "string"},
            "not": {"allOf": [{"pattern": PATTERNS["ulid"]}]},
        }
    }


@pytest.mark.parametrize("keyword", ["not", "if", "contains"])
def test_what_turns_a_verdict_round_is_not_narrowed(keyword):
    assert narrowed({"format": "ulid", keyword: {"format": "email"}}) is None
    assert narrowed({"format": "ulid", keyword: {"$ref": "#/$defs/a"}, "$defs": {"a": {}}}) is None
    assert narrowed({"format": "ulid", keyword: {"const": 1}}) is not None


@pytest.mark.parametrize("keyword", ["definitions", "dependencies", "examples", "x-parts"])
def test_what_a_reference_finds_outside_the_keywords_is_not_narrowed(keyword):
    turned = {"a": {"not": {"$ref": "#/$defs/b"}}}
    schema = {
        "$defs": {"b": {"format": "email"}},
        "$ref": f"#/{keyword}/{0 if keyword == 'examples' else 'a'}",
        keyword: [turned["a"]] if keyword == "examples" else turned,
    }
    assert narrowed(schema) is None
    assert not Validator(schema).is_valid("o'brien@example.com")


def test_one_of_two_is_not_narrowed():
    schema = {"oneOf": [{"format": "email"}, {"type": "string"}]}
    assert narrowed(schema) is None
    assert not Validator(schema).is_valid("a'b@example.com")


def test_what_the_narrower_schema_refuses_is_judged_by_the_schema_itself():
    validator = Validator({"format": "email"})
    assert validator.is_valid("o'brien@example.com")
    assert [p.rule for p in validator.problems("o'brien")] == ["format"]


def examples(model):
    file = SCHEMAS / f"{model.Meta.table_name}.json"
    found = json.loads(file.read_text("utf-8"))["examples"]
    assert found
    return found


@pytest.mark.parametrize("model", [Lead, Message, Persona])
def test_the_examples_need_no_more(model):
    made = narrowed(spec_of(model).schema)
    assert made is not None
    assert all(takes(made, example) for example in examples(model))


def test_every_format_has_a_pattern():
    assert PATTERNS.keys() == FORMATS.keys()
