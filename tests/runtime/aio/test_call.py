"""Blocking calls in threads, and what becomes of them when nobody waits any more."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import traceback
from contextvars import ContextVar
from typing import TYPE_CHECKING

import pytest

import kxmodel
from kxmodel.errors import BindError
from kxmodel.runtime.aio.call import call
from kxmodel.runtime.aio.stop import Stopped, check_stop
from kxmodel.runtime.binding import current

if TYPE_CHECKING:
    from collections.abc import Iterator

TENANT: ContextVar[str] = ContextVar("tenant", default="nobody")


@pytest.fixture(autouse=True)
def two_workers() -> Iterator[None]:
    with kxmodel.bind(aio_workers=2):
        yield


class Work:
    """A blocking function that waits until it may go on, then sends another request."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.may_go_on = threading.Event()
        self.done: list[str] = []

    def __call__(self) -> str:
        self.started.set()
        assert self.may_go_on.wait(10)
        self.done.append("first")
        check_stop()
        self.done.append("second")
        return "done"

    async def under_way(self) -> None:
        while not self.started.is_set():
            await asyncio.sleep(0.001)


def test_it_returns_what_the_function_returns() -> None:
    async def main() -> tuple[int, str]:
        name = await call(lambda: threading.current_thread().name)
        return await call(int, "12", base=8), name

    number, name = asyncio.run(main())
    assert number == 10
    assert name.startswith("kxmodel-aio")


def test_an_error_comes_with_its_own_traceback() -> None:
    def innermost() -> None:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there") as caught:
        asyncio.run(call(innermost))
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-1] == "innermost"
    assert "call" in names


def test_an_error_keeps_nothing_alive() -> None:
    class Large:
        pass

    def fail(large: Large) -> None:
        raise LookupError(repr(large))

    def living() -> int:
        return sum(isinstance(each, Large) for each in gc.get_objects())

    async def main() -> None:
        with pytest.raises(LookupError):
            await call(fail, Large())

    asyncio.run(main())
    gc.collect()
    assert living() == 0


def test_the_function_sees_the_callers_context_and_leaves_it_alone() -> None:
    def look_and_change() -> str:
        seen = TENANT.get()
        TENANT.set("somebody else")
        return seen

    async def main(name: str) -> tuple[str, str]:
        TENANT.set(name)
        return await call(look_and_change), TENANT.get()

    async def several() -> list[tuple[str, str]]:
        return await asyncio.gather(*(main(f"t{number}") for number in range(20)))

    assert asyncio.run(several()) == [(f"t{n}", f"t{n}") for n in range(20)]


def test_no_more_at_once_than_there_are_workers_and_the_others_wait() -> None:
    busy, most, lock = 0, 0, threading.Lock()

    def work(number: int) -> int:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.002)
        with lock:
            busy -= 1
        return number

    async def main() -> list[int]:
        return await asyncio.gather(*(call(work, number) for number in range(60)))

    assert asyncio.run(main()) == list(range(60))
    assert most == 2


def test_a_call_that_is_cancelled_before_its_turn_never_runs() -> None:
    blocking = [Work(), Work()]
    late = Work()

    async def main() -> list[str]:
        ahead = [asyncio.create_task(call(work)) for work in blocking]
        for work in blocking:
            await work.under_way()
        waiting = asyncio.create_task(call(late))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        for work in blocking:
            work.may_go_on.set()
        return await asyncio.gather(*ahead)

    assert asyncio.run(main()) == ["done", "done"]
    assert not late.started.is_set()


def test_a_cancelled_call_ends_its_request_sends_no_other_and_is_over_then() -> None:
    work = Work()

    async def main() -> None:
        task = asyncio.create_task(call(work))
        await work.under_way()
        task.cancel()
        await asyncio.sleep(0.02)
        assert not task.done()
        work.may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.done == ["first"]

    asyncio.run(main())


def test_a_timeout_waits_for_the_request_as_well() -> None:
    work = Work()

    async def main() -> None:
        # The loop itself does it, which has come to the timeout by then, however late it is.
        asyncio.get_running_loop().call_later(0.1, work.may_go_on.set)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await call(work)
        assert work.done == ["first"]

    asyncio.run(main())


def test_whoever_cancels_twice_does_not_wait() -> None:
    work = Work()

    async def main() -> None:
        task = asyncio.create_task(call(work))
        await work.under_way()
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.done == []
        work.may_go_on.set()

    asyncio.run(main())
    current().close()


def test_a_loop_that_ends_takes_its_calls_to_their_end() -> None:
    work = Work()

    async def main() -> None:
        task = asyncio.create_task(call(work))
        await work.under_way()
        threading.Timer(0.02, work.may_go_on.set).start()
        assert not task.done()

    asyncio.run(main())
    assert work.done == ["first"]


def test_a_loop_that_was_closed_meanwhile_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    loop = asyncio.new_event_loop()
    task = loop.create_task(call(work))
    loop.run_until_complete(work.under_way())
    task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)
    loop.close()
    work.may_go_on.set()
    while not work.done:
        time.sleep(0.001)
    current().close()
    assert not caplog.records


def test_many_loops_share_the_threads() -> None:
    def in_a_loop(number: int, found: list[int]) -> None:
        found.append(asyncio.run(call(lambda: number)))

    found: list[int] = []
    threads = [threading.Thread(target=in_a_loop, args=(n, found)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(8))


def test_a_binding_that_was_closed_makes_threads_again() -> None:
    binding = current()
    assert asyncio.run(call(int)) == 0
    binding.close()
    assert asyncio.run(call(int)) == 0


def test_the_threads_end_with_their_binding() -> None:
    with kxmodel.bind(aio_workers=3):
        made = asyncio.run(call(threading.current_thread))
        assert made.is_alive()
    made.join(10)
    assert not made.is_alive()


def test_a_stop_is_no_ordinary_exception() -> None:
    assert not issubclass(Stopped, Exception)
    check_stop()


@pytest.mark.parametrize("wrong", [0, -1, True, 2.0, "4"])
def test_a_number_of_workers_that_is_none(wrong: object) -> None:
    with pytest.raises(BindError, match="aio_workers"):
        kxmodel.bind(aio_workers=wrong)  # type: ignore[arg-type]  # that is the test
