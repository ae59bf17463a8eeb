from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import Request, urlopen

import pytest

from kxmodel.site.recording.wiretap import Wiretap


class Echo(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps({"got": json.loads(body), "encoding": self.headers["Accept-Encoding"]})
        self.send_response(418 if b"teapot" in body else 200)
        self.send_header("X-Kept", "yes")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def target():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def post(url: str, body: object) -> Request:
    headers = {"X-Amz-Target": "DynamoDB_20120810.Query", "Accept-Encoding": "gzip"}
    return Request(url, json.dumps(body).encode(), headers)


def test_it_passes_on_and_notes_by_snippet(target):
    with Wiretap(target) as tap:
        tap.begin(3)
        with urlopen(post(tap.url, {"a": 1})) as answer:
            assert answer.headers["X-Kept"] == "yes"
            assert json.load(answer) == {"got": {"a": 1}, "encoding": "identity"}
        urlopen(f"{tap.url}/4").close()
        urlopen(post(tap.url, {"b": 2})).close()
    (first,) = tap.seen(3)
    assert (first.operation, first.request) == ("Query", {"a": 1})
    assert first.response["got"] == {"a": 1}
    assert [each.request for each in tap.seen(4)] == [{"b": 2}]
    assert tap.seen(5) == []


def test_a_refusal_stays_one(target):
    with Wiretap(target) as tap, pytest.raises(OSError, match="418"):
        urlopen(post(tap.url, {"a": "teapot"}))
