"""The functions that build an entity's keys, straight from an item's attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.typescript.layout import braced, signature
from kxmodel.emit.typescript.names import member
from kxmodel.emit.typescript.quote import comment, literal, quote
from kxmodel.emit.typescript.scope import templates_of
from kxmodel.emit.typescript.sources import source_members
from kxmodel.emit.typescript.types import kind_of
from kxmodel.ir.rules import rules_of
from kxmodel.keys import DerivedAttribute, Present

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.emit.typescript.scope import Scope
    from kxmodel.ir import Entity, IndexKeys, KeyAttribute
    from kxmodel.keys import Condition, Template

_LETTERS = "abcdefgh"


class KeyFunctions:
    """The key functions of one entity, as lines; `key`, `indexes` and `explain` are their names."""

    def __init__(self, scope: Scope, entity: Entity) -> None:
        self._scope = scope
        self._entity = entity
        self.key = scope.function(entity.name, "key")
        self.indexes = {
            filled.index: scope.function(entity.name, scope.table.index(filled.index).python_name)
            for filled in entity.indexes
        }
        self.explain = scope.function("explain", entity.name)
        rules = rules_of(scope.table, entity)
        # Each stands after those that it is made of.
        self._derived = [one for one in rules.derived if isinstance(one, DerivedAttribute)]
        self._sourced = scope.function(entity.name, "sourced") if self._derived else ""
        self._sources = scope.type(entity.name, "Sources")

    def lines(self) -> list[str]:
        """All of them."""
        scope, entity = self._scope, self._entity
        lines: list[str] = []
        if scope.typed:
            lines += comment([f"What the keys of {entity.name} are made of."])
            members = source_members(scope, entity, dict.fromkeys(self._paths(), False))
            lines += [*braced(f"export type {self._sources} = ", members, ";"), ""]
        lines += self._key()
        if self._derived:
            lines += ["", *self._with_derived()]
        for filled in entity.indexes:
            lines += ["", *self._index(filled)]
        return [*lines, "", *self._explain()]

    def _paths(self) -> list[str]:
        entity = self._entity
        derived = {one.name for one in self._derived}
        found = [path for t in templates_of(entity).values() for path in t.sources]
        found += [path for i in entity.indexes if i.when for path in i.when.sources]
        return [path for path in dict.fromkeys(found) if path.partition(".")[0] not in derived]

    def _key(self) -> list[str]:
        scope, entity = self._scope, self._entity
        names = [scope.templates[entity.name, None, key.name] for key in scope.table.keys]
        needed = {
            part.source: part.default is None
            for key in scope.table.keys
            for part in entity.keys[key.name].placeholders
        }
        said = ", ".join(f"{key.name} `{entity.keys[key.name]}`" for key in scope.table.keys)
        raised = "Throws KeyRefused for a source that is missing or cannot be part of a key."
        missing = f"throw kx.missing({quote(entity.name)}, [{', '.join(names)}], item);"
        roles = [("hash", scope.table.hash)]
        if scope.table.range is not None:
            roles.append(("range", scope.table.range))
        members = source_members(scope, entity, needed)
        source = f"{{ {'; '.join(members)} }}" if members else "unknown"
        return [
            *comment([f"The table's key: {said}. {raised}"]),
            *signature(scope, self.key, source, _result([key for _, key in roles])),
            *self._body([(r, k, entity.keys[k.name]) for r, k in roles], None, "item", missing),
            "}",
        ]

    def _index(self, filled: IndexKeys) -> list[str]:
        index = self._scope.table.index(filled.index)
        keys = [("hash", key) for key in index.hash] + [("range", key) for key in index.range]
        said = ", ".join(f"{key.name} `{filled.keys[key.name]}`" for _, key in keys)
        absent = "Undefined where a source is missing"
        when = ", or `when` does not hold" if filled.when else ""
        result = _result([key for _, key in keys])
        item = "known" if self._derived else "item"
        known = [f"  const known = {self._sourced}(item);"] if self._derived else []
        tests = [f"  if ({test}) return undefined;" for test in self._tests(filled.when, item)]
        return [
            *comment(
                [
                    f"The key in index {index.name}: {said}.",
                    f"{absent}{when}: the item is not in it.",
                ]
            ),
            *signature(
                self._scope,
                self.indexes[filled.index],
                self._sources,
                f"{result} | undefined",
            ),
            *known,
            *tests,
            *self._body(
                [(role, key, filled.keys[key.name]) for role, key in keys],
                filled.index,
                item,
                "return undefined;",
            ),
            "}",
        ]

    def _body(
        self,
        keys: list[tuple[str, KeyAttribute, Template]],
        index: str | None,
        item: str,
        absent: str,
    ) -> list[str]:
        lines = []
        for letter, (role, key, template) in zip(_LETTERS, keys, strict=False):
            source = quote(template.sources[0]) if template.sources else ""
            name = quote(key.name)
            if key.type == "N":
                made = f"kx.numberKey({source}, {item})"
            elif key.type == "B":
                made = f'kx.binaryKey({name}, "{role}", {source}, {item})'
            else:
                constant = self._scope.templates[self._entity.name, index, key.name]
                made = f'kx.textKey({name}, "{role}", {constant}, {item})'
            lines += [f"  const {letter} = {made};", f"  if ({letter} === undefined) {absent}"]
        members = [
            f"{member(key.name)}: {letter}"
            for letter, (_, key, _) in zip(_LETTERS, keys, strict=False)
        ]
        return [*lines, f"  return {{ {', '.join(members)} }};"]

    def _tests(self, when: Condition | None, item: str) -> list[str]:
        """Expressions that are true where the item is not in the index."""
        made = []
        for test in when.tests if when else ():
            path = quote(test.source)
            if isinstance(test, Present):
                made.append(f"{'!' if test.present else ''}kx.isPresent({item}, {path})")
                continue
            kind = quote(kind_of(self._scope.shape(self._entity, test.source)))
            wanted = ", ".join(map(literal, test.values))
            made.append(f"!kx.isOneOf({item}, {path}, {kind}, [{wanted}])")
        return made

    def _with_derived(self) -> list[str]:
        templates, a_type = self._scope.templates, self._scope.annotation("unknown")
        lines = [
            f"  known = kx.withDerived(known, {quote(one.name)}, "
            f"{templates[self._entity.name, None, one.name]});"
            for one in self._derived
        ]
        head = f"function {self._sourced}(item{a_type}){a_type} {{"
        return [head, "  let known = item;", *lines, "  return known;", "}"]

    def _explain(self) -> list[str]:
        scope, entity = self._scope, self._entity
        types = {key.name: key.type for key in scope.table.keys}
        types |= {key.name: key.type for index in scope.table.indexes for key in index.attributes}
        calls = [
            f"    ...kx.explained({quote(entity.name)}, "
            f"{'undefined' if index is None else quote(index)}, {quote(name)}, {constant}, key),"
            for (owner, index, name), constant in scope.templates.items()
            if owner == entity.name and types.get(name) == "S"
        ]
        return [
            *comment([f"Every way to read the text of a key as one of {entity.name}."]),
            f"export function {self.explain}{explaining(scope)} {{",
            "  return [",
            *calls,
            "  ];",
            "}",
        ]


def explaining(scope: Scope) -> str:
    """The parameter and the result of a function that explains keys."""
    given = f"key{scope.annotation('string')}"
    return f"({given}){scope.annotation('readonly kx.Explanation[]')}"


def _result(keys: list[KeyAttribute]) -> str:
    types: Mapping[str, str] = {"S": "string", "N": "kx.NumberLike", "B": "Uint8Array"}
    members = "; ".join(f"readonly {member(key.name)}: {types[key.type]}" for key in keys)
    return f"{{ {members} }}"
