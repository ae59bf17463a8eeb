"""An engine ends with its parent, however that ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kxmodel.engines
from kxmodel.engines import start
from tests.waiting import wait_for

from .conftest import connect, need
from .probes import make_table
from .test_starting import gone

ROOT = Path(kxmodel.engines.__file__).parents[2]

PARENT = """
import json, os, signal, sys, time
from pathlib import Path
from kxmodel.engines import start
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
engine = start({name!r}, data={data})
{more}
print(json.dumps([engine.pid, engine.endpoint_url]), flush=True)
{wait}
"""


def parent(name: str, more: str = "", wait: str = "time.sleep(60)", data: Path | None = None):
    """A process that starts the engine and waits; returns it, the engine's pid and its URL."""
    where = f"Path({str(data)!r})" if data else None
    code = PARENT.format(name=name, more=more, wait=wait, data=where)
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    pid, url = json.loads(process.stdout.readline())
    return process, pid, url


def finish(process):
    process.stdout.close()
    return process.wait(60)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_engine_ends_with_a_killed_parent(engine_name, number):
    process, pid, _ = parent(engine_name)
    assert not gone(pid)
    process.send_signal(number)
    finish(process)
    wait_for(lambda: gone(pid))


def test_engine_is_gone_when_a_parent_that_forgot_it_has_ended(engine_name):
    process, pid, _ = parent(engine_name, wait="")
    assert finish(process) == 0
    assert gone(pid)


def test_a_fork_that_holds_the_pipe_does_not_keep_the_engine():
    more = "child = os.fork()\nif child == 0:\n    time.sleep(60)\n    os._exit(0)\nprint(child, flush=True)"
    name = need("dynoxide")
    code = PARENT.format(name=name, more=more, wait="time.sleep(60)", data=None)
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    fork = int(process.stdout.readline())
    try:
        pid, _ = json.loads(process.stdout.readline())
        process.kill()
        process.wait(60)
        wait_for(lambda: gone(pid))
        assert not gone(fork)
    finally:
        os.kill(fork, signal.SIGKILL)
        process.stdout.close()


def test_the_end_of_a_fork_leaves_the_engine_alone():
    more = "child = os.fork()\nif child == 0:\n    sys.exit(0)\nos.waitpid(child, 0)"
    process, pid, _ = parent(need("dynoxide"), more)
    try:
        assert not gone(pid)
    finally:
        process.kill()
        finish(process)


@pytest.mark.skipif(sys.platform != "linux", reason="needs PR_SET_PDEATHSIG")
def test_engine_ends_with_its_killed_supervisor(engine_name):
    with start(engine_name) as engine:
        status = Path(f"/proc/{engine.pid}/status").read_text()
        supervisor = int(status.partition("\nPPid:")[2].split()[0])
        os.kill(supervisor, signal.SIGKILL)
        wait_for(lambda: gone(engine.pid))
        wait_for(lambda: not engine.running)


def test_ministack_saves_its_data_when_the_parent_is_killed(tmp_path):
    name = need("ministack")
    process, pid, url = parent(name, data=tmp_path)
    client = connect(kxmodel.engines.attach(url))
    table = make_table(client)
    client.close()
    process.kill()
    finish(process)
    wait_for(lambda: gone(pid))
    with start(name, data=tmp_path) as engine:
        client = connect(engine)
        assert client.list_tables()["TableNames"] == [table]
        client.close()
