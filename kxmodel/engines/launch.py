"""The command line and environment of each engine."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.engines.quirks import QUIRKS
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

    from kxmodel.engines.finding import Found

#: The only address an engine listens on.
HOST = "127.0.0.1"

#: Variables of the user that an engine gets when it gets no others.
_PLAIN = ("PATH", "HOME", "USERPROFILE", "LANG", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT")


@dataclass(frozen=True)
class Launch:
    """How to start one engine: `lock` is a file to hold while it runs, or None."""

    argv: tuple[str, ...]
    env: dict[str, str]
    cwd: str
    lock: str | None


def launch(found: Found, port: int, data: Path | None) -> Launch:
    """How to start `found` on `port`, keeping what it stores in the folder `data` (made if absent).

    Raises EngineError KX505 when the folder cannot be made, or the engine keeps no data.
    """
    if data is not None:
        if QUIRKS[found.name].keeps_data == "never":
            raise EngineError(
                f"{found.name} keeps no data",
                code="KX505",
                fix="Take an engine that does (dynoxide, ministack), or give no folder.",
            )
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineError(
                f"the data folder {data} cannot be made: {error.strerror}", code="KX505"
            ) from None
    argv, env = _COMMANDS[found.name](found, port, data)
    return Launch(
        argv=argv,
        env=env,
        cwd=str(data) if data else tempfile.gettempdir(),
        lock=str(data / "kxmodel.lock") if data else None,
    )


def _dynoxide(found: Found, port: int, data: Path | None) -> tuple[tuple[str, ...], dict[str, str]]:
    kept = () if data is None else ("--db-path", str(data / "dynoxide.db"))
    return (str(found.program), "serve", "--host", HOST, "--port", str(port), *kept), _plain()


def _ministack(
    found: Found, port: int, data: Path | None
) -> tuple[tuple[str, ...], dict[str, str]]:
    # It reads some hundred variables, hence none of the user's reach it.
    env = _plain() | {
        "SERVICES": "dynamodb,dynamodbstreams",
        "BIND_HOST": HOST,  # without it: every address of the machine
        "GATEWAY_PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        # It removes containers that it takes for its own: it shall see no Docker at all.
        "DOCKER_HOST": "unix:///nonexistent/docker.sock",
    }
    if data is not None:
        env |= {"PERSIST_STATE": "1", "STATE_DIR": str(data / "ministack")}
    return (str(found.program), "-I", "-m", "ministack"), env


def _moto(found: Found, port: int, data: Path | None) -> tuple[tuple[str, ...], dict[str, str]]:
    argv = (str(found.program), "-P", "-m", "moto.server", "-H", HOST, "-p", str(port))
    return argv, dict(os.environ)


def _plain() -> dict[str, str]:
    return {name: os.environ[name] for name in _PLAIN if name in os.environ}


_COMMANDS = {"dynoxide": _dynoxide, "ministack": _ministack, "moto": _moto}
