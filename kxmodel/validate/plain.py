"""What keeps a Python value from being JSON at all, before any schema is asked."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, cast

from kxmodel.errors import Problem
from kxmodel.errors.base import shorten
from kxmodel.values.number import MAX_EXPONENT, MIN_EXPONENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Path: TypeAlias = tuple[str | int, ...]

#: Levels of arrays and objects that are looked into. DynamoDB takes 32; much deeper ones would
#: exhaust the stack of the validators, which recurse.
MAX_LEVELS = 64

_LARGEST = 10 ** (MAX_EXPONENT + 1)


def not_json(instance: object, levels: int = MAX_LEVELS) -> list[Problem]:
    """The values inside `instance` that JSON, UTF-8 or DynamoDB's numbers cannot hold.

    Their rules: ``json`` for a Python type or a name that is no JSON, ``utf-8`` for half of a
    surrogate pair, ``number`` for what is not finite or beyond 1E-130 to 9.99E+125, ``depth`` for
    what nests over `levels` levels. A member of an enumeration counts as its value, as it does for
    jsonschema-rs and orjson.
    """
    problems: list[Problem] = []
    if not _surely_fits(instance, levels):
        _look(instance, (), problems, levels)
    return problems


def _surely_fits(value: object, levels: int) -> bool:
    """Whether there is nothing to find, told without paths and so several times as fast as by `_look`.

    Of what it does not know, it says no: then `_look` tells.
    """
    kind = type(value)
    if kind is dict or kind is list:
        if levels == 0:
            return False
        inner = cast("Iterable[object]", value)
        if kind is dict:
            members = cast("Mapping[object, object]", value)
            for name in members:
                if type(name) is not str or not name.isascii():
                    return False
            inner = members.values()
        for each in inner:
            # Most values are texts: a call for each of them would cost as much as all the rest.
            if type(each) is str:
                if not each.isascii() and not _has_utf8(each):
                    return False
            elif not _surely_fits(each, levels - 1):
                return False
        return True
    if kind is str:
        return _has_utf8(cast("str", value))
    if kind is int or kind is float:
        return value == 0 or 1e-100 < abs(cast("float", value)) < 1e100
    return value is None or kind is bool


def _look(value: object, path: Path, problems: list[Problem], levels: int) -> None:
    # Exact types: the validators do not take subclasses.
    kind = type(value)
    if isinstance(value, str) and kind is str:
        if not value.isascii() and not _has_utf8(value):
            words = "has half of a surrogate pair and no UTF-8 form"
            problems.append(Problem(path, value, "utf-8", words))
    elif isinstance(value, dict):
        if _too_deep(path, problems, levels):
            return
        for name, inner in value.items():
            if type(name) is str and (name.isascii() or _has_utf8(name)):
                _look(inner, (*path, name), problems, levels)
            else:
                # Reported at the object: a path with such a name could not be printed.
                words = f"has the name {shorten(name)}, which is no text in UTF-8"
                problems.append(Problem(path, None, "json", words))
    elif isinstance(value, list) or (isinstance(value, tuple) and kind is tuple):
        if _too_deep(path, problems, levels):
            return
        for index, inner in enumerate(value):
            _look(inner, (*path, index), problems, levels)
    elif isinstance(value, Enum):
        _look(value.value, path, problems, levels)
    elif value is not None and kind is not bool:
        _check_number(value, path, problems)


def _too_deep(path: Path, problems: list[Problem], levels: int) -> bool:
    if len(path) < levels:
        return False
    words = f"nests over {levels} levels"
    problems.append(Problem(path, None, "depth", words))
    return True


def _has_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_number(value: object, path: Path, problems: list[Problem]) -> None:
    kind = type(value)
    if isinstance(value, int) and kind is int:
        if not -_LARGEST < value < _LARGEST:
            words = f"is an integer of over {MAX_EXPONENT + 1} digits, which DynamoDB does not take"
            problems.append(Problem(path, None, "number", words))
    elif isinstance(value, float | Decimal) and kind in (float, Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        if not number.is_finite():
            problems.append(Problem(path, None, "number", f"is {value}, not a finite number"))
        elif number and not MIN_EXPONENT <= number.adjusted() <= MAX_EXPONENT:
            words = "is beyond the numbers that DynamoDB takes, 1E-130 to 9.99E+125"
            problems.append(Problem(path, value, "number", words))
    else:
        words = f"is of the Python type {kind.__name__}, which JSON does not have"
        problems.append(Problem(path, value, "json", words))
