"""A cancelled operation has sent nothing, or its request is whole, and it sends no other."""

from __future__ import annotations

import asyncio
import random
import threading
from typing import TYPE_CHECKING, Any

import pytest
from pynamodb.transactions import TransactWrite

import kxmodel
from kxmodel.models import Message
from kxmodel.runtime.aio.call import call
from kxmodel.runtime.connection import KxConnection
from tests.runtime.aio.letters import letter, write

if TYPE_CHECKING:
    from collections.abc import Awaitable


class Gate:
    """Holds requests of one operation after they were begun; each is let through on its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, operation: str) -> None:
        self.begun = 0
        self.ended = 0
        self._open = threading.Semaphore(0)
        original = KxConnection._make_api_call

        def make(connection: KxConnection, name: str, kwargs: dict[str, Any]) -> Any:
            if name != operation:
                return original(connection, name, kwargs)
            self.begun += 1
            assert self._open.acquire(timeout=10)
            answer = original(connection, name, kwargs)
            self.ended += 1
            return answer

        monkeypatch.setattr(KxConnection, "_make_api_call", make)

    def let_through(self, count: int = 1) -> None:
        """Let requests go on."""
        for _ in range(count):
            self._open.release()

    async def cancelled(self, operation: Awaitable[object], at: int = 1) -> None:
        """Cancel while the request of this number is under way, which ends then."""
        task = asyncio.ensure_future(operation)
        self.let_through(at - 1)
        while self.begun < at:
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.sleep(0.01)
        assert not task.done()
        self.let_through()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert self.begun == self.ended == at


def test_a_cancelled_save_is_whole(
    messages: type[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, "PutItem")
    message = letter(1)
    asyncio.run(gate.cancelled(message.aio.save()))
    (stored,) = Message.scan()
    assert stored.to_item() == message.to_item()
    # The object knows what it wrote: the next write starts from there.
    message.update(actions=[Message.text.set("new")])
    stored.refresh()
    assert stored.text == message.text == "new"


def test_a_cancelled_update_is_whole(
    messages: type[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    message = letter(1)
    message.lead_id = "l1"
    message.save()
    gate = Gate(monkeypatch, "UpdateItem")
    asyncio.run(gate.cancelled(message.aio.update([Message.lead_id.set("l2")])))
    assert not Message.by_lead("t1", "l1")
    assert len(Message.by_lead("t1", "l2")) == 1


def test_pages_end_between_requests(
    messages: type[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(30)
    gate = Gate(monkeypatch, "Scan")
    empty = Message.aio.scan(Message.text == "unknown", page_size=3)

    async def everything() -> None:
        await empty

    asyncio.run(gate.cancelled(everything(), at=4))


def test_a_batch_ends_between_requests(
    messages: type[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, "BatchWriteItem")

    async def fill() -> None:
        async with Message.aio.batch_write() as batch:
            for number in range(90):
                await batch.save(letter(number))

    asyncio.run(gate.cancelled(fill(), at=2))
    assert Message.count() == 50


def test_a_blocking_batch_in_a_call_ends_between_requests(
    messages: type[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, "BatchWriteItem")
    asyncio.run(gate.cancelled(call(write, 90), at=2))
    assert Message.count() == 50


def test_a_transaction_is_one_request(
    messages: type[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, "TransactWriteItems")

    def transaction() -> None:
        with TransactWrite(connection=kxmodel.connection()) as both:
            both.save(letter(1))
            both.save(letter(2))

    asyncio.run(gate.cancelled(call(transaction)))
    assert Message.count() == 2


def test_a_storm_of_cancellations_leaves_only_whole_items(messages: type[Message]) -> None:
    chance = random.Random(7)  # the same storm each time

    async def one(number: int) -> Message | None:
        message = letter(number)
        try:
            async with asyncio.timeout(chance.random() / 50):
                await message.aio.save()
                await message.aio.update([Message.text.set(f"changed {number}")])
        except TimeoutError:
            pass
        return message if message._kx_stored is not None else None

    async def main() -> list[Message]:
        with kxmodel.bind(aio_workers=4):
            done = await asyncio.gather(*(one(number) for number in range(120)))
        return [message for message in done if message is not None]

    known = {message.ts: message.to_item() for message in asyncio.run(main())}
    stored = {message.ts: message.to_item() for message in Message.scan()}
    assert stored == known
    assert 0 < len(stored) < 120
