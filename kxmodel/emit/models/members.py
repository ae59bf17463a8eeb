"""The attributes of one class as declarations: ``phone: Attr[str] = PhoneAttribute()``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from kxmodel.emit.models import describe
from kxmodel.emit.models.layout import INDENT, Code, Group, call, statement
from kxmodel.emit.models.literal import scalar
from kxmodel.emit.models.quote import docstring, quote
from kxmodel.emit.models.types import optional
from kxmodel.ir import AnyValue, DictOf, ListOf, MapOf, Scalar, SetOf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.emit.models.names import Scope
    from kxmodel.emit.models.types import Types
    from kxmodel.ir import Attribute, Shape

_CLASSES: Final[Mapping[str, str]] = {
    "text": "TextAttribute",
    "ulid": "UlidAttribute",
    "email": "EmailAttribute",
    "phone": "PhoneAttribute",
    "timestamp": "TimestampAttribute",
    "ttl": "TTLAttribute",
    "integer": "IntegerAttribute",
    "number": "FloatAttribute",
    "decimal": "DecimalAttribute",
    "version": "VersionAttribute",
    "boolean": "BooleanAttribute",
    "binary": "BinaryAttribute",
    "null": "NullAttribute",
}

_SETS: Final[Mapping[str, str]] = {"text": "TextSetAttribute", "binary": "BinarySetAttribute"}

Role = Literal["", "hash_key", "range_key"]


@dataclass(frozen=True)
class Member:
    """An attribute where a class declares it.

    template: what gives a derived one its value. role: its part in the table's or index's key.
    key: it is a key attribute, of the table or of an index. null: it may be absent.
    loose: entities that inherit it give it different types.
    """

    attribute: Attribute
    template: str | None = None
    role: Role = ""
    key: bool = False
    null: bool = False
    loose: bool = False

    @property
    def derived(self) -> bool:
        """Whether the caller never gives it."""
        return self.template is not None


def member(attribute: Attribute) -> Member:
    """An attribute that is no key attribute."""
    generated = attribute.generate is not None and attribute.generate.kind != "version"
    null = attribute.shape.nullable or not (attribute.required or generated)
    return Member(attribute, template=attribute.derive, null=null)


def declarations(
    owner: str, members: Sequence[Member], types: Types, scope: Scope, defined: frozenset[str]
) -> list[str]:
    """The declarations of a class, each with its docstring, one block.

    defined: the nested structures whose classes stand above this one.
    """
    made: list[str] = []
    for declared in members:
        made += statement(_declaration(owner, declared, types, scope, defined), INDENT)
        made += docstring(describe.attribute(declared.attribute, declared.template), INDENT)
    return made


def _declaration(
    owner: str, declared: Member, types: Types, scope: Scope, defined: frozenset[str]
) -> Code:
    attribute = declared.attribute
    plain = (owner, attribute.name) in types.plain
    shape = AnyValue() if plain else attribute.shape
    options = [f"{declared.role}=True"] if declared.role else []
    extra = _extra(declared, scope)
    last = [f"attr_name={quote(attribute.name)}"] if attribute.name != attribute.python_name else []
    last += ["null=True"] if declared.null and not _is_version(shape) else []
    name = attribute.python_name
    if isinstance(shape, MapOf):
        made = call(scope("nested", run=True), scope.own(shape.structure), *extra, *last)
        return Group(f"{name} = {made.before}", made.items, made.after)
    annotation = scope("Any") if declared.loose else types.read(owner, attribute, scope)
    if declared.null or _is_version(shape):
        annotation = annotation if declared.loose else optional(annotation)
    built = _built(shape, scope, defined, key=declared.key and declared.derived)
    before = f"{name}: {scope('Attr')}[{annotation}] = {built.before}"
    return Group(before, (*options, *built.items, *extra, *last), ")")


def _is_version(shape: Shape) -> bool:
    return isinstance(shape, Scalar) and shape.kind == "version"


def _built(shape: Shape, scope: Scope, defined: frozenset[str], *, key: bool = False) -> Group:
    """The call that makes the attribute of a shape, with what the shape itself asks for."""
    made = scope(_built_class(shape, key=key), run=True)
    match shape:
        case Scalar():
            return call(made, *_narrowed(shape))
        case SetOf() if shape.kind not in _SETS:
            return call(made, quote(shape.kind))
        case ListOf():
            return call(made, _element(shape.item, scope, defined))
        case DictOf():
            return call(made, _element(shape.value, scope, defined))
        case _:
            return call(made)


def class_name(declared: Member, *, plain: bool = False) -> str:
    """The attribute's class by name, with `` lower`` for text that is lower-cased on every write.

    plain: it is kept as a plain dict; see `structures.kept_plain`.
    """
    shape = declared.attribute.shape
    match shape:
        case _ if plain:
            return "AnyAttribute"
        case MapOf():
            return shape.structure
        case Scalar(kind="text", lower=True):
            return f"{_built_class(shape, key=declared.key and declared.derived)} lower"
        case _:
            return _built_class(shape, key=declared.key and declared.derived)


def _built_class(shape: Shape, *, key: bool) -> str:
    match shape:
        case Scalar():
            return "KeyAttribute" if key and shape.kind == "text" else _CLASSES[shape.kind]
        case SetOf():
            return _SETS.get(shape.kind, "NumberSetAttribute")
        case ListOf():
            return "ListAttribute"
        case DictOf():
            return "DictAttribute"
        case _:
            return "AnyAttribute"


def _element(shape: Shape, scope: Scope, defined: frozenset[str]) -> Code:
    """How a list or a dict names the type of its elements."""
    if isinstance(shape, MapOf):
        own = scope.own(shape.structure)
        return own if shape.structure in defined else f"lambda: {own}"
    built = _built(shape, scope, defined)
    return built if built.items else built.before.removesuffix("(")


def _narrowed(shape: Scalar) -> list[str]:
    made = [f"region={quote(shape.region)}"] if shape.region is not None else []
    return [*made, "lower=True"] if shape.lower and shape.kind == "text" else made


def _extra(declared: Member, scope: Scope) -> list[Code]:
    attribute = declared.attribute
    made: list[Code] = []
    generate = attribute.generate
    if generate is not None and generate.kind == "ulid":
        made.append("generate=True")
        if generate.time is not None:
            made.append(f"time={quote(generate.time)}")
    elif generate is not None and generate.kind != "version":
        made.append(f"generate={quote(generate.kind)}")
    if declared.derived and not (declared.key and _is_text(attribute.shape)):
        made.append("derived=True")
    if attribute.immutable:
        made.append("immutable=True")
    default = None if declared.derived else default_of(attribute, scope)
    if default is not None:
        made.append(f"default_for_new={default}")
    return made


def _is_text(shape: Shape) -> bool:
    return isinstance(shape, Scalar) and shape.kind == "text"


def default_of(attribute: Attribute, scope: Scope) -> str | None:
    """The schema's default as a literal of the attribute's own type; None where it has none."""
    shape, value = attribute.shape, attribute.default
    if not isinstance(shape, Scalar) or value is None:
        return None
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    match shape.kind:
        case "text" | "email" | "phone" | "ulid" if isinstance(value, str):
            return quote(value)
        case "boolean" if isinstance(value, bool):
            return repr(value)
        case "integer" if number and value == int(value):
            return scalar(int(value), scope)
        case "number" if number:
            return scalar(float(value), scope)
        case "decimal" if number:
            # PynamoDB knows only its own list of immutable types, and a Decimal is not on it.
            return f"lambda: {scope('Decimal', run=True)}({quote(str(value))})"
        case _:
            return None
