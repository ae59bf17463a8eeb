from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from kxmodel.engines import catalogue, install, start
from kxmodel.engines.cache import engines_dir
from kxmodel.engines.catalogue import platform_name
from kxmodel.engines.fetch_npm import unpack
from kxmodel.engines.finding import in_cache
from kxmodel.errors import EngineError
from kxmodel.testing.ci import skip_or_fail

from .conftest import need
from .test_parent import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NPM = """#!/bin/sh
# npm pack PACKAGE --ignore-scripts --pack-destination FOLDER
echo "$2" >> {calls}
{before}
cp {tarball} "$5/package.tgz"
"""


def tarball(path: Path, *entries: tuple[str, bytes | str]) -> Path:
    """A .tgz of files (bytes) and symbolic links (text)."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                archive.addfile(info)
            else:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return path


def integrity(path: Path) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


class Registry:
    """A made-up npm on PATH that hands out one tarball, pinned as dynoxide."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        self.tarball = tarball(folder / "good.tgz", ("package/dynoxide", b"#!/bin/sh\n"))
        self.pin(self.tarball)
        self.serve()
        patch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")

    def pin(self, path: Path) -> None:
        package = catalogue.NpmTarball("@dynoxide/here", integrity(path), "package/dynoxide")
        row = dataclasses.replace(catalogue.DYNOXIDE, tarballs={platform_name(): package})
        self.patch.setitem(catalogue.ENGINES, "dynoxide", row)

    def serve(self, before: str = "", path: Path | None = None) -> None:
        npm = self.folder / "bin" / "npm"
        npm.parent.mkdir(exist_ok=True)
        calls = self.folder / "calls"
        npm.write_text(NPM.format(calls=calls, before=before, tarball=path or self.tarball))
        npm.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        calls = self.folder / "calls"
        return calls.read_text().split() if calls.exists() else []


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("KXMODEL_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def registry(tmp_path, monkeypatch):
    return Registry(tmp_path, monkeypatch)


def left_behind() -> list[str]:
    """What is in the engines' folder besides the lock."""
    return sorted(path.name for path in engines_dir().iterdir() if path.suffix != ".lock")


def test_installs_once(registry):
    said = []
    found = install("dynoxide", progress=said.append)
    assert (found.source, os.access(found.program, os.X_OK)) == ("cache", True)
    assert left_behind() == ["dynoxide-1.2.1"]
    assert said[0] == "npm pack @dynoxide/here@1.2.1"
    assert install("dynoxide") == found
    assert registry.calls == ["@dynoxide/here@1.2.1"]


def test_a_wrong_tarball_is_refused_and_leaves_nothing(registry, tmp_path):
    other = tarball(tmp_path / "other.tgz", ("package/dynoxide", b"#!/bin/sh\nrm -rf /\n"))
    registry.serve(path=other)
    with pytest.raises(EngineError, match="pinned is") as caught:
        install("dynoxide")
    assert caught.value.code == "KX508"
    assert left_behind() == []
    registry.serve()
    assert install("dynoxide").source == "cache"


def test_a_tarball_without_the_program_is_refused(registry, tmp_path):
    for entry in (("package/other", b""), ("package/dynoxide", "/bin/sh")):
        empty = tarball(tmp_path / "empty.tgz", entry)
        registry.pin(empty)
        registry.serve(path=empty)
        with pytest.raises(EngineError, match="holds no file package/dynoxide") as caught:
            install("dynoxide")
        assert caught.value.code == "KX508"
        assert left_behind() == []


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "x.tgz").write_bytes(b"hello")
    with pytest.raises(EngineError) as caught:
        unpack(tmp_path / "x.tgz", "package/dynoxide", tmp_path)
    assert caught.value.code == "KX508"


def test_paths_of_the_archive_are_never_followed(tmp_path):
    evil = tarball(
        tmp_path / "evil.tgz",
        ("../outside", b"x"),
        (str(tmp_path / "outside"), b"x"),
        ("package/dynoxide", b"program"),
    )
    folder = tmp_path / "deep" / "engine"
    folder.mkdir(parents=True)
    unpack(evil, "package/dynoxide", folder)
    assert [path.name for path in (tmp_path / "deep").rglob("*")] == ["engine", "dynoxide"]
    assert not (tmp_path / "outside").exists()


def test_a_failing_npm_is_quoted(registry):
    registry.serve(before="echo 'npm error 404 Not Found' >&2; exit 1")
    with pytest.raises(EngineError, match="npm error 404 Not Found") as caught:
        install("dynoxide")
    assert caught.value.code == "KX507"
    assert left_behind() == []


def test_an_npm_that_brings_nothing(registry):
    registry.serve(before="exit 0")
    with pytest.raises(EngineError, match="left 0 tarballs") as caught:
        install("dynoxide")
    assert caught.value.code == "KX507"


