"""A headless Chromium over a built site."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from kxmodel.testing.ci import skip_or_fail
from tests.emit.npm import MODULES, installed
from tests.site.sites import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".md": "text/markdown"}

    def log_message(self, *_: object) -> None:
        """Nothing: what goes wrong is in the browser's report."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, while it is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def browse(task: str, folder: Path, **order: Any) -> Any:
    """The report of one task of browser.mjs. Skips the test where there is no browser."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    node = shutil.which("node")
    if program is None or node is None:
        skip_or_fail("Chromium or Node is not installed")
    for package in ("playwright-core", "axe-core"):
        installed(package)
    with served(folder) as base:
        return _browser(node, program).asked({"task": task, "base": base, **order})


class Browser:
    """One browser for all tests of a process; each order is carried out by a reader of its own."""

    def __init__(self, node: str, program: str) -> None:
        script = ROOT / "tests" / "site" / "browser.mjs"
        self._process = subprocess.Popen(
            [node, str(script), str(MODULES), program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def asked(self, order: dict[str, Any]) -> Any:
        """What the order's task reports."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watch = threading.Timer(600, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            watch.cancel()
        answer = json.loads(line or '{"error": "the browser has ended"}')
        assert "error" not in answer, answer["error"]
        return answer["report"]

    def close(self) -> None:
        """End it: there are no more orders."""
        self._process.communicate(timeout=60)


_browsers: list[Browser] = []


def _browser(node: str, program: str) -> Browser:
    if not _browsers:
        _browsers.append(Browser(node, program))
    return _browsers[0]


def close_browser() -> None:
    """End the browser, if there is one."""
    while _browsers:
        _browsers.pop().close()
