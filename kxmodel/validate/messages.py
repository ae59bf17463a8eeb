"""What is said of a value that breaks a keyword: one sentence about it, without its name."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.errors.base import shorten
from kxmodel.validate.exact import fingerprint
from kxmodel.validate.formats import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

#: JSON's types in words, in the order in which they are named.
TYPE_WORDS: Mapping[str, str] = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}

#: An enumeration longer than this is cut.
_MAX_CHOICES = 24


def sentence(rule: str, detail: Mapping[str, object], value: object) -> str:
    """What is wrong with `value`. detail: the keyword's own values, as jsonschema-rs names them."""
    say = _SENTENCES.get(rule)
    return say(detail, value) if say else f"does not meet the keyword {rule}"


def listed(words: Sequence[str], last: str = "or") -> str:
    """``a, b or c``."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def shown(value: object) -> str:
    """A value of the schema as it reads in a sentence: plain words bare, anything else as JSON."""
    if (
        isinstance(value, str)
        and value
        and not set(value) & set(" ,;\"'\\\n\t")
        and len(value) < 60
    ):
        return value if value.isprintable() else ascii(value)
    if isinstance(value, Decimal):
        return str(value)
    import json

    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def types_in_words(types: Sequence[object]) -> str:
    """``text or null``."""
    names = [name for name in TYPE_WORDS if name in types]
    return listed([TYPE_WORDS[name] for name in names])


def choices_in_words(choices: Sequence[object]) -> str:
    """``must be one of sms, email, chat``."""
    if len(choices) == 1:
        return f"must be {shown(choices[0])}"
    words = ", ".join(map(shown, choices[:_MAX_CHOICES]))
    more = len(choices) - _MAX_CHOICES
    return f"must be one of {words}" + (f" or {more} others" if more > 0 else "")


def json_type(value: object) -> str:
    """The name of JSON's type of a plain value; a whole number is an ``integer``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float | Decimal):
        return "integer" if value == int(value) else "number"
    return "object" if isinstance(value, dict) else "array"


def _type(detail: Mapping[str, object], value: object) -> str:
    types = detail["types"]
    assert isinstance(types, list)
    wanted = f"must be {types_in_words(types)}"
    kind = json_type(value)
    if kind == "number" and "integer" in types:
        return wanted
    return f"{wanted}, not {TYPE_WORDS['number' if kind == 'integer' else kind]}"


def _enum(detail: Mapping[str, object], value: object) -> str:
    options = detail["options"]
    assert isinstance(options, list)
    return choices_in_words(options)


def _unique(detail: Mapping[str, object], value: object) -> str:
    seen: set[Hashable] = set()
    for element in value if isinstance(value, list | tuple) else ():
        mark = fingerprint(element)
        if mark in seen:
            return f"must not hold an element twice, as it does {shorten(element)}"
        seen.add(mark)
    return "must not hold an element twice"


def _size(bound: str, unit: str, verb: str) -> Callable[[Mapping[str, object], object], str]:
    def say(detail: Mapping[str, object], value: object) -> str:
        limit = detail["limit"]
        size = len(value) if isinstance(value, str | list | tuple | dict) else 0
        if bound == "least" and limit == 1 and not size:
            return "must not be empty"
        units = unit if limit == 1 else f"{unit}s"
        if verb == "is":
            return f"must be at {bound} {limit} {units} long (is {size})"
        return f"must have at {bound} {limit} {units} (has {size})"

    return say


def _format(detail: Mapping[str, object], value: object) -> str:
    return refusal(str(detail["format"]), str(value))


def _not(detail: Mapping[str, object], value: object) -> str:
    schema = detail["schema"]
    if isinstance(schema, dict) and len(schema) == 1:
        ((keyword, content),) = schema.items()
        if keyword == "const":
            return f"must not be {shown(content)}"
        if keyword == "enum" and isinstance(content, list):
            return f"must not be one of {', '.join(map(shown, content))}"
        if keyword == "pattern":
            return f"must not match the pattern {content}"
        if keyword == "required" and isinstance(content, list) and content:
            return f"must not have {listed([str(name) for name in content], 'and')}"
        if keyword == "type":
            types = content if isinstance(content, list) else [content]
            return f"must not be {types_in_words(types)}"
    return "has a form that the schema rules out"


_SENTENCES: Mapping[str, Callable[[Mapping[str, object], object], str]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda detail, value: f"must be {shown(detail['expected_value'])}",
    "minLength": _size("least", "character", "is"),
    "maxLength": _size("most", "character", "is"),
    "minItems": _size("least", "element", "has"),
    "maxItems": _size("most", "element", "has"),
    "minProperties": _size("least", "attribute", "has"),
    "maxProperties": _size("most", "attribute", "has"),
    "minimum": lambda detail, value: f"must be at least {detail['limit']}",
    "maximum": lambda detail, value: f"must be at most {detail['limit']}",
    "exclusiveMinimum": lambda detail, value: f"must be greater than {detail['limit']}",
    "exclusiveMaximum": lambda detail, value: f"must be less than {detail['limit']}",
    "multipleOf": lambda detail, value: str(detail["message"]),
    "pattern": lambda detail, value: f"does not match the pattern {detail['pattern']}",
    "format": _format,
    "uniqueItems": _unique,
    "not": _not,
    "false": lambda detail, value: "is not allowed",
    "items": lambda detail, value: "is an element too many",
    "additionalProperties": lambda detail, value: "is not declared, and others are not allowed",
    "unevaluatedProperties": lambda detail, value: "is not declared, and others are not allowed",
    "unevaluatedItems": lambda detail, value: "has elements that are not allowed",
}
