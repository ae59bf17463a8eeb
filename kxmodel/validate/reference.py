"""The same judgement by jsonschema, the reference implementation in Python.

It is some fifty times slower and is what tests hold `Validator` against: the same verdict, and the
same path and rule for every problem.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kxmodel.validate.exact import ratio
from kxmodel.validate.formats import FORMATS
from kxmodel.validate.keywords import NAMED, ONE, SEVERAL
from kxmodel.validate.plain import not_json
from kxmodel.validate.portable import python_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kxmodel.validate.problem import Path

#: A keyword of this module's own: a schema `false` that keeps its path, and names its rule.
_FALSE = "urn:kxmodel:false"

_CLOSING = frozenset({"additionalProperties", "items", "propertyNames"})


def reference_problems(
    schema: Mapping[str, object] | bool, instance: object
) -> set[tuple[Path, str]]:
    """Path and rule of every problem that jsonschema finds; empty for a valid instance.

    Problems of `unevaluatedProperties` are at the object, since jsonschema names no members.
    """
    unfit = not_json(instance)
    if unfit:
        return {(problem.path, problem.rule) for problem in unfit}
    return {
        (tuple(error.absolute_path), _rule(error.validator, error.validator_value))
        for error in _validator(schema).iter_errors(_exact(instance))
    }


def _rule(keyword: object, value: object) -> str:
    if keyword == _FALSE:
        return str(value)
    return "contains" if keyword in ("minContains", "maxContains") else str(keyword)


def _validator(schema: Mapping[str, object] | bool) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker, validators
    from referencing import Registry

    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name)(_text_only(check))
    extend: Any = validators.extend  # without types in types-jsonschema
    own = extend(
        Draft202012Validator,
        {
            _FALSE: _false,
            "required": _required,
            "dependentRequired": _dependent_required,
            "propertyNames": _property_names,
        },
    )
    registry: Registry[Any] = Registry()
    return own(_translated(schema), registry=registry, format_checker=checker)


def _text_only(check: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or check(value)


def _translated(schema: object, keyword: str = "") -> object:
    """`schema` for jsonschema: exact numbers, Python's regular expressions, `false` with its path."""
    if schema is False:
        return {_FALSE: keyword if keyword in _CLOSING else "false"}
    if not isinstance(schema, dict):
        return schema
    result: dict[str, object] = {}
    for name, value in schema.items():
        if name in ("unevaluatedItems", "unevaluatedProperties") and value is False:
            result[name] = value
        elif name in ONE:
            result[name] = _translated(value, name)
        elif name in SEVERAL and isinstance(value, list):
            result[name] = [_translated(inner) for inner in value]
        elif name in NAMED and isinstance(value, dict):
            result[name] = {
                python_pattern(key) if name == "patternProperties" else key: _translated(inner)
                for key, inner in value.items()
            }
        elif name == "pattern" and isinstance(value, str):
            result[name] = python_pattern(value)
        elif name != "$schema":
            result[name] = _exact(value)
    return result


def _exact(value: object) -> object:
    """A plain value with integers and fractions alone, in which Python calculates exactly."""
    if isinstance(value, dict):
        return {name: _exact(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(inner) for inner in value]
    if isinstance(value, Enum):
        return _exact(value.value)
    if isinstance(value, float | Decimal):
        number = Fraction(*ratio(value))
        return number.numerator if number.denominator == 1 else number
    return value


# Keywords whose error is at the object in jsonschema, and at the member here.


def _false(validator: Any, rule: str, instance: object, schema: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    yield ValidationError("is not allowed")


def _required(validator: Any, names: list[str], instance: object, schema: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield ValidationError("is required", path=[name])


def _dependent_required(
    validator: Any, dependents: dict[str, list[str]], instance: object, schema: object
) -> Iterator[Any]:
    if isinstance(instance, dict):
        for name, names in dependents.items():
            if name in instance:
                yield from _required(validator, names, instance, schema)


def _property_names(
    validator: Any, names: object, instance: object, schema: object
) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(instance, dict):
        for name in instance:
            if not validator.evolve(schema=names).is_valid(name):
                yield ValidationError("has a name that is not allowed", path=[name])
