"""A server before a local DynamoDB that notes what is sent and answered, whatever the language."""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType

#: What is between two neighbours only (https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1), and
#: compression, which would hide the answer.
_NOT_PASSED_ON: Final = frozenset(
    {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "accept-encoding"}
)
_PATIENCE: Final = 60.0


@dataclass(frozen=True)
class Exchange:
    """A request and its answer. operation: e.g. ``Query``. Both bodies are plain JSON."""

    operation: str
    request: dict[str, Any]
    response: dict[str, Any]


class Wiretap:
    """Passes requests on to `target`, an URL. In a ``with`` block it listens on the loopback address."""

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target).netloc
        self._mark = 0
        self._seen: dict[int, list[Exchange]] = {}
        tap = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                tap.begin(int(self.path.strip("/")))
                self.send_response(204)
                self.end_headers()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, answer = tap._pass_on(self.path, dict(self.headers.items()), body)
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: standard error is the user's."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Where clients send their requests. ``GET url/N`` begins the requests of snippet N."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def begin(self, number: int) -> None:
        """What is sent from now on belongs to this snippet."""
        self._mark = number

    def seen(self, number: int) -> list[Exchange]:
        """The requests of a snippet, in order."""
        return self._seen.get(number, [])

    def __enter__(self) -> Wiretap:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _pass_on(
        self, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        passed = {n: v for n, v in headers.items() if n.lower() not in _NOT_PASSED_ON}
        connection = http.client.HTTPConnection(self._target, timeout=_PATIENCE)
        try:
            connection.request("POST", path, body, passed)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        operation = headers.get("X-Amz-Target", headers.get("x-amz-target", "")).rpartition(".")[2]
        exchange = Exchange(operation, json.loads(body or b"{}"), json.loads(text or b"{}"))
        self._seen.setdefault(self._mark, []).append(exchange)
        kept = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in _NOT_PASSED_ON | {"content-length"}
        ]
        return answer.status, kept, text
