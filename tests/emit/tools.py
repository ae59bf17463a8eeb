"""Generated packages on the disk, and the tools that judge them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kxmodel.emit.files import Files

ROOT = Path(__file__).parents[2]


def put(files: Files, folder: Path) -> Path:
    """Write files as bytes, without anything of `kxmodel.emit.write`."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8"))
    return folder


def tool(name: str, *arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    """What a Python tool says; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={"PATH": "", "HOME": str(cwd), "PYTHONPATH": str(ROOT), **environment},
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def ruff(folder: Path, *ignored: str) -> None:
    """Format and rules, with this repository's configuration."""
    config = ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    tool("ruff", "format", "--diff", *config, str(folder))
    more = ["--ignore", ",".join(ignored)] if ignored else []
    tool("ruff", "check", "--output-format", "concise", *config, *more, str(folder))


def mypy(folder: Path, cache: Path, *packages: str) -> None:
    """mypy --strict over packages that stand in `folder`."""
    chosen = [flag for package in packages for flag in ("-p", package)]
    arguments = ["--strict", "--cache-dir", str(cache), "--config-file", "", *chosen]
    tool("mypy", *arguments, cwd=folder, MYPYPATH=f"{folder}:{ROOT}")
