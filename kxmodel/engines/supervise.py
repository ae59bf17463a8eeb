"""Runs one engine and ends with it, or ends it when the parent is gone.

Started by `kxmodel.engines.child` as a script of its own, with nothing but the standard library, so
that it starts fast and lives apart from the parent. The parent holds the other end of standard
input: a byte there asks for a stop, end of file means that the parent has ended, however it did.

Standard input: one line of JSON, an `Order`, then silence.
Standard output: one line ``{"pid": int}`` or ``{"error": "locked" | "data" | "spawn", "tail": str}``; after
the engine's end one line ``{"exit": int, "tail": str}`` with the last of what it printed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, TypedDict

    class Order(TypedDict):
        """What to run. `grace` in seconds; `lock` names a file to hold meanwhile."""

        argv: list[str]
        env: dict[str, str]
        cwd: str
        grace: float
        lock: str | None


#: So much of the engine's output is kept, in bytes.
TAIL_BYTES = 8_192
#: So long to wait for the data folder, in seconds: an engine whose parent was killed just now is
#: still writing what it holds.
LOCK_WAIT = 3.0
#: How often to look whether this process was handed to another parent, in seconds.
LOOK_EVERY = 0.5


def try_lock(handle: IO[bytes]) -> bool:
    """Take the lock on an open file without waiting. The system drops it when the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_soon(handle: IO[bytes]) -> bool:
    deadline = time.monotonic() + LOCK_WAIT
    while not (locked := try_lock(handle)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return locked


def main() -> int:
    """Read the order from standard input, run the engine, report. Returns the exit code."""
    order: Order = json.loads(sys.stdin.buffer.readline())
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    parent = os.getppid()
    with contextlib.ExitStack() as stack:
        if order["lock"]:
            try:
                handle = stack.enter_context(open(order["lock"], "ab"))
            except OSError as error:
                _say({"error": "data", "tail": str(error)})
                return 1
            if not _lock_soon(handle):
                _say({"error": "locked", "tail": ""})
                return 1
        try:
            engine = _spawn(order)
        except OSError as error:
            _say({"error": "spawn", "tail": str(error)})
            return 1
        _say({"pid": engine.pid})
        output = _Tail(engine)
        for ended in (lambda: sys.stdin.buffer.read(1), engine.wait):
            _in_background(_then(done, ended))
        while not done.wait(LOOK_EVERY) and os.getppid() == parent:
            pass
        _end(engine, order["grace"])
        _say({"exit": engine.wait(), "tail": output.text()})
    return 0


def _spawn(order: Order) -> subprocess.Popen[bytes]:
    """Start the engine in a process group of its own, its two outputs in one pipe."""
    return subprocess.Popen(
        order["argv"],
        env=order["env"],
        cwd=order["cwd"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        process_group=None if sys.platform == "win32" else 0,
        preexec_fn=_end_with_supervisor() if sys.platform == "linux" else None,
    )


def _end_with_supervisor() -> Callable[[], object]:
    """For the child after fork: SIGTERM when this process is killed (prctl(2), PR_SET_PDEATHSIG)."""
    import ctypes

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, signal.SIGTERM)


def _end(engine: subprocess.Popen[bytes], grace: float) -> None:
    """Ask the engine to stop, and kill it when it has not after `grace` seconds."""
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                engine.kill()
            else:
                os.killpg(engine.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            engine.wait(grace)
            return


class _Tail:
    """Drains the engine's output so that it never blocks, and keeps the end of it."""

    def __init__(self, engine: subprocess.Popen[bytes]) -> None:
        self._kept = b""
        self._pipe = engine.stdout
        self._thread = _in_background(self._drain)

    def _drain(self) -> None:
        assert self._pipe is not None
        while chunk := os.read(self._pipe.fileno(), 65_536):
            self._kept = (self._kept + chunk)[-TAIL_BYTES:]

    def text(self) -> str:
        self._thread.join(1)
        return self._kept.decode("utf-8", "replace")


def _in_background(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _then(done: threading.Event, wait: Callable[[], object]) -> Callable[[], None]:
    def work() -> None:
        wait()
        done.set()

    return work


def _say(message: dict[str, object]) -> None:
    """One line to the parent, which may be gone."""
    with contextlib.suppress(OSError):
        os.write(sys.stdout.fileno(), json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    # Daemon threads may sit in a blocking read of standard input: leave without waiting for them.
    os._exit(main())
