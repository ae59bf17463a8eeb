"""Items of a live table: a parallel scan over a plain botocore client, in bounded memory."""

from __future__ import annotations

import random
import threading
import time
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Any, Final, Protocol

from kxmodel.errors import ReportError
from kxmodel.report.reading.record import stored_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.report.reading.file import Record

#: How a table is cut for a sample: so many segments, of which a share is read.
_SAMPLED: Final = 1000
_POLL: Final = 0.1


class ScanClient(Protocol):
    """What is used of a botocore client. It retries by itself, and may be shared by threads."""

    def describe_table(self, **request: object) -> Mapping[str, Any]: ...
    def scan(self, **request: object) -> Mapping[str, Any]: ...


class LiveTable:
    """A table that is scanned. Iterating gives its items in no order, each once.

    stored_name: the table's name in AWS. workers: scans in flight. consistent: read what is acknowledged;
    it costs twice the capacity. share: of the table's segments, up to 1; a smaller one reads, and pays
    for, only so much of the table. max_rcu: capacity units a second that are used at most.

    Raises ReportError KX667 where the table cannot be described.
    """

    def __init__(
        self,
        client: ScanClient,
        stored_name: str,
        *,
        workers: int = 4,
        consistent: bool = False,
        share: float = 1.0,
        max_rcu: float | None = None,
        seed: int = 0,
    ) -> None:
        self.name = stored_name
        self._client = client
        self._workers = workers
        self._consistent = consistent
        self._pace = _Pace(max_rcu)
        self._total = workers if share >= 1 else _SAMPLED
        self._segments = _chosen(self._total, share, seed)
        try:
            told = client.describe_table(TableName=stored_name)["Table"]
        except Exception as error:
            raise _refused(error, f"table {stored_name} cannot be described") from error
        count = told.get("ItemCount", 0)
        self.size = round(count * len(self._segments) / self._total)
        """How many items it has, as DynamoDB counts them about every six hours; see DescribeTable."""
        self.done = 0
        """How many items were read."""

    def __iter__(self) -> Iterator[Record]:
        """Each item with the table's name as its place. Raises ReportError KX667."""
        pages: Queue[Sequence[Mapping[str, Any]] | Exception | None] = Queue(2 * self._workers)
        todo: Queue[int] = Queue()
        for segment in self._segments:
            todo.put(segment)
        stopped = threading.Event()
        threads = [
            threading.Thread(target=self._work, args=(todo, pages, stopped), daemon=True)
            for _ in range(min(self._workers, len(self._segments)))
        ]
        for thread in threads:
            thread.start()
        working = len(threads)
        try:
            while working:
                page = pages.get()
                if isinstance(page, Exception):
                    raise _refused(page, f"table {self.name} cannot be scanned") from page
                working -= page is None
                for item in page or ():
                    self.done += 1
                    yield self.name, stored_item(item)
        finally:
            stopped.set()
            for thread in threads:
                thread.join()

    def _work(
        self,
        todo: Queue[int],
        pages: Queue[Sequence[Mapping[str, Any]] | Exception | None],
        stopped: threading.Event,
    ) -> None:
        """Scan segment after segment until none is left; None at last, or what went wrong."""
        last: Exception | None = None
        try:
            while not stopped.is_set():
                for page in self._scan(todo.get_nowait(), stopped):
                    _put(pages, page, stopped)
        except Empty:
            pass
        except Exception as error:
            last = error
        _put(pages, last, stopped)

    def _scan(
        self, segment: int, stopped: threading.Event
    ) -> Iterator[Sequence[Mapping[str, Any]]]:
        request: dict[str, object] = {
            "TableName": self.name,
            "Segment": segment,
            "TotalSegments": self._total,
            "ConsistentRead": self._consistent,
            "ReturnConsumedCapacity": "TOTAL",
        }
        while not stopped.is_set():
            answer = self._client.scan(**request)
            yield answer.get("Items", ())
            if not (key := answer.get("LastEvaluatedKey")):
                return
            request["ExclusiveStartKey"] = key
            self._pace.used(answer.get("ConsumedCapacity", {}).get("CapacityUnits", 0.0), stopped)


class _Pace:
    """Holds all workers together to a rate of capacity units a second."""

    def __init__(self, rate: float | None) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._free = time.monotonic()

    def used(self, units: float, stopped: threading.Event) -> None:
        """Wait until what was used, now and before, is within the rate."""
        if self._rate is None:
            return
        with self._lock:
            now = time.monotonic()
            self._free = max(self._free, now) + units / self._rate
            pause = self._free - now
        stopped.wait(pause)


def _chosen(total: int, share: float, seed: int) -> list[int]:
    """The segments to read, shuffled, so that neighbours are not read at once."""
    count = max(1, round(total * min(share, 1.0)))
    return random.Random(seed).sample(range(total), count)  # noqa: S311 - a sample, not a secret


def _put(
    pages: Queue[Sequence[Mapping[str, Any]] | Exception | None],
    page: Sequence[Mapping[str, Any]] | Exception | None,
    stopped: threading.Event,
) -> None:
    """Hand over a page as soon as there is room; none any more once the reader has gone."""
    while not stopped.is_set():
        try:
            pages.put(page, timeout=_POLL)
        except Full:
            continue
        return


def _refused(error: Exception, what: str) -> ReportError:
    response = getattr(error, "response", None)
    told = response.get("Error", {}) if isinstance(response, dict) else {}
    code = str(told.get("Code") or type(error).__name__).rpartition("#")[2]
    said = " ".join(str(told.get("Message") or error).split())
    return ReportError(f"{what}: {code}: {said}", code="KX667")
