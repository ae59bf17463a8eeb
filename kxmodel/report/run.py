"""Validating: records in, findings out as they are found, counts at the end."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.report.finding import unreadable
from kxmodel.report.judging import Judge
from kxmodel.report.reading import Broken
from kxmodel.report.tally import SourceCount, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kxmodel.ir import Table
    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.source import Source

#: Seconds between two events of progress, and records between two looks at the clock.
_INTERVAL: Final = 0.1
_EVERY: Final = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a source is. done, size: in `unit`, bytes of a file or items of a table."""

    source: str
    done: int
    size: int
    unit: str
    items: int
    bad: int


def validate(
    sources: Iterable[Source],
    *,
    on_finding: Callable[[ItemFinding], object],
    on_progress: Callable[[Progress], object] = lambda _: None,
    limit: int | None = None,
    share: float = 1.0,
    tally: Tally | None = None,
) -> Tally:
    """Judge every item of the sources, one after another, and count.

    on_finding: called for each finding, after it was counted. on_progress: called some ten times a
    second. limit: items to judge of each source. share: of the records of files, those to judge;
    which ones depends on their places alone.

    Memory does not grow with the items. Raises UsageError KX002 where an item's table cannot be told,
    ReportError where a source cannot be read at all, SchemaError KX440 for a schema that cannot be
    compiled.
    """
    tally = tally or Tally()
    judges: dict[str, Judge] = {}
    for source in sources:
        _Run(source, tally, judges, on_finding, on_progress).run(limit, share)
    return tally


class _Run:
    """One source's records."""

    def __init__(
        self,
        source: Source,
        tally: Tally,
        judges: dict[str, Judge],
        on_finding: Callable[[ItemFinding], object],
        on_progress: Callable[[Progress], object],
    ) -> None:
        self._source = source
        self._tally = tally
        self._judges = judges
        self._on_finding = on_finding
        self._on_progress = on_progress
        table = source.table.name if source.table else ""
        self._count = SourceCount(name=source.records.name, table=table)
        self._next = 0.0

    def run(self, limit: int | None, share: float) -> None:
        count, tally, source = self._count, self._tally, self._source
        tally.sources.append(count)
        threshold = 2**32 if source.sampled else int(share * 2**32)
        judge: Judge | None = None
        for number, (place, record) in enumerate(source.records):
            if number % _EVERY == 0:
                self._tell()
            if isinstance(record, Broken):
                finding = unreadable(place, record.reason, code=record.code, table=count.table)
                tally.broken(count, finding)
                self._on_finding(finding)
                continue
            if record is None or zlib.crc32(place.encode("utf-8", "replace")) >= threshold:
                count.passed += 1
                continue
            if count.items == limit:
                count.cut_short = True
                break
            if judge is None:
                judge = self._judge(source.choose(record, place))
                count.table = judge.table.name
            judged = judge.judge(record, place)
            tally.judged(count, judged)
            for each in judged.findings:
                self._on_finding(each)
        self._tell(last=True)

    def _judge(self, table: Table) -> Judge:
        if table.name not in self._judges:
            self._judges[table.name] = Judge(table)
        return self._judges[table.name]

    def _tell(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if last or now >= self._next:
            self._next = now + _INTERVAL
            records, count = self._source.records, self._count
            self._on_progress(
                Progress(
                    records.name,
                    records.done,
                    records.size,
                    self._source.unit,
                    count.items,
                    count.bad,
                )
            )
