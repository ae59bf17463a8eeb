"""Reading a whole table, or an index of it, in several segments at once and at the run's rate."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kxmodel.migrate.schema.control import Response
    from kxmodel.migrate.schema.waiting import Control

_T = TypeVar("_T")

_SEGMENTS: Final = 8

#: What a consistent read takes for each unit, and an eventually consistent one for two
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
_UNIT_BYTES: Final = 4096


class Reading:
    """Scans of one table, consistent, or of one index, which only can be eventually consistent.

    description: the table's, as DescribeTable gives it. attributes: what is read of each item.
    """

    def __init__(
        self,
        control: Control,
        description: Response,
        attributes: Sequence[str],
        index: str | None = None,
    ) -> None:
        self._control = control
        self._table = str(description["TableName"])
        items = int(description.get("ItemCount") or 0)
        mean = int(description.get("TableSizeBytes") or 0) / items if items else 1024.0
        self._estimate = mean / _UNIT_BYTES / (1 if index is None else 2)
        names = {f"#a{number}": name for number, name in enumerate(dict.fromkeys(attributes))}
        self._request: dict[str, object] = {
            "TableName": self._table,
            "ProjectionExpression": ", ".join(names),
            "ExpressionAttributeNames": names,
            "TotalSegments": _SEGMENTS,
            "ReturnConsumedCapacity": "TOTAL",
            **({"ConsistentRead": True} if index is None else {"IndexName": index}),
        }
        self._given_up = Event()

    def each(self, read: Callable[[Iterator[Response]], _T]) -> list[_T]:
        """What `read` makes of the pages of each segment, called in a thread for each.

        Raises MigrationError KX651, and what `Control.check` raises.
        """

        def one(segment: int) -> _T:
            try:
                return read(self._pages(segment))
            except BaseException:
                self._given_up.set()
                raise

        with ThreadPoolExecutor(_SEGMENTS, thread_name_prefix="kxmodel-read") as pool:
            return list(pool.map(one, range(_SEGMENTS)))

    def _pages(self, segment: int) -> Iterator[Response]:
        request = {**self._request, "Segment": segment}
        scan = self._control.client.scan
        while not self._given_up.is_set():
            self._control.check()
            page = self._control.send(lambda: scan(**request), f"read {self._table}")
            yield page
            if not (last := page.get("LastEvaluatedKey")):
                return
            request["ExclusiveStartKey"] = last
            self._keep_to_the_rate(page)

    def _keep_to_the_rate(self, page: Response) -> None:
        clock, consumed = self._control.clock, page.get("ConsumedCapacity")
        told = None if consumed is None else float(consumed.get("CapacityUnits", 0.0))
        count = int(page.get("ScannedCount", len(page["Items"])))
        wait = self._control.spend(max(1.0, count * self._estimate), told)
        end = clock.monotonic() + wait
        while (left := end - clock.monotonic()) > 0:
            self._control.check()
            clock.sleep(min(left, 1.0))
