"""The parent's side of `kxmodel.engines.supervise`: one engine's process."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING

from kxmodel.engines import supervise
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from typing import IO

    from kxmodel.engines.launch import Launch

#: So long an engine may take to stop once asked, in seconds; then it is killed. MiniStack writes
#: all it holds at that time.
GRACE = 15.0


class Child:
    """An engine's process, which ends with this one at the latest.

    Raises EngineError: KX505 when another engine holds the data folder or it cannot be written,
    KX502 when the program cannot be run.
    """

    def __init__(self, launch: Launch, *, name: str) -> None:
        self._tail = ""
        # A session of its own: Ctrl-C and hang-up in the parent's terminal are the parent's matter.
        self._supervisor = subprocess.Popen(
            [sys.executable, "-I", "-S", supervise.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        order: supervise.Order = {
            "argv": list(launch.argv),
            "env": launch.env,
            "cwd": launch.cwd,
            "grace": GRACE,
            "lock": launch.lock,
        }
        self._write(json.dumps(order).encode() + b"\n")
        first = self._read_line()
        if "pid" not in first:
            self.stop()
            if first.get("error") == "locked":
                raise EngineError(
                    f"the data folder of {launch.lock} is in use by another engine", code="KX505"
                )
            if first.get("error") == "data":
                raise EngineError(
                    f"the data folder cannot be written: {first.get('tail')}", code="KX505"
                )
            raise EngineError(f"{name} cannot be run: {first.get('tail')}", code="KX502")
        self.pid = int(str(first["pid"]))

    @property
    def alive(self) -> bool:
        """False once the engine has ended."""
        return self._supervisor.poll() is None

    def stop(self) -> str:
        """End the engine if it runs, wait until it is gone; returns the last of its output."""
        if self._supervisor.stdout is None or self._supervisor.stdout.closed:
            return self._tail
        self._write(b"\n")
        with contextlib.suppress(OSError):
            self._stdin.close()
        self._tail = str(self._read_line().get("tail", ""))
        self._supervisor.stdout.close()
        self._supervisor.wait()
        return self._tail

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._supervisor.stdin is not None
        return self._supervisor.stdin

    def _write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # the supervisor is gone: reading says so
            self._stdin.write(data)
            self._stdin.flush()

    def _read_line(self) -> dict[str, object]:
        assert self._supervisor.stdout is not None
        line = self._supervisor.stdout.readline()
        try:
            message = json.loads(line)
        except ValueError:
            rest = self._supervisor.stdout.read() if line else b""
            return {"tail": (line + rest).decode("utf-8", "replace")}
        return message if isinstance(message, dict) else {"tail": line.decode("utf-8", "replace")}
