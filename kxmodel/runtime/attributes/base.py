"""What every attribute class of a generated model shares.

PynamoDB's attribute stays what it is: a descriptor, the left side of conditions and updates. On top
of it stand four verbs that the model's reading and writing is made of: `decode` (lenient), `encode`
(total), `normalise` (strict) and `write` (one value on its way into a request).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeAlias, TypeVar

from pynamodb.attributes import Attribute
from pynamodb.expressions.operand import Path
from pynamodb.expressions.operand import _Operand as Operand

from kxmodel.errors import Problem, ValueRefused
from kxmodel.runtime.attributes import generic

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pynamodb.expressions.update import RemoveAction, SetAction

    from kxmodel.values import AttributeValue

T = TypeVar("T")
DocumentPath: TypeAlias = tuple[str | int, ...]


class WriteContext:
    """Collects the problems that one write brings.

    null_check: whether what is missing in values of PynamoDB's own attribute classes is a problem.
    """

    def __init__(self, *, null_check: bool = False) -> None:
        self.null_check = null_check
        self.problems: list[Problem] = []

    def refuse(self, path: DocumentPath, value: object, error: ValueRefused) -> None:
        """Note that the value at `path` cannot be accepted."""
        self.problems.append(Problem(path, value, "value", error.message, code=error.code))


class KxAttribute(Attribute[T], Generic[T]):
    """Base of kxmodel's attribute classes.

    derived: computed from a template; the caller never gives it.
    immutable: may be set when the item is created, never changed.
    generate: how a value comes to be when the caller gives none.
    """

    scalar: ClassVar[bool] = True

    def __init__(
        self,
        hash_key: bool = False,
        range_key: bool = False,
        null: bool | None = None,
        default: T | Callable[..., T] | None = None,
        default_for_new: T | Callable[..., T] | None = None,
        attr_name: str | None = None,
        *,
        derived: bool = False,
        immutable: bool = False,
        generate: str | None = None,
    ) -> None:
        # Past the classes of PynamoDB beside us, whose constructors ask for options of their own.
        Attribute.__init__(self, hash_key, range_key, null, default, default_for_new, attr_name)
        self.derived = derived
        self.immutable = immutable
        self.generate = generate

    def normalise(self, value: object) -> object:
        """The one form a new value is kept in. Raises ValueRefused."""
        return value

    def encode(self, value: object) -> AttributeValue:
        """The attribute value of any Python value; a wrong type keeps its own."""
        return generic.encode(value)

    def decode(self, stored: AttributeValue) -> object:
        """The Python value of what is stored, whatever its type is."""
        return generic.decode(stored)

    def from_json(self, value: object) -> object:
        """The Python value of a plain JSON value."""
        return value

    def write(
        self, value: object, old: AttributeValue | None, path: DocumentPath, context: WriteContext
    ) -> AttributeValue | None:
        """What goes into the request for `value`, given what was read; None: no attribute.

        A value that was read and not changed is not judged and goes back exactly as it was.
        """
        if value is None:
            return old if old == {"NULL": True} else None
        if old is not None and same(self.decode(old), value):
            return old
        try:
            new = self.encode(self.normalise(value))
            self._check_type(new)
        except ValueRefused as error:
            context.refuse(path, value, error)
        else:
            return new
        try:
            return self.encode(value)
        except ValueRefused:
            return None

    def _check_type(self, new: AttributeValue) -> None:
        """Refuse a type that the schema cannot tell from the declared one: JSON has fewer."""
        (tag,) = new
        same_there = _in_json(self.attr_type)
        if tag != self.attr_type and same_there is not None and _in_json(tag) == same_there:
            raise ValueRefused(f"it is stored as {self.attr_type}, and this would be {tag}")

    def serialize(self, value: Any) -> Any:
        """For PynamoDB's conditions and updates: the value normalised where it can be.

        What cannot be normalised is sent as it is: the operand of ``begins_with`` is no whole value.
        """
        try:
            value = self.normalise(value)
        except ValueRefused:
            if not isinstance(value, str):
                raise
        tag, inner = generic.untyped(self.encode(value))
        if tag != self.attr_type:
            raise ValueRefused(f"{self.attr_name} is stored as {self.attr_type}, not as {tag}")
        return inner

    def deserialize(self, value: Any) -> Any:
        """For PynamoDB: the Python value of the inner attribute value."""
        return self.decode(generic.typed(self.attr_type, value))

    def set(self, value: Any) -> SetAction | RemoveAction:
        """PynamoDB's SET action; ``None`` and an empty set remove the attribute.

        A value of a wrong type is judged with everything else, when the update is made.
        """
        if value is None or (isinstance(value, set | frozenset) and not value):
            return self.remove()
        if isinstance(value, Operand) or (isinstance(value, Attribute) and not _is_object(value)):
            return Path(self).set(value)
        try:
            stored = self.encode(self.normalise(value))
        except ValueRefused:
            stored = self.encode(value)
        return Path(self).set(dict(stored))


def _in_json(tag: str) -> str | None:
    """What the types that become text or arrays in an item's JSON projection look like there."""
    if tag in ("S", "B"):
        return "text"
    return "array" if tag in ("L", "SS", "NS", "BS") else None


def _is_object(value: Any) -> bool:
    """Whether an attribute holds values: a nested structure's object is an attribute as well."""
    return hasattr(value, "_is_attribute_container") and value._is_attribute_container()


def same(stored: object, value: object) -> bool:
    """Whether a value is still the one that was read: equal, and no bool passing for a number."""
    if isinstance(stored, bool) is not isinstance(value, bool):
        return False
    if isinstance(value, dict) and isinstance(stored, dict):
        return stored.keys() == value.keys() and all(same(stored[k], value[k]) for k in value)
    if isinstance(value, list) and isinstance(stored, list):
        return len(stored) == len(value) and all(map(same, stored, value))
    if isinstance(value, set | frozenset) and any(isinstance(element, bool) for element in value):
        return False
    try:
        return type(stored) is type(value) and stored == value
    except ArithmeticError:  # a signalling NaN compares with nothing
        return False
