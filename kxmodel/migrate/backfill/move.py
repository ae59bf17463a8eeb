"""Moving one item to another primary key in one transaction, seen through to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from kxmodel.errors import BackfillError, Problem
from kxmodel.errors.base import shorten
from kxmodel.migrate.backfill.change import ROUNDS, Settled, fate_of
from kxmodel.migrate.backfill.scan import consumed
from kxmodel.migrate.backfill.transaction import Answer, move_request, too_rich, understood
from kxmodel.migrate.tasks.equal import same
from kxmodel.values import item_to_json

if TYPE_CHECKING:
    from kxmodel.migrate.backfill.change import Change
    from kxmodel.migrate.backfill.means import Means
    from kxmodel.migrate.backfill.outcome import Trouble
    from kxmodel.migrate.tasks.task import Item


class Mover:
    """Puts an item under its new key and deletes the old one: both, or neither."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._task = means.task
        self._spending = means.spending

    def settle(self, change: Change) -> Settled | Change | None:
        """See a move through; a Change where the item is to stay; None where the time ran out.

        The item is read and judged again before each attempt, and every attribute read is guarded.
        Only an undeclared attribute that is added between this read and the transaction escapes.

        Raises BackfillError KX625 for an error that concerns every request.
        """
        unsure: Item | None = None
        rounds = attempt = 0
        while rounds < ROUNDS:
            found = self._means.look(change.key)
            if found is None:
                return None
            if found.item is None:
                return self._gone(change, unsure)
            verdict = self._task.judge(found.item)
            if verdict.moved is None:
                return _staying(replace(change, verdict=verdict))
            if too_rich(change.key, verdict.guards):
                return _bad(change.key, _TOO_RICH)
            answer = self._move(replace(change, verdict=verdict), found.item)
            if answer is None:
                return None
            if answer.unsure:
                unsure = verdict.moved
            trouble = answer.trouble
            if trouble is None:
                return Settled(change.key, "updated", there=False, written=True)
            if trouble.kind == "condition":
                rounds += 1
                end = self._collision(change, verdict.moved) if answer.taken else None
                if end is not None:
                    return end
            elif trouble.retryable:
                self._wait(trouble, attempt)
                attempt += 1
            elif trouble.kind == "fatal":
                raise BackfillError(f"{self._means.table}: {trouble.message}", code="KX625")
            else:
                problem = Problem((), None, "write", trouble.message, code="KX631")
                return _bad(change.key, problem)
        return Settled(change.key, "failed")

    def _move(self, change: Change, item: Item) -> Answer | None:
        """Send the transaction; None where the time ran out before.

        Where no answer comes it is sent once more with its token: if DynamoDB has done it, it says so
        and does nothing.
        """
        moved, guards = change.verdict.moved, change.verdict.guards
        assert moved is not None
        if not self._means.admit((item, moved), self._spending.wcu_per_write / 2):
            return None
        request = move_request(self._means.table, change.key, moved, guards, str(uuid4()))
        first = self._send(request)
        trouble = first.trouble
        if trouble is None or trouble.kind != "internal":
            return first
        self._wait(trouble, 0)
        again = first if self._spending.out_of_time else self._send(request)
        return replace(again, unsure=True)

    def _send(self, request: dict[str, Any]) -> Answer:
        try:
            answer = self._means.client.transact_write_items(**request)
        except (ClientError, BotoCoreError) as error:
            result = understood(error)
            # A cancelled transaction takes its units as well.
            kinds = {trouble.kind for trouble in result.troubles if trouble is not None}
            charged = not kinds.isdisjoint(("condition", "conflict", "internal"))
            self._spending.wrote(0, int(charged), None)
            return result
        self._spending.wrote(1, 0, consumed(answer))
        return Answer((None,))

    def _gone(self, change: Change, unsure: Item | None) -> Settled | None:
        """What became of an item that is no longer under its old key.

        Moved without an answer, it is what was put, or a writer changed it since; moved by another, it
        is where it should be.
        """
        moved = unsure or change.verdict.moved
        assert moved is not None
        there = self._means.look(self._means.slice.table.key_of(moved))
        if there is None:
            return None
        if there.item is None:
            return Settled(change.key, "gone", there=False)
        ours = unsure is not None and _equal(there.item, unsure)
        return Settled(change.key, "updated" if ours else "already", there=False, written=ours)

    def _collision(self, change: Change, moved: Item) -> Settled | None:
        """The end of an item whose new key another one has; None where that is not so any more."""
        target = self._means.slice.table.key_of(moved)
        there, here = self._means.look(target), self._means.look(change.key)
        if there is None or here is None or there.item is None or here.item is None:
            return None
        reason = "is the key of another item; neither was changed"
        if self._task.judge(there.item).moved is not None:
            reason += ", and that one is to be moved itself"
        shown = shorten(item_to_json(target))
        return _bad(change.key, Problem((next(iter(target)),), shown, "rekey", reason, "KX634"))

    def _wait(self, trouble: Trouble, attempt: int) -> None:
        self._spending.note(trouble, reading=False)
        self._spending.back_off(attempt)


_TOO_RICH: Final = Problem(
    (),
    None,
    "rekey",
    "has more attributes than one condition can guard, so that moving it could lose a live write",
    code="KX635",
)


def _staying(change: Change) -> Settled | Change:
    """An item that needs no move any more: it changes where it is, or not at all."""
    if change.rounds >= ROUNDS:
        return Settled(change.key, "failed")
    if change.verdict.writes:
        return replace(change, rounds=change.rounds + 1)
    return Settled(change.key, fate_of(change.verdict), change.verdict.problem)


def _bad(key: Item, problem: Problem) -> Settled:
    return Settled(key, "bad", problem)


def _equal(a: Item, b: Item) -> bool:
    return a.keys() == b.keys() and all(same(value, b[name]) for name, value in a.items())
