from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys

import botocore.session
import pytest

from kxmodel.testing.tables import REGION, credentials, drop_tables, new_prefix
from kxmodel.values import item_from_json
from tests.report.kxgen import example, printed
from tests.report.reading.test_export import write_export


def save(path, *items) -> str:
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    return str(path)


def test_kxgens_message_as_printed_has_exactly_one_problem(project, run):
    path = project / "messages.json"
    path.write_text(json.dumps(printed(), indent=2))
    ran = run("validate", "messages.json")
    # The folder's file is meant, since a table is named without an ending.
    assert ran.code == 1
    assert ran.out.startswith(
        "messages.json:1: Message tenant123#john.doe@example.com 01HKQR5J9X8M2N3P4Q5R6S7T8U ts: "
        "is not a ULID: 'U' at position 26"
    )
    assert ran.out.endswith("1 item checked: 1 problem in 1 item\n")


def test_good_items_end_with_0(project, run):
    for name in ("messages", "leads", "personas"):
        save(project / f"{name}.jsonl", example(name))
    ran = run("validate", "messages.jsonl", "leads.jsonl", "personas.jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("3 items checked, no problem found\n")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_every_form_to_stdout_and_to_a_file(project, run, form):
    name = save(project / "messages.jsonl", printed(), example("messages"))
    to_stdout = run("validate", name, "--format", form)
    to_file = run("validate", name, "--format", form, "-o", "report")
    assert (to_stdout.code, to_file.code, to_file.out) == (1, 1, "")
    assert to_file.err == "2 items checked: 1 problem in 1 item\n"
    written = (project / "report").read_text()
    if form != "html":  # the page names its moment
        assert written == to_stdout.out
    assert "ULID" in written


def test_an_export_is_validated_without_its_table(project, run):
    write_export(project / "AWSDynamoDB" / "01-a", [example("messages"), printed()])
    ran = run("validate", "AWSDynamoDB", "--prefix", "dev-")
    assert ran.code == 1
    assert "AWSDynamoDB/01-a/data/f0.json.gz:2: Message" in ran.out


def test_limit_sample_and_examples(project, run):
    name = save(project / "messages.jsonl", *[printed()] * 50)
    assert "3 items checked: 3 problems" in run("validate", name, "--limit", "3").out
    assert run("validate", name, "--examples", "2").out.count("[KX660 format]") == 2
    assert "passed over" in run("validate", name, "--sample", "0.5").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument"),
        (("nothing.json",), "there is no table and no file 'nothing.json'"),
        (("other.json",), "other.json:1: the item has the keys of none of the tables"),
        (("other.json", "--table", "nobody"), "there is no table 'nobody'"),
        (("other.json", "--sample", "0"), "--sample"),
        (("other.json", "--sample", "2"), "--sample"),
        (("other.json", "--limit", "0"), "--limit"),
        (("other.json", "--format", "xml"), "xml"),
    ],
)
def test_usage_ends_with_2(project, run, arguments, words):
    save(project / "other.json", {"id": 1})
    ran = run("validate", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""


def test_what_cannot_be_read_or_written_ends_with_1(project, run):
    name = save(project / "messages.jsonl", example("messages"))
    ran = run("validate", name, "-o", "missing/report")
    assert (ran.code, "KX669" in ran.err) == (1, True)
    write_export(project / "ion", [], outputFormat="ION")
    ran = run("validate", "ion")
    assert (ran.code, "KX666" in ran.err) == (1, True)


def test_a_usage_error_on_the_way_leaves_the_former_report(project, run):
    (project / "report").write_text("before")
    save(project / "other.json", {"id": 1})
    assert run("validate", "other.json", "-o", "report").code == 2
    assert (project / "report").read_text() == "before"
    assert not [p for p in project.iterdir() if p.name.startswith(".report")]


def test_broken_records_are_named_and_the_rest_is_judged(project, run):
    lines = [json.dumps(printed()), "{broken", json.dumps(example("messages"))]
    packed = gzip.compress("\n".join([*lines, ""]).encode())
    (project / "messages.jsonl.gz").write_bytes(packed[:-8])
    ran = run("validate", "messages.jsonl.gz", "--format", "jsonl")
    *findings, summary = map(json.loads, ran.out.splitlines())
    assert [(f["place"], f["code"]) for f in findings] == [
        ("messages.jsonl.gz:1", "KX660"),
        ("messages.jsonl.gz:2", "KX664"),
        ("messages.jsonl.gz", "KX665"),
    ]
    assert summary["items"] == 2
    assert ran.code == 1


def _on_a_terminal(arguments, project, *, both=False, **environment) -> tuple[str, str]:
    """stdout and stderr of a run whose stderr is a terminal, or both are."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kxmodel", "validate", *arguments],
        cwd=project,
        stdout=follower if both else subprocess.PIPE,
        stderr=follower,
        text=True,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "120"} | environment,
    )
    os.close(follower)
    seen = b""
    with process:
        while True:
            try:
                data = os.read(leader, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
        out = "" if both else process.stdout.read()
    os.close(leader)
    return out, seen.decode(errors="replace")


def test_progress_is_shown_on_a_terminal_and_keeps_out_of_the_data(project):
    save(project / "messages.jsonl", *[example("messages")] * 3000)
    out, err = _on_a_terminal(["messages.jsonl", "--format", "json"], project)
    assert json.loads(out)["summary"]["items"] == 3000
    assert "messages.jsonl" in err
    assert "100 %" in err
    _, plain = _on_a_terminal(["messages.jsonl", "--format", "json"], project, NO_COLOR="1")
    assert "\x1b[3" in err  # a colour
    assert "\x1b[3" not in plain


def test_findings_stand_above_the_bar_on_a_shared_terminal(project):
    save(project / "messages.jsonl", *[printed()] * 500)
    _, seen = _on_a_terminal(["messages.jsonl"], project, both=True)
    drawn = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", part) for part in re.split(r"[\r\n]+", seen)]
    assert sum(line.startswith("messages.jsonl:") for line in drawn) == 5
    assert not [line for line in drawn if "━" in line and "KX660" in line]
    assert "500 items checked: 500 problems in 500 items" in drawn


@pytest.fixture
def live(kxmodel_engine, monkeypatch):
    """A client of an engine, and a prefix for the tables of this test."""
    prefix, url = new_prefix(), kxmodel_engine.endpoint_url
    with credentials(kxmodel_engine, monkeypatch):
        client = botocore.session.get_session().create_client(
            "dynamodb", region_name=REGION, endpoint_url=url
        )
        try:
            yield client, prefix, ("--endpoint-url", url, "--prefix", prefix)
        finally:
            drop_tables(url, prefix)


def test_a_live_table(project, run, live):
    client, prefix, where = live
    client.create_table(
        TableName=f"{prefix}messages",
        KeySchema=[
            {"AttributeName": "contact_pk", "KeyType": "HASH"},
            {"AttributeName": "ts", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": n, "AttributeType": "S"} for n in ("contact_pk", "ts")
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    for number in range(60):
        item = example("messages") | {"email_lc": f"user{number}@example.com"}
        item["contact_pk"] = f"tenant123#{item['email_lc']}"
        if number % 20 == 0:
            item["GSI1PK"] = "another"
        client.put_item(TableName=f"{prefix}messages", Item=item_from_json(item))
    ran = run("validate", "messages", *where, "--consistent", "--format", "jsonl")
    *findings, summary = map(json.loads, ran.out.splitlines())
    assert (ran.code, summary["items"], summary["bad"]) == (1, 60, 3)
    assert {(f["place"], f["path"], f["code"]) for f in findings} == {
        (f"{prefix}messages", "GSI1PK", "KX662")
    }
    assert {f["key"]["contact_pk"] for f in findings} == {
        f"tenant123#user{n}@example.com" for n in (0, 20, 40)
    }
    assert run(
        "validate", "messages", *where, "--segments", "1", "--limit", "7", "--format", "json"
    ).code in (0, 1)


def test_a_table_that_is_not_there(project, run, live):
    _, prefix, where = live
    ran = run("validate", "messages", *where)
    assert ran.code == 1
    assert "KX667" in ran.err
    assert f"{prefix}messages" in ran.err


@pytest.mark.parametrize("given", ["-", "messages.jsonl"])
def test_standard_input_is_a_file_like_others(project, given):
    example = json.loads((project / "schemas" / "messages.json").read_text())["examples"][0]
    lines = f"{json.dumps(example)}\n{json.dumps({**example, 'source': 'fax'})}\n"
    (project / "messages.jsonl").write_text(lines)
    done = subprocess.run(
        [sys.executable, "-m", "kxmodel", "validate", given, "--format", "jsonl"],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    found, summary = map(json.loads, done.stdout.splitlines())
    assert (found["place"], found["path"]) == (f"{given}:2", "source")
    assert summary["items"] == 2
