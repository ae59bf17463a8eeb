"""The report as text for people: the first findings of each kind as they come, at last the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.report.text import percent, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.tally import Tally

#: Rows of the table of tenants.
_MAX_ROWS: Final = 20


class PlainText:
    """Writes a line a finding, and the summary."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def begin(self) -> str:
        """Nothing stands before the findings."""
        return ""

    def finding(self, finding: ItemFinding) -> str:
        """The finding's line, or nothing where enough of its kind were shown."""
        return f"{visible(str(finding))}\n" if self._tally.is_example(finding) else ""

    def end(self) -> str:
        """The counts: by problem with what to do, by entity, by tenant, by source."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        tally = self._tally
        if tally.findings:
            yield ""
        for kind, problems in tally.ranked():
            whose = f"{kind.entity or kind.table} " if kind.entity or kind.table else ""
            yield visible(f"{problems.count:>9,}  {kind.code} {whose}{kind.shape}: {kind.rule}")
            yield f"{'':>11}fix: {problems.fix}"
        if tally.findings:
            yield ""
        named = [
            (f"{table}: {entity or '(no entity)'}", count)
            for (table, entity), count in tally.entities.items()
        ]
        worst = sorted(tally.tenants.items(), key=lambda kv: (-kv[1].bad, -kv[1].items, kv[0]))
        tenants = [(f"tenant {name}", count) for name, count in worst if count.bad]
        for name, count in [*named, *tenants[:_MAX_ROWS]]:
            share = (
                f"{count.bad:,} bad ({percent(count.bad, count.items)})"
                if count.bad
                else "all good"
            )
            yield visible(f"{name}: {plural(count.items, 'item')}, {share}")
        if len(tenants) > _MAX_ROWS:
            yield f"and {plural(len(tenants) - _MAX_ROWS, 'more tenant')} with bad items"
        yield from (visible(line) for line in notes(tally))
        yield verdict(tally)


def verdict(tally: Tally) -> str:
    """One sentence with the outcome."""
    broken = f", {plural(tally.unreadable, 'record')} unreadable" if tally.unreadable else ""
    if not tally.findings:
        return f"{plural(tally.items, 'item')} checked, no problem found"
    return (
        f"{plural(tally.items, 'item')} checked: {plural(tally.findings - tally.unreadable, 'problem')} "
        f"in {plural(tally.bad, 'item')}{broken}"
    )


def notes(tally: Tally) -> Iterator[str]:
    """What a reader of the counts has to know of the sources."""
    for source in tally.sources:
        if source.items and source.foreign * 2 > source.items:
            yield (
                f"note: most items of {source.name} lack a key attribute of {source.table}: "
                "are they another table's? --table names it"
            )
        if source.cut_short:
            yield f"note: {source.name} was read up to the limit of {plural(source.items, 'item')}"
        if source.passed:
            yield f"note: {plural(source.passed, 'record')} of {source.name} passed over (sample, deletions)"
        if not source.items and not source.unreadable and not source.passed:
            yield f"note: {source.name} holds no item"
