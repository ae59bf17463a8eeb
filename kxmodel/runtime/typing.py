"""How type checkers see what PynamoDB does by descriptors.

A nested structure is two things at run time: on a model's class, an attribute to build conditions
and updates from; on an object, the map that it holds. For a type checker the first is the
structure's class (`Lead.contact_info.phone == ...`) and the second an object of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar, overload

from kxmodel.runtime.attributes.base import KxAttribute as Attr

__all__ = ["Attr", "JsonValue", "Map", "MapAttr", "OptionalMapAttr", "nested"]

#: A value of a plain JSON document, or what Python offers in its place.
JsonValue: TypeAlias = (
    "bool | int | float | Decimal | str | bytes | list[JsonValue] | dict[str, JsonValue] | None"
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Self

    from pynamodb.expressions.condition import Exists, NotExists
    from pynamodb.expressions.operand import Path
    from pynamodb.expressions.update import RemoveAction, SetAction

    class _MapOnClass(type):
        """What a nested structure offers where a model declares it."""

        def exists(cls) -> Exists: ...
        def does_not_exist(cls) -> NotExists: ...
        def remove(cls) -> RemoveAction: ...
        def set(cls, value: object) -> SetAction | RemoveAction: ...
        def __getitem__(cls, item: str) -> Path: ...

    class Map(metaclass=_MapOnClass):
        """Base of generated nested structures."""

        @property
        def extra(self) -> dict[str, object]:
            """The members that the schema does not declare, by their stored names."""

        @classmethod
        def from_mapping(cls, values: Mapping[str, JsonValue]) -> Self:
            """An object from a dict with stored names."""

        def as_dict(self) -> dict[str, object]:
            """The declared members, by their Python names."""

    M = TypeVar("M", bound=Map)

    class MapAttr(Generic[M]):
        """A nested structure that is always there."""

        @overload
        def __get__(self, instance: None, owner: object) -> type[M]: ...
        @overload
        def __get__(self, instance: object, owner: object) -> M: ...
        def __get__(self, instance: object, owner: object) -> object: ...
        def __set__(self, instance: object, value: M | Mapping[str, JsonValue]) -> None: ...

    class OptionalMapAttr(Generic[M]):
        """A nested structure that may be absent."""

        @overload
        def __get__(self, instance: None, owner: object) -> type[M]: ...
        @overload
        def __get__(self, instance: object, owner: object) -> M | None: ...
        def __get__(self, instance: object, owner: object) -> object: ...
        def __set__(self, instance: object, value: M | Mapping[str, JsonValue] | None) -> None: ...

    @overload
    def nested(
        structure: type[M], *, null: Literal[True], attr_name: str = ..., immutable: bool = ...
    ) -> OptionalMapAttr[M]: ...
    @overload
    def nested(
        structure: type[M],
        *,
        null: Literal[False] = ...,
        attr_name: str = ...,
        immutable: bool = ...,
    ) -> MapAttr[M]: ...
    def nested(
        structure: type[M], *, null: bool = False, attr_name: str = "", immutable: bool = False
    ) -> object: ...

else:
    from kxmodel.runtime.attributes.maps import Map, nested

    MapAttr = OptionalMapAttr = Attr
