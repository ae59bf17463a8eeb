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
        done = subprocess.run(
            [node, str(ROOT / "tests" / "site" / "browser.mjs"), str(MODULES), program],
            input=json.dumps({"task": task, "base": base, **order}),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
