from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kxmodel.errors import SchemaError
from kxmodel.validate import Validator, compile_schema
from kxmodel.validate.problem import SchemaProblem


def told(schema: object, instance: object) -> list[str]:
    return [str(problem) for problem in compile_schema(schema).problems(instance)]


@pytest.mark.parametrize(
    ("schema", "instance", "lines"),
    [
        ({"type": "string"}, 1, ["(item): must be text, not a number (got 1) [type]"]),
        ({"type": ["null", "integer"]}, 1.5, ["(item): must be a whole number or null (got 1.5) [type]"]),
        (
            {"properties": {"source": {"enum": ["sms", "email", "chat"]}}},
            {"source": "fax"},
            ["source: must be one of sms, email, chat (got 'fax') [enum]"],
        ),
        ({"enum": ["two words", 1, None]}, "x", ["(item): must be one of \"two words\", 1, null (got 'x') [enum]"]),
        ({"const": "CONFIG"}, "x", ["(item): must be CONFIG (got 'x') [const]"]),
        ({"maxLength": 3}, "abcd", ["(item): must be at most 3 characters long (is 4) (got 'abcd') [maxLength]"]),
        ({"minLength": 1}, "", ["(item): must not be empty (got '') [minLength]"]),
        ({"minLength": 2}, "😀", ["(item): must be at least 2 characters long (is 1) (got '😀') [minLength]"]),
        ({"maxItems": 1}, [1, 2], ["(item): must have at most 1 element (has 2) (got [1, 2]) [maxItems]"]),
        ({"minProperties": 2}, {"a": 1}, ["(item): must have at least 2 attributes (has 1) (got {'a': 1}) [minProperties]"]),
        ({"minimum": 0}, -1, ["(item): must be at least 0 (got -1) [minimum]"]),
        ({"exclusiveMaximum": 0.1}, 0.1, ["(item): must be less than 0.1 (got 0.1) [exclusiveMaximum]"]),
        ({"multipleOf": 0.01}, 0.005, ["(item): must be a multiple of 0.01 (got 0.005) [multipleOf]"]),
        ({"pattern": "^[^#]+$"}, "a#b", ["(item): does not match the pattern ^[^#]+$ (got 'a#b') [pattern]"]),
        ({"pattern": "^a$"}, "a\n", ["(item): does not match the pattern ^a$ (got 'a\\n') [pattern]"]),
        ({"uniqueItems": True}, [1, 2, 1.0], ["(item): must not hold an element twice, as it does 1.0 (got [1, 2, 1.0]) [uniqueItems]"]),
        ({"required": ["b", "a"]}, {}, ["a: is required [required]", "b: is required [required]"]),
        (
            {"properties": {"c": {"required": ["phone"]}}},
            {"c": {"x": 1}},
            ["c.phone: is required [required]"],
        ),
        (
            {"dependentRequired": {"a": ["c"], "b": ["c"]}},
            {"a": 1, "b": 1},
            ["c: is required beside a and b [dependentRequired]"],
        ),
        ({"properties": {"a": False}}, {"a": 1}, ["a: is not allowed (got 1) [false]"]),
        ({"additionalProperties": False}, {"a": 1, "b": 2}, [
            "a: is not declared, and others are not allowed (got 1) [additionalProperties]",
            "b: is not declared, and others are not allowed (got 2) [additionalProperties]",
        ]),
        ({"properties": {"a": {}}, "unevaluatedProperties": False}, {"a": 1, "b": 2}, [
            "b: is not declared, and others are not allowed (got 2) [unevaluatedProperties]",
        ]),
        ({"prefixItems": [{}], "items": False}, [1, 2], ["[1]: is an element too many (got 2) [items]"]),
        ({"propertyNames": {"maxLength": 2}}, {"abc": 1}, [
            "abc: has a name that must be at most 2 characters long (is 3) (got 'abc') [propertyNames]",
        ]),
        ({"properties": {"p": {"propertyNames": {"enum": ["a"]}}}}, {"p": {"b": 1}}, [
            "p.b: has a name that must be a (got 'b') [propertyNames]",
        ]),
        ({"contains": {"const": 1}, "minContains": 2}, [1], [
            "(item): must have at least 2 elements of the kind that it has to contain (got [1]) [contains]",
        ]),
        ({"not": {"required": ["a", "b"]}}, {"a": 1, "b": 1}, [
            "(item): must not have a and b (got {'a': 1, 'b': 1}) [not]",
        ]),
        ({"not": {"enum": ["a", "b"]}}, "a", ["(item): must not be one of a, b (got 'a') [not]"]),
        ({"not": {"type": "null"}}, None, ["(item): must not be null [not]"]),
        ({"not": {}}, 1, ["(item): has a form that the schema rules out (got 1) [not]"]),
        ({"format": "ulid"}, "01HKQR5J9X8M2N3P4Q5R6S7T8U", [
            "(item): is not a ULID: 'U' at position 26 is not in Crockford's alphabet, which has the "
            "digits and the letters without I, L, O and U (got '01HKQR5J9X8M2N3P4Q5R6S7T8U') [format]",
        ]),
        ({"format": "regex"}, "(", []),
        ({"format": "duration"}, "(", []),
        ({"contentEncoding": "base64"}, "%", []),
    ],
)  # fmt: skip
def test_one_sentence_for_each_problem(schema: object, instance: object, lines: list[str]) -> None:
    assert told(schema, instance) == lines
    assert compile_schema(schema).is_valid(instance) is not lines


