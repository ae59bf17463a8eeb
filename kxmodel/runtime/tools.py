"""`Model.kx`: everything that kxmodel offers beside PynamoDB's own methods, under one name.

PynamoDB looks at every member of a class when it makes it, `kx` among them, so this module imports
what it needs where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from kxmodel.errors import Problem, UsageError
from kxmodel.runtime.attributes import generic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.runtime.entity import Entity, Pattern
    from kxmodel.runtime.patterns import ItemCollection, Page
    from kxmodel.runtime.reader import ModelReader
    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.values import AttributeValue

M = TypeVar("M")

_NOTHING: Mapping[str, object] = {}


class Tools(Generic[M]):
    """kxmodel's tools for one model class, or for one object of it."""

    def __init__(self, model: type[M], instance: M | None = None) -> None:
        self._model = cast("type[Any]", model)
        self._instance: Any = instance

    @property
    def _spec(self) -> ModelSpec:
        from kxmodel.runtime.spec import spec_of

        return spec_of(self._model)

    @property
    def entity(self) -> Entity:
        """What the schema says of this class: key templates, indexes, access patterns."""
        return self._spec.entity

    @property
    def schema(self) -> Mapping[str, object]:
        """The JSON Schema that items of this class are validated against."""
        return self._spec.schema

    @property
    def extra(self) -> dict[str, object]:
        """The attributes of this object that the schema does not declare, by stored names."""
        extra: Mapping[str, AttributeValue] = self._object()._kx_extra
        return {name: generic.decode(value) for name, value in extra.items()}

    def _object(self) -> Any:
        if self._instance is None:
            raise UsageError(f"this is for an object, not for the class {self._model.__name__}")
        return self._instance

    def validate(self, item: object = None) -> list[Problem]:
        """Every problem of a stored item, as the schema sees it; empty where there is none.

        item: an object of this class, or an item in DynamoDB JSON; without it, this object.
        """
        from kxmodel.runtime.item import from_wire
        from kxmodel.validate import project_item

        if item is None:
            item = self._object()
        raw = (
            from_wire(cast("Mapping[str, Any]", item))
            if isinstance(item, dict)
            else self._raw(item)
        )
        return list(self._spec.validator.problems(project_item(raw)))

    def _raw(self, item: Any) -> dict[str, AttributeValue]:
        raw: dict[str, AttributeValue] = item.to_item()
        return raw

    def keys(self, item: object = None) -> dict[str, object]:
        """All key attributes that the templates give an item: the table's and every index's.

        Raises KeyBuildError where a source has no place in a key.
        """
        from kxmodel.keys import KeySet, evaluate
        from kxmodel.validate import project_item

        values = project_item(self._raw(self._object() if item is None else item))
        keys: dict[str, object] = {}
        rules = self._spec.rules
        for key_set in (*rules.derived, rules.primary):
            if isinstance(key_set, KeySet):
                keys.update(evaluate(key_set, values) or {})
        return keys

    def explain(self, attribute: str, key: str) -> dict[str, str] | None:
        """Take a key of this entity apart: source path -> text; None if it is not one of its keys."""
        from kxmodel.keys import take_apart

        templates = dict(self._spec.entity.templates)
        for index in self._spec.entity.index_templates.values():
            templates.update(index)
        template = templates.get(attribute)
        if template is None:
            raise UsageError(f"{self._model.__name__} has no key attribute {attribute!r}")
        found = take_apart(template, key)
        return None if found is None else dict(found)

    def find(self, sources: Sequence[object], consistent_read: bool = False) -> M | None:
        """The item with these source attributes of the primary key, or None."""
        from kxmodel.keys import evaluate, nest
        from kxmodel.runtime.patterns.arguments import normalised
        from kxmodel.runtime.reader import ModelReader

        spec = self._spec
        reader = ModelReader(self._model)
        paths = spec.rules.primary.sources
        values = {}
        for path, value in zip(paths, sources, strict=True):
            where = f"{self._model.__name__}.find, argument {path}"
            if value is None or value == "":
                told = f"{path} is {'None' if value is None else 'empty'}"
                raise UsageError(told, code="KX408", where=where)
            values[path] = normalised(reader, path, value, where)
        keys = evaluate(spec.rules.primary, nest(values)) or {}
        raw = [next(iter(generic.encode(value).values())) for value in keys.values()]
        data = self._model._get_connection().get_item(*raw, consistent_read=consistent_read)
        item = data.get("Item")
        return None if item is None else cast("M", self._model.from_raw_data(item))

    def page(
        self,
        pattern: str,
        args: tuple[object, ...],
        limit: int,
        cursor: str | None,
        reverse: bool,
        narrow: Mapping[str, object] = _NOTHING,
    ) -> Page[M]:
        """Answer an access pattern that finds many."""
        from kxmodel.runtime.patterns import run_page

        reader, declared = self._ask(pattern)
        found = run_page(
            reader,
            self.entity,
            declared,
            args,
            limit,
            cursor,
            reverse=reverse,
            narrow=narrow,
            entities=self._returned(declared),
        )
        return cast("Page[M]", found)

    def one(self, pattern: str, args: tuple[object, ...]) -> M | None:
        """Answer an access pattern that finds one: it, or None. Raises NotUniqueError."""
        from kxmodel.runtime.patterns import run_one

        reader, declared = self._ask(pattern)
        entities = self._returned(declared)
        return cast("M | None", run_one(reader, self.entity, declared, args, entities=entities))

    def collection(
        self,
        pattern: str,
        args: tuple[object, ...],
        limit: int,
        cursor: str | None,
        reverse: bool,
        narrow: Mapping[str, object] = _NOTHING,
    ) -> ItemCollection[Any]:
        """Answer an access pattern that finds items of several entities that belong together."""
        from kxmodel.runtime.patterns import run_collection

        reader, declared = self._ask(pattern)
        return run_collection(
            reader,
            self.entity,
            declared,
            args,
            limit,
            cursor,
            reverse=reverse,
            narrow=narrow,
            entities=self._returned(declared),
        )

    def _returned(self, pattern: Pattern) -> tuple[Entity, ...]:
        """The entities that a pattern may return, this one apart."""
        from kxmodel.runtime.recognise import entity_classes, table_class

        classes = entity_classes(table_class(self._model))
        known = (model._kx_entity for model in classes)
        return tuple(e for e in known if e.name in pattern.returns and e.name != self.entity.name)

    def _ask(self, pattern: str) -> tuple[ModelReader, Pattern]:
        from kxmodel.runtime.reader import ModelReader

        return ModelReader(self._model), self._spec.entity.pattern_table[pattern]

    def projects_all(self, index: str) -> bool:
        """Whether an index projects whole items."""
        return bool(self._model._indexes[index].Meta.projection.projection_type == "ALL")


class ToolsDescriptor:
    """`Model.kx` on a class, `model.kx` on an object."""

    def __get__(self, instance: M | None, owner: type[M]) -> Tools[M]:
        return Tools(owner, instance)
