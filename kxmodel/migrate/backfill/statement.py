"""A conditional change of one item as a PartiQL UPDATE.

"PartiQL update statements for DynamoDB":
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.update.html
"""

from __future__ import annotations

import re
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
    names = (*key, *verdict.set, *verdict.remove, *(str(path[0]) for path in verdict.guards))
    if not all(map(_PLAIN.fullmatch, names)):
        return None
    parameters: list[AttributeValue] = list(verdict.set.values())
    sets = [f'"{name}"=?' for name in verdict.set]
    if sets:
        actions = [f"SET {', '.join(sets)}"] if form == "comma" else [f"SET {s}" for s in sets]
    else:
        actions = []
    actions += [f'REMOVE "{name}"' for name in verdict.remove]
    conditions = []
    for name, value in key.items():
        conditions.append(f'"{name}"=?')
        parameters.append(value)
    for path, guard in verdict.guards.items():
        if len(path) != 1 or (guard is not None and _SCALARS.isdisjoint(guard)):
            return None
        if guard is None:
            conditions.append(f'"{path[0]}" IS MISSING')
        else:
            conditions.append(f'"{path[0]}"=?')
            parameters.append(guard)
    text = f'UPDATE "{table}" {" ".join(actions)} WHERE {" AND ".join(conditions)}'
    if len(text) >= MAX_LENGTH:
        return None
    return {"Statement": text, "Parameters": parameters}
