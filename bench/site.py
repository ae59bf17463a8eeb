"""How long a site of 60 tables takes to build: KxGen's three, twenty times over.

Target: under 20 seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = 60
TARGET = 20.0


def main() -> int:
    """Builds it once; 0 where the target is met."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _project(place)
        begun = time.perf_counter()
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=place, check=True, env=environment)
        taken = time.perf_counter() - begun
        pages = len(list((place / "site").rglob("*.html")))
    met = taken < TARGET
    print(
        f"a site of {TABLES} tables, {pages} pages: {taken:.1f} s, target {TARGET:g} s: "
        f"{'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


def _project(place: Path) -> None:
    sources = sorted((ROOT / "schemas").glob("*.json"))
    (place / "schemas").mkdir()
    (place / "docs").mkdir()
    tables = [source for source in sources if "x-kx-table" in source.read_text("utf-8")]
    for source in sources:
        if source not in tables:
            (place / "schemas" / source.name).write_text(source.read_text("utf-8"), "utf-8")
    for number in range(TABLES):
        source = tables[number % len(tables)]
        schema = json.loads(source.read_text("utf-8"))
        schema["x-kx-table"]["name"] = f"{source.stem}-{number}"
        text = json.dumps(schema, indent=2)
        (place / "schemas" / f"{source.stem}{number}.json").write_text(text, "utf-8")
    settings = (
        '[tool.kxmodel]\nschemas = "schemas"\nmodels = "app/models"\npackage = "app.models"\n'
    )
    (place / "pyproject.toml").write_text(settings)
    site = {
        "site_name": "Many tables",
        # Without it the theme prints all pages into the navigation of each.
        "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
        "plugins": ["search", "kxmodel"],
    }
    (place / "mkdocs.yml").write_text(json.dumps(site))


if __name__ == "__main__":
    sys.exit(main())
