"""A server on the loopback interface that answers request by request what it is told to."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

RESET = object()
CLOSE = object()
HANG = object()


@dataclass
class Request:
    """One that came in. headers: by name in lower case."""

    line: str
    headers: dict[str, str]
    body: bytes
    connection: int


@dataclass
class Server:
    """steps: what to answer, in order: bytes, RESET, CLOSE, HANG, or a tuple of these; then `good`."""

    url: str
    steps: list[Any] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    good: bytes = b""
    #: How many connections it has closed of itself.
    closed: int = 0


def answer(
    body: bytes | dict[str, Any] = b"{}",
    status: str = "200 OK",
    headers: dict[str, str | None] | None = None,
    crc: bool = True,
) -> bytes:
    """An answer as DynamoDB sends it. headers: others, or others' values; None leaves one out."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent: dict[str, str | None] = {
        "Server": "Server",
        "Date": "Sat, 03 Jan 2026 10:00:00 GMT",
        "Content-Type": "application/x-amz-json-1.0",
        "Content-Length": str(len(raw)),
        "Connection": "keep-alive",
        "x-amzn-RequestId": "R1",
        **({"x-amz-crc32": str(crc32(raw))} if crc else {}),
        **(headers or {}),
    }
    lines = [f"{name}: {value}" for name, value in sent.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + raw


def error(code: str, status: str = "400 Bad Request", message: str = "no", **more: Any) -> bytes:
    """An error as DynamoDB sends it."""
    kind = f"com.amazonaws.dynamodb.v20120810#{code}"
    return answer({"__type": kind, "message": message, **more}, status)


@contextmanager
def scripted(*steps: Any, tls: Any = None) -> Iterator[Server]:
    """A server that runs while the block does. tls: the ssl.SSLContext of one that speaks TLS."""
    listening = socket.create_server(("127.0.0.1", 0))
    scheme = "https" if tls else "http"
    server = Server(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}", [*steps], good=answer())
    open_sockets: list[socket.socket] = []
    lock = threading.Lock()

    def serve(sock: socket.socket, number: int) -> None:
        try:
            if tls:
                sock = tls.wrap_socket(sock, server_side=True)
        except OSError:
            return  # the client does not trust it
        open_sockets.append(sock)
        reader = sock.makefile("rb")
        try:
            while line := reader.readline():
                headers = {}
                while (header := reader.readline().strip()) != b"":
                    name, _, value = header.decode().partition(":")
                    headers[name.lower()] = value.strip()
                body = reader.read(int(headers.get("content-length", 0)))
                with lock:
                    server.requests.append(Request(line.decode().strip(), headers, body, number))
                    step = server.steps.pop(0) if server.steps else server.good
                for part in step if isinstance(step, tuple) else (step,):
                    if part is HANG:
                        sock.recv(1)
                        return
                    if part is RESET:
                        sock.setsockopt(
                            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                        )
                        reader.close()
                        sock.close()
                        return
                    if part is CLOSE:
                        sock.shutdown(socket.SHUT_RDWR)
                        server.closed += 1
                        return
                    sock.sendall(part)
        except OSError:
            pass
        finally:
            reader.close()
            sock.close()

    def accept() -> None:
        number = 0
        while True:
            try:
                sock, _ = listening.accept()
            except OSError:
                return
            number += 1
            threading.Thread(target=serve, args=(sock, number), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join()
        for sock in open_sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
