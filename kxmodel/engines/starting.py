"""Starts a local DynamoDB and waits until it answers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kxmodel.engines.catalogue import ENGINES, engine
from kxmodel.engines.child import Child
from kxmodel.engines.finding import Found, best, find
from kxmodel.engines.launch import HOST, launch
from kxmodel.engines.ports import reserved
from kxmodel.engines.probe import answers
from kxmodel.engines.running import RunningEngine
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

#: With port 0, so many ports are tried when another process is quicker to take the one chosen.
PORT_ATTEMPTS = 5

#: How engines word that the port is taken.
_TAKEN = ("in use", "eaddrinuse", "only one usage")


def start(
    name: str = "auto", *, port: int = 0, data: Path | None = None, timeout: float = 20.0
) -> RunningEngine:
    """Start a local DynamoDB on the loopback address and return it once it answers ListTables.

    name: an engine's name, or ``auto`` for the best one found (with `data`: that keeps data).
    port: 0 takes a free one. data: the folder to keep the tables in, made if absent; None keeps
    them in memory. timeout: seconds until it must answer.

    The engine ends with `stop`, at the end of the ``with`` block, or with this process, even when
    it is killed.

    Raises EngineError: KX501 not found, KX502 died while starting, KX503 port taken, KX504 no
    answer in time, KX505 data cannot be kept, KX506 unknown name.
    """
    found = choose(name, keeps_data=data is not None)
    folder = data.absolute() if data else None
    deadline = time.monotonic() + timeout
    for attempt in range(1, PORT_ATTEMPTS + 1):
        try:
            return _start_once(found, port, folder, deadline, timeout)
        except EngineError as error:
            if error.code != "KX503" or port != 0 or attempt == PORT_ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def choose(name: str = "auto", *, keeps_data: bool = False) -> Found:
    """The engine that `start` would take. Raises EngineError KX501 or KX506, with what to do."""
    if name == "auto":
        found = best(keeps_data=keeps_data)
        wanted = "no local DynamoDB that keeps data" if keeps_data else "no local DynamoDB"
        rows = [row for row in ENGINES.values() if row.name != "moto" or not keeps_data]
        advice = "One of: " + "; ".join(row.advice for row in rows) + "."
    else:
        row = engine(name)
        found, wanted, advice = (
            find(name),
            f"no {name}",
            f"{row.advice[0].upper()}{row.advice[1:]}.",
        )
    if found is None:
        raise EngineError(f"{wanted} was found on this machine", fix=advice)
    return found


def _start_once(
    found: Found, port: int, data: Path | None, deadline: float, timeout: float
) -> RunningEngine:
    with reserved(port) as number:
        child = Child(launch(found, number, data), name=found.name)
        try:
            _wait(child, found, number, deadline, timeout)
        except BaseException:
            child.stop()
            raise
    return RunningEngine(
        name=found.name,
        version=found.version,
        endpoint_url=f"http://{HOST}:{number}",
        child=child,
    )


def _wait(child: Child, found: Found, port: int, deadline: float, timeout: float) -> None:
    """Return once the engine answers; EngineError when it ends or the time is over."""
    pause = 0.002
    while not (answers(HOST, port, timeout=1.0) and child.alive):
        if not child.alive:
            tail = child.stop()
            taken = any(words in tail.lower() for words in _TAKEN)
            raise EngineError(
                f"{found.name} {found.version} ended while starting on port {port}{_quoted(tail)}",
                code="KX503" if taken else "KX502",
            )
        if time.monotonic() > deadline:
            tail = child.stop()
            raise EngineError(
                f"{found.name} {found.version} gave no answer on port {port} in "
                f"{timeout:g} s{_quoted(tail)}",
                code="KX504",
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)


def _quoted(tail: str) -> str:
    """The last lines of an engine's output, indented, for a message."""
    lines = [line for line in tail.strip().splitlines() if line.strip()][-12:]
    return ". Its last words:" + "".join(f"\n  | {line}" for line in lines) if lines else ""
