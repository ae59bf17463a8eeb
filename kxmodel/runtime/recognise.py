"""Which class a stored item is of."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kxmodel.errors import ConfigError, ValueRefused
from kxmodel.keys.recognise import is_recognised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.runtime.entity import Entity
    from kxmodel.values import AttributeValue


def is_of(entity: Entity, item: Mapping[str, AttributeValue]) -> bool:
    """Whether every test of the entity's recognition holds for a stored item."""
    return is_recognised(
        entity.recognise.get("equals", {}),
        entity.recognise.get("prefix", {}),
        lambda name: item.get(name, {}).get("S"),
    )


def class_of(model: type[Any], item: Mapping[str, AttributeValue]) -> type[Any] | None:
    """The class that reading through `model` gives an item of its table; None: no known entity.

    model: a class of an entity, a subclass of one, or the class of a table with several.
    """
    if model._kx_entity is not None and is_of(model._kx_entity, item):
        return returned_class(model)
    for candidate in entity_classes(table_class(model)):
        if candidate._kx_entity is not model._kx_entity and is_of(candidate._kx_entity, item):
            return returned_class(candidate)
    return None


def discriminated(
    asked: type[Any], found: type[Any], item: Mapping[str, AttributeValue]
) -> type[Any] | None:
    """The class that PynamoDB's discriminator in a user's own hierarchy names; None: unknown.

    Raises ValueRefused, a ValueError as PynamoDB's, where it is no subclass of the class that was asked.
    """
    attribute = found._get_discriminator_attribute()
    value = item.get(attribute.attr_name)
    if value is None:
        return found
    try:
        named: type[Any] = attribute.deserialize(value.get("S"))
    except ValueError:
        # An unknown value is an unknown entity: it must not end a page half way.
        return None
    if issubclass(found, asked) and not issubclass(named, asked):
        raise ValueRefused(f"the item is a {named.__name__}, which is no {asked.__name__}")
    return named


def table_class(model: type[Any]) -> type[Any]:
    """The class that declares the table's Meta: what all entities of the table derive from."""
    owner = model
    for candidate in model.__mro__:
        if "Meta" in vars(candidate):
            owner = candidate
    return owner


def entity_classes(table: type[Any]) -> Iterator[type[Any]]:
    """The classes that declare an entity of a table, in the order of their definition."""
    if vars(table).get("_kx_entity") is not None:
        yield table
    for child in table.__subclasses__():
        yield from entity_classes(child)


def returned_class(model: type[Any]) -> type[Any]:
    """`model`, or the user's own subclass that the schema names, imported on first use."""
    entity: Entity = model._kx_entity
    if entity.user_class is None or "_kx_entity" not in vars(model):
        return model
    known: type[Any] | None = vars(model).get("_kx_user_class")
    if known is None:
        known = _import(entity.user_class, model)
        model._kx_user_class = known
    return known


def _import(path: str, model: type[Any]) -> type[Any]:
    module, _, name = path.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ConfigError(
            f"the class {path} that the schema names for {model.__name__} cannot be imported: {error}",
            fix="Correct x-kx-entity.class in the schema, or make the module importable.",
        ) from error
    if not (isinstance(found, type) and issubclass(found, model)):
        raise ConfigError(
            f"the class {path} that the schema names is not a subclass of {model.__name__}",
            fix=f"Write `class {name}({model.__name__})` in {module}.",
        )
    return found
