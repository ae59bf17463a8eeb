from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from pathlib import Path

import pytest

from kxmodel.engines import choose, finding, start
from kxmodel.engines.ports import reserved
from kxmodel.errors import EngineError
from tests.waiting import wait_for

from .conftest import connect, need
from .probes import get, make_table, put


def fake_dynoxide(folder: Path, script: str) -> str:
    """A program that names itself dynoxide 9.9 and otherwise does what `script` says."""
    program = folder / "dynoxide"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo dynoxide 9.9; exit; fi\n{script}\n'
    )
    program.chmod(0o755)
    return str(program)


def listeners(port: int) -> set[str]:
    """The local addresses that listen on a port, as /proc/net writes them."""
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port:
                found.add(address)
    return found


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    if sys.platform != "linux":
        return False
    try:  # what has ended but was not yet waited for is gone as well
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_put_and_get(engine, client):
    table = make_table(client)
    put(client, table, text={"S": "grüße"})
    assert get(client, table)["text"] == {"S": "grüße"}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/net is Linux's")
def test_listens_on_loopback_only(engine):
    assert listeners(port_of(engine.endpoint_url)) == {"0100007F"}


def test_says_what_runs(engine):
    assert engine.version[0].isdigit()
    assert engine.pid is not None
    assert engine.running
    assert engine.endpoint_url.startswith("http://127.0.0.1:")


def test_stop_ends_the_process_and_may_be_repeated(engine_name):
    with start(engine_name) as engine:
        port = port_of(engine.endpoint_url)
    assert not engine.running
    assert engine.stop() == engine.stop()
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", port), 1):
        pass


def test_takes_the_port_asked_for_and_leaves_it_free(engine_name):
    with reserved(0) as port:
        for _ in range(2):
            with start(engine_name, port=port) as engine:
                assert engine.endpoint_url == f"http://127.0.0.1:{port}"


def test_refuses_a_taken_port(engine_name):
    with socket.create_server(("127.0.0.1", 0)) as other:
        with pytest.raises(EngineError, match="cannot be used") as caught:
            start(engine_name, port=other.getsockname()[1])
        assert caught.value.code == "KX503"


@pytest.mark.parametrize("port", [-1, 65_536])
def test_refuses_a_number_that_is_no_port(port):
    with pytest.raises(EngineError) as caught:
        start(need("moto"), port=port)
    assert caught.value.code == "KX503"


def test_many_starts_at_once_share_nothing():
    name = need("dynoxide")
    engines, errors = [], []

    def one():
        try:
            engines.append(start(name))
        except EngineError as error:
            errors.append(error)

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert errors == []
        assert len({engine.endpoint_url for engine in engines}) == 12
        for engine in engines:
            client = connect(engine)
            make_table(client)
            assert len(client.list_tables()["TableNames"]) == 1
            client.close()
    finally:
        for engine in engines:
            engine.stop()


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_keeps_data_as_declared(engine_name, tmp_path, end):
    with start(engine_name) as bare:
        keeps = bare.quirks.keeps_data
    if keeps == "never":
        with pytest.raises(EngineError, match="keeps no data") as caught:
            start(engine_name, data=tmp_path / "data")
        assert caught.value.code == "KX505"
        assert not (tmp_path / "data").exists()
        return
    with start(engine_name, data=tmp_path / "data") as engine:
        client = connect(engine)
        table = make_table(client)
        put(client, table, text={"S": "kept"})
        client.close()
        if end == "kill":
            os.kill(engine.pid, signal.SIGKILL)
            wait_for(lambda: not engine.running)
    with start(engine_name, data=tmp_path / "data") as engine:
        client = connect(engine)
        kept = table in client.list_tables()["TableNames"]
        assert kept == (end == "stop" or keeps == "always")
        if kept:
            assert get(client, table)["text"] == {"S": "kept"}
        client.close()


def test_keeps_nothing_without_a_folder(engine_name):
    with start(engine_name) as engine:
        client = connect(engine)
        make_table(client)
        client.close()
    with start(engine_name) as engine:
        client = connect(engine)
        assert client.list_tables()["TableNames"] == []
        client.close()


def test_refuses_a_data_folder_in_use(tmp_path):
    name = need("dynoxide")
    with start(name, data=tmp_path):
        with pytest.raises(EngineError, match="in use by another engine") as caught:
            start(name, data=tmp_path)
        assert caught.value.code == "KX505"
    start(name, data=tmp_path).stop()


def test_refuses_a_file_as_data_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be made") as caught:
        start(need("dynoxide"), data=tmp_path / "file")
    assert caught.value.code == "KX505"


