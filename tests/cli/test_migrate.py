"""The verbs that talk to a database, from plan to verify, as a person calls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from kxmodel import engines
from kxmodel.errors import EngineError
from kxmodel.migrate.client import ClientSettings, make
from kxmodel.migrate.lease import Heartbeat, Lease
from kxmodel.migrate.names import Names
from kxmodel.testing.ci import skip_or_fail
from kxmodel.testing.tables import drop_tables
from tests.migrate.clocks import many_beats

__all__ = ["many_beats"]

FIRST = '''
"""The table."""
from kxmodel.migrate import Migration, operations as op

migration = Migration(
    revision="0001_create",
    operations=[
        op.CreateTable("notes", hash="pk"),
        op.AddEntity("notes", "Note", keys={"pk": "${id}"}, schema="sha256:" + "0" * 64),
    ],
)
'''
SECOND = '''
"""Notes by owner."""
from kxmodel.migrate import Migration, operations as op

migration = Migration(
    revision="0002_by_owner",
    follows="0001_create",
    operations=[
        op.BackfillKeys("notes", entity="Note", index="GSI1", keys={"GSI1PK": "${owner}"}),
        op.VerifyKeys("notes", index="GSI1"),
        op.CreateIndex("notes", "GSI1", hash="GSI1PK"),
    ],
)
'''
WAITING = SECOND.replace(
    "    operations=[\n", "    operations=[\n        op.WaitForWriters('go!'),\n"
)


@pytest.fixture(scope="module")
def engine():
    try:
        running = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with running:
        yield running


@pytest.fixture
def at(engine, tmp_path, monkeypatch):
    """The options that name a database of the test's own, in a project with two migrations."""
    prefix = f"t{uuid4().hex[:10]}-"
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "kxmodel")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    (tmp_path / "pyproject.toml").write_text(f'[tool.kxmodel]\ntable_prefix = "{prefix}"\n')
    (tmp_path / "migrations").mkdir()
    write(tmp_path, FIRST, SECOND)
    monkeypatch.chdir(tmp_path)
    yield ("--endpoint-url", engine.endpoint_url)
    drop_tables(engine.endpoint_url, prefix)


def write(folder: Path, first: str, second: str) -> None:
    (folder / "migrations/0001_create.py").write_text(first)
    (folder / "migrations/0002_by_owner.py").write_text(second)


def put(at, count: int = 20, **more: object) -> None:
    prefix = Path("pyproject.toml").read_text().split('"')[1]
    client = make(ClientSettings(endpoint_url=at[1]))
    for number in range(count):
        item = {"pk": {"S": f"{number}"}, "id": {"S": f"{number}"}, "owner": {"S": "ann"}, **more}
        client.put_item(TableName=f"{prefix}notes", Item=item)


def test_the_whole_way_up_and_down(run, at):
    planned = run("plan", *at)
    assert planned.code == 0
    assert "Apply 0001_create\n  The table." in planned.out
    assert "3. Create the index GSI1 of notes" in planned.out
    assert [
        line["revision"] for line in json.loads(run("status", *at, "--format", "json").out)["lines"]
    ] == ["0001_create", "0002_by_owner"]
    assert run("status", "--check", *at).code == 1
    assert run("migrate", "0001", *at).code == 0
    put(at)
    done = run("migrate", *at)
    assert done.code == 0
    assert done.out == ""
    assert "[1/3] Give every stored Note of notes its key in GSI1" in done.err
    assert "20 scanned, 20 updated" in done.err
    assert "0002_by_owner: applied" in done.err
    assert "Nothing to do" in run("migrate", *at).err
    shown = run("status", "--check", *at)
    assert shown.code == 0
    assert "applied" in shown.out
    verified = run("verify", *at)
    assert verified.code == 0
    assert "GSI1: 20 entries, as its table says" in verified.out
    refused = run("migrate", "-1", *at)
    assert refused.code == 1
    assert "KX645" in refused.err
    assert "--allow-destructive" in refused.err
    down = run("plan", "-1", *at)
    assert "LOSES the index GSI1 of notes" in down.out
    assert run("migrate", "-1", "--allow-destructive", *at).code == 0
    assert "rolled back" in run("status", *at).out


