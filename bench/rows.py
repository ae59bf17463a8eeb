"""The rows of `make bench` that are measured in this process: what each contender does in a round."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from contenders import NAMES, contender
from harness import Cost, cpu_per_item, in_turn
from kxgen import messages, values, wire
from sameness import check
from targets import OURS, UNJUDGED
from validation_off import taking_everything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contenders import Contender

CONVERSATION = 500
BATCH = 1000
CALLS = 100
SCANNED = 100_000

#: What reads everything into one object after another is measured in so many stretches of one scan.
STRETCHES = 5


@dataclass(frozen=True)
class Row:
    """A line of the table: what was done, in which unit, and the rounds of each contender."""

    name: str
    title: str
    unit: str
    costs: dict[str, Cost]


class Field:
    """All contenders at one endpoint, having shown that they do the same work."""

    def __init__(self, url: str, rounds: int) -> None:
        self._rounds = rounds
        items = list(messages(BATCH))
        self._values = [values(item) for item in items]
        self._newest = items[CONVERSATION - 1 :: -1]
        self._subjects = {name: contender(module, url) for module, name in NAMES.items()}
        floor: Any = self._subjects["floor"]
        floor.prepare(self._values, items)
        for name, subject in self._subjects.items():
            check(
                name,
                subject,
                self._newest,
                self._values[CONVERSATION - 1],
                lambda operation: floor.send("Last", operation.encode()),
            )

    def rows(self, scanned: int) -> Iterator[Row]:
        """Every row. scanned: how many items the table has."""
        yield self._row("query", f"Query of {CONVERSATION} messages", self._query)
        yield self._row("get", "Get one message", self._get)
        yield self._saves()
        yield self._row("batch_write", f"Batch write of {BATCH:,}", self._batch_write)
        yield self._row("move", "Partial update that moves a key", self._move)
        yield self._scan(scanned)
        yield self._row("decode", "Decode alone", self._decode)
        yield self._row("encode", "Encode alone", self._encode)

    def _row(self, name: str, title: str, ready: Callable[[Contender], Callable[[], int]]) -> Row:
        method = "make" if name == "encode" else name

        def measure(subject: Contender) -> Callable[[], float]:
            # What is made ready is not measured.
            return lambda: cpu_per_item(ready(subject))

        costs = in_turn(
            {n: measure(s) for n, s in self._subjects.items() if s.has(method) and s.has(name)},
            self._rounds,
        )
        return Row(name, title, "CPU microseconds an item", costs)

    def _saves(self) -> Row:
        """Saving, by those that validate and by those that do not; by kxmodel in both ways."""

        def measure(subject: Contender) -> Callable[[], float]:
            return lambda: cpu_per_item(self._save(subject))

        def unjudged() -> float:
            with taking_everything():
                return measure(self._subjects[OURS])()

        measures = {name: measure(s) for name, s in self._subjects.items() if s.has("save")}
        costs = in_turn(measures | {UNJUDGED: unjudged}, self._rounds)
        return Row("save", "Save a new message", "CPU microseconds an item", costs)

    def _query(self, subject: Contender) -> Callable[[], int]:
        return lambda: len(subject.query(CONVERSATION))

    def _get(self, subject: Contender) -> Callable[[], int]:
        def run() -> int:
            for item in self._newest[:CALLS]:
                subject.get(item["ts"])
            return CALLS

        return run

    def _save(self, subject: Contender) -> Callable[[], int]:
        def run() -> int:
            for each in self._values[:CALLS]:
                subject.save(each)
            return CALLS

        return run

    def _batch_write(self, subject: Contender) -> Callable[[], int]:
        def run() -> int:
            subject.batch_write(self._values)
            return BATCH

        return run

    def _move(self, subject: Contender) -> Callable[[], int]:
        read = subject.query(CALLS)

        def run() -> int:
            for number, message in enumerate(read):
                subject.move(message, f"lead_moved_{number}")
            return CALLS

        return run

    def _decode(self, subject: Contender) -> Callable[[], int]:
        # As parsed for each anew, since a decoder may keep or change what it is given.
        stored = [wire(item) for item in self._newest]

        def run() -> int:
            objects = [subject.decode(item) for item in stored]
            return len(objects)

        return run

    def _encode(self, subject: Contender) -> Callable[[], int]:
        made = [subject.make(each) for each in self._values[:CONVERSATION]]

        def run() -> int:
            written = [subject.encode(message) for message in made]
            return len(written)

        return run

    def _scan(self, scanned: int) -> Row:
        """One scan of the whole table by each, a stretch in every round."""
        scans = {name: subject.scan() for name, subject in self._subjects.items()}
        stretch = scanned // STRETCHES

        def measure(scan: Iterator[object]) -> Callable[[], float]:
            return lambda: cpu_per_item(lambda: sum(1 for _ in islice(scan, stretch)))

        costs = in_turn({n: measure(s) for n, s in scans.items()}, STRETCHES, unused=0)
        for name, scan in scans.items():
            assert next(scan, None) is None, f"{name} finds more than there is"
        return Row("scan", f"Scan of {scanned:,}", "CPU microseconds an item", costs)
