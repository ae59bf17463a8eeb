from __future__ import annotations

import os
import subprocess
import sys

import pytest

import kxmodel
from kxmodel.cli import app
from kxmodel.cli.app import VERBS

HEAVY = {"pynamodb", "botocore", "boto3", "rich", "jsonschema", "jsonschema_rs", "kxmodel.runtime"}


def kx(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kxmodel", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_version(run):
    assert run("--version").out == f"kxmodel {kxmodel.__version__}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(run, verb):
    ran = run(verb, "--help")
    assert ran.code == 0
    assert "Examples:" in ran.out
    assert f"kxmodel {verb}" in ran.out


def test_help_names_every_verb(run):
    told = run("--help").out
    assert all(f"  {verb} " in told for verb in VERBS)


def test_help_imports_nothing_heavy():
    program = (
        "import sys\nfrom kxmodel.cli import main\nmain(['--help'])\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("arguments", [["frob"], ["lint", "--nope"], ["lint", "no-such-file"]])
def test_usage_errors(run, arguments):
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "Usage: kxmodel" in ran.err


def test_an_error_of_ours_says_code_fix_and_help(run, tmp_path):
    ran = run("--project", str(tmp_path), "describe")
    assert ran.code == 2
    assert ran.err.startswith("error: KX010 no [tool.kxmodel]")
    assert "fix: " in ran.err
    assert "help: kxmodel explain KX010" in ran.err


def test_an_unexpected_exception_is_one_line_and_a_traceback_on_demand(monkeypatch, capsys):
    def fail(*_: object) -> None:
        raise RuntimeError("no\nway")

    monkeypatch.setattr("kxmodel.cli.session.Session.table", fail)
    assert app.main(["describe", "x"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("error: KX001 RuntimeError: no way\n")
    assert "this is a defect of ours" in told
    assert "Traceback" not in told
    assert app.main(["--debug", "describe", "x"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_message_cannot_steer_the_terminal(run, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.kxmodel]\n")
    (tmp_path / "schemas").mkdir()
    hostile = tmp_path / "schemas" / "\x1b[31mred.json"
    hostile.write_text("{")
    ran = run("--project", str(tmp_path), "describe")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    assert "\\x1b[31mred.json" in ran.err


def test_colour_only_on_a_terminal_and_never_with_no_color():
    pty = pytest.importorskip("pty")
    for no_color, coloured in (("", True), ("1", False)):
        leader, follower = pty.openpty()
        subprocess.run(
            [sys.executable, "-m", "kxmodel", "describe", "nothing"],
            stderr=follower,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "NO_COLOR": no_color},
            check=False,
        )
        assert (b"\x1b[" in os.read(leader, 4096)) is coloured
        os.close(leader)
        os.close(follower)


def test_a_closed_pipe_is_no_error_of_ours():
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "kxmodel", "engine", "list", "--format", "json"],
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_stdout_that_has_only_ascii():
    done = kx("describe", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell):
    ran = run("completion", shell)
    assert ran.code == 0
    assert "_KXMODEL_COMPLETE" in ran.out


def test_completion_knows_verbs_and_tables():
    def complete(words: str) -> str:
        return kx(
            env={
                **os.environ,
                "_KXMODEL_COMPLETE": "bash_complete",
                "COMP_WORDS": words,
                "COMP_CWORD": str(len(words.split()) - 1),
            }
        ).stdout

    assert "plain,generate" in complete("kxmodel ge")
    assert "plain,messages" in complete("kxmodel describe me")
