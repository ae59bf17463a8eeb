"""``_kx_entity``: what the runtime has to know of an entity beside PynamoDB's declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.models.layout import Code, Group, call, named, statement, tuple_of
from kxmodel.emit.models.literal import literal
from kxmodel.emit.models.quote import quote
from kxmodel.keys import OneOf, Present

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.emit.models.names import Scope
    from kxmodel.ir import AccessPattern, Entity, IndexKeys, Table
    from kxmodel.keys import Condition, Template


def entity_lines(
    table: Table, entity: Entity, schema: str, patterns: Sequence[AccessPattern], scope: Scope
) -> list[str]:
    """The statement. schema: ``module:NAME`` of the entity's JSON Schema, relative to the package."""
    items: list[Code] = [
        f"name={quote(entity.name)}",
        f"schema={quote(schema)}",
    ]
    if table.tenant is not None:
        items.append(f"tenant={quote(table.tenant)}")
    items.append(named("keys", _templates(entity.keys, tall=True)))
    if entity.indexes:
        indexes = (_index_keys(keys, scope) for keys in entity.indexes)
        items.append(named("indexes", tuple_of(*indexes, tall=True)))
    recognition = {
        "equals": dict(entity.recognition.equals),
        "prefix": dict(entity.recognition.prefixes),
    }
    tests = tuple(_strings(kind, texts) for kind, texts in recognition.items() if texts)
    if tests:
        items.append(Group("recognise={", tests, "}"))
    derived = {a.name: a.derive for a in entity.attributes if a.derive is not None}
    if derived:
        items.append(named("derive", _mapping(derived, tall=True)))
    if entity.user_class is not None:
        items.append(f"user_class={quote(entity.user_class)}")
    if patterns:
        answered = (_pattern(pattern, scope) for pattern in patterns)
        items.append(named("patterns", tuple_of(*answered, tall=True)))
    made = call(scope("Entity", run=True), *items, tall=True)
    return statement(named("_kx_entity", made, " = "), 4)


def _templates(templates: Mapping[str, Template], *, tall: bool = False) -> Group:
    return _mapping({name: template.text for name, template in templates.items()}, tall=tall)


def _mapping(texts: Mapping[str, str], *, tall: bool = False) -> Group:
    items = tuple(f"{quote(name)}: {quote(text)}" for name, text in texts.items())
    return Group("{", items, "}", tall)


def _strings(kind: str, texts: Mapping[str, str]) -> Code:
    return named(quote(kind), _mapping(texts), ": ")


def _index_keys(keys: IndexKeys, scope: Scope) -> Code:
    items: list[Code] = [quote(keys.index), named("keys", _templates(keys.keys))]
    if keys.when is not None:
        items.append(named("when", _when(keys.when, scope)))
    return call(scope("IndexKeys", run=True), *items)


def _when(condition: Condition, scope: Scope) -> Code:
    tests: dict[str, dict[str, object]] = {}
    for test in condition.tests:
        body = tests.setdefault(test.source, {})
        match test:
            case Present(present=present):
                body["present"] = present
            case OneOf(values=(value,)) if "equals" not in body:
                body["equals"] = value
            case OneOf(values=values):
                body["in"] = list(values)
    made = (named(quote(path), _flat(literal(body, scope)), ": ") for path, body in tests.items())
    return Group("{", tuple(made), "}")


def _flat(code: Code) -> Code:
    return code if isinstance(code, str) else Group(code.before, code.items, code.after)


def _pattern(pattern: AccessPattern, scope: Scope) -> Code:
    items: list[Code] = [quote(pattern.name)]
    if pattern.index is not None:
        items.append(f"index={quote(pattern.index)}")
    items.append(named("given", tuple_of(*map(quote, pattern.given))))
    if pattern.filter:
        items.append(named("filter", tuple_of(*map(quote, pattern.filter))))
    if pattern.fixed:
        items.append(named("fixed", _flat(literal(pattern.fixed, scope))))
    if pattern.range is not None:
        items.append(f"range={quote(pattern.range)}")
    if pattern.order != "ascending":
        items.append(f"order={quote(pattern.order)}")
    if pattern.result != "page":
        items.append(f"result={quote(pattern.result)}")
    if pattern.returns and pattern.returns != (pattern.entity,):
        items.append(named("returns", tuple_of(*map(quote, pattern.returns))))
    if pattern.consistent:
        items.append("consistent=True")
    return call(scope("Pattern", run=True), *items)
