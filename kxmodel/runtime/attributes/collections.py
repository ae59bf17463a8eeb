"""Sets, lists and maps with free names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from pynamodb import attributes as pynamodb
from pynamodb.expressions.operand import Path

from kxmodel.errors import UsageError, ValueRefused
from kxmodel.runtime.attributes import generic
from kxmodel.runtime.attributes.base import DocumentPath, KxAttribute, WriteContext
from kxmodel.runtime.attributes.scalars import from_base64
from kxmodel.values import to_decimal

if TYPE_CHECKING:
    from pynamodb.expressions.update import RemoveAction, SetAction

    from kxmodel.values import AttributeValue

#: How the type of elements is named: an attribute class or instance, or a function giving one.
Element: TypeAlias = "type[Any] | KxAttribute[Any] | Callable[[], type[Any]]"


class _SetBase(KxAttribute[Any]):
    scalar: ClassVar[bool] = False

    def from_json(self, value: object) -> object:
        return set(value) if isinstance(value, list) else value

    def write(
        self, value: object, old: AttributeValue | None, path: DocumentPath, context: WriteContext
    ) -> AttributeValue | None:
        # DynamoDB has no empty set: an emptied one is no attribute.
        if isinstance(value, set | frozenset | list | tuple) and not value:
            return old if old == {"L": []} else None
        new = super().write(value, old, path, context)
        return new if new is None or old is None or new == old else self._exact(new, old)

    def _exact(self, new: AttributeValue, old: AttributeValue) -> AttributeValue:
        """`new`, with every number that was there before in the digits it had there."""
        if "NS" not in new or "NS" not in old:
            return new
        before: dict[str, list[str]] = {}
        for text in old["NS"]:
            # Several numbers can read as one float: all of them stay while that one does.
            for read in self.encode(self.decode({"NS": [text]}))["NS"]:
                before.setdefault(read, []).append(text)
        return {"NS": [text for read in new["NS"] for text in before.get(read, [read])]}

    def normalise(self, value: object) -> object:
        """A list or tuple counts as a set, as in PynamoDB."""
        if not isinstance(value, list | tuple):
            return value
        try:
            return set(value)
        except TypeError:
            raise ValueRefused("a set holds text, numbers or binary") from None

    def set(self, value: Any) -> SetAction | RemoveAction:
        """As every attribute's; an empty list or tuple removes it too, as in PynamoDB."""
        return (
            self.remove() if isinstance(value, list | tuple) and not value else super().set(value)
        )

    def serialize(self, value: Any) -> Any:
        """PynamoDB passes sets, lists and tuples here for ADD, DELETE and contains."""
        if value is None or not value:
            return None
        return super().serialize(set(value) if isinstance(value, list | tuple) else value)


class TextSetAttribute(_SetBase, pynamodb.UnicodeSetAttribute):
    """A set of text (SS)."""


class BinarySetAttribute(_SetBase, pynamodb.BinarySetAttribute):
    """A set of bytes (BS)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        KxAttribute.__init__(self, *args, **kwargs)
        self.legacy_encoding = False

    def from_json(self, value: object) -> object:
        if isinstance(value, list):
            return {from_base64(e) if isinstance(e, str) else e for e in value}
        return value


class NumberSetAttribute(_SetBase, pynamodb.NumberSetAttribute):
    """A set of numbers (NS), read as int, float (``number``) or Decimal."""

    def __init__(
        self, kind: Literal["integer", "number", "decimal"] = "number", *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def normalise(self, value: object) -> object:
        value = super().normalise(value)
        if isinstance(value, set | frozenset) and self.kind == "decimal":
            return {to_decimal(e) if isinstance(e, int | float | str) else e for e in value}
        return value

    def decode(self, stored: AttributeValue) -> object:
        if "NS" not in stored:
            return super().decode(stored)
        read: Callable[[str], object] = {"number": float, "decimal": Decimal}.get(
            self.kind, generic.number
        )
        return {read(element) for element in stored["NS"]}


class _Elements(KxAttribute[Any]):
    """Shared by lists and dicts: one attribute object that stands for every element."""

    scalar: ClassVar[bool] = False
    _of: Element

    @cached_property
    def element(self) -> KxAttribute[Any]:
        """The attribute that encodes and decodes one element."""
        of = self._of
        if not isinstance(of, type | KxAttribute) and callable(of):
            of = of()
        if isinstance(of, type):
            made = of()
            make_attribute = getattr(made, "_make_attribute", None)
            if make_attribute is not None:
                make_attribute()
            of = made
        if not isinstance(of, KxAttribute):
            told = of if callable(of) else type(of)
            raise UsageError(
                f"{getattr(told, '__name__', told)} is no attribute class of kxmodel's",
                where=f"the elements of {self.attr_name or type(self).__name__}",
                fix="Name one of kxmodel.runtime, or use PynamoDB's own ListAttribute with PynamoDB's classes.",
            )
        return of

    def _element_at(self, path: list[str]) -> Any:
        """The element at a document path, for conditions and updates: an attribute of its type."""
        element = self.element
        if isinstance(element, AnyAttribute):
            # An attribute has one type, and this may have any: a bare path takes what it is given.
            return Path(path)
        if not isinstance(element, pynamodb.MapAttribute):
            own = copy(element)
            own.attr_path = path
            return own
        # A fresh map attribute whose members know the document path of this very element.
        made: Any = type(element)()
        made._make_attribute()
        made.attr_path = path
        for segment in reversed(path):
            made._update_attribute_paths(segment)
        return made


class ListAttribute(_Elements, pynamodb.ListAttribute[Any]):
    """A list whose elements have one type: ``ListAttribute(TextAttribute)``, ``(Goal)``."""

    def __init__(self, of: Element | None = None, *args: Any, **kwargs: Any) -> None:
        KxAttribute.__init__(self, *args, **kwargs)
        self._of = of if of is not None else AnyAttribute

    @property
    def element_type(self) -> type[Any] | None:  # type: ignore[override]  # lazily known
        """PynamoDB's name for the element's class."""
        return type(self.element)

    def encode(self, value: object) -> AttributeValue:
        if isinstance(value, list | tuple):
            return {"L": [self._encode_element(element) for element in value]}
        return generic.encode(value)

    def _encode_element(self, value: object) -> AttributeValue:
        return {"NULL": True} if value is None else self.element.encode(value)

    def decode(self, stored: AttributeValue) -> object:
        if "L" not in stored:
            return generic.decode(stored)
        return [None if "NULL" in e else self.element.decode(e) for e in stored["L"]]

    def from_json(self, value: object) -> object:
        if isinstance(value, list):
            return [None if e is None else self.element.from_json(e) for e in value]
        return value

    def normalise(self, value: object) -> object:
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            return [None if e is None else self.element.normalise(e) for e in value]
        return value

    def write(
        self, value: object, old: AttributeValue | None, path: DocumentPath, context: WriteContext
    ) -> AttributeValue | None:
        if not isinstance(value, list | tuple):
            return super().write(value, old, path, context)
        before = old["L"] if old is not None and "L" in old else []
        plain: list[AttributeValue] | None = None
        written: list[AttributeValue] = []
        for position, element in enumerate(value):
            at = (*path, position)
            known = None
            # An object that was read knows itself what it was read from; encoding it once more, at
            # each level of a tree, would double the work at each.
            if before and element is not None and getattr(element, "_kx_origin", None) is None:
                if plain is None:
                    plain = self._again(before)
                known = _matching(self, element, position, before, plain)
            new = self.element.write(element, known, at, context) if element is not None else None
            written.append({"NULL": True} if new is None else new)
        return {"L": written}

    def _again(self, stored: Sequence[AttributeValue]) -> list[AttributeValue]:
        """Stored elements decoded and encoded again, untouched."""
        return [
            self._encode_element(None if "NULL" in e else self.element.decode(e)) for e in stored
        ]

    def serialize(self, values: Any, *, null_check: bool = True) -> Any:
        """The inner list, for PynamoDB's conditions and updates."""
        return self.encode(self.normalise(list(values)))["L"]

    def __getitem__(self, idx: Any) -> Any:
        if not isinstance(idx, int):
            raise TypeError(f"list indices must be integers, not {type(idx).__name__}")
        return self._element_at([*self.attr_path[:-1], f"{self.attr_path[-1]}[{idx}]"])