def test_bad_items_end_with_four_and_are_reported(run, at):
    run("migrate", "1", *at)
    put(at, 3, owner={"L": []})
    done = run("migrate", *at)
    assert done.code == 4
    assert "3 bad items were left as they are" in done.err
    report = Path(done.err.rsplit("All of them: ", 1)[1].strip())
    assert len(report.read_text().splitlines()) == 3
    assert "applied with exceptions" in run("status", *at).out


def test_a_project_that_cannot_be_written_is_migrated_without_a_report(run, at):
    """As in a container whose root file system is read-only."""
    run("migrate", "1", *at)
    put(at, 3, owner={"L": []})
    Path(".kxmodel").write_text("in the way")
    done = run("migrate", *at)
    assert done.code == 4
    assert "reports cannot be written; of bad items the first are named" in done.err
    assert "3 bad items were left as they are" in done.err
    assert "All of them" not in done.err
    assert "3 exceptions" in run("status", *at).out


def test_a_wait_ends_with_three_until_confirmed(run, at, tmp_path):
    write(tmp_path, FIRST, WAITING)
    first = run("migrate", *at)
    assert first.code == 3
    assert "Waiting: go!" in first.err
    assert "go!" in run("status", *at).out
    assert run("migrate", "--confirm", *at).code == 0


def test_a_pause_holds_a_run_and_a_rate_needs_a_number(run, at):
    run("migrate", "1", *at)
    assert run("pause", *at).code == 0
    held = run("migrate", "--max-seconds", "1", *at)
    assert held.code == 3
    assert "paused by" in held.err
    assert "Paused by" in run("status", *at).out
    assert run("resume", *at).code == 0
    assert run("rate", "500", *at).code == 0
    assert run("rate", *at).code == 2
    assert run("migrate", *at).code == 0


def test_nothing_to_pause(run, at):
    assert run("pause", *at).code == 1


def test_faking_and_assuming(run, at):
    assert run("migrate", "--assume-applied", *at).code == 1
    assert run("migrate", "--fake", "--assume-applied", *at).code == 2
    faked = run("migrate", "--fake", *at)
    assert faked.code == 0
    assert "recorded 0002_by_owner" in faked.err
    assert run("status", "--check", *at).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("migrate", "0007"), 2, "KX611"),
        (("migrate", "--no-such"), 2, "there is no option --no-such"),
        (("plan", "+9"), 2, "KX611"),
        (("migrate", "--max-wcu", "0"), 2, "max-wcu"),
        (("migrate", "--prefix", "ä"), 2, "cannot be the name of a table"),
        (("status", "--profile", "nobody-has-this"), 2, "no client can be made"),
    ],
)
def test_what_cannot_mean_anything(run, at, arguments, code, told):
    ran = run(*arguments, *at)
    assert ran.code == code
    assert told in ran.err


def test_an_endpoint_that_is_no_url(run, at):
    ran = run("status", "--endpoint-url", "nowhere")
    assert ran.code == 2
    assert "no client can be made" in ran.err


def test_a_changed_file_is_refused(run, at, tmp_path):
    run("migrate", *at)
    write(tmp_path, FIRST, SECOND.replace("${owner}", "${owner|lower}"))
    ran = run("migrate", *at)
    assert ran.code == 1
    assert "KX646" in ran.err
    assert "changed" in run("status", *at).out


