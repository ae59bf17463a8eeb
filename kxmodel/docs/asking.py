"""An access pattern asked with values of the schema's examples: what is sent, and what it reads.

What is sent is planned by the code that the generated methods run, so the pages cannot differ from it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from kxmodel.dialect import shape_at
from kxmodel.docs.worked import worked
from kxmodel.ir import Scalar
from kxmodel.keys import is_absent, lookup
from kxmodel.runtime.entity import Entity as ModelEntity
from kxmodel.runtime.entity import IndexKeys as ModelIndexKeys
from kxmodel.runtime.entity import Pattern as ModelPattern
from kxmodel.runtime.patterns.attribute_values import key_value
from kxmodel.runtime.patterns.plan import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kxmodel.docs.worked import Worked
    from kxmodel.ir import AccessPattern, Entity, KeyAttribute, Table
    from kxmodel.runtime.patterns.plan import Plan
    from kxmodel.runtime.patterns.reader import KeyAttributes
    from kxmodel.values import AttributeValue

#: How many items a method that expects one reads, so that it sees a second; and how many at least
#: where a filter may leave some out.
_OF_ONE: Final = 2
_FILTERED: Final = 25

Operator = Literal["=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"]


@dataclass(frozen=True)
class Condition:
    """A comparison of an attribute. values: one, or two for BETWEEN, in DynamoDB JSON.

    path: the stored names from the item's root.
    """

    path: tuple[str, ...]
    operator: Operator
    values: tuple[AttributeValue, ...]


@dataclass(frozen=True)
class Asked:
    """A pattern and the arguments to ask it with: stored path -> JSON value, in order.

    examples: the table's, where they are worked out already.
    """

    table: Table
    pattern: AccessPattern
    arguments: Mapping[str, object]
    examples: tuple[Worked, ...] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def plan(self) -> Plan:
        """What the generated method plans. Raises KxError for values that have no place in a key."""
        known = {entity.name: _entity(self.table, entity) for entity in self.table.entities}
        return make_plan(
            _Layout(self.table, self.pattern),
            known[self.pattern.entity],
            _pattern(self.pattern),
            tuple(self.value(path) for path in self.arguments),
            entities=[known[name] for name in self.pattern.returns],
        )

    def value(self, path: str) -> object:
        """An argument as Python has it: binary as bytes."""
        given = self.arguments[path]
        if _kind(self.table, self.pattern, path) == "binary":
            return base64.b64decode(str(given))
        return given

    def kind(self, path: str) -> str:
        """The kind of an argument's attribute, e.g. ``text``."""
        return _kind(self.table, self.pattern, path)

    @property
    def key_conditions(self) -> tuple[Condition, ...]:
        """Partition key, then what is asked of the sort key."""
        made = [Condition((name,), "=", (value,)) for name, value in self.plan.hash.items()]
        spans = self.plan.stretch.spans if self.plan.stretch else {}
        request = self.request["ExpressionAttributeValues"]
        for number, (name, span) in enumerate(spans.items()):
            found = span.condition()
            if found is not None:
                mark = f":sk{number or ''}"
                marks = (mark,) if mark in request else (f"{mark}_from", f"{mark}_to")
                made.append(Condition((name,), found[0], tuple(request[m] for m in marks)))
        return tuple(made)

    @property
    def filters(self) -> tuple[Condition, ...]:
        """What is compared on every item that is read."""
        keys = {name for name, _ in self.plan.index_range} | set(self.plan.hash)
        return tuple(
            Condition(tuple(path.split(".")), "=", (value,))
            for path, value in self.plan.compared.items()
            if path not in keys
        )

    @property
    def limit(self) -> int:
        """How many items one request reads at most."""
        wanted = _OF_ONE if self.pattern.result == "one" else self.pattern.limit
        return max(wanted, _FILTERED) if self.plan.compared else wanted

    @cached_property
    def request(self) -> dict[str, Any]:
        """The parameters of botocore's Query."""
        return {"TableName": self.table.name, **self.plan.request, "Limit": self.limit}

    def read(self) -> tuple[Worked, ...]:
        """The examples that the Query reads, also those that it then leaves out."""
        stretch = self.plan.stretch
        if stretch is None:
            return ()
        index = self.table.index(self.pattern.index) if self.pattern.index else None
        return tuple(
            item
            for item in (worked(self.table) if self.examples is None else self.examples)
            if (index is None or item.is_in(index))
            and all(item.sent.get(name) == value for name, value in self.plan.hash.items())
            and stretch.holds(
                {name: key_value(item.sent, name, kind) for name, kind in self.plan.index_range}
            )
        )


