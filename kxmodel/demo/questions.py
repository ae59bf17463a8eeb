"""Asking every access pattern of a table, with arguments taken from an item that is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kxmodel.ir import Scalar
from kxmodel.keys import is_absent, lookup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.demo.tables import Loaded, Models
    from kxmodel.ir import AccessPattern, Entity, Table

#: So many columns an answer has at most.
MAX_COLUMNS = 5


@dataclass(frozen=True)
class Question:
    """An access pattern and the arguments to call its method with."""

    table: Table
    pattern: AccessPattern
    arguments: tuple[object, ...]

    def __str__(self) -> str:
        shown = ", ".join(map(repr, self.arguments))
        return f"{self.pattern.entity}.{self.pattern.name}({shown})"

    def ask(self, models: Models) -> list[Any]:
        """Call the method: what it finds, as a list, whatever the kind of its result."""
        found = getattr(models[self.pattern.entity], self.pattern.name)(*self.arguments)
        if self.pattern.result == "one":
            return [] if found is None else [found]
        return list(found)


def question(table: Table, pattern: AccessPattern, loaded: Sequence[Loaded]) -> Question | None:
    """The pattern with the arguments that find one of these items; None if none answers it."""
    for one in loaded:
        if one.entity.name not in (pattern.returns or (pattern.entity,)):
            continue
        values = one.item.to_json()
        arguments = [lookup(values, tuple(path.split("."))) for path in pattern.given]
        fixed = all(
            lookup(values, tuple(path.split("."))) == v for path, v in pattern.fixed.items()
        )
        if fixed and not any(map(is_absent, arguments)) and _is_in(one, table, pattern.index):
            return Question(table, pattern, tuple(arguments))
    return None


def columns(table: Table, entity: Entity, pattern: AccessPattern) -> list[str]:
    """The paths worth showing of an answer: what it is ordered by, its key, what was asked for."""
    own = [path for template in entity.keys.values() for path in template.sources]
    plain = [a.name for a in entity.attributes if a.required and isinstance(a.shape, Scalar)]
    asked = [path for path in pattern.given if path != table.tenant]
    derived = {
        name
        for keys in (entity.keys, *(filled.keys for filled in entity.indexes))
        for name, template in keys.items()
        if template.sources != (name,)
    }
    hidden = derived | ({table.tenant} if table.tenant in pattern.given else set())
    wanted = [*([pattern.range] if pattern.range else []), *own, *asked, *pattern.fixed, *plain]
    return [path for path in dict.fromkeys(wanted) if path not in hidden][:MAX_COLUMNS]


def row(values: Mapping[str, object], paths: Sequence[str]) -> list[str]:
    """The texts of these paths in an item's JSON."""
    found = [lookup(values, tuple(path.split("."))) for path in paths]
    return ["" if is_absent(value) else str(value) for value in found]


def _is_in(one: Loaded, table: Table, index: str | None) -> bool:
    """Whether the item is in this index: a sparse one does not hold every item."""
    if index is None:
        return True
    return {key.name for key in table.index(index).hash} <= set(one.item.kx.keys())
