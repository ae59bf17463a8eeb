"""The plugin in pytest runs of its own, as a user's project has them."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kxmodel.testing
from kxmodel.engines import start

ROOT = Path(kxmodel.testing.__file__).parents[2]

#: Where kxmodel is installed, pytest finds the plugin by its entry point.
_ENTRY = "kxmodel" in {entry.name for entry in importlib.metadata.entry_points(group="pytest11")}

SUITE = """
import os

def test_answers(kxmodel_engine, kxmodel_endpoint):
    print("ENGINE", kxmodel_engine.name, kxmodel_engine.pid, flush=True)
    assert kxmodel_engine.endpoint_url == kxmodel_endpoint

def test_same_engine(kxmodel_engine):
    print("ENGINE", kxmodel_engine.name, kxmodel_engine.pid, flush=True)
"""


@pytest.fixture
def run(tmp_path):
    def run(suite: str, *options: str, **variables: str) -> tuple[int, str]:
        (tmp_path / "test_suite.py").write_text(suite)
        environment = {
            k: v for k, v in os.environ.items() if k not in ("CI", "KXMODEL_TEST_ENGINE")
        }
        plugin = () if _ENTRY else ("-p", "kxmodel.testing.plugin")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", "-rs", "-W", "error", *plugin, *options],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(ROOT)} | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def engines(output: str) -> list[tuple[str, str]]:
    rows = [
        line[line.index("ENGINE") :].split() for line in output.splitlines() if "ENGINE" in line
    ]
    return [(name, pid) for _, name, pid in rows]


def test_one_engine_for_the_run(run):
    code, output = run(SUITE)
    assert code == 0, output
    first, second = engines(output)
    assert first == second


def test_option_beats_variable_beats_ini(run, tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\nkxmodel_engine = nonsense\n")
    code, output = run(SUITE)
    assert code == 1
    assert "there is no engine 'nonsense'" in output
    code, output = run(SUITE, KXMODEL_TEST_ENGINE="moto")
    assert {name for name, _ in engines(output)} == {"moto"}, output
    code, output = run(SUITE, "--kxmodel-engine", "moto", KXMODEL_TEST_ENGINE="nonsense")
    assert code == 0, output


def test_several_engines(run):
    code, output = run(SUITE, "--kxmodel-engine", "moto,auto")
    assert code == 0, output
    assert "4 passed" in output
    assert len(set(engines(output))) == 2


def test_all_engines_are_asked_for_by_name(run, tmp_path):
    code, output = run(SUITE, "--kxmodel-engine", "all", "--collect-only")
    assert code == 0, output
    assert all(f"test_answers[{name}]" in output for name in ("dynoxide", "ministack", "moto"))


def test_a_url_is_attached_to_and_left_running(run):
    with start("auto") as engine:
        code, output = run(SUITE, "--kxmodel-engine", engine.endpoint_url)
        assert code == 0, output
        assert set(engines(output)) == {("custom", "None")}
        assert engine.running


@pytest.mark.parametrize(("ci", "code", "word"), [("", 0, "skipped"), ("true", 1, "CI is set")])
def test_without_an_engine_it_skips_and_in_ci_it_fails(run, tmp_path, ci, code, word):
    missing = {"KXMODEL_CACHE": str(tmp_path), "CI": ci}
    seen, output = run(SUITE, "--kxmodel-engine", "ministack", **missing)
    assert seen == code, output
    assert word in output
    assert "kxmodel engine install ministack" in output


def test_an_engine_that_is_broken_fails_rather_than_skips(run, tmp_path):
    broken = str(tmp_path / "nothing")
    code, output = run(SUITE, "--kxmodel-engine", "dynoxide", KXMODEL_DYNOXIDE=broken)
    assert code == 1
    assert f"KXMODEL_DYNOXIDE names {broken}" in output


def test_a_run_without_the_fixtures_imports_nothing_heavy(run):
    suite = """
import sys

def test_light():
    heavy = {"botocore", "boto3", "pynamodb", "jsonschema", "kxmodel.engines", "kxmodel.runtime"}
    assert heavy & set(sys.modules) == set()
"""
    code, output = run(suite)
    assert code == 0, output


BOUND = """
import os, pathlib
import botocore.session
import pytest

LOG = pathlib.Path(os.environ["LOG"])

def client(url):
    return botocore.session.get_session().create_client(
        "dynamodb", region_name="us-east-1", endpoint_url=url)

@pytest.mark.parametrize("n", range(2))
def test_bound(kxmodel_bound, kxmodel_endpoint, n):
    from pynamodb.models import Model
    assert os.environ["AWS_ACCESS_KEY_ID"] != "precious"
    assert "AWS_PROFILE" not in os.environ
    prefix = kxmodel_bound.table_prefix
    with LOG.open("a") as log:
        print(prefix, file=log)
    made = client(kxmodel_endpoint)
    for name in (prefix + "one", prefix + "two", f"other-{n}"):
        made.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
            DeletionProtectionEnabled=name.endswith("two"),
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}])
    made.close()

def test_after(kxmodel_endpoint, monkeypatch):
    assert os.environ["AWS_ACCESS_KEY_ID"] == "precious"
    first, second = LOG.read_text().split()
    assert first != second
    monkeypatch.delenv("AWS_PROFILE")
    made = client(kxmodel_endpoint)
    assert made.list_tables()["TableNames"] == ["other-0", "other-1"]
    made.close()
"""


def test_bound_tests_share_nothing_and_leave_nothing(run, tmp_path):
    own = {"AWS_ACCESS_KEY_ID": "precious", "AWS_SECRET_ACCESS_KEY": "x", "AWS_PROFILE": "work"}
    code, output = run(BOUND, LOG=str(tmp_path / "log"), **own)
    assert code == 0, output
