"""One request and its answer over an open connection.

An answer in the form that DynamoDB gives, a status line, headers and a length, is read here in two
system calls. Everything else (chunks, no length, several answers) is read by `http.client`, beginning with
what was received already. What goes wrong raises what botocore raises for it.
"""

from __future__ import annotations

import io
import re
import ssl
from contextlib import closing
from http.client import HTTPException, HTTPResponse, RemoteDisconnected
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError, HTTPClientError, ReadTimeoutError, SSLError
from urllib3 import HTTPResponse as PooledResponse
from urllib3 import exceptions as pooled

from kxmodel.wire.private import SHORT_BODIES, HTTPHeaderDict, give_back

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from http.client import HTTPConnection

    from botocore.awsrequest import AWSPreparedRequest
    from urllib3.connectionpool import HTTPConnectionPool

_CHUNK: Final = 65_536
_END: Final = b"\r\n\r\n"
_STATUS_LINE: Final = "HTTP/1.1 "
_FOLD: Final = re.compile(r"[ \t]*\r\n[ \t]+")
#: Statuses whose answers have no body, whatever their headers say (RFC 9112, section 6.3).
_BODILESS: Final = frozenset({"204", "304"})


class Answer(NamedTuple):
    """What came back. headers: by name in lower case; text of several of one name is joined."""

    status: int
    headers: dict[str, str]
    body: bytes
    spelled: list[tuple[str, str]]
    """The headers as they were sent."""

    @classmethod
    def of(cls, response: AWSResponse) -> Answer:
        """What botocore has as a response."""
        headers: Any = response.headers
        spelled = list(headers.items())
        lower = {name.lower(): value for name, value in spelled}
        return cls(response.status_code, lower, response.content, spelled)

    def as_response(self, url: str) -> AWSResponse:
        """The same as botocore has it."""
        raw = PooledResponse(
            io.BytesIO(self.body),
            headers=HTTPHeaderDict(self.spelled),
            status=self.status,
            preload_content=False,
            decode_content=False,
            enforce_content_length=False,
        )
        response = AWSResponse(url, self.status, raw.headers, raw)  # type: ignore[arg-type]  # as botocore calls it
        response.content  # noqa: B018  # reads it
        return response


class _Unusual(Exception):
    """An answer that is left to `http.client`."""


def exchange(
    pool: HTTPConnectionPool,
    connection: HTTPConnection,
    data: bytes,
    url: str,
    request: Callable[[], AWSPreparedRequest],
) -> Answer:
    """Send `data` and read the answer; the connection goes back to its pool, or is closed.

    url, request: the same request as botocore has it, for its exceptions.
    Raises botocore's ReadTimeoutError, ConnectionClosedError, SSLError and HTTPClientError.
    """
    keep = False
    try:
        sock = connection.sock
        timeout: Any = pool.timeout.read_timeout
        if sock.gettimeout() != timeout:
            sock.settimeout(timeout)
        _send(sock, data)
        answer, keep = _read(pool, sock, timeout)
        return answer
    # As botocore's session has it (`URLLib3Session.send`), which names no causes either.
    except pooled.SSLError as error:
        raise SSLError(endpoint_url=url, error=error)  # noqa: B904
    except pooled.ReadTimeoutError as error:
        raise ReadTimeoutError(endpoint_url=url, error=error)  # noqa: B904
    except pooled.ProtocolError as error:
        raise ConnectionClosedError(error=error, request=request(), endpoint_url=url)  # noqa: B904
    except Exception as error:
        raise HTTPClientError(error=error)  # noqa: B904
    finally:
        if keep:
            give_back(pool, connection)
        else:
            connection.close()
            give_back(pool, None)


def _send(sock: socket.socket, data: bytes) -> None:
    try:
        sock.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        pass  # as urllib3 has it: there may be an answer nevertheless
    except ssl.SSLError as error:
        raise pooled.SSLError(error) from error
    except OSError as error:
        raise pooled.ProtocolError("Connection aborted.", error) from error


