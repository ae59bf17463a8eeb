"""An entity's templates, conditions and rules after an attribute got another name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kxmodel.keys import parse
from kxmodel.migrate.state import EntityState, IndexKeysState

if TYPE_CHECKING:
    from collections.abc import Mapping


def renamed(entity: EntityState, old: str, new: str) -> EntityState:
    """The entity whose top-level attribute `old` is called `new`."""

    def name(text: str) -> str:
        return new if text == old else text

    def path(dotted: str) -> str:
        first, dot, rest = dotted.partition(".")
        return f"{name(first)}{dot}{rest}"

    def all_of(templates: Mapping[str, str]) -> dict[str, str]:
        return {attribute: _template(text, old, new) for attribute, text in templates.items()}

    return replace(
        entity,
        keys=all_of(entity.keys),
        indexes={
            index: IndexKeysState(
                all_of(each.keys),
                {path(dotted): body for dotted, body in each.when.items()} if each.when else None,
            )
            for index, each in entity.indexes.items()
        },
        recognise={
            test: {name(attribute): text for attribute, text in texts.items()}
            for test, texts in entity.recognise.items()
        },
        derive={name(attribute): text for attribute, text in all_of(entity.derive).items()},
        version=name(entity.version) if entity.version else None,
    )


def _template(text: str, old: str, new: str) -> str:
    for placeholder in reversed(parse(text).placeholders):
        if placeholder.path[0] == old:
            start = placeholder.offset + len("${")
            text = f"{text[:start]}{new}{text[start + len(old) :]}"
    return text
