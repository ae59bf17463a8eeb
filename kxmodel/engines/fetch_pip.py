"""Makes a Python environment of its own for an engine that comes from the package index."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kxmodel.engines.run import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.engines.catalogue import Engine

#: The user's pip settings that would lead the packages elsewhere or add others; the rest, such as
#: the index and the proxy, is kept.
_UNWANTED = (
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_REQUIREMENT",
    "PIP_CONSTRAINT",
)


def fetch_pip(row: Engine, folder: Path, say: Callable[[str], None]) -> None:
    """Make the environment `folder` and install the engine's pinned requirements into it.

    Each file that pip takes must have a hash of the requirements file; nothing is built from
    source, hence no code of a package runs. Raises EngineError KX507, or KX508 for a wrong hash.

    The environment works after a move: only its scripts, which nobody uses, name their place.
    """
    say(f"making a Python environment for {row.name} {row.version}")
    run([sys.executable, "-I", "-m", "venv", str(folder)], folder.parent)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    requirements = Path(__file__).parent / row.requirements
    say(f"pip install {row.name}=={row.version}, each file checked by its hash")
    command = [str(python), "-I", "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", "--quiet"]
    environment = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    run(
        [*command, "-r", str(requirements)],
        folder.parent,
        env=environment,
        refused="DO NOT MATCH THE HASHES",
    )
