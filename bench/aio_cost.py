"""What an awaited call costs over a blocking one: microseconds of wall-clock time a call.

    python bench/aio_cost.py [CALLS]

Three ways run in turn, so that a machine that slows down slows all of them: the function itself,
`kxmodel.runtime.aio.call.call` one after the other, and asyncio's own `to_thread` for comparison.
The function does nothing: what is shown is the way into a thread and back, which a request's
milliseconds hide. The figures to quote are differences and the ratio to `to_thread`.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from typing import TYPE_CHECKING

from kxmodel.runtime.aio.call import call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

ROUNDS = 15


def nothing() -> None:
    """The blocking call."""


async def directly() -> None:
    """The function without a thread, in a coroutine as the others."""
    nothing()


async def measure(calls: int) -> dict[str, list[float]]:
    """Way -> microseconds a call, round by round; the first round does not count."""
    ways: dict[str, Callable[[], Awaitable[None]]] = {
        "blocking": directly,
        "aio": lambda: call(nothing),
        "asyncio.to_thread": lambda: asyncio.to_thread(nothing),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for round_number in range(ROUNDS + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            for _ in range(calls):
                await way()
            if round_number:
                times[name].append((time.perf_counter() - start) / calls * 1e6)
    return times


def main() -> None:
    """Measure and print a table."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    times = asyncio.run(measure(calls))
    floor = statistics.median(times["blocking"])
    print(f"{'way':20} {'us a call':>10} {'over blocking':>14} {'spread':>8}")
    for name, values in times.items():
        cost = statistics.median(values)
        spread = statistics.quantiles(values, n=4)
        print(f"{name:20} {cost:10.1f} {cost - floor:14.1f} {spread[2] - spread[0]:8.1f}")


if __name__ == "__main__":
    main()