def test_refuses_a_data_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "kxmodel.lock").mkdir()
    with pytest.raises(EngineError, match="cannot be written") as caught:
        start(need("dynoxide"), data=tmp_path)
    assert caught.value.code == "KX505"


def test_data_makes_auto_pass_over_an_engine_that_keeps_none(monkeypatch, tmp_path):
    monkeypatch.setitem(finding._FINDERS, "dynoxide", lambda: None)
    monkeypatch.setitem(finding._FINDERS, "ministack", lambda: None)
    assert choose("auto").name == need("moto")
    with pytest.raises(EngineError, match="no local DynamoDB that keeps data") as caught:
        start(data=tmp_path)
    assert "moto" not in caught.value.fix


def test_auto_without_any_engine_names_all(monkeypatch):
    for name in ("dynoxide", "ministack", "moto"):
        monkeypatch.setitem(finding._FINDERS, name, lambda: None)
    with pytest.raises(EngineError, match="no local DynamoDB was found") as caught:
        start()
    assert all(name in caught.value.fix for name in ("dynoxide", "ministack", "kxmodel[moto]"))


def test_a_named_engine_that_is_not_there(monkeypatch):
    monkeypatch.setitem(finding._FINDERS, "ministack", lambda: None)
    with pytest.raises(EngineError, match="no ministack was found") as caught:
        start("ministack")
    assert caught.value.code == "KX501"
    assert "kxmodel engine install ministack" in caught.value.fix


def test_unknown_name():
    with pytest.raises(EngineError, match="dynoxide, ministack, moto") as caught:
        start("dynamo")
    assert caught.value.code == "KX506"


def test_an_engine_that_dies_is_quoted(monkeypatch, tmp_path):
    fake = fake_dynoxide(tmp_path, "echo first; echo 'no such device' >&2; exit 3")
    monkeypatch.setenv("KXMODEL_DYNOXIDE", fake)
    with pytest.raises(EngineError, match=r"dynoxide 9\.9 ended while starting") as caught:
        start("dynoxide")
    assert caught.value.code == "KX502"
    assert "  | no such device" in str(caught.value)


def test_an_engine_that_cannot_be_executed(monkeypatch, tmp_path):
    fake = fake_dynoxide(tmp_path, "exit")
    monkeypatch.setenv("KXMODEL_DYNOXIDE", fake)
    found = choose("dynoxide")
    monkeypatch.setattr("kxmodel.engines.starting.find", lambda name: found)
    Path(fake).unlink()
    with pytest.raises(EngineError, match=r"cannot be run: .*No such file") as caught:
        start("dynoxide")
    assert caught.value.code == "KX502"


def test_an_engine_that_never_answers_is_ended(monkeypatch, tmp_path):
    fake = fake_dynoxide(tmp_path, f"echo $$ > {tmp_path}/pid; echo thinking; exec sleep 60")
    monkeypatch.setenv("KXMODEL_DYNOXIDE", fake)
    with pytest.raises(EngineError, match="gave no answer on port") as caught:
        start("dynoxide", timeout=3)
    assert caught.value.code == "KX504"
    assert "thinking" in str(caught.value)
    assert gone(int((tmp_path / "pid").read_text()))


def test_an_engine_that_ignores_sigterm_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr("kxmodel.engines.child.GRACE", 0.3)
    script = f"trap '' TERM; echo $$ > {tmp_path}/pid; while :; do sleep 0.1; done"
    monkeypatch.setenv("KXMODEL_DYNOXIDE", fake_dynoxide(tmp_path, script))
    with pytest.raises(EngineError):
        start("dynoxide", timeout=3)
    assert gone(int((tmp_path / "pid").read_text()))


def test_a_port_lost_to_another_process_is_tried_again(monkeypatch, tmp_path):
    real = choose(need("dynoxide")).program
    script = (
        f"if mkdir {tmp_path}/first 2>/dev/null; then echo 'Address already in use'; exit 1; fi\n"
        f'exec "{real}" "$@"'
    )
    monkeypatch.setenv("KXMODEL_DYNOXIDE", fake_dynoxide(tmp_path, script))
    with start("dynoxide") as engine:
        assert engine.running
    assert (tmp_path / "first").exists()


def test_a_port_lost_again_and_again_is_an_error(monkeypatch, tmp_path):
    script = f"echo x >> {tmp_path}/count; echo 'Address already in use'; exit 1"
    monkeypatch.setenv("KXMODEL_DYNOXIDE", fake_dynoxide(tmp_path, script))
    with pytest.raises(EngineError) as caught:
        start("dynoxide")
    assert caught.value.code == "KX503"
    assert (tmp_path / "count").read_text().count("x") == 5
