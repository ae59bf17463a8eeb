"""The base of generated models: PynamoDB's Model, with its traps closed.

What differs from PynamoDB's documented behaviour is listed in docs/deviations.md.

Key templates, validation, updates and access patterns are imported where they are first used:
importing a model costs PynamoDB and little else.
"""

from __future__ import annotations

from copy import deepcopy
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pynamodb import models as pynamodb
from pynamodb.attributes import Attribute
from pynamodb.indexes import Index

from kxmodel.errors import PartialItemError, UsageError
from kxmodel.runtime.aio import Aio
from kxmodel.runtime.attributes import (
    NO_EXTRA,
    decode_changed,
    decode_members,
    generic,
    member_of,
    undeclared,
)
from kxmodel.runtime.attributes.making import has_defaults, nested_names, plain_names
from kxmodel.runtime.attributes.members import read_straight
from kxmodel.runtime.attributes.origin import members_at, snapshot
from kxmodel.runtime.connection import table_connection
from kxmodel.runtime.item import Item, from_wire, parse_document, plain_value, to_plain
from kxmodel.runtime.partial import mark_partial, partial_results, with_identity
from kxmodel.runtime.recognise import class_of, discriminated, returned_class
from kxmodel.runtime.tools import ToolsDescriptor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pynamodb.connection.table import TableConnection
    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.pagination import ResultIterator

    from kxmodel.runtime.attributes.origin import Origin
    from kxmodel.runtime.entity import Entity
    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.typing import JsonValue
    from kxmodel.values import AttributeValue


#: What reading an object anew forgets.
_STATE = ("_kx_extra", "_kx_partial", "_kx_stamped", "_kx_pending", "_kx_foreseen")