def _read(pool: HTTPConnectionPool, sock: socket.socket, timeout: Any) -> tuple[Answer, bool]:
    """The answer, and whether another request may follow."""
    try:
        received = sock.recv(_CHUNK)
        if not received:
            raise RemoteDisconnected("Remote end closed connection without response")
        try:
            status, headers, spelled, start, length = _head(received)
        except _Unusual:
            response = HTTPResponse(_Resumed(received, sock), method="POST")  # type: ignore[arg-type]  # it only makes a file of it
            with closing(response):
                response.begin()
                return _read_any(response)
    except TimeoutError as error:
        late = f"Read timed out. (read timeout={timeout})"
        raise pooled.ReadTimeoutError(pool, "/", late) from error
    except ssl.SSLError as error:
        raise pooled.SSLError(error) from error
    except (OSError, HTTPException) as error:
        raise pooled.ProtocolError("Connection aborted.", error) from error
    end = start + length
    if len(received) == end:
        body = received[start:]
    elif len(received) > end:
        # More than was announced: nobody knows what of.
        return Answer(status, headers, received[start:end], spelled), False
    else:
        body = _rest(pool, sock, received[start:], length)
    keep = len(body) == length and "close" not in headers.get("connection", "").lower()
    return Answer(status, headers, body, spelled), keep


def _head(received: bytes) -> tuple[int, dict[str, str], list[tuple[str, str]], int, int]:
    """Status, headers, headers as spelled, where the body begins, and its length."""
    end = received.find(_END)
    if end < 0:
        raise _Unusual
    text = received[:end].decode("latin-1")
    lines = text.split("\r\n")
    first = lines[0]
    status = first[9:12]
    if (
        not first.startswith(_STATUS_LINE)
        or not (status.isascii() and status.isdigit())
        or first[12:13] not in ("", " ")
        or status < "200"
        or status in _BODILESS
        or len(text.splitlines()) != len(lines)
        or text[-1].isspace()
    ):
        raise _Unusual
    headers: dict[str, str] = {}
    spelled = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        value = value.lstrip(" \t")
        if not (colon and name and name.isascii() and name.isprintable()) or " " in name:
            raise _Unusual
        spelled.append((name, value))
        lower = name.lower()
        headers[lower] = f"{headers[lower]}, {value}" if lower in headers else value
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or "transfer-encoding" in headers:
        raise _Unusual
    return int(status), headers, spelled, end + 4, int(length)


def _rest(pool: HTTPConnectionPool, sock: socket.socket, begun: bytes, length: int) -> bytes:
    """A body of which `begun` was received; a shorter one where the other side closes before its end."""
    body = bytearray(length)
    view = memoryview(body)
    filled = len(begun)
    view[:filled] = begun
    try:
        while filled < length:
            received = sock.recv_into(view[filled:])
            if not received:
                break
            filled += received
    except TimeoutError as error:
        raise pooled.ReadTimeoutError(pool, None, "Read timed out.") from error
    except ssl.SSLError as error:
        raise pooled.SSLError(error) from error
    except OSError as error:
        raise pooled.ProtocolError(f"Connection broken: {error!r}", error) from error
    if filled < length and not SHORT_BODIES:
        ended = pooled.IncompleteRead(filled, length - filled)
        raise pooled.ProtocolError(f"Connection broken: {ended!r}", ended)
    return bytes(view[:filled])


def _read_any(response: HTTPResponse) -> tuple[Answer, bool]:
    """The rest of an answer of any form, as urllib3 reads it."""
    spelled = [(name, _FOLD.sub(" ", value)) for name, value in response.headers.items()]
    raw = PooledResponse(
        response,
        headers=HTTPHeaderDict(spelled),
        status=response.status,
        preload_content=False,
        decode_content=False,
        original_response=response,
        enforce_content_length=not SHORT_BODIES,
        request_method="POST",
        request_url="/",
    )
    body = b"".join(raw.stream())
    headers = {name.lower(): raw.headers[name] for name in raw.headers}
    keep = response.isclosed() and not response.will_close
    return Answer(response.status, headers, body, spelled), keep


class _Resumed(io.RawIOBase):
    """A socket to read from, beginning with what was received already."""

    def __init__(self, received: bytes, sock: socket.socket) -> None:
        self._received = received
        self._sock = sock

    def makefile(self, _: str) -> io.BufferedReader:
        """What `http.client` reads from."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._received:
            return self._sock.recv_into(buffer)
        part = self._received[: len(buffer)]
        self._received = self._received[len(part) :]
        buffer[: len(part)] = part
        return len(part)
