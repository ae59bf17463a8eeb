"""The dialect's meta-schema, shipped in the package and never fetched."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema import Draft202012Validator

#: The value of ``$schema`` that names the dialect.
DIALECT: Final = "urn:kxmodel:dialect:1"

Schema: TypeAlias = Mapping[str, object]


@dataclass(frozen=True)
class Keyword:
    """One keyword of ours as the meta-schema describes it.

    place: ``table`` and ``patterns`` (at the root), ``entity`` (at the root or in $defs),
    ``property``. examples: values as JSON text; allowed: all that there are, where they are listed.
    members: those of an object, in their order.
    """

    name: str
    place: str
    title: str
    description: str
    examples: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    required: bool = False
    members: tuple[Keyword, ...] = ()


@cache
def metaschema() -> Schema:
    """The meta-schema as JSON values. Do not change it."""
    text = files("kxmodel.dialect").joinpath("metaschema.json").read_text("utf-8")
    return cast("Schema", json.loads(text))


@cache
def validator() -> Draft202012Validator:
    """The reference validator of schema files; it reaches nothing outside the package."""
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry, Resource

    registry = Registry[Schema]().with_resource(DIALECT, Resource.from_contents(metaschema()))
    checker = FormatChecker(formats=())
    checker.checks("regex")(_is_regex)
    return Draft202012Validator(metaschema(), registry=registry, format_checker=checker)


@cache
def quick() -> Callable[[object], bool]:
    """Whether a document is valid, as `validator` has it, in a hundredth of its time.

    With one difference: a number like ``2.0`` is an integer to it. A test holds that there is no other.
    """
    import jsonschema_rs

    compiled = jsonschema_rs.Draft202012Validator(
        dict(metaschema()), formats={"regex": _is_regex}, validate_formats=True, offline=True
    )
    return compiled.is_valid


def _is_regex(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(value)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


@cache
def keywords() -> tuple[Keyword, ...]:
    """Every ``x-kx-*`` keyword, in the meta-schema's order, for the documentation."""
    properties = _mapping(metaschema()["properties"])
    places = {"x-kx-table": "table", "x-kx-entity": "entity", "x-kx-patterns": "patterns"}
    return tuple(
        _keyword(name, _mapping(schema), places.get(name, "property"), required=False)
        for name, schema in properties.items()
        if name.startswith("x-kx-")
    )


def _keyword(name: str, schema: Schema, place: str, *, required: bool) -> Keyword:
    while "$ref" in schema:
        target = str(schema["$ref"]).removeprefix("#/$defs/")
        own = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**_mapping(_mapping(metaschema()["$defs"])[target]), **own}
    inner = schema
    if "properties" not in inner and isinstance(inner.get("additionalProperties"), dict):
        inner = _mapping(inner["additionalProperties"])
        if "$ref" in inner:
            inner = _mapping(
                _mapping(metaschema()["$defs"])[str(inner["$ref"]).removeprefix("#/$defs/")]
            )
    must = inner.get("required", [])
    assert isinstance(must, list)
    examples = schema.get("examples", [])
    allowed = schema.get("enum", [])
    assert isinstance(examples, list)
    assert isinstance(allowed, list)
    return Keyword(
        name=name,
        place=place,
        title=str(schema.get("title", "")),
        description=str(schema.get("description", "")),
        examples=tuple(json.dumps(example, ensure_ascii=False) for example in examples),
        allowed=tuple(json.dumps(value) for value in allowed),
        required=required,
        members=tuple(
            _keyword(member, _mapping(value), place, required=member in must)
            for member, value in _mapping(inner.get("properties", {})).items()
        ),
    )


def _mapping(value: object) -> Schema:
    assert isinstance(value, dict)
    return value
