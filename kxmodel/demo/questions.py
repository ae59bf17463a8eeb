"""Asking every access pattern of a table, with arguments taken from an item that is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kxmodel.docs.asking import arguments
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
    """The pattern with the arguments that most of these items answer; None if none does."""
    items = ((one.entity.name, {**one.item.to_json(), **one.item.kx.keys()}) for one in loaded)
    given = arguments(table, pattern, items)
    return None if given is None else Question(table, pattern, tuple(given.values()))


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
