"""The table: keys, indexes, entities, access patterns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.errors import Location
    from kxmodel.ir.shapes import Attribute, Structure
    from kxmodel.keys import Condition, Template

KeyType: TypeAlias = Literal["S", "N", "B"]


@dataclass(frozen=True)
class KeyAttribute:
    """An attribute of a key schema, with its type descriptor in AttributeDefinitions."""

    name: str
    type: KeyType = "S"


@dataclass(frozen=True)
class Index:
    """A secondary index. Hash and range are each one attribute, or up to four (global indexes)."""

    name: str
    python_name: str
    hash: tuple[KeyAttribute, ...]
    range: tuple[KeyAttribute, ...] = ()
    projection: Literal["ALL", "KEYS_ONLY", "INCLUDE"] = "ALL"
    include: tuple[str, ...] = ()
    """The projected non-key attributes, for INCLUDE."""
    local: bool = False
    purpose: str = ""
    use_case: str = ""
    tenant_isolation: Literal["key", "filter", "none"] = "key"
    """``key``: the tenant is part of the partition key. ``filter``: several tenants can share a
    partition, so every read filters by tenant. ``none``: shared by all tenants on purpose."""

    @property
    def attributes(self) -> tuple[KeyAttribute, ...]:
        """All key attributes, hash before range."""
        return self.hash + self.range


@dataclass(frozen=True)
class IndexKeys:
    """What an entity puts into one index: a template for each of its key attributes."""

    index: str
    keys: Mapping[str, Template]
    when: Condition | None = None
    """The item is in the index only when this holds."""


@dataclass(frozen=True)
class Recognition:
    """How a stored item is known to be of an entity: every test given must hold.

    equals: attribute -> constant text. prefixes: attribute -> text the value begins with.
    Empty: every item is of this entity (a table with one entity).
    """

    equals: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entity:
    """A kind of item."""

    name: str
    """The class name."""
    attributes: tuple[Attribute, ...]
    """Every declared attribute in the order of the file, key attributes included."""
    keys: Mapping[str, Template]
    """The table's key attributes -> their templates."""
    indexes: tuple[IndexKeys, ...] = ()
    recognition: Recognition = field(default_factory=Recognition)
    description: str = ""
    title: str = ""
    user_class: str | None = None
    """``module:Class``: the user's own subclass that reads return."""
    schema: Mapping[str, object] = field(default_factory=dict)
    """Plain JSON Schema of one item of this entity, self-contained ($defs inside), without our
    keywords, titles, descriptions and examples."""
    open: bool = True
    """Whether attributes that are not declared are allowed."""
    examples: tuple[Mapping[str, object], ...] = ()
    location: Location | None = None
    pointer: str = field(default="", compare=False)
    """Where it stands in the schema file (JSON pointer); see `Table.locations`."""
    members: dict[str, Attribute] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", {a.name: a for a in self.attributes})


@dataclass(frozen=True)
class AccessPattern:
    """A question the table answers; one method.

    entity: the class that carries the method. returns: the entities it may return.
    given: stored paths of the arguments; parameters: their Python names, one for each of `given`
    and in the same order, which is the order of the method's parameters. Those of `given` that the
    partition key's templates use make the key; the leading sources of the range key narrow the
    range; those in `filter` are compared on every item that is read.
    range: the source path that between / begins_with / comparisons apply to, or None.
    result: ``page``, ``one`` (one or None, two raise) or ``collection`` (grouped by class).
    """

    name: str
    """The method's name."""
    entity: str
    question: str
    given: tuple[str, ...]
    parameters: tuple[str, ...]
    index: str | None = None
    range: str | None = None
    filter: tuple[str, ...] = ()
    fixed: Mapping[str, str | int | bool] = field(default_factory=dict)
    """Source paths whose value the pattern itself gives, e.g. ``status`` -> ``active``."""
    order: Literal["ascending", "descending"] = "ascending"
    limit: int = 100
    result: Literal["page", "one", "collection"] = "page"
    returns: tuple[str, ...] = ()
    description: str = ""
    consistent: bool = False
    location: Location | None = None
    pointer: str = field(default="", compare=False)
    """Where it stands in the schema file (JSON pointer)."""


@dataclass(frozen=True)
class Settings:
    """How the table is set up in AWS, apart from its keys."""

    billing: Literal["on-demand", "provisioned"] = "on-demand"
    read_capacity: int | None = None
    """Provisioned read capacity units."""
    write_capacity: int | None = None
    """Provisioned write capacity units."""
    stream: Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] | None = None
    ttl: str | None = None
    """The attribute that holds the time to live."""
    encryption: str = "aws-owned"
    """``aws-owned``, ``aws-managed``, or the ARN or alias of a KMS key."""
    point_in_time_recovery: bool = False
    deletion_protection: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One table, from one schema file."""

    name: str
    """The table's name without a prefix; also the stem of the generated module."""
    source: str
    """The schema file's name as the header of a generated file shows it (posix, relative)."""
    hash: KeyAttribute
    range: KeyAttribute | None
    indexes: tuple[Index, ...]
    entities: tuple[Entity, ...]
    patterns: tuple[AccessPattern, ...]
    structures: tuple[Structure, ...] = ()
    tenant: str | None = None
    """The attribute that names the tenant."""
    title: str = ""
    description: str = ""
    settings: Settings = field(default_factory=Settings)
    locations: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)
    """JSON pointer -> place, for messages. Pointers into a sibling file begin with its name and
    ``#``, e.g. ``common.json#/$defs/Email``."""

    @property
    def keys(self) -> tuple[KeyAttribute, ...]:
        """The table's own key attributes."""
        return (self.hash,) if self.range is None else (self.hash, self.range)

    def locate(self, pointer: str) -> Location | None:
        """The place of the node at that JSON pointer, or of the nearest one above it."""
        while pointer not in self.locations and "/" in pointer:
            pointer = pointer.rpartition("/")[0]
        return self.locations.get(pointer)

    def entity(self, name: str) -> Entity:
        """The entity of that name. Raises KeyError."""
        return {e.name: e for e in self.entities}[name]

    def index(self, name: str) -> Index:
        """The index of that name. Raises KeyError."""
        return {i.name: i for i in self.indexes}[name]

    def structure(self, name: str) -> Structure:
        """The nested structure of that class name. Raises KeyError."""
        return {s.name: s for s in self.structures}[name]
