"""The wheel in an empty environment, with no source tree beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kxmodel

ROOT = Path(__file__).parents[2]


def sh(*command: object, **options) -> str:
    kept_out = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "CI")
    environment = {name: value for name, value in os.environ.items() if name not in kept_out}
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    sh(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The bin folder of an environment that holds the wheel and the locked requirements alone."""
    home = tmp_path_factory.mktemp("home")
    sh(sys.executable, "-m", "venv", "--without-pip", home / "env", cwd=home)
    scripts = home / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python", "--disable-pip-version-check",
           "install", "--quiet", "--no-compile")  # fmt: skip
    sh(*pip, "--require-hashes", "-r", ROOT / "requirements/base.txt", cwd=home)
    sh(*pip, "--no-deps", wheel, cwd=home)
    return scripts


def test_what_is_in_it(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "kxmodel/py.typed",
        "kxmodel/dialect/metaschema.json",
        "kxmodel/engines/ministack.txt",
        "kxmodel/models/_schema/messages.py",
        "kxmodel/scaffold/files/notes.json",
        "kxmodel/scaffold/files/example.txt",
        f"kxmodel-{kxmodel.__version__}.dist-info/licenses/LICENSE",
    } <= names
    tracked = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kxmodel").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if not name.startswith("kxmodel-")} == tracked


def test_models_import_and_validate(installed, tmp_path):
    program = """
import kxmodel, pathlib, sys
from kxmodel.models import Lead, Message, Persona
assert "site-packages" in pathlib.Path(kxmodel.__file__).parts
message = Message(tenant_id="t#", email_lc="nobody", source="fax", direction="inbound", text="")
try:
    message.serialize()
except kxmodel.KxError as error:
    print(error.code, sorted(problem.pointer for problem in error.problems))
good = Message(tenant_id="t", email_lc="A@b.co", source="sms", direction="inbound", text="")
print(good.serialize()["contact_pk"])
print(kxmodel.__version__)
"""
    told = sh(installed / "python", "-W", "error", "-c", program, cwd=tmp_path).splitlines()
    assert told == [
        "KX401 ['email_lc', 'source', 'tenantId']",
        "{'S': 't#a@b.co'}",
        kxmodel.__version__,
    ]


def test_the_command_works(installed, tmp_path):
    command = installed / "kxmodel"
    assert sh(command, "--version", cwd=tmp_path) == f"kxmodel {kxmodel.__version__}\n"
    sh(command, "init", cwd=tmp_path)
    assert sh(command, "lint", "--strict", cwd=tmp_path) == "no findings\n"
    sh(command, "generate", cwd=tmp_path)
    sh(command, "generate", "--check", cwd=tmp_path)
    assert "Note.by_status" in sh(command, "describe", cwd=tmp_path)
    assert "dynoxide" in sh(command, "engine", "list", cwd=tmp_path)