def test_a_signal_stops_it_cleanly_and_it_goes_on(run, at, tmp_path):
    slow = "import time\ndef slow(context):\n    for _ in range(200):\n        context.check()\n        time.sleep(0.1)\n"
    text = SECOND.replace("\nmigration", f"\n{slow}\nmigration", 1)
    write(tmp_path, FIRST, text.replace("operations=[\n", "operations=[op.RunPython(slow),\n"))
    process = subprocess.Popen(
        [sys.executable, "-m", "kxmodel", "migrate", *at], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Run slow()" in line:
            break
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 3
    assert "Stopped: it was asked to by SIGTERM" in told
    assert "0 of 4" in run("status", *at).out


def test_a_second_signal_ends_it_at_once(run, at, tmp_path):
    deaf = "import time\ndef deaf(context):\n    time.sleep(60)\n"
    text = SECOND.replace("\nmigration", f"\n{deaf}\nmigration", 1)
    write(tmp_path, FIRST, text.replace("operations=[\n", "operations=[op.RunPython(deaf),\n"))
    process = subprocess.Popen(
        [sys.executable, "-m", "kxmodel", "migrate", *at], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Run deaf()" in line:
            process.send_signal(signal.SIGTERM)
        if "Stopping: what is under way" in line:
            process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM
    assert "running" in run("status", *at).out


def test_a_closed_pipe_ends_no_run(run, at):
    """As in `kxmodel migrate 2>&1 | head -1`, or where the program that keeps the log dies."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kxmodel", "migrate", *at], stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    process.stderr.close()
    assert process.wait(60) == 0
    assert run("status", "--check", *at).code == 0


def test_processes_do_the_work(run, at):
    run("migrate", "0001", *at)
    put(at)
    done = run("migrate", *at, "--executor", "processes", "--workers", "2")
    assert done.code == 0
    assert "20 scanned, 20 updated" in done.err
    verified = run("verify", *at, "--executor", "processes")
    assert verified.code == 0
    assert "GSI1: 20 entries" in verified.out


@pytest.mark.parametrize("verb", ["migrate", "verify"])
def test_two_executors_are_one_too_many(run, at, verb):
    ran = run(verb, *at, "--executor", "threads", "--dask", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert "--executor and --dask exclude each other" in ran.err


@pytest.mark.parametrize("verb", ["migrate", "verify"])
def test_dask_that_is_not_installed(run, at, verb, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run(verb, *at, "--dask", "tcp://127.0.0.1:9")
    assert ran.code == 1
    assert "KX633" in ran.err
    assert "pip install 'kxmodel[dask]'" in ran.err


@pytest.mark.slow
def test_ctrl_c_reaches_all_processes_and_the_run_ends_cleanly(run, at):
    run("migrate", "0001", *at)
    put(at, 600)
    command = [sys.executable, "-m", "kxmodel", "migrate", *at, "--executor", "processes"]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--max-wcu", "60"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "[1/3]" in line:
            break
    time.sleep(4)
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 3, told
    assert "Stopped: it was asked to by SIGINT" in told
    assert "Traceback" not in told
    done = run("migrate", *at)
    assert done.code == 0
    assert "600 scanned" in done.err


@pytest.mark.usefixtures("many_beats")
def test_a_repair_tells_what_it_did_and_holds_the_lease(run, at):
    run("migrate", *at)
    put(at)
    looked = run("verify", *at)
    assert looked.code == 1
    assert "20 scanned, 20 with other keys than theirs" in looked.out
    assert "kxmodel verify --repair" in looked.err
    prefix = Path("pyproject.toml").read_text().split('"')[1]
    lease = Lease(make(ClientSettings(endpoint_url=at[1])), Names(prefix).history_table)
    lease.take()
    with Heartbeat(lease):
        assert "KX640" in run("verify", "--repair", *at).err
        beside = run("verify", *at)
        assert beside.code == 1
        assert "Meanwhile the lease is held by" in beside.err
    lease.release()
    repaired = run("verify", "--repair", *at)
    assert repaired.code == 0
    assert "20 scanned, 20 repaired" in repaired.out
    assert run("verify", *at).code == 0


def proving(at) -> bool:
    """Whether a proof is under way: the ledger has its units."""
    prefix = Path("pyproject.toml").read_text().split('"')[1]
    client = make(ClientSettings(endpoint_url=at[1]))
    rows = client.scan(TableName=f"{prefix}kxmodel_ledger", ConsistentRead=True)["Items"]
    return any(row["run"]["S"].startswith("verify/") for row in rows)


@pytest.mark.parametrize("repair", [(), ("--repair",)])
def test_a_signal_stops_a_proof_cleanly(run, at, repair):
    run("migrate", *at)
    put(at, 300)
    command = [sys.executable, "-m", "kxmodel", "verify", *at, *repair, "--max-rcu", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not proving(at):
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    assert "stopped" in out
    assert "Stopped: it was asked to by SIGTERM" in err
    assert "Running by" not in run("status", *at).out
