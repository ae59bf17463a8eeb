"""What the runtime knows of one model class, compiled once on first use."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from kxmodel.errors import UsageError
from kxmodel.runtime.attributes import KeyAttribute, KxAttribute, VersionAttribute, generic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import KeyRules, KeyType
    from kxmodel.runtime.entity import Entity
    from kxmodel.validate import Validator
    from kxmodel.values import AttributeValue


class ModelSpec:
    """The compiled declarations of a model class that has an entity."""

    def __init__(self, model: type[Any], entity: Entity) -> None:
        self.model = model
        self.entity = entity

    @cached_property
    def attributes(self) -> Mapping[str, Any]:
        """Python name -> attribute."""
        return dict(self.model.get_attributes())

    @cached_property
    def by_stored_name(self) -> Mapping[str, Any]:
        """Stored name -> attribute."""
        return {attribute.attr_name: attribute for attribute in self.attributes.values()}

    def python_name(self, name: str) -> str:
        """The Python name of a stored name."""
        return str(self.model._dynamo_to_python_attr(name))

    @cached_property
    def rules(self) -> KeyRules:
        """The compiled templates."""
        from kxmodel.runtime.derive import compile_rules

        types: dict[str, KeyType] = {
            name: attribute.attr_type
            for name, attribute in self.by_stored_name.items()
            if attribute.attr_type in ("N", "B")
        }
        return compile_rules(self.entity, types, self.key_roles)

    @cached_property
    def generated(self) -> tuple[tuple[str, Any], ...]:
        """(Python name, attribute) of the attributes that kxmodel can make."""
        return tuple(
            (name, attribute)
            for name, attribute in self.attributes.items()
            if getattr(attribute, "generate", None)
        )

    @cached_property
    def stamped(self) -> frozenset[str]:
        """Stored names of the times that every write sets by itself."""
        return frozenset(a.attr_name for _, a in self.generated if a.generate == "updated")

    @cached_property
    def immutable(self) -> tuple[str, ...]:
        """Stored names that may be set once: declared so, or what the item is recognised by."""
        declared = (a.attr_name for a in self.attributes.values() if getattr(a, "immutable", False))
        recognised = (name for test in self.entity.recognise.values() for name in test)
        own = set(self.rules.primary.attributes)
        return tuple(dict.fromkeys(n for n in (*declared, *recognised) if n not in own))

    @cached_property
    def fixed(self) -> tuple[tuple[str, str], ...]:
        """(path, its first part) of what a stored item keeps: its key's sources, what is immutable."""
        paths = dict.fromkeys((*self.rules.primary.sources, *self.immutable))
        return tuple((path, path.partition(".")[0]) for path in paths)

    @cached_property
    def computed(self) -> tuple[str, ...]:
        """The stored names that a write may put in after the caller's values."""
        return tuple(sorted(self.entity.derived.union(self.rules.primary.attributes)))

    @cached_property
    def derived(self) -> tuple[tuple[str, str], ...]:
        """(stored name, Python name) of what a write derives."""
        return tuple((name, self.python_name(name)) for name in sorted(self.entity.derived))

    @cached_property
    def version(self) -> str | None:
        """The stored name of the version attribute."""
        for attribute in self.attributes.values():
            if isinstance(attribute, VersionAttribute):
                return str(attribute.attr_name)
        return None

    @cached_property
    def key_roles(self) -> Mapping[str, Literal["hash", "range"]]:
        """Key attribute of the table or of any index -> its role. A range is the stricter one."""
        roles: dict[str, Literal["hash", "range"]] = {}
        schemas = [self.attributes.values()]
        schemas += [index.Meta.attributes.values() for index in self.model._indexes.values()]
        for attributes in schemas:
            for attribute in attributes:
                if attribute.is_range_key:
                    roles[attribute.attr_name] = "range"
                elif attribute.is_hash_key:
                    roles.setdefault(attribute.attr_name, "hash")
        return roles

    @cached_property
    def validator(self) -> Validator:
        """The entity's compiled JSON Schema, loaded on first use."""
        from kxmodel.validate import compile_schema

        return compile_schema(self.schema)

    @property
    def schema(self) -> Mapping[str, object]:
        """The entity's JSON Schema, from the data module beside the generated model."""
        module_name, _, name = self.entity.schema.partition(":")
        home = next(c.__module__ for c in self.model.__mro__ if "_kx_entity" in vars(c))
        module = import_module(f".{module_name}", home.rpartition(".")[0])
        schema: Mapping[str, object] = getattr(module, name)
        return schema

    def decode(self, name: str, value: AttributeValue | None) -> object:
        """The Python value of a stored attribute."""
        attribute = self.by_stored_name.get(name)
        if value is None:
            return None
        if "S" in value and isinstance(attribute, KeyAttribute):
            return value["S"]
        return (
            attribute.decode(value) if isinstance(attribute, KxAttribute) else generic.decode(value)
        )

    def attribute_at(self, path: tuple[str | int, ...]) -> Any | None:
        """The declared attribute at a document path, or None where nothing is declared."""
        container: Any = self.model
        attribute: Any | None = None
        for part in path:
            if isinstance(part, int):
                attribute = getattr(attribute, "element", None)
            elif container is not None:
                known = {a.attr_name: a for a in container.get_attributes().values()}
                attribute = known.get(part)
            else:
                # A map with free names: every member has the type of its elements.
                attribute = getattr(attribute, "element", None)
            if attribute is None:
                return None
            container = type(attribute) if hasattr(attribute, "_make_attribute") else None
        return attribute


def spec_of(model: type[Any]) -> ModelSpec:
    """The compiled declarations of a class, kept with it. Threads that race make equal ones.

    Raises UsageError for a class that stands for a whole table of several entities.
    """
    own: ModelSpec | None = vars(model).get("_kx_spec")
    if own is not None:
        return own
    entity: Entity | None = model._kx_entity
    if entity is None:
        raise UsageError(
            f"{model.__name__} stands for a table with several entities, not for one kind of item",
            fix=f"Use one of its subclasses: {', '.join(sorted(c.__name__ for c in model.__subclasses__()))}.",
        )
    spec = ModelSpec(model, entity)
    model._kx_spec = spec
    return spec
