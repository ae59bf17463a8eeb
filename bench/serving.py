"""A server in a process of its own that answers DynamoDB's protocol from memory.

So the clients are measured, and not a database. Programs that hold the answers call `serve`; who wants
their answers calls `serving`.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Answers(Protocol):
    """What requests are answered with."""

    def answer(self, operation: bytes, body: bytes) -> bytes:
        """The JSON that answers a request. operation: as in ``X-Amz-Target``, e.g. ``GetItem``."""


@contextmanager
def serving(program: Path, *arguments: str) -> Iterator[str]:
    """The endpoint of a program that calls `serve`, while the block runs."""
    command = [sys.executable, str(program), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


def serve(answers: Answers) -> None:
    """Print the port, and answer until whoever started this process is gone."""
    asyncio.run(_serve(answers))


class _Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as the clients speak (RFC 9112)."""

    _LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
    _TARGET = re.compile(rb"x-amz-target: *DynamoDB_20120810\.(\w+)", re.IGNORECASE)

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, rest = self._data.partition(b"\r\n\r\n")
        length, target = self._LENGTH.search(head), self._TARGET.search(head)
        if not found or length is None or target is None or len(rest) < int(length[1]):
            return
        self._data = b""
        answer = self._answers.answer(target[1], rest)
        # DynamoDB sends the checksum too, and botocore checks it.
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n"
            b"x-amz-crc32: %d\r\nContent-Length: %d\r\n\r\n%b"
            % (zlib.crc32(answer), len(answer), answer)
        )


async def _serve(answers: Answers) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
