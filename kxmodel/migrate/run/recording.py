"""The record of one step, from its beginning to its end."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kxmodel.errors import KxError
from kxmodel.migrate.history import Record
from kxmodel.migrate.holder import host, tool, user

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.migrate.clock import Clock
    from kxmodel.migrate.history import History, State
    from kxmodel.migrate.lease import Lease
    from kxmodel.migrate.run.path import Step

#: As many bad items are named in the history; the report has all.
_NAMED: Final = 51

#: What a pass fails with for what the items are: an old writer is live, items that the schema does not
#: allow, too many bad ones.
_JUDGED: Final = frozenset({"KX622", "KX653", "KX654"})

#: What a note begins with while a step waits for somebody.
WAITS: Final = "waits for --confirm: "


class Recording:
    """Writes the row of one revision, each time it changes. Raises LeaseLost KX641 at every write."""

    def __init__(
        self, history: History, lease: Lease, clock: Clock, step: Step, before: Record | None
    ) -> None:
        self._history = history
        self._lease = lease
        self._clock = clock
        resumed = before is not None and before.begun and before.direction == step.direction
        self.was_waiting = before.note if before is not None and before.begun else None
        self.record = Record(
            revision=step.revision,
            state="running",
            checksum=step.migration.checksum,
            done=step.done,
            total=len(step.migration.operations),
            direction=step.direction,
            who=user(),
            host=host(),
            tool=tool(),
            started=before.started if before is not None and resumed else clock.now(),
            counts=before.counts if before is not None and resumed else {},
            exceptions=before.exceptions if before is not None and resumed else (),
            run=(before.run if before is not None and resumed else "") or uuid.uuid4().hex[:12],
        )

    def begin(self) -> None:
        """Record that it runs."""
        self._write()

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, bad: Iterable[str] = ()
    ) -> None:
        """Record that so many operations are in effect, and what became of the items."""
        total = Counter(self.record.counts)
        total.update(counts or {})
        named = dict.fromkeys((*self.record.exceptions, *bad))
        self._write(done=done, counts=dict(total), exceptions=tuple(named)[:_NAMED])

    def end(self, note: str | None = None) -> None:
        """Record that it is wholly applied, or rolled back. note: what is odd about that."""
        if self.record.direction == "down":
            state: State = "rolled_back"
        else:
            state = "applied_with_exceptions" if self.record.exceptions else "applied"
        self._write(state=state, ended=self._clock.now(), note=note)

    def pause(self, note: str) -> None:
        """Record that it stopped where it is. note: why."""
        self._write(state="paused", note=note, error=None, ended=self._clock.now())

    def fail(self, error: BaseException) -> None:
        """Record why it failed.

        Where the items were to blame, the passes over them begin anew the next time, since they may be
        mended by then; after any other failure they go on where they were.
        """
        self._write(
            state="failed",
            note=None,
            error=one_line(error),
            ended=self._clock.now(),
            run="" if begins_anew(error) else self.record.run,
        )

    def _write(self, **changes: object) -> None:
        self.record = replace(self.record, **changes)  # type: ignore[arg-type]  # the names are its own
        self._history.write(self.record, self._lease)


def begins_anew(error: BaseException) -> bool:
    """Whether the passes over the items begin anew after this error: the items are to blame."""
    return isinstance(error, KxError) and error.code in _JUDGED


def one_line(error: BaseException) -> str:
    """An error as the history keeps it: text that DynamoDB takes."""
    told = str(error) or type(error).__name__
    return told.encode("utf-8", "replace").decode("utf-8")[:4000]
