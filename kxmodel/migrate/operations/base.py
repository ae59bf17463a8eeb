"""What all operations have in common: immutable values that know everything but how to do it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, cast

from kxmodel.errors import OperationError
from kxmodel.errors.base import shorten
from kxmodel.migrate.operations.functions import canonical_source

if TYPE_CHECKING:
    from kxmodel.migrate.state import Json, State

#: ``state``: changes nothing outside the history; ``schema``: tables, indexes and settings;
#: ``data``: items; ``verify``: reads items; ``wait``: for a person; ``python``: the author's own.
Kind: TypeAlias = Literal["state", "schema", "data", "wait", "verify", "python"]


@dataclass(frozen=True)
class Operation(ABC):
    """One step of a migration."""

    kind: ClassVar[Kind]
    #: How many arguments are written without their names.
    positional: ClassVar[int] = 1

    @abstractmethod
    def apply(self, state: State) -> State:
        """The state after this operation. Raises OperationError KX605 where it does not fit."""

    @abstractmethod
    def describe(self) -> str:
        """One sentence that says what it does."""

    @property
    def reversible(self) -> bool:
        """Whether a migration with this operation can be undone."""
        return True

    def inverse(self, before: State) -> Operation | None:
        """What undoes it; None where nothing has to be done, or `reversible` is False.

        before: the state to go back to.
        """
        del before
        return None

    @property
    def destroys(self) -> str | None:
        """What is lost for good, in words; None where nothing is."""
        return None

    def canonical(self) -> Mapping[str, Json]:
        """What the checksum is made of: the arguments that say something, functions as their source."""
        return {"operation": type(self).__name__} | {
            name: _plain(value) for name, value in self.arguments().items()
        }

    def arguments(self) -> dict[str, Any]:
        """The arguments that differ from their defaults, in the order of their declaration."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) != _default(each)
        }

    def _set(self, name: str, value: object) -> None:
        """Replace an argument by its normal form, in ``__post_init__``."""
        object.__setattr__(self, name, value)

    def _refuse(self, reason: str, fix: str | None = None) -> OperationError:
        return OperationError(f"{type(self).__name__}: {reason}", fix=fix)

    def _check_name(self, *names: str) -> None:
        for name in names:
            value = getattr(self, name)
            if not isinstance(value, str) or not value:
                raise self._refuse(f"{name} is {shorten(value)}, which is no name")


def _default(each: Field[Any]) -> object:
    if each.default is not MISSING:
        return each.default
    return each.default_factory() if each.default_factory is not MISSING else MISSING


def _plain(value: object) -> Json:
    if isinstance(value, Mapping):
        return {str(name): _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(element) for element in value]
    if callable(value):
        return list(canonical_source(cast("Callable[..., object]", value)))
    if is_dataclass(value):
        return {name: _plain(member) for name, member in vars(value).items()}
    return cast("Json", value)
