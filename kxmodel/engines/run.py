"""Runs one step of an installation."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: So long one step may take, in seconds.
STEP_TIMEOUT = 600.0


def run(
    argv: Sequence[str],
    cwd: Path,
    *,
    env: dict[str, str] | None = None,
    refused: str | None = None,
    timeout: float = STEP_TIMEOUT,
) -> None:
    """Run a command to its end. Raises EngineError KX507 with the last lines of its output when it
    fails, KX508 when that output holds the words `refused`. timeout: seconds."""
    shown = " ".join(argv)
    try:
        done = subprocess.run(
            argv,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineError(
            f"`{shown}` took more than {timeout:.0f} s and was ended", code="KX507"
        ) from None
    except OSError as error:
        raise EngineError(f"`{shown}` cannot be run: {error}", code="KX507") from None
    if done.returncode != 0:
        output = (done.stdout + done.stderr).strip()
        lines = "".join(f"\n  | {line}" for line in output.splitlines()[-8:])
        wrong = refused is not None and refused in output
        raise EngineError(
            f"`{shown}` failed with exit code {done.returncode}{lines}",
            code="KX508" if wrong else "KX507",
        )
