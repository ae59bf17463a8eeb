"""When a fault happens: to which requests, and to which of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection

    from kxmodel.testing.faults.call import Fault, Parameters

#: Whether it happens to the request of this number, counted from 1 among those that a rule is about.
When: TypeAlias = "Callable[[int, random.Random], bool]"

#: The operations that change items.
WRITES: Final = frozenset(
    {
        "put_item",
        "update_item",
        "delete_item",
        "batch_write_item",
        "transact_write_items",
        "execute_statement",
        "batch_execute_statement",
        "execute_transaction",
    }
)
#: The operations that read items.
READS: Final = frozenset({"get_item", "batch_get_item", "transact_get_items", "query", "scan"})


def always(number: int, chance: random.Random) -> bool:
    """Every time."""
    return True


def at(*numbers: int) -> When:
    """The requests of these numbers, from 1."""
    return lambda number, chance: number in numbers


def every(count: int) -> When:
    """Each `count`-th request."""
    return lambda number, chance: number % count == 0


def between(first: int, last: int) -> When:
    """The requests from `first` to `last`, both included: a storm."""
    return lambda number, chance: first <= number <= last


def chance(share: float) -> When:
    """Each request with this probability, from 0 to 1."""
    return lambda number, chance: chance.random() < share


@dataclass(frozen=True)
class Rule:
    """A fault, and when it happens.

    on: operations by the client's method names, one or several; None: all. only: looks at the
    parameters; None: all. Requests that pass both are counted, from 1, and `when` decides by their
    number. A request that an earlier rule answers without sending it does not reach a later one.
    """

    fault: Fault
    on: Collection[str] | str | None = None
    when: When = always
    only: Callable[[Parameters], bool] | None = None

    def concerns(self, operation: str, parameters: Parameters) -> bool:
        """Whether the request is one that the rule counts."""
        names = {self.on} if isinstance(self.on, str) else self.on
        return (names is None or operation in names) and (
            self.only is None or self.only(parameters)
        )
