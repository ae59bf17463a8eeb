"""Writing changes and seeing each of them through to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError, Problem
from kxmodel.migrate.backfill.change import ROUNDS, Change, Settled, fate_of
from kxmodel.migrate.backfill.expression import update_request
from kxmodel.migrate.backfill.move import Mover
from kxmodel.migrate.backfill.outcome import Trouble, understand, understand_statement
from kxmodel.migrate.backfill.scan import consumed
from kxmodel.migrate.backfill.statement import MAX_STATEMENTS, statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kxmodel.migrate.backfill.means import Means
    from kxmodel.migrate.tasks.task import Item, Task


class Writer:
    """Writes the changes of one slice, each under its guards, and classifies every answer."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._spending = means.spending
        self._mover = Mover(means)

    def settle(self, changes: Sequence[Change]) -> list[Settled] | None:
        """Send until every change has its end; None where the time ran out before that.

        Each answer is taken for what it says of that one change. Where none came, the change may have
        been done or not: it is sent again, and its guards tell.

        Raises BackfillError KX625 for an error that concerns every request.
        """
        pending, settled, attempt = list(changes), list[Settled](), 0
        while pending:
            if self._spending.out_of_time:
                return None
            again: list[Change] = []
            stuck, before = False, len(settled)
            for change, trouble in self._send([c for c in pending if c.verdict.moved is None]):
                if trouble is None:
                    settled.append(_written(change))
                elif trouble.retryable:
                    stuck = True
                    self._spending.note(trouble, reading=False)
                    again.append(change)
                elif trouble.kind == "condition":
                    looked = self._look_again(change)
                    if looked is None:
                        return None
                    _keep(looked, settled, again)
                elif trouble.kind == "fatal":
                    raise BackfillError(f"{self._means.table}: {trouble.message}", code="KX625")
                elif trouble.kind == "refused" and not change.single:
                    again.append(replace(change, single=True))
                else:
                    problem = Problem((), None, "write", trouble.message, code="KX631")
                    settled.append(Settled(change.key, "bad", problem))
            for change in pending:
                if change.verdict.moved is not None:
                    end = self._mover.settle(change)
                    if end is None:
                        return None
                    _keep(end, settled, again)
            pending = again
            if stuck and pending:
                attempt = attempt + 1 if len(settled) == before else 0
                self._spending.back_off(attempt)
        return settled

    def _send(self, changes: Sequence[Change]) -> Iterable[tuple[Change, Trouble | None]]:
        """Each change with what is wrong; changes that were not sent are in conflict with time."""
        batch: list[tuple[Change, dict[str, Any]]] = []
        singles: list[Change] = []
        for change in changes:
            said = None
            if self._means.slice.form is not None and not change.single:
                said = statement(
                    self._means.table, change.key, change.verdict, self._means.slice.form
                )
            if said is None:
                singles.append(replace(change, single=True))
            else:
                batch.append((change, said))
        for start in range(0, len(batch), MAX_STATEMENTS):
            yield from self._send_batch(batch[start : start + MAX_STATEMENTS])
        for change in singles:
            yield change, self._send_one(change)

    def _send_batch(
        self, batch: Sequence[tuple[Change, dict[str, Any]]]
    ) -> list[tuple[Change, Trouble | None]]:
        changes = [change for change, _ in batch]
        if not self._admit(changes):
            return [(change, _NO_TIME) for change in changes]
        try:
            answer = self._means.client.batch_execute_statement(
                Statements=[said for _, said in batch], ReturnConsumedCapacity="TOTAL"
            )
        except (ClientError, BotoCoreError) as error:
            trouble = understand(error)
            self._book(0, len(batch) if trouble.kind == "internal" else 0, None)
            if trouble.kind == "refused":
                # One statement can spoil a batch; alone, each says which it was.
                return [(replace(change, single=True), _SPOILT) for change in changes]
            return [(change, trouble) for change in changes]
        rows = answer.get("Responses", [])
        if len(rows) != len(changes):
            return [(change, _NO_ANSWER) for change in changes]
        troubles = [
            understand_statement(row["Error"]) if row.get("Error") else None for row in rows
        ]
        done = sum(trouble is None for trouble in troubles)
        failed = sum(trouble is not None and trouble.kind == "condition" for trouble in troubles)
        self._book(done, failed, consumed(answer))
        return list(zip(changes, troubles, strict=True))

    def _send_one(self, change: Change) -> Trouble | None:
        if not self._admit([change]):
            return _NO_TIME
        request = update_request(self._means.table, change.key, change.verdict)
        try:
            answer = self._means.client.update_item(**request)
        except (ClientError, BotoCoreError) as error:
            trouble = understand(error)
            charged = trouble.kind in ("condition", "internal")
            self._book(0, int(charged), None)
            return trouble
        self._book(1, 0, consumed(answer))
        return None

    def _book(self, done: int, failed: int, wcu: float | None) -> None:
        self._spending.wrote(done, failed, wcu)

    def _admit(self, changes: Sequence[Change]) -> bool:
        written = [{**change.verdict.set, **change.key} for change in changes]
        return self._means.admit(written, self._spending.wcu_per_write)

    def _look_again(self, change: Change) -> Settled | Change | None:
        """Why the guards did not hold: read the item as it is now, and judge that."""
        found = self._means.look(change.key)
        return None if found is None else _judged_again(self._means.task, change, found.item)


#: Troubles that DynamoDB did not report.
_NO_TIME: Final = Trouble("internal", "the time of the work unit ran out")
_NO_ANSWER: Final = Trouble("internal", "DynamoDB did not answer every statement")
_SPOILT: Final = Trouble("internal", "DynamoDB refused the whole batch")


def _keep(end: Settled | Change, settled: list[Settled], again: list[Change]) -> None:
    if isinstance(end, Settled):
        settled.append(end)
    else:
        again.append(end)


def _judged_again(task: Task, change: Change, item: Item | None) -> Settled | Change:
    if item is None:
        return Settled(change.key, "gone", there=False)
    verdict = task.judge(item)
    if not verdict.writes:
        return Settled(change.key, fate_of(verdict), verdict.problem)
    if change.rounds >= ROUNDS:
        return Settled(change.key, "failed")
    return replace(change, verdict=verdict, rounds=change.rounds + 1)


def _written(change: Change) -> Settled:
    problem = change.verdict.problem
    return Settled(change.key, "updated" if problem is None else "bad", problem, written=True)
