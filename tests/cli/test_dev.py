from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

import kxmodel
from kxmodel.engines import start
from kxmodel.models import Lead
from tests.cli.conftest import ROOT

READY = re.compile(r"(\w+) \S+ is ready at (http://127\.0\.0\.1:\d+)\n")


@pytest.fixture
def dev():
    running = []

    def dev(*options: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "kxmodel", "dev", *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        found = READY.fullmatch(line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        return process, found[2]

    yield dev
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(dev, number):
    process, url = dev()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert "has stopped" in err
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urlsplit(url).port), timeout=2)


def test_it_creates_the_tables_and_keeps_them(dev, tmp_path):
    for _ in range(2):  # the second time they are there
        process, url = dev("--data", str(tmp_path / "data"), "--create-tables")
        with kxmodel.bind(endpoint_url=url):
            assert Lead.describe_table()["TableStatus"] == "ACTIVE"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def test_a_port_that_is_taken(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("dev", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert "KX503" in ran.err
    assert ran.out == ""


def test_an_engine_that_dies_ends_it(run, monkeypatch):
    def start_and_kill(*arguments, **options):
        running = start(*arguments, **options)
        os.kill(running.pid, signal.SIGKILL)
        return running

    monkeypatch.setattr("kxmodel.engines.start", start_and_kill)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    ran = run("dev")
    assert ran.code == 1
    assert "KX502" in ran.err
    assert "ended by itself" in ran.err
