"""A conditional change of one item as a PartiQL UPDATE.

"PartiQL update statements for DynamoDB":
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.update.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.task import Item, Verdict
    from kxmodel.values import AttributeValue

#: How several attributes are set: ``SET a=?, b=?`` or ``SET a=? SET b=?``.
Form: TypeAlias = Literal["comma", "repeated"]

#: "BatchExecuteStatement": at most 25 statements, each of 1 to 8,192 characters.
MAX_STATEMENTS: Final = 25
MAX_LENGTH: Final = 8192

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,254}")
_SCALARS: Final = frozenset({"S", "N", "B", "BOOL"})


def statement(table: str, key: Item, verdict: Verdict, form: Form) -> dict[str, Any] | None:
    """``{"Statement": ..., "Parameters": [...]}``, or None for what only UpdateItem can say.

    That is a guard below the top level, or on a map, list, set or null; a name with other characters
    than letters, digits and underscores; a statement of 8,192 characters or more.
    """
    guards: list[tuple[str, bool]] = []
    parameters: list[AttributeValue] = [*verdict.set.values(), *key.values()]
    for path, guard in verdict.guards.items():
        if path[0] in key:
            continue  # whoever finds the item by it has it
        if len(path) != 1 or (guard is not None and _SCALARS.isdisjoint(guard)):
            return None
        guards.append((str(path[0]), guard is None))
        if guard is not None:
            parameters.append(guard)
    text = _text(table, tuple(key), tuple(verdict.set), verdict.remove, tuple(guards), form)
    return None if text is None else {"Statement": text, "Parameters": parameters}


@lru_cache(maxsize=1024)
def _text(
    table: str,
    key: tuple[str, ...],
    to_set: tuple[str, ...],
    remove: tuple[str, ...],
    guards: tuple[tuple[str, bool], ...],
    form: Form,
) -> str | None:
    """The statement, or None where it cannot be said. guards: each name, and whether it is to be missing.

    A table's items need few different ones, and each is needed a million times.
    """
    names = (*key, *to_set, *remove, *(name for name, _ in guards))
    if not all(map(_PLAIN.fullmatch, names)):
        return None
    sets = [f'"{name}"=?' for name in to_set]
    if sets:
        actions = [f"SET {', '.join(sets)}"] if form == "comma" else [f"SET {s}" for s in sets]
    else:
        actions = []
    actions += [f'REMOVE "{name}"' for name in remove]
    conditions = [f'"{name}"=?' for name in key]
    conditions += [f'"{name}" IS MISSING' if missing else f'"{name}"=?' for name, missing in guards]
    text = f'UPDATE "{table}" {" ".join(actions)} WHERE {" AND ".join(conditions)}'
    return text if len(text) < MAX_LENGTH else None