def asked(table: Table, pattern: AccessPattern) -> Asked | None:
    """The pattern with arguments that find most of the schema's examples; None if none answers it."""
    return _asked(table, pattern, worked(table))


def questions(table: Table) -> tuple[Asked, ...]:
    """Every pattern of a table that an example answers."""
    examples = worked(table)
    found = (_asked(table, pattern, examples) for pattern in table.patterns)
    return tuple(one for one in found if one is not None)


def _asked(table: Table, pattern: AccessPattern, examples: tuple[Worked, ...]) -> Asked | None:
    chosen = arguments(table, pattern, ((item.entity.name, item.plain) for item in examples))
    return None if chosen is None else Asked(table, pattern, chosen, examples)


def arguments(
    table: Table, pattern: AccessPattern, items: Iterable[tuple[str, Mapping[str, object]]]
) -> dict[str, object] | None:
    """The arguments that most of these items answer, of those the first; None if none does.

    items: the entity's name and plain JSON with stored names, key attributes included.
    """
    found: dict[str, tuple[int, dict[str, object]]] = {}
    for name, values in items:
        given = _given(table, pattern, name, values)
        if given is not None:
            mark = json.dumps(given, default=str)
            count, first = found.get(mark, (0, given))
            found[mark] = (count + 1, first)
    return max(found.values(), key=lambda each: each[0])[1] if found else None


def _given(
    table: Table, pattern: AccessPattern, entity: str, values: Mapping[str, object]
) -> dict[str, object] | None:
    """The arguments that find this item; None where none do."""
    if entity not in (pattern.returns or (pattern.entity,)):
        return None
    fixed = all(_at(values, path) == wanted for path, wanted in pattern.fixed.items())
    keys = table.index(pattern.index).hash if pattern.index else ()
    given = {path: _at(values, path) for path in pattern.given}
    inside = all(key.name in values for key in keys)
    return given if fixed and inside and not any(map(is_absent, given.values())) else None


def _at(values: Mapping[str, object], path: str) -> object:
    return lookup(values, tuple(path.split(".")))


@dataclass(frozen=True)
class _Layout:
    """A table of the schema, as a plan needs it."""

    of: Table
    pattern: AccessPattern

    @property
    def table(self) -> str:
        return self.of.name

    def normalise(self, path: str, value: object) -> object:
        """Examples are in the form that is stored, but for capitals where none are kept."""
        shape = _shape(self.of, self.pattern, path)
        return value.lower() if shape and shape.lower and isinstance(value, str) else value

    def key_schema(self, index: str | None) -> tuple[KeyAttributes, KeyAttributes]:
        if index is None:
            sort = (self.of.range,) if self.of.range else ()
            return _key((self.of.hash,)), _key(sort)
        found = self.of.index(index)
        return _key(found.hash), _key(found.range)

    def projection(self, index: str | None) -> Literal["ALL", "KEYS_ONLY", "INCLUDE"]:
        return "ALL" if index is None else self.of.index(index).projection


def _key(attributes: Sequence[KeyAttribute]) -> KeyAttributes:
    return tuple((attribute.name, attribute.type) for attribute in attributes)


def _shape(table: Table, pattern: AccessPattern, path: str) -> Scalar | None:
    structures = {each.name: each for each in table.structures}
    for name in dict.fromkeys((pattern.entity, *pattern.returns)):
        shape = shape_at(table.entity(name), structures, path)
        if isinstance(shape, Scalar):
            return shape
    return None


def _kind(table: Table, pattern: AccessPattern, path: str) -> str:
    shape = _shape(table, pattern, path)
    return shape.kind if shape else "text"


def _entity(table: Table, entity: Entity) -> ModelEntity:
    return ModelEntity(
        name=entity.name,
        keys={name: template.text for name, template in entity.keys.items()},
        schema="",
        indexes=tuple(
            ModelIndexKeys(each.index, {name: t.text for name, t in each.keys.items()})
            for each in entity.indexes
        ),
        tenant=table.tenant,
    )


def _pattern(pattern: AccessPattern) -> ModelPattern:
    return ModelPattern(
        name=pattern.name,
        given=pattern.given,
        index=pattern.index,
        range=pattern.range,
        order=pattern.order,
        result=pattern.result,
        filter=pattern.filter,
        fixed=pattern.fixed,
        returns=pattern.returns,
        consistent=pattern.consistent,
    )
