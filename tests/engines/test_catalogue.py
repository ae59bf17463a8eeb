from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from kxmodel.engines import ENGINES, QUIRKS, catalogue


def test_every_engine_has_its_quirks():
    assert set(ENGINES) < set(QUIRKS)


@pytest.mark.parametrize("row", ENGINES.values(), ids=list(ENGINES))
def test_every_tarball_is_pinned_by_a_whole_sha512(row):
    for tarball in row.tarballs.values():
        algorithm, _, digest = tarball.integrity.partition("-")
        assert algorithm == "sha512"
        assert len(base64.b64decode(digest, validate=True)) == 64


@pytest.mark.parametrize("row", [row for row in ENGINES.values() if row.requirements])
def test_every_requirement_is_pinned_with_hashes(row):
    text = Path(catalogue.__file__).parent.joinpath(row.requirements).read_text()
    logical = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.M))
    lines = [line for line in logical.splitlines() if line.strip()]
    assert any(line.startswith(f"{row.name}=={row.version} ") for line in lines)
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+(\s+--hash=sha256:[0-9a-f]{64})+\s*", line), line


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("linux", "x86_64", "linux-x64"),
        ("linux", "aarch64", "linux-arm64"),
        ("darwin", "arm64", "darwin-arm64"),
        ("win32", "AMD64", "win32-x64"),
        ("linux", "riscv64", "linux-riscv64"),
    ],
)
def test_platforms_in_the_words_of_npm(monkeypatch, system, machine, expected):
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert catalogue.platform_name() == expected
