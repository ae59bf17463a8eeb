"""Secondary indexes as generated models declare them: PynamoDB's, one object an index."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pynamodb import indexes as pynamodb
from pynamodb.indexes import AllProjection, IncludeProjection, KeysOnlyProjection

M = TypeVar("M", bound=Any)

__all__ = [
    "AllProjection",
    "GlobalSecondaryIndex",
    "IncludeProjection",
    "KeysOnlyProjection",
    "LocalSecondaryIndex",
]


class _OwnName:
    """An index class without a name of its own may be used for several indexes.

    PynamoDB writes the first one's name into the class, and a second use collapses into it.
    """

    Meta: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.Meta is not None:
            # PynamoDB sorts them by name; a key of several attributes has the declared order.
            found = cls.Meta.attributes
            names = dict.fromkeys(n for base in reversed(cls.__mro__) for n in vars(base))
            cls.Meta.attributes = {name: found[name] for name in names if name in found}

    def __set_name__(self, owner: type[Any], name: str) -> None:
        cls = type(self)
        if not hasattr(cls.Meta, "index_name"):
            # A class of its own, since PynamoDB asks the class.
            meta = type("Meta", (cls.Meta,), {"index_name": name})
            members = {"Meta": meta, "__module__": cls.__module__, "__doc__": cls.__doc__}
            self.__class__ = type(cls.__name__, (cls,), members)


class GlobalSecondaryIndex(_OwnName, pynamodb.GlobalSecondaryIndex[M], Generic[M]):
    """A global secondary index."""


class LocalSecondaryIndex(_OwnName, pynamodb.LocalSecondaryIndex[M], Generic[M]):
    """A local secondary index."""
