"""A schema with what `$ref`, `allOf` and one chosen alternative add to it, as one flat object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from random import Random

Schema: TypeAlias = "Mapping[str, object]"

#: Schemas that are followed for one value.
_MOST: Final = 64

#: Of two limits the narrower holds.
_LEAST: Final = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_GREATEST: Final = frozenset(
    {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
)


def flat(root: Schema, schema: object, chance: Random) -> dict[str, object]:
    """The keywords that hold together; of alternatives one is chosen."""
    found: dict[str, object] = {}
    pending = [schema]
    for _ in range(_MOST):
        if not pending:
            break
        current = pending.pop(0)
        if not isinstance(current, Mapping):
            continue
        for keyword, value in current.items():
            if keyword == "$ref":
                pending.append(target(root, value))
            elif keyword == "allOf" and isinstance(value, list | tuple):
                pending.extend(value)
            elif keyword in ("anyOf", "oneOf") and isinstance(value, list | tuple) and value:
                pending.append(chance.choice(value))
            elif keyword == "if":
                branch = chance.choice(("then", "else"))
                pending += [current.get(branch), *([value] if branch == "then" else [])]
            else:
                _add(found, keyword, value)
    return found


def target(root: Schema, reference: object) -> object:
    """What a reference within the schema names."""
    current: object = root
    for part in str(reference).removeprefix("#").split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        current = current.get(name) if isinstance(current, Mapping) else None
    return current


def _add(found: dict[str, object], keyword: str, value: object) -> None:
    before = found.get(keyword)
    if before is None:
        found[keyword] = value
    elif keyword == "properties" and isinstance(before, Mapping) and isinstance(value, Mapping):
        both = {n: {"allOf": [before[n], value[n]]} for n in before if n in value}
        found[keyword] = {**before, **value, **both}
    elif (
        keyword == "required"
        and isinstance(before, list | tuple)
        and isinstance(value, list | tuple)
    ):
        found[keyword] = list(dict.fromkeys([*before, *value]))
    elif keyword == "enum" and isinstance(before, list | tuple) and isinstance(value, list | tuple):
        found[keyword] = [each for each in before if each in value]
    elif keyword in _LEAST and isinstance(before, int | float) and isinstance(value, int | float):
        found[keyword] = max(before, value)
    elif (
        keyword in _GREATEST and isinstance(before, int | float) and isinstance(value, int | float)
    ):
        found[keyword] = min(before, value)
    elif keyword == "type":
        found[keyword] = _both(before, value)
    elif keyword == "pattern":
        found["patterns"] = [*list_of(found.get("patterns")), value]


def _both(one: object, other: object) -> object:
    left, right = list_of(one), list_of(other)
    common = [name for name in left if name in right]
    if "integer" in left + right and "number" in left + right and "integer" not in common:
        common.append("integer")
    return common or left


def list_of(value: object) -> list[object]:
    """The value as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
