"""Making objects: which members are set by no more than putting a value into a dict.

PynamoDB looks for defaults and calls a descriptor for every attribute of every object. What comes of
that for a class is found once here.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from pynamodb.attributes import Attribute

from kxmodel.runtime.attributes.base import KxAttribute
from kxmodel.runtime.attributes.codecs import codec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: How a member is taken from a mapping: its Python name, what makes its value of plain JSON (None: it is
#: one), and whether setting it does no more than putting it into a dict.
Taken: TypeAlias = tuple[str, "Callable[[Any], object] | None", bool]

_MISSING: Final = object()
_T = TypeVar("_T")


def _kept(find: Callable[[type[Any]], _T]) -> Callable[[type[Any]], _T]:
    """What a function finds of a class, found once and kept with that very class."""
    name = f"_kx_{find.__name__}"

    @wraps(find)
    def found(container: type[Any]) -> _T:
        known = container.__dict__.get(name, _MISSING)
        if known is _MISSING:
            known = find(container)
            type.__setattr__(container, name, known)
        return known  # type: ignore[no-any-return]  # kept by the line above

    return found


@_kept
def plain_names(container: type[Any]) -> frozenset[str]:
    """The Python names of the members that setting puts into `attribute_values`, and does no more."""
    return frozenset(
        name
        for name, attribute in container.get_attributes().items()
        if type(attribute).__set__ is Attribute.__set__ and _is_set(container, name, attribute)
    )


@_kept
def nested_names(container: type[Any]) -> frozenset[str]:
    """The Python names of nested structures, which are set as objects made of what is given."""
    return frozenset(
        name
        for name, attribute in container.get_attributes().items()
        if type(attribute).__set__ is getattr(type(attribute), "_kx_set", None)
        and _is_set(container, name, attribute)
    )


@_kept
def taken_by_name(container: type[Any]) -> Mapping[str, Taken]:
    """Stored name -> how the member is taken; Python name as well, where no member is stored so."""
    # A nested structure's own setter does what its `from_json` has done by then.
    settled = plain_names(container) | nested_names(container)
    made: dict[str, Taken] = {}
    for name, attribute in container.get_attributes().items():
        from_json = getattr(attribute, "from_json", None)
        if getattr(type(attribute), "from_json", None) is KxAttribute.from_json:
            from_json = None
        taken = (name, from_json, name in settled)
        made[attribute.attr_name] = taken
        made.setdefault(name, taken)
    renamed = container._dynamo_to_python_attrs
    return {name: taken for name, taken in made.items() if renamed.get(name, name) == taken[0]}


@_kept
def has_defaults(container: type[Any]) -> bool:
    """Whether a member has a default, as it was when the first object of the class was made."""
    return any(
        attribute.default is not None or attribute.default_for_new is not None
        for attribute in container.get_attributes().values()
    )


@_kept
def is_empty_when_made(container: type[Any]) -> bool:
    """Whether an object without values is no more than an empty dict: as codecs make them."""
    return codec_of(container) is not None and not has_defaults(container)


def _is_set(container: type[Any], name: str, attribute: object) -> bool:
    """Whether setting a member is its attribute's alone: nobody's property, or `__setattr__`, is before."""
    setter = _owner(container, "__setattr__").__module__
    declared = vars(_owner(container, name))[name]
    return declared is attribute and setter in ("builtins", "pynamodb.attributes")


def _owner(container: type[Any], name: str) -> type[Any]:
    """The class itself, or the first of its bases, that has something under a name."""
    return next(c for c in container.__mro__ if name in vars(c))