def test_without_npm_the_message_says_so(registry, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(EngineError, match="no npm on PATH") as caught:
        install("dynoxide")
    assert caught.value.code == "KX507"
    assert "ministack" in caught.value.fix


def test_a_platform_that_is_not_pinned(registry, monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "m68k")
    with pytest.raises(EngineError, match=r"no dynoxide 1\.2\.1 is pinned for .*-m68k") as caught:
        install("dynoxide")
    assert "KXMODEL_DYNOXIDE" in caught.value.fix


def test_two_at_once_install_once(registry):
    registry.serve(before="sleep 0.3")
    found, said = [], []
    threads = [
        threading.Thread(target=lambda: found.append(install("dynoxide", progress=said.append)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert registry.calls == ["@dynoxide/here@1.2.1"]
    assert any("under way" in line for line in said)


def test_waiting_for_another_installation_has_an_end(registry, monkeypatch, tmp_path):
    monkeypatch.setattr("kxmodel.engines.installing.LOCK_TIMEOUT", 0.1)
    seen = tmp_path / "seen"
    registry.serve(before=f"while [ ! -e {seen} ]; do sleep 0.05; done")
    first = threading.Thread(target=install, args=("dynoxide",))
    first.start()
    try:
        while not registry.calls:
            time.sleep(0.01)
        with pytest.raises(EngineError, match="another installation") as caught:
            install("dynoxide")
        assert caught.value.code == "KX507"
    finally:
        seen.touch()
        first.join()


def test_a_killed_installation_leaves_no_half_engine(registry, tmp_path):
    registry.serve(before=f"echo $$ > {tmp_path}/npm.pid; exec sleep 30")
    code = (
        "from kxmodel.engines import catalogue, install; import dataclasses\n"
        "package = catalogue.NpmTarball('@dynoxide/here', 'sha512-', 'x')\n"
        "catalogue.ENGINES['dynoxide'] = dataclasses.replace(\n"
        "    catalogue.DYNOXIDE, tarballs={catalogue.platform_name(): package})\n"
        "install('dynoxide')\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    while not (tmp_path / "npm.pid").exists() or not (tmp_path / "npm.pid").read_text().strip():
        time.sleep(0.01)
    process.kill()
    process.wait()
    os.kill(int((tmp_path / "npm.pid").read_text()), signal.SIGKILL)
    assert in_cache("dynoxide") is None
    assert len(left_behind()) == 1
    registry.serve()
    assert install("dynoxide").source == "cache"
    assert left_behind() == ["dynoxide-1.2.1"]


def test_a_broken_engine_is_replaced(registry):
    install("dynoxide").program.unlink()
    assert in_cache("dynoxide") is None
    assert install("dynoxide").program.exists()


def test_a_cache_that_cannot_be_written(registry, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("KXMODEL_CACHE", str(tmp_path / "file"))
    with pytest.raises(EngineError, match="cannot be installed into") as caught:
        install("dynoxide")
    assert caught.value.code == "KX507"
    assert "KXMODEL_CACHE" in caught.value.fix


def test_moto_is_only_looked_for(monkeypatch):
    assert install(need("moto")).name == "moto"
    monkeypatch.setattr("kxmodel.engines.installing.find", lambda name: None)
    with pytest.raises(EngineError) as caught:
        install("moto")
    assert "pip install 'kxmodel[moto]'" in caught.value.fix
    assert not engines_dir().exists()


def wheel(folder: Path) -> Path:
    """A ministack of two files that answers nothing."""
    path = folder / "ministack-1.5.33-py3-none-any.whl"
    info = "ministack-1.5.33.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ministack/__main__.py", "")
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: ministack\nVersion: 1.5.33\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(
            f"{info}/RECORD",
            f"ministack/__main__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
        )
    return path


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A made-up package index; returns how to pin the requirements with a hash."""
    made = wheel(tmp_path)
    requirements = tmp_path / "requirements.txt"
    row = dataclasses.replace(catalogue.MINISTACK, requirements=str(requirements))
    monkeypatch.setitem(catalogue.ENGINES, "ministack", row)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_USER", "1")
    digest = hashlib.sha256(made.read_bytes()).hexdigest()

    def pin(sha256: str = digest) -> None:
        requirements.write_text(f"ministack==1.5.33 --hash=sha256:{sha256}\n")

    return pin


def test_pip_installs_into_an_environment_of_its_own(index):
    index()
    found = install("ministack")
    assert left_behind() == ["ministack-1.5.33"]
    where = subprocess.run(
        [found.program, "-I", "-c", "import ministack; print(ministack.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(engines_dir() / "ministack-1.5.33"))
    assert install("ministack") == found


def test_pip_refuses_a_wrong_hash(index):
    index("0" * 64)
    with pytest.raises(EngineError, match="DO NOT MATCH THE HASHES") as caught:
        install("ministack")
    assert caught.value.code == "KX508"
    assert left_behind() == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dynoxide", "ministack"])
def test_the_real_engine_installs_and_starts(name, monkeypatch):
    monkeypatch.delenv("KXMODEL_DYNOXIDE", raising=False)
    try:
        found = install(name)
    except EngineError as error:
        if error.code != "KX507":
            raise
        skip_or_fail(str(error))
    monkeypatch.setattr("kxmodel.engines.starting.find", lambda name: found)
    with start(name) as engine:
        assert engine.running
