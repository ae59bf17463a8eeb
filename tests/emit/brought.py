"""A package with an emitter, as pip leaves one in site-packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''
from kxmodel.emit.emitter import Emitter, Setting
from kxmodel.emit.files import path


def ddl(tables, given):
    """One line for each table."""
    lines = [f"TABLE {t.name} ({t.hash.name}){given['end']}\\n" for t in tables]
    return {path("tables.ddl"): "".join(lines)}


EMITTER = Emitter("ddl", "one line for each table", ddl, (Setting("end", "what ends a line", ";"),))
NOT_ONE = "text"
'''


def install(folder: Path, *points: str, module: str = MODULE) -> Path:
    """Put the package ``kx_ddl`` and its metadata into `folder`. points: the entry points' lines."""
    package = folder / "kx_ddl"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(module)
    info = folder / "kx_ddl-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kx-ddl\nVersion: 1.0\n")
    (info / "RECORD").write_text("kx_ddl/__init__.py,,\n")
    (info / "entry_points.txt").write_text("\n".join(["[kxmodel.emitters]", *points, ""]))
    return folder