def _matching(
    attribute: ListAttribute,
    element: object,
    position: int,
    before: Sequence[AttributeValue],
    plain: Sequence[AttributeValue],
) -> AttributeValue | None:
    """The stored element that this one is: by value, then (for lists and maps) by position."""
    try:
        encoded = attribute.element.encode(element)
    except ValueError:
        return None
    if position < len(plain) and plain[position] == encoded:
        return before[position]
    if encoded in plain:
        return before[plain.index(encoded)]
    inner = attribute.element
    return before[position] if position < len(before) and not inner.scalar else None


class DictAttribute(_Elements, pynamodb.Attribute[Any]):
    """A map with free names whose values have one type, read as a dict."""

    attr_type = "M"

    def __init__(self, of: Element | None = None, *args: Any, **kwargs: Any) -> None:
        KxAttribute.__init__(self, *args, **kwargs)
        self._of = of if of is not None else AnyAttribute

    def encode(self, value: object) -> AttributeValue:
        if not isinstance(value, Mapping):
            return generic.encode(value)
        return {
            "M": {
                n: {"NULL": True} if v is None else self.element.encode(v) for n, v in value.items()
            }
        }

    def decode(self, stored: AttributeValue) -> object:
        if "M" not in stored:
            return generic.decode(stored)
        return {n: None if "NULL" in v else self.element.decode(v) for n, v in stored["M"].items()}

    def from_json(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {n: None if v is None else self.element.from_json(v) for n, v in value.items()}
        return value

    def normalise(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {n: None if v is None else self.element.normalise(v) for n, v in value.items()}
        return value

    def write(
        self, value: object, old: AttributeValue | None, path: DocumentPath, context: WriteContext
    ) -> AttributeValue | None:
        if not isinstance(value, Mapping):
            return super().write(value, old, path, context)
        if not all(isinstance(name, str) for name in value):
            context.refuse(path, value, ValueRefused("the names of a map's members are text"))
            return None
        before = old["M"] if old is not None and "M" in old else {}
        written: dict[str, AttributeValue] = {}
        for name, member in value.items():
            new = self.element.write(member, before.get(name), (*path, name), context)
            written[name] = {"NULL": True} if new is None else new
        return {"M": written}

    def __getitem__(self, name: Any) -> Any:
        if not isinstance(name, str):
            return super().__getitem__(name)
        return self._element_at([*self.attr_path, name])


class AnyAttribute(KxAttribute[Any], pynamodb.Attribute[Any]):
    """A value whose type the schema leaves open: text, numbers, lists, dicts, sets, bytes."""

    scalar: ClassVar[bool] = False
    # PynamoDB takes an operand's type from its value where the attribute is a map and it is not.
    attr_type = "M"

    def write(
        self, value: object, old: AttributeValue | None, path: DocumentPath, context: WriteContext
    ) -> AttributeValue | None:
        new = super().write(value, old, path, context)
        if new is None or old is None or new == old:
            return new
        return generic.refine(new, old, generic.encode(generic.decode(old)))

    def serialize(self, value: Any) -> Any:
        """The inner map, for PynamoDB's conditions and updates."""
        return generic.untyped(generic.encode(value))[1]
