"""Whether the items of several entities can be told apart, in the table and by those who read."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from kxmodel.dialect.presence import always_there
from kxmodel.errors.base import shorten
from kxmodel.ir import Scalar, dynamo_type
from kxmodel.keys import Placeholder, Template
from kxmodel.lint.narrow import beginning, exactly, meet, narrowed
from kxmodel.lint.place import below, of_recognition
from kxmodel.lint.rule import Fault, rule
from kxmodel.lint.uses import Use, uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.ir import Entity, Table


@rule("KX220", "error")
def one_key_for_two(table: Table) -> Iterator[Fault]:
    """Items of two entities can have one primary key: one would overwrite the other."""
    keys = {e.name: _primary(table, e) for e in table.entities}
    for one, other in combinations(table.entities, 2):
        witness = {}
        # Entities of one table mostly share a partition key: the sort key tells them apart sooner.
        for key in reversed(table.keys):
            shared = meet(keys[one.name][key.name], keys[other.name][key.name])
            if shared is None:
                break
            witness[key.name] = shared
        else:
            shown = ", ".join(f"{key.name} = {shorten(witness[key.name])}" for key in table.keys)
            yield Fault(
                below(other.pointer, "x-kx-entity", "keys"),
                f"{one.name} and {other.name} can have one primary key, e.g. {shown}; the item "
                "written last would replace the other",
            )


@rule("KX221", "error")
def mistaken_for_another(table: Table) -> Iterator[Fault]:
    """An item of one entity passes the recognition of another."""
    tested = {name for entity in table.entities for _, name, _ in _tests(entity)}
    values = {
        entity.name: {name: _values(table, entity, name) for name in tested}
        for entity in table.entities
    }
    for entity, other in permutations(table.entities, 2):
        tests = list(_tests(other))
        if tests and all(_may_pass(values[entity.name], *test) for test in reversed(tests)):
            shown = " and ".join(_shown(*test) for test in tests)
            yield Fault(
                _place(other),
                f"an item of {entity.name} can be taken for {other.name}, which is recognised by "
                f"{shown}",
            )


@rule("KX222", "error")
def unrecognised(table: Table) -> Iterator[Fault]:
    """An entity's own items need not pass its recognition."""
    for entity in table.entities:
        for kind, name, text in _tests(entity):
            reason = _why_not(table, entity, kind, name, text)
            if reason:
                yield Fault(
                    of_recognition(entity, kind, name),
                    f"{entity.name} is recognised by {_shown(kind, name, text)}, but {reason}",
                )


@rule("KX223", "warning")
def one_item_only(table: Table) -> Iterator[Fault]:
    """No source in the primary key, as where ``{id}`` stands for ``${id}``: a save replaces all."""
    for entity in table.entities:
        if entity.keys and all(template.is_constant for template in entity.keys.values()):
            shown = ", ".join(f"{n} = {shorten(t.text)}" for n, t in entity.keys.items())
            yield Fault(
                below(entity.pointer, "x-kx-entity", "keys"),
                f"every {entity.name} has the primary key {shown}, so there can be one only, and "
                "each one saved replaces the last",
            )


def _primary(table: Table, entity: Entity) -> dict[str, tuple[Template, ...]]:
    return {name: narrowed(table, entity, template) for name, template in entity.keys.items()}


def _tests(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """Kind (``equals`` or ``prefix``), attribute and text of each recognition test."""
    for name, text in entity.recognition.equals.items():
        yield "equals", name, text
    for name, text in entity.recognition.prefixes.items():
        yield "prefix", name, text


def _may_pass(values: Mapping[str, Sequence[Template]], kind: str, name: str, text: str) -> bool:
    """Whether one of an entity's values of the attribute passes the test."""
    wanted = (exactly(text),) if kind == "equals" else beginning(text)
    return meet(values[name], wanted) is not None


def _why_not(table: Table, entity: Entity, kind: str, name: str, text: str) -> str:
    """Why some item of the entity does not pass its own test; empty if all do."""
    use = _use(table, entity, name)
    if use is None and name not in entity.members:
        return f"it has no attribute {shorten(name)}"
    sources = use.template.sources if use else (name,)
    conditional = use is not None and any(
        keys.index == use.index and keys.when for keys in entity.indexes
    )
    if conditional or not all(always_there(table, entity, source) for source in sources):
        return f"some of its items have no {shorten(name)}"
    values = _values(table, entity, name)
    if not values:
        return f"{shorten(name)} is no text"
    for value in values:
        whole = value.literal_prefix == text and value.is_constant
        if not (whole if kind == "equals" else value.literal_prefix.startswith(text)):
            given = f", which is {shorten(use.template.text)}" if use and not use.natural else ""
            return f"its {shorten(name)}{given} can be something else"
    return ""


def _values(table: Table, entity: Entity, name: str) -> Sequence[Template]:
    """Templates that give every text that the attribute can be; none if it is never text."""
    use = _use(table, entity, name)
    if use is not None and use.type != "S":
        return ()
    if use is not None and not use.natural:
        return narrowed(table, entity, use.template)
    attribute = entity.members.get(name)
    if attribute is None:
        return ()
    if isinstance(attribute.shape, Scalar) and dynamo_type(attribute.shape) != "S":
        return ()
    source = Placeholder(name, (), 0)
    return narrowed(table, entity, Template(f"${{{name}}}", (source,)))


def _use(table: Table, entity: Entity, name: str) -> Use | None:
    return next((use for use in uses(table, entity) if use.attribute == name), None)


def _place(entity: Entity) -> str:
    return below(entity.pointer, "x-kx-entity", "recognise")


def _shown(kind: str, name: str, text: str) -> str:
    verb = "is" if kind == "equals" else "begins with"
    return f"{shorten(name)} {verb} {shorten(text)}"
