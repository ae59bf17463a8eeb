"""The templates that a model declares as text, compiled for `kxmodel.keys.rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.keys import (
    DerivedAttribute,
    KeyPart,
    KeyRules,
    KeySet,
    key_rules,
    parse,
    parse_condition,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import KeyRole, KeyType
    from kxmodel.runtime.entity import Entity


def compile_rules(
    entity: Entity, types: Mapping[str, KeyType], roles: Mapping[str, KeyRole]
) -> KeyRules:
    """The entity's key sets.

    types: key attribute -> type descriptor, where it is not ``S``. roles: key attribute -> role.
    """

    def parts(keys: Mapping[str, str]) -> tuple[KeyPart, ...]:
        return tuple(
            KeyPart(name, parse(text), roles.get(name, "hash"), types.get(name, "S"))
            for name, text in keys.items()
        )

    return key_rules(
        KeySet(name=entity.name, keys=parts(entity.keys), sparse=False),
        (
            KeySet(
                name=index.index,
                keys=parts(index.keys),
                when=parse_condition(index.when) if index.when else None,
            )
            for index in entity.indexes
        ),
        (DerivedAttribute(name, parse(text)) for name, text in entity.derive.items()),
    )