class Model(pynamodb.Model):
    """Base of generated models. All of kxmodel's own tools are under `kx`, those to await under `aio`."""

    if TYPE_CHECKING:
        # PynamoDB types it as an object of a protocol; a generated model declares a class.
        Meta: Any

    _kx_entity: ClassVar[Entity | None] = None
    _kx_spec: ClassVar[ModelSpec | None] = None
    _kx_user_class: ClassVar[type[Any] | None] = None

    # An object holds of these what differs: most were read, and nothing came of them since.
    _kx_origin: Origin | None = None
    _kx_extra: Mapping[str, AttributeValue] = NO_EXTRA
    """Attributes that the schema does not declare."""
    _kx_partial: bool = False
    _kx_stamped: Mapping[str, object] = MappingProxyType({})
    """What writes of this object made: update times by Python name, derived ones by stored name."""
    _kx_pending: Mapping[str, AttributeValue] | None = None
    _kx_foreseen: frozenset[str] = frozenset()
    """The stored names that a transaction's update changes, once it has succeeded."""

    kx = ToolsDescriptor()
    """kxmodel's tools for this class or object: see `kxmodel.runtime.tools.Tools`."""
    aio = Aio[Any]()
    """The operations of this class or object for asyncio: see `kxmodel.runtime.aio.Aio`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, value in vars(cls).items():
            if isinstance(value, Attribute | Index) and hasattr(Model, name):
                raise UsageError(
                    f"{cls.__name__}.{name} would hide a member that every model has",
                    fix=f"Call it {name}_ and give it attr_name={name!r}.",
                )

    # Making

    def _set_defaults(self, _user_instantiated: bool = True) -> None:
        if has_defaults(type(self)):
            super()._set_defaults(_user_instantiated)

    def _set_attributes(self, **attributes: Any) -> None:
        plain, nested = plain_names(type(self)), nested_names(type(self))
        values = self.attribute_values
        declared: Mapping[str, Any] = self.get_attributes()
        for name, value in attributes.items():
            if name in plain:
                values[name] = value
            elif name in nested:
                values[name] = declared[name].from_json(value)
            elif name in declared:
                setattr(self, name, value)
            else:
                super()._set_attributes(**{name: value})

    @property
    def _kx_stored(self) -> Mapping[str, AttributeValue] | None:
        """The item as it was read or last written; None: this object was never stored."""
        return None if self._kx_origin is None else members_at(self._kx_origin)

    @_kx_stored.setter
    def _kx_stored(self, stored: Mapping[str, AttributeValue] | None) -> None:
        self._kx_origin = stored

    # Reading

    @classmethod
    def _instantiate(cls, attribute_values: Any, text: str | None = None) -> Any:
        """The object of a stored item: of its own class; of an unknown entity: a plain item.

        text: the JSON that the item was read from.
        """
        found = class_of(cls, attribute_values)
        if found is not None and found._discriminator is not None:
            found = discriminated(cls, found, attribute_values)
        if found is None:
            return Item.of(attribute_values)
        return found._kx_read(attribute_values, text)

    @classmethod
    def _kx_load(cls, item: Mapping[str, AttributeValue], text: str | None) -> Any:
        """What from_raw_data makes of an item. text: the JSON that it was read from."""
        made_by = cls.from_raw_data.__func__, cls._instantiate.__func__  # type: ignore[attr-defined]  # methods
        if made_by == _MADE_BY:
            return cls._instantiate(item, text)
        # Who makes objects in a way of their own is asked as PynamoDB asks.
        return cls.from_raw_data(dict(item))

    @classmethod
    def _kx_read(cls, stored: Mapping[str, AttributeValue], text: str | None = None) -> Self:
        """The object of an item of this very class. text: the JSON that the item was read from."""
        origin = snapshot(stored, text)
        values = read_straight(cls, stored, origin)
        if values is None:
            made = cls(_user_instantiated=False)
            made._container_deserialize(stored)
            return made
        made = object.__new__(cls)
        made.attribute_values = values
        made._kx_origin = origin
        if len(values) != len(stored):
            made._kx_extra = undeclared(cls, stored)
        return made

    def _container_deserialize(self, attribute_values: Any) -> None:
        self.attribute_values = {}
        self._set_discriminator()
        self._set_defaults(_user_instantiated=False)
        for name in _STATE:
            self.__dict__.pop(name, None)
        self._kx_origin = origin = snapshot(attribute_values)
        values = read_straight(type(self), attribute_values, origin)
        if values is None:
            decode_members(self, attribute_values)
        else:
            self.attribute_values.update(values)
            self._kx_extra = undeclared(type(self), attribute_values)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """The object of an item in DynamoDB JSON with stored names, as if it had been read.

        Binary may be bytes or base64 text. What breaks the schema comes back whole.
        Raises ValueRefused (KX317) for what is no DynamoDB JSON.
        """
        made: Self = returned_class(cls._kx_compiled().model)._kx_read(from_wire(item))
        return made

    def to_item(self) -> dict[str, Any]:
        """The item in DynamoDB JSON with stored names, as botocore takes it: binary as bytes."""
        from kxmodel.runtime.prepare import render_item

        return dict(render_item(self, self._kx_compiled()))

    @classmethod
    def from_json(cls, data: Mapping[str, JsonValue] | str | bytes) -> Self:
        """A new object from plain JSON with stored names: a dict, or the text of a document.

        Attributes that are not declared are kept. Keys that a template gives may be there, if they
        are what it gives. Nothing is judged before it is written.
        Raises ValueRefused (KX317) for a text that is no JSON.
        """
        document = parse_document(data) if isinstance(data, str | bytes) else data
        if not isinstance(document, dict):
            raise UsageError(f"an item is a JSON object, not {type(document).__name__}")
        made: Self = returned_class(cls._kx_compiled().model)()
        for name, value in document.items():
            known = member_of(type(made), name)
            if known is None:
                made._kx_extra = {**made._kx_extra, name: generic.encode(value)}
            else:
                setattr(made, known[0], plain_value(known[1], value))
        return made

    def to_json(self) -> dict[str, JsonValue]:
        """The item as plain JSON with stored names: sets as arrays, binary as base64 text."""
        return to_plain(self.to_item())

    def _container_serialize(self, null_check: bool = True) -> dict[str, dict[str, Any]]:
        """What PynamoDB's to_simple_dict and to_dynamodb_dict show: the whole item, a copy."""
        return deepcopy(self.to_item())

    def from_simple_dict(self, d: dict[str, Any]) -> None:
        """PynamoDB's from_simple_dict. What it sets is the caller's, and judged when it is saved."""
        origin = self._kx_origin
        super().from_simple_dict(d)
        self._kx_origin = origin

    def from_dynamodb_dict(self, d: dict[str, dict[str, Any]]) -> None:
        """PynamoDB's from_dynamodb_dict, which leaves `d` as it is; see `from_item` for an item read.

        What it sets is the caller's, and judged when it is saved.
        """
        origin = self._kx_origin
        super().from_dynamodb_dict(deepcopy(d))
        self._kx_origin = origin

    @classmethod
    def get(
        cls,
        hash_key: Any,
        range_key: Any = None,
        consistent_read: bool = False,
        attributes_to_get: Sequence[str] | None = None,
    ) -> Self:
        """PynamoDB's get. With `attributes_to_get` the object is partial: it cannot be saved."""
        if attributes_to_get is None:
            return super().get(hash_key, range_key, consistent_read)
        wanted = with_identity(cls, attributes_to_get)
        return mark_partial(super().get(hash_key, range_key, consistent_read, wanted))

    @classmethod
    def batch_get(
        cls,
        items: Iterable[Any],
        consistent_read: bool | None = None,
        attributes_to_get: Sequence[str] | None = None,
    ) -> Iterator[Self]:
        """PynamoDB's batch_get. With `attributes_to_get` the objects are partial."""
        if attributes_to_get is None:
            return super().batch_get(items, consistent_read)
        wanted = with_identity(cls, attributes_to_get)
        return map(mark_partial, super().batch_get(items, consistent_read, wanted))

    if not TYPE_CHECKING:  # a type checker sees PynamoDB's own signatures

        @classmethod
        def query(cls, *args: Any, **kwargs: Any) -> ResultIterator[Self]:
            """PynamoDB's query; objects read through a projection are partial."""
            return partial_results(cls, super().query(*args, **kwargs))

        @classmethod
        def scan(cls, *args: Any, **kwargs: Any) -> ResultIterator[Self]:
            """PynamoDB's scan; objects read through a projection are partial."""
            return partial_results(cls, super().scan(*args, **kwargs))

    # Writing

    def serialize(self, null_check: bool = True) -> dict[str, dict[str, Any]]:
        """The item as a put sends it, checked: every ordinary path that puts ends here.

        Raises ValidationFailed with all problems, PartialItemError for a partial object.
        """
        if not null_check:
            return self.to_item()
        from kxmodel.runtime.prepare import describe_key, prepare_put

        spec = self._kx_compiled()
        if self._kx_partial:
            raise PartialItemError(
                f"this {spec.entity.name} was read through a projection; a save would erase the rest",
                where=describe_key(spec, self._kx_stored or {}),
            )
        self._kx_pending, self._kx_foreseen = prepare_put(self, spec), frozenset()
        return dict(self._kx_pending)  # type: ignore[arg-type]  # PynamoDB's untyped attribute values

    def update_local_version_attribute(self) -> None:
        """Called by PynamoDB after a write that succeeded: the object is now what is stored."""
        pynamodb.Model.update_local_version_attribute(self)
        if self._kx_pending is None:
            return
        stored = dict(self._kx_pending)
        if self._kx_foreseen:
            decode_changed(self, stored, self._kx_foreseen)
        name = self._kx_compiled().version
        if name is not None:
            python_name = self._dynamo_to_python_attr(name)
            stored[name] = generic.encode(int(self.attribute_values[python_name]))
        self._kx_stored, self._kx_pending, self._kx_foreseen = stored, None, frozenset()

    def _handle_version_attribute(self, *, attributes: Any = None, actions: Any = None) -> Any:
        """PynamoDB's, but an update counts up from what is stored, whatever this object knows."""
        condition = super()._handle_version_attribute(attributes=attributes)
        if actions is not None and (name := self._version_attribute_name) is not None:
            actions.append(self.get_attributes()[name].add(1))
        return condition

    def update(
        self,
        actions: list[Action],
        condition: Condition | None = None,
        *,
        add_version_condition: bool = True,
        upsert: bool = False,
    ) -> Any:
        """PynamoDB's update, with the keys followed through.

        Index keys whose sources change are recomputed in the same request, under a condition on
        every source that the request does not set itself; should one have changed meanwhile, the
        update is made again from what is stored.

        upsert: create the item if it does not exist.
        Raises ValidationFailed before anything is sent; UpdateOfMissingItem (also DoesNotExist);
        PynamoDB's UpdateError when `condition` or the version is not met.
        """
        from kxmodel.runtime.update import run_update

        return run_update(
            self,
            self._kx_compiled(),
            actions,
            condition,
            add_version_condition=add_version_condition,
            upsert=upsert,
        )

    def get_update_kwargs_from_instance(
        self,
        actions: list[Action],
        condition: Condition | None = None,
        return_values_on_condition_failure: str | None = None,
        *,
        add_version_condition: bool = True,
    ) -> dict[str, Any]:
        """The update for a transaction: keys recomputed, their sources in its condition."""
        from kxmodel.runtime.update import all_of, foresee, plan_update

        plan = plan_update(self, self._kx_compiled(), actions, upsert=False)
        self._kx_pending, self._kx_foreseen = foresee(self, plan)
        return super().get_update_kwargs_from_instance(
            plan.actions,
            all_of([condition, plan.condition]),
            return_values_on_condition_failure,
            add_version_condition=add_version_condition,
        )

    # Keys

    @classmethod
    def _kx_compiled(cls) -> ModelSpec:
        known: ModelSpec | None = cls.__dict__.get("_kx_spec")
        if known is not None:
            return known
        from kxmodel.runtime.spec import spec_of

        return spec_of(cls)

    def _kx_key(self) -> dict[str, Any]:
        """The primary key: stored name -> inner attribute value, exactly as it is stored."""
        from kxmodel.runtime.prepare import primary_key

        key = primary_key(self, self._kx_compiled())
        return {name: next(iter(value.values())) for name, value in key.items()}

    def _get_hash_range_key_serialized_values(self) -> tuple[Any, Any | None]:
        values = [*self._kx_key().values(), None]
        return values[0], values[1]

    def _get_keys(self) -> Any:
        return self._kx_key()

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return table_connection(cls)


_MADE_BY = Model.from_raw_data.__func__, Model._instantiate.__func__  # type: ignore[attr-defined]  # methods
