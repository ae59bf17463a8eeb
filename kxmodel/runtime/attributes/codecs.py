"""Which classes are read and written by generated code, and which member by member.

A codec serves a generated class, and a user's subclass that leaves its attributes and PynamoDB's
hooks alone; everything else goes the ordinary way (`decode_members`, `write_members`).
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from kxmodel.values import AttributeValue
from kxmodel.wire.install import is_wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.runtime.attributes.origin import Origin, Stored
    from kxmodel.values import JSON

Values: TypeAlias = dict[str, Any]
Written: TypeAlias = dict[str, AttributeValue]
Plain: TypeAlias = "dict[str, JSON]"


class Unusual(Exception):
    """A value that straight-line code leaves to its attribute: the ordinary way is gone instead."""


#: What straight-line code ends with where a member is not stored, or not of the type, that it expects.
NOT_SO: Final = (Unusual, LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


class Codec(NamedTuple):
    """How the members of one class are read and written where nothing is unusual about them.

    read: the Python values of what is stored, under their Python names. write: puts the attribute
    values and the plain JSON of Python values into two dicts. Both end with one of `NOT_SO` where
    only the attributes themselves know what to do. members: Python name -> the attribute's class, as
    `describe` names it: what the two functions were made for.
    """

    read: Callable[[Stored, Origin], Values]
    write: Callable[[Values, Written, Plain], None]
    members: Mapping[str, str]


#: What a user's class may define to take part in making, reading and writing its objects.
_HOOKS: Final = (
    "__init__",
    "__new__",
    "__setattr__",
    "_container_deserialize",
    "_container_serialize",
    "_get_discriminator_class",
    "_instantiate",
    "_kx_encode",
    "_set_attributes",
    "_set_defaults",
    "_set_discriminator",
    "decode",
    "deserialize",
    "encode",
    "get_attributes",
    "write",
)
#: What an object has beside its members unless it was read with more.
NO_EXTRA: Final[Mapping[str, AttributeValue]] = MappingProxyType({})

_KEPT: Final = "_kx_codec"
_MISSING: Final = object()

_wanted = is_wanted()


def codec_of(container: type[Any]) -> Codec | None:
    """The codec of a class of items or of nested maps; None: it goes the ordinary way.

    Looked for once for each class. The switch is `KXMODEL_FAST=0`, read when kxmodel is imported.
    """
    if not _wanted:
        return None
    known: Codec | None = container.__dict__.get(_KEPT, _MISSING)
    if known is _MISSING:
        known = _find(container)
        type.__setattr__(container, _KEPT, known)
    return known


def undeclared(container: type[Any], stored: Stored) -> Written:
    """What is stored under names that the class does not declare."""
    renamed: Mapping[str, str] = container._dynamo_to_python_attrs
    attributes: Mapping[str, Any] = container.get_attributes()
    extra: Written = {}
    for name, value in stored.items():
        attribute = attributes.get(renamed.get(name, name))
        if attribute is None or attribute.attr_name != name:
            extra[name] = value
    return extra


def describe(attribute: Any) -> str:
    """An attribute's class by name, with the option that its codec depends on."""
    own = type(attribute)
    name: str = own.__qualname__
    if hasattr(attribute, "_make_attribute"):
        return name
    known = own.__module__.startswith("kxmodel.runtime.attributes.")
    return f"{name}{' lower' * bool(getattr(attribute, 'lower', False))}" if known else ""


def _find(container: type[Any]) -> Codec | None:
    for owner in container.__mro__:
        codecs = _codecs_beside(owner)
        if owner in codecs:
            found = codecs[owner]
            break
        if "_kx_entity" in vars(owner) or "attribute_values" in vars(owner):
            return None
    else:
        return None
    return found if _is_plain(container, owner) else None


def _codecs_beside(owner: type[Any]) -> Mapping[type[Any], Codec]:
    """The codecs of a generated module: those of all its classes fit, or none is taken."""
    package, _, module = owner.__module__.rpartition(".")
    try:
        if not package or find_spec(f"{package}._codec") is None:
            return {}
        if find_spec(f"{package}._codec.{module}") is None:
            return {}
    except (ImportError, ValueError):
        return {}
    beside = import_module(f"{package}._codec.{module}")
    codecs: Mapping[type[Any], Codec] = beside.CODECS
    fits: bool | None = vars(beside).get("_kx_fits")
    if fits is None:
        fits = all(_is_as_made(known, codec) for known, codec in codecs.items())
        vars(beside)["_kx_fits"] = fits
    return codecs if fits else {}


def _is_as_made(container: Any, codec: Codec) -> bool:
    """Whether the class still is what the codec was generated for."""
    attributes = container.get_attributes()
    return {
        name: describe(attribute) for name, attribute in attributes.items()
    } == codec.members and container._discriminator is None


def _is_plain(container: Any, owner: Any) -> bool:
    """Whether a class has the generated class's very attributes, and no hook of its own."""
    attributes, made = container.get_attributes(), owner.get_attributes()
    if attributes.keys() != made.keys() or container._discriminator is not None:
        return False
    if any(attributes[name] is not made[name] for name in made):
        return False
    base = next(c for c in owner.__mro__ if c.__module__.startswith("kxmodel.runtime."))
    return all(_static(container, hook) is _static(base, hook) for hook in _HOOKS)


def _static(container: Any, name: str) -> object:
    """A member where it is defined, unbound."""
    return next((vars(c)[name] for c in container.__mro__ if name in vars(c)), None)
