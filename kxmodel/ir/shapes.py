"""What a value may look like: the types of attributes, nested structures included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

#: DynamoDB's type descriptors.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
DynamoType: TypeAlias = Literal["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"]

#: The kinds of scalar values, each with one attribute class in `kxmodel.runtime`.
ScalarKind: TypeAlias = Literal[
    "text",  # str
    "ulid",  # str, 26 characters of Crockford's base 32
    "email",  # str, lower case
    "phone",  # str, E.164
    "timestamp",  # datetime, aware; stored as ISO 8601 in UTC with milliseconds and Z
    "ttl",  # datetime, aware; stored as a number: seconds since the epoch
    "integer",  # int
    "number",  # float
    "decimal",  # Decimal
    "version",  # int, counted up by every write
    "boolean",  # bool
    "binary",  # bytes
    "null",  # None
]

JsonScalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True)
class Scalar:
    """One value. `choices` lists the allowed values of an enumeration, or the one of a const."""

    kind: ScalarKind
    choices: tuple[JsonScalar, ...] = ()
    nullable: bool = False
    region: str | None = None
    """For a phone: the default region (ISO 3166, e.g. ``US``) of a number in national form."""
    lower: bool = False
    """Text that is lower-cased on every write."""


@dataclass(frozen=True)
class SetOf:
    """A DynamoDB set: text (SS), decimal/integer/number (NS) or binary (BS)."""

    kind: Literal["text", "integer", "number", "decimal", "binary"]
    nullable: bool = False


@dataclass(frozen=True)
class ListOf:
    """A list whose elements have one shape."""

    item: Shape
    nullable: bool = False


@dataclass(frozen=True)
class MapOf:
    """A map with declared members: the `Structure` of that name in the table."""

    structure: str
    nullable: bool = False


@dataclass(frozen=True)
class DictOf:
    """A map with free names whose values have one shape."""

    value: Shape
    nullable: bool = False


@dataclass(frozen=True)
class AnyValue:
    """A value whose type the schema leaves open (or describes by alternatives)."""

    nullable: bool = True


Shape: TypeAlias = Scalar | SetOf | ListOf | MapOf | DictOf | AnyValue


@dataclass(frozen=True)
class Constraint:
    """A keyword of JSON Schema that narrows a value, for people to read, e.g. ``maxLength: 320``."""

    keyword: str
    value: str


@dataclass(frozen=True)
class Generate:
    """How a value comes to be when the caller gives none.

    kind: ``ulid`` (with `time`: the attribute that holds, and gives, the time inside it),
    ``created`` (now, once), ``updated`` (now, on every write), ``version`` (counted up).
    """

    kind: Literal["ulid", "created", "updated", "version"]
    time: str | None = None


def dynamo_type(shape: Shape) -> DynamoType:
    """The type descriptor that a value of this shape is stored with (``S`` where it is open)."""
    match shape:
        case Scalar(kind="integer" | "number" | "decimal" | "version" | "ttl"):
            return "N"
        case Scalar(kind="boolean"):
            return "BOOL"
        case Scalar(kind="binary"):
            return "B"
        case Scalar(kind="null"):
            return "NULL"
        case SetOf(kind="text"):
            return "SS"
        case SetOf(kind="binary"):
            return "BS"
        case SetOf():
            return "NS"
        case ListOf():
            return "L"
        case MapOf() | DictOf():
            return "M"
        case _:
            return "S"


@dataclass(frozen=True)
class Attribute:
    """A member of an entity or of a nested structure."""

    name: str
    """The stored name."""
    python_name: str
    shape: Shape
    required: bool = False
    description: str = ""
    title: str = ""
    default: JsonScalar = None
    generate: Generate | None = None
    derive: str | None = None
    """The template that gives this (non-key) attribute its value."""
    immutable: bool = False
    personal: bool = False
    """Personal data (``x-kx-pii``)."""
    constraints: tuple[Constraint, ...] = ()
    examples: tuple[str, ...] = ()
    """Example values as JSON text."""
    pointer: str = field(default="", compare=False)
    """Where it stands in the schema file (JSON pointer)."""


@dataclass(frozen=True)
class Structure:
    """A nested map with declared members; one Python class."""

    name: str
    """The class name, unique in the table's module."""
    attributes: tuple[Attribute, ...]
    description: str = ""
    open: bool = True
    """Whether members that are not declared are allowed."""
    pointer: str = ""
    """Where it stands in the schema file (JSON pointer)."""
    members: dict[str, Attribute] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", {a.name: a for a in self.attributes})
