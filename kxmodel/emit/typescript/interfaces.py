"""Interfaces of entities and structures: what is stored, and what is given to create an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.text import sentence
from kxmodel.emit.typescript.names import member
from kxmodel.emit.typescript.quote import comment
from kxmodel.emit.typescript.scope import is_derived, is_in_every_item, templates_of
from kxmodel.emit.typescript.types import nullable_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kxmodel.emit.typescript.scope import Scope
    from kxmodel.ir import Attribute, Entity, Structure


def structure(scope: Scope, declared: Structure) -> list[str]:
    """The interface of a nested map."""
    lines = comment([sentence(declared.description)])
    members = [
        line
        for attribute in declared.attributes
        for line in _member(scope, attribute, optional=not attribute.required, template="")
    ]
    return [*lines, *_interface(scope.interfaces[declared.name], members)]


def stored(scope: Scope, entity: Entity) -> list[str]:
    """The interface of an item as it is stored."""
    templates = {name: t.text for (_, _, name), t in templates_of(entity).items()}
    members: list[str] = []
    for attribute in entity.attributes:
        derived = is_derived(entity, attribute)
        members += _member(
            scope,
            attribute,
            optional=not is_in_every_item(entity, attribute),
            template=templates[attribute.name] if derived else "",
            fixed=derived or attribute.immutable or attribute.generate is not None,
        )
    title = entity.title if entity.title != entity.name else ""
    said = [sentence(title), sentence(entity.description)]
    more = ["Other attributes may be there."] if entity.open else []
    lines = comment([*dict.fromkeys(said), *more])
    return [*lines, *_interface(scope.interfaces[entity.name], members)]


def given(scope: Scope, entity: Entity) -> list[str]:
    """The interface of what is given to create an item: nothing that is derived."""
    members: list[str] = []
    for attribute in entity.attributes:
        if is_derived(entity, attribute):
            continue
        made = attribute.generate is not None or attribute.default is not None
        optional = made or not is_in_every_item(entity, attribute)
        members += _member(scope, attribute, optional=optional, template="")
    own = scope.interfaces[entity.name]
    lines = comment([f"What is given to create an item of {own}: keys are derived."])
    return [*lines, *_interface(scope.type(entity.name, "Input"), members)]


def _interface(name: str, members: Iterable[str]) -> list[str]:
    return [f"export interface {name} {{", *members, "}"]


def _member(
    scope: Scope, attribute: Attribute, *, optional: bool, template: str, fixed: bool = False
) -> list[str]:
    head = "readonly " if fixed or attribute.immutable else ""
    mark = "?" if optional else ""
    found = nullable_type(attribute.shape, scope.interfaces, scope.values)
    name = member(attribute.name)
    return [*comment([_said(attribute, template)], 2), f"  {head}{name}{mark}: {found};"]


def _said(attribute: Attribute, template: str) -> str:
    description = attribute.description.strip() or attribute.title.strip()
    parts = [sentence(description)]
    if template and f"`{template}`" not in description:
        parts.append(f"Derived: `{template}`.")
    parts += [f"{each.keyword}: `{each.value}`." for each in attribute.constraints]
    if attribute.generate is not None and not description:
        parts.append(f"Generated: {attribute.generate.kind}.")
    if attribute.personal and "personal data" not in description.lower():
        parts.append("Personal data.")
    return " ".join(part for part in parts if part)
