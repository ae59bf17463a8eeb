from __future__ import annotations

import http.server
import socket
import threading

import pytest

from kxmodel.engines.probe import answers


@pytest.fixture
def server():
    class Handler(http.server.BaseHTTPRequestHandler):
        reply = (200, b"")

        def do_POST(self):
            status, body = self.reply
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    made = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ((200, b'{"TableNames": []}'), True),
        ((200, b'{"TableNames": ["a"]}'), True),
        ((500, b'{"TableNames": []}'), False),
        ((200, b"[]"), False),
        ((200, b"{}"), False),
        ((200, b"hello"), False),
        ((200, b"\xff\xfe"), False),
        ((404, b""), False),
    ],
)
def test_only_a_list_of_tables_is_an_answer(server, reply, expected):
    server.RequestHandlerClass.reply = reply
    assert answers("127.0.0.1", server.server_port, timeout=30) is expected


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert answers("127.0.0.1", port, timeout=0.5) is False


def test_one_who_never_speaks():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert answers("127.0.0.1", silent.getsockname()[1], timeout=0.1) is False
