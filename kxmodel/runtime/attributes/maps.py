"""Nested structures: maps with declared members that keep what is not declared."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy, deepcopy
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pynamodb import attributes as pynamodb

from kxmodel.errors import ValueRefused
from kxmodel.runtime.attributes import generic
from kxmodel.runtime.attributes.base import DocumentPath, KxAttribute, WriteContext
from kxmodel.runtime.attributes.codecs import NO_EXTRA, undeclared
from kxmodel.runtime.attributes.making import is_empty_when_made, taken_by_name
from kxmodel.runtime.attributes.members import (
    decode_members,
    member_of,
    read_straight,
    write_members,
)
from kxmodel.runtime.attributes.origin import members_at

if TYPE_CHECKING:
    from kxmodel.runtime.attributes.origin import Origin
    from kxmodel.values import AttributeValue

M = TypeVar("M", bound="Map")


class Map(KxAttribute[Any], pynamodb.MapAttribute[Any, Any]):
    """Base of generated nested structures.

    Like PynamoDB's MapAttribute it is an attribute where a model declares it and an object where it
    holds values. Members that are not declared survive reading and saving; they are in `extra`.
    """

    scalar: ClassVar[bool] = False
    # What an object that holds values has of an attribute: it is none, and stores none of this.
    derived = False
    immutable = False
    generate = None
    _kx_origin: Origin | None = None
    _kx_extra: Mapping[str, AttributeValue] = NO_EXTRA

    if TYPE_CHECKING:
        # PynamoDB leaves it untyped.
        def _is_attribute_container(self) -> bool: ...

    def __init__(self, **attributes: Any) -> None:
        options = {
            name: attributes.pop(name) for name in _OPTIONS if _is_option(self, name, attributes)
        }
        pynamodb.MapAttribute.__init__(self, **attributes)
        if options.get("immutable", False):
            self.immutable = True

    @property
    def _kx_stored(self) -> Mapping[str, AttributeValue] | None:
        """The members as they were read; None: this object was not read."""
        return None if self._kx_origin is None else members_at(self._kx_origin)

    @property
    def extra(self) -> dict[str, object]:
        """The members that the schema does not declare, by their stored names."""
        return {name: generic.decode(value) for name, value in self._kx_extra.items()}

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """An object from a dict with stored names (Python names are understood too)."""
        made = cls._kx_empty()
        known, own = taken_by_name(cls), made.attribute_values
        for name, value in values.items():
            if name not in known:
                made._kx_extra = {**made._kx_extra, **generic.encode({name: value})["M"]}
                continue
            python_name, from_json, is_plain = known[name]
            member = value if from_json is None else from_json(value)
            if is_plain:
                own[python_name] = member
            else:
                setattr(made, python_name, member)
        return made

    @classmethod
    def _kx_empty(cls) -> Self:
        """As calling the class does, without PynamoDB's way through attributes that are not set."""
        if not is_empty_when_made(cls):
            return cls()
        made: Self = object.__new__(cls)
        object.__setattr__(made, "attribute_values", {})
        return made

    def __eq__(self, other: Any) -> Any:
        """Two objects are equal when their values are; on a class: PynamoDB's condition."""
        if not self._is_attribute_container():
            return pynamodb.Attribute.__eq__(self, other)
        if type(other) is not type(self) or not other._is_attribute_container():
            return NotImplemented
        return bool(self._values() == other._values() and self._kx_extra == other._kx_extra)

    def __ne__(self, other: Any) -> Any:
        if not self._is_attribute_container():
            return pynamodb.Attribute.__ne__(self, other)
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def __repr__(self) -> str:
        """The values of an object; where it is an attribute, its path: PynamoDB's would fail."""
        if self._is_attribute_container():
            return pynamodb.MapAttribute.__repr__(self)
        return f"<{type(self).__name__} at {'.'.join(map(str, self.attr_path))}>"

    __hash__ = None  # type: ignore[assignment]  # mutable

    def _values(self) -> dict[str, object]:
        return {n: v for n, v in self.attribute_values.items() if v is not None}

    def __set__(self, instance: Any, value: Any) -> None:
        if type(value) is dict or isinstance(value, Mapping):
            value = type(self).from_mapping(value)
        pynamodb.Attribute.__set__(self, instance, value)

    _kx_set = __set__

    def __getitem__(self, item: Any) -> Any:
        """A member by its stored or its Python name: of an object its value, else its attribute."""
        known = member_of(type(self), item)
        return pynamodb.MapAttribute.__getitem__(self, item if known is None else known[0])

    def __setitem__(self, item: str, value: Any) -> None:
        known = member_of(type(self), item) if self._is_attribute_container() else None
        if known is not None:
            setattr(self, known[0], value)
        else:
            pynamodb.MapAttribute.__setitem__(self, item, value)

    # The four verbs of KxAttribute, for the attribute that stands for a map of this class.

    def encode(self, value: object) -> AttributeValue:
        if isinstance(value, Map):
            return {"M": value._kx_encode()}
        if isinstance(value, Mapping):
            return {"M": type(self).from_mapping(value)._kx_encode()}
        return generic.encode(value)

    def decode(self, stored: AttributeValue) -> object:
        if "M" not in stored:
            return generic.decode(stored)
        return self._instantiate(stored["M"])

    def from_json(self, value: object) -> object:
        if type(value) is dict or isinstance(value, Mapping):
            return type(self).from_mapping(value)
        return value

    def normalise(self, value: object) -> object:
        """A copy whose members are normalised. Raises ValueRefused at the first that cannot be."""
        if isinstance(value, Mapping):
            value = type(self).from_mapping(value)
        if not isinstance(value, Map):
            return value
        made = deepcopy(value)
        for name, attribute in type(made).get_attributes().items():
            member = made.attribute_values.get(name)
            if member is not None and isinstance(attribute, KxAttribute):
                made.attribute_values[name] = attribute.normalise(member)
        return made

    def write(
        self, value: object, old: AttributeValue | None, path: DocumentPath, context: WriteContext
    ) -> AttributeValue | None:
        if isinstance(value, Mapping) and not isinstance(value, Map):
            try:
                value = type(self).from_mapping(value)
            except ValueRefused as error:
                context.refuse(path, value, error)
                return None
        if not isinstance(value, Map):
            return KxAttribute.write(self, value, old, path, context)
        # An object that was read knows what it was read from; a new one replaces what is stored,
        # member by member, so that an equal one keeps its digits.
        stored = value._kx_stored
        if stored is None and old is not None:
            stored = old.get("M")
        return {"M": write_members(value, stored, path, context)}

    def serialize(self, values: Any, *, null_check: bool = True) -> Any:
        """The inner map, for PynamoDB's conditions and updates."""
        return self.encode(self.normalise(values))["M"]

    def deserialize(self, values: Any) -> Any:
        return self._instantiate(values)

    @classmethod
    def _instantiate(cls, attribute_values: Any) -> Self:
        values = read_straight(cls, attribute_values, attribute_values)
        if values is None:
            made: Self = (cls._get_discriminator_class(attribute_values) or cls)(
                _user_instantiated=False
            )
            object.__setattr__(made, "_kx_origin", attribute_values)
            decode_members(made, attribute_values)
            return made
        made = object.__new__(cls)
        object.__setattr__(made, "attribute_values", values)
        object.__setattr__(made, "_kx_origin", attribute_values)
        if len(values) != len(attribute_values):
            object.__setattr__(made, "_kx_extra", undeclared(cls, attribute_values))
        return made

    def _kx_encode(self) -> dict[str, AttributeValue]:
        return write_members(self, self._kx_stored, (), WriteContext())

    def _make_attribute(self) -> None:
        """Become the attribute of a containing class; called by PynamoDB when it makes that class.

        PynamoDB deep-copies every member, at every level anew, which is most of what importing a
        model costs. All that a member needs of its own is its document path.
        """
        immutable = self.immutable
        options = self.__dict__.pop("attribute_kwargs")
        del self.__dict__["attribute_values"]
        pynamodb.Attribute.__init__(self, **options)
        if immutable:
            self.immutable = True
        for name, attribute in self.get_attributes().items():
            self.__dict__[name] = _with_own_path(attribute)


def _with_own_path(attribute: Any) -> Any:
    """A copy of an attribute, and of its members, that shares everything but the document path."""
    own = copy(attribute)
    own.attr_path = list(attribute.attr_path)
    if isinstance(attribute, Map):
        for name in attribute.get_attributes():
            own.__dict__[name] = _with_own_path(attribute.__dict__[name])
    elif isinstance(attribute, pynamodb.MapAttribute):
        own = deepcopy(attribute)
    return own


_OPTIONS = ("immutable",)


def _is_option(instance: Map, name: str, attributes: Mapping[str, object]) -> bool:
    return name in attributes and name not in instance.get_attributes()


def nested(
    structure: type[M],
    *,
    null: bool = False,
    attr_name: str | None = None,
    immutable: bool = False,
) -> Any:
    """Declares a member that holds a nested structure: ``budget = nested(Budget, null=True)``."""
    return structure(null=null, attr_name=attr_name, immutable=immutable)