@pytest.mark.parametrize(
    ("keyword", "alternatives", "instance", "words"),
    [
        ("anyOf", [{"type": "string"}, {"type": ["null", "boolean"]}], 1,
         "must be text, true or false or null"),
        ("anyOf", [{"const": "a"}, {"enum": ["b", "c"]}], "d", "must be one of a, b, c"),
        ("anyOf", [{"required": ["phone"]}, {"required": ["email", "name"]}], {},
         "needs phone or email and name"),
        ("oneOf", [{"required": ["phone"]}, {"required": ["email"]}], {},
         "needs either phone or email"),
        ("oneOf", [{"type": "integer"}, {"minimum": 2}, {"const": "x"}], 3,
         "matches the forms 1 and 2 of 3, and must match one alone"),
        ("oneOf", [
            {"properties": {"kind": {"const": "card"}, "number": {"type": "string"}}},
            {"properties": {"kind": {"const": "bank"}, "iban": {"minLength": 5}}},
         ], {"kind": "bank", "iban": "DE"},
         "matches none of the 2 allowed forms; the closest is form 2: "
         "iban must be at least 5 characters long (is 2)"),
        ("anyOf", [{"type": "string"}, {"minimum": 5}], 1,
         "matches none of the 2 allowed forms; the closest is form 2: must be at least 5"),
        ("anyOf", [{"required": list("abcd"), "minProperties": 9}, False], {},
         "matches none of the 2 allowed forms; the closest is form 1: "
         "must have at least 9 attributes (has 0); a is required; b is required, and 2 more"),
    ],
)  # fmt: skip
def test_alternatives(keyword: str, alternatives: object, instance: object, words: str) -> None:
    (problem,) = compile_schema({"properties": {"x": {keyword: alternatives}}}).problems(
        {"x": instance}
    )
    assert (problem.path, problem.rule, problem.message) == (("x",), keyword, words)


def test_problems_are_in_the_order_of_their_paths() -> None:
    schema = {
        "required": ["a"],
        "properties": {
            "b": {"type": "integer", "minimum": 0, "maximum": -9},
            "l": {"items": {"type": "string"}},
        },
    }
    found = compile_schema(schema).problems({"l": [*range(11)], "b": -1.5})
    assert [(p.path, p.rule) for p in found] == [
        (("a",), "required"),
        (("b",), "maximum"),
        (("b",), "minimum"),
        (("b",), "type"),
        *((("l", index), "type") for index in range(11)),
    ]


def test_a_problem_is_said_once() -> None:
    schema = {
        "allOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/x"}],
        "$defs": {"x": {"minimum": 5}},
    }
    assert told(schema, 1) == ["(item): must be at least 5 (got 1) [minimum]"]


def test_the_way_through_the_schema_is_kept() -> None:
    schema = {"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"minimum": 5}}}
    (problem,) = compile_schema(schema).problems({"a": 1})
    assert isinstance(problem, SchemaProblem)
    assert problem.evaluation == ("properties", "a", "$ref", "minimum")
    assert problem.value == 1


def test_names_that_look_like_keywords() -> None:
    names = ["additionalProperties", "properties", "items", "required", "anyOf", "$ref", "~/%"]
    schema = {"properties": {name: {"properties": {name: False}} for name in names}}
    found = compile_schema(schema).problems({name: {name: 1} for name in names})
    assert sorted(p.path for p in found) == sorted((name, name) for name in names)
    assert {p.rule for p in found} == {"false"}


def test_compiled_once_for_each_schema_object() -> None:
    schema = {"type": "string"}
    first = compile_schema(schema, "Message")
    assert compile_schema(schema) is first
    assert compile_schema(dict(schema)) is not first
    with ThreadPoolExecutor(8) as pool:
        other = {"type": "null"}
        assert len({*pool.map(compile_schema, [other] * 64)}) == 1


def test_many_schemas_stay_apart() -> None:
    for number in range(1500):
        assert compile_schema({"const": number}).is_valid(number)


def test_own_dialect_and_id_are_no_hindrance() -> None:
    schema = {"$schema": "urn:kxmodel:dialect:1", "$id": "lead.json", "$ref": "#/$defs/x",
              "$defs": {"x": {"x-kx-type": "SS", "type": "array"}}}  # fmt: skip
    assert told(schema, 1) == ["(item): must be a list, not a number (got 1) [type]"]
    assert "$schema" in schema


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"properties": {"a": {"pattern": "("}}}, "properties/a/pattern"),
        ({"properties": {"a": {"type": "strin"}}}, "properties/a/type"),
        ({"minLength": -1}, "minLength"),
        ({"$ref": "#/$defs/x"}, "/$defs/x"),
        ({"$ref": "https://localhost:1/x.json"}, "localhost"),
        ({"$ref": "other.json"}, "other.json"),
        ({"title": "\ud800"}, "title"),
    ],
)
def test_what_is_no_schema(schema: object, place: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Validator(schema, "Lead")
    assert caught.value.code == "KX440"
    assert "the schema of Lead" in str(caught.value)
    assert place in str(caught.value)


def test_the_validators_are_imported_on_first_use() -> None:
    program = """
import sys
before = set(sys.modules)
import kxmodel.validate
heavy = {"jsonschema", "jsonschema_rs", "referencing", "phonenumbers", "ulid", "pynamodb",
         "fractions", "ipaddress", "json", "urllib"}
print(*heavy & (set(sys.modules) - before))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert run.stdout.split() == []
