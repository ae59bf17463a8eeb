"""The inner ``class Meta`` of models and indexes, typed as PynamoDB uses it.

PynamoDB reads ``Meta.table_name`` wherever it needs the table's name, on the class itself. On the
Meta of a generated model that name is a property of the metaclass, which puts the prefix of the
current `kxmodel.bind` before the declared name; nothing else in PynamoDB has to know of prefixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from kxmodel.runtime.binding import current
from kxmodel.runtime.pynamodb_private import setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pynamodb.attributes import Attribute
    from pynamodb.indexes import Projection

_DECLARED = "table_name"
_ASSIGNED = "_kx_assigned_name"

# PynamoDB writes its default of each of these into every Meta that lacks it, and asks for it there
# (BatchWrite, for its retries). The metaclass answers instead, so that what a Meta holds is always
# the user's own word.
_DEFAULTED = frozenset(
    {
        "connect_timeout_seconds",
        "read_timeout_seconds",
        "max_retry_attempts",
        "max_pool_connections",
        "extra_headers",
    }
)


def declared(meta: object, name: str) -> Any:
    """What a model's Meta itself, or a base of it, says of a setting; None: nothing."""
    for base in getattr(meta, "__mro__", ()):
        if name in vars(base):
            return vars(base)[name]
    return None


class _BoundName(type):
    """The metaclass that makes `table_name` follow the binding, and knows PynamoDB's defaults."""

    def __getattr__(cls, name: str) -> Any:
        if name in _DEFAULTED:
            return setting(name)
        raise AttributeError(f"{cls.__qualname__} declares no {name.removeprefix('declared_')}")

    @property
    def table_name(cls) -> str:
        """The name of the table as DynamoDB knows it.

        A name that was assigned after the class was made (``Message.Meta.table_name = "x"``) is
        taken as it is, without a prefix: whoever renames a table means that very table.
        """
        for base in cls.__mro__:
            members = vars(base)
            if _ASSIGNED in members:
                return cast("str", members[_ASSIGNED])
            if _DECLARED in members:
                return current().table_prefix + cast("str", members[_DECLARED])
        raise AttributeError(f"{cls.__qualname__} declares no table_name")

    @table_name.setter
    def table_name(cls, name: str) -> None:
        setattr(cls, _ASSIGNED, name)

    @table_name.deleter
    def table_name(cls) -> None:
        """Go back to the declared name."""
        if _ASSIGNED not in vars(cls):
            raise AttributeError(f"no table_name was assigned to {cls.__qualname__}")
        delattr(cls, _ASSIGNED)

    @property
    def declared_table_name(cls) -> str:
        """The name in the schema, without prefix and whatever was assigned since."""
        for base in cls.__mro__:
            if _DECLARED in vars(base):
                return cast("str", vars(base)[_DECLARED])
        raise AttributeError(f"{cls.__qualname__} declares no table_name")


class TableMeta(metaclass=_BoundName):
    """Base of a model's ``class Meta``. `table_name` is the only one that must be declared.

    host, region, the timeouts (seconds), `max_retry_attempts`, `max_pool_connections`, the
    credentials and `extra_headers` hold for this model alone and come before those of
    `kxmodel.bind`. The capacity units, `billing_mode`, `stream_view_type` and `tags` are read by
    PynamoDB's ``create_table``.
    """

    if TYPE_CHECKING:
        table_name: str
        # PynamoDB asks for these with hasattr, so they may not have a value here.
        billing_mode: str | None
        read_capacity_units: int | None
        write_capacity_units: int | None
        stream_view_type: str | None
        tags: dict[str, str] | None

        # What is not declared is answered by the metaclass.
        connect_timeout_seconds: int
        read_timeout_seconds: int
        max_retry_attempts: int
        max_pool_connections: int
        extra_headers: Mapping[str, str]

    host: str | None = None
    region: str | None = None
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
    aws_session_token: str | None = None


class IndexMeta:
    """Base of an index's ``class Meta``: `index_name` as in the table, and `projection`."""

    if TYPE_CHECKING:
        index_name: str
        projection: Projection
        read_capacity_units: int
        write_capacity_units: int
        # Set by PynamoDB: the Python names of the key attributes -> the attributes.
        attributes: dict[str, Attribute[Any]]
