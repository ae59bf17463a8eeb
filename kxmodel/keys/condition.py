"""Conditions: the declarative `when` that takes an item into an index or keeps it out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias, TypeGuard

from kxmodel.errors import TemplateError, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys.paths import is_absent, lookup
from kxmodel.values.number import to_decimal
from kxmodel.values.timestamp import format_timestamp

#: What `equals` and `in` compare with.
Scalar: TypeAlias = str | int | float | Decimal | bool


class Present(NamedTuple):
    """The attribute is there, neither null nor empty text; or the opposite."""

    source: str
    present: bool

    def holds(self, values: Mapping[str, object]) -> bool:
        """Whether the item meets this."""
        return is_absent(lookup(values, tuple(self.source.split(".")))) is not self.present


class OneOf(NamedTuple):
    """The attribute has one of the given values."""

    source: str
    values: tuple[Scalar, ...]

    def holds(self, values: Mapping[str, object]) -> bool:
        """Whether the item meets this."""
        found = lookup(values, tuple(self.source.split(".")))
        return any(_same(found, value) for value in self.values)


@dataclass(frozen=True)
class Condition:
    """Several tests that must all hold."""

    tests: tuple[Present | OneOf, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The dotted paths that the tests look at, each once."""
        return tuple(dict.fromkeys(test.source for test in self.tests))

    def holds(self, values: Mapping[str, object]) -> bool:
        """Whether the item, with stored names nested in mappings, meets all tests.

        Numbers are compared by value, and a truth value is never equal to a number. Raises
        KeyBuildError (KX324) where something else than a map stands on a path.
        """
        return all(test.holds(values) for test in self.tests)


def parse_condition(value: object) -> Condition:
    """Read a `when`: an object of dotted paths, each with ``present``, ``equals`` or ``in``.

    Raises TemplateError (KX305) saying at which path it is malformed.
    """
    if not isinstance(value, Mapping) or not value:
        raise _malformed(value, "it is not an object of paths")
    return Condition(
        tuple(test for path, body in value.items() for test in _tests(value, path, body))
    )


def _tests(whole: object, path: object, body: object) -> list[Present | OneOf]:
    if not isinstance(path, str) or not all(path.split(".")):
        raise _malformed(whole, f"{shorten(path)} is no path of attribute names")
    if not isinstance(body, Mapping) or not body:
        raise _malformed(whole, f"{path} needs an object with present, equals or in")
    tests: list[Present | OneOf] = []
    for word, operand in body.items():
        if word == "present" and isinstance(operand, bool):
            tests.append(Present(path, operand))
        elif word == "equals" and _is_scalar(operand):
            tests.append(OneOf(path, (operand,)))
        elif word == "in" and _are_scalars(operand):
            tests.append(OneOf(path, tuple(operand)))
        else:
            raise _malformed(
                whole,
                f"{path} has {shorten({word: operand})}; present takes true or false, equals text, "
                "a number or a boolean, in an array of those",
            )
    return tests


def _is_scalar(value: object) -> TypeGuard[Scalar]:
    return isinstance(value, str | int | float | Decimal)


def _are_scalars(value: object) -> TypeGuard[Sequence[Scalar]]:
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_scalar, value))


def _same(found: object, wanted: Scalar) -> bool:
    if isinstance(wanted, str):
        if isinstance(found, datetime):
            return found.utcoffset() is not None and format_timestamp(found) == wanted
        return isinstance(found, str) and found == wanted
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    if isinstance(found, int | float | Decimal):
        try:
            return to_decimal(found) == to_decimal(wanted)
        except ValueRefused:
            return False
    return False


def _malformed(value: object, reason: str) -> TemplateError:
    try:
        text = json.dumps(value, default=str)
    except (TypeError, ValueError):
        text = shorten(value)
    return TemplateError(f"`when` {shorten(text)}: {reason}", template=text, code="KX305")
