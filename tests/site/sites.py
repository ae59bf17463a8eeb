"""Sites built for tests, and what stands in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]

#: The theme's own settings are those of this repository's site.
MATERIAL = {
    "theme": {
        "name": "material",
        "font": False,
        "features": ["content.action.edit"],
        "palette": [
            {"media": f"(prefers-color-scheme: {scheme})", "scheme": name, "primary": "indigo",
             "toggle": {"icon": icon, "name": scheme}}
            for scheme, name, icon in (("light", "default", "material/weather-night"),
                                       ("dark", "slate", "material/weather-sunny"))
        ],
    },
    "extra_css": ["contrast.css"],
}  # fmt: skip
#: MkDocs' default theme takes its highlighter from elsewhere unless told not to.
PLAIN = {"theme": {"name": "mkdocs", "highlightjs": False}}


def build(config: Path, out: Path) -> Path:
    """The site of a mkdocs.yml; not even a warning is let through."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(out)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return out


def project(
    folder: Path, schemas: Mapping[str, str], config: Mapping[str, object], name: str = "Shop & co"
) -> Path:
    """A project with these schemas and a mkdocs.yml; the place of the latter."""
    (folder / "schemas").mkdir(parents=True)
    for file, text in schemas.items():
        (folder / "schemas" / file).write_text(text, "utf-8")
    (folder / "pyproject.toml").write_text(
        '[tool.kxmodel]\nschemas = "schemas"\nmodels = "shop/models"\npackage = "shop.models"\n'
    )
    (folder / "docs").mkdir()
    contrast = ROOT / "docs" / "stylesheets" / "contrast.css"
    (folder / "docs" / "contrast.css").write_text(contrast.read_text("utf-8"), "utf-8")
    settings = {"site_name": name, "plugins": ["search", "kxmodel"], **config}
    (folder / "mkdocs.yml").write_text(json.dumps(settings), "utf-8")
    return folder / "mkdocs.yml"


def schemas_of(folder: str) -> dict[str, str]:
    """The schema files of a design of this repository."""
    return {p.name: p.read_text("utf-8") for p in sorted((ROOT / folder).glob("*.json"))}


@dataclass
class Html(HTMLParser):
    """What a page links to, what it loads, and what can be linked to in it."""

    text: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and {"stylesheet", "icon"} & set(given.get("rel", "").split()):
            self.loads.append(given["href"])
        elif tag == "link" and given.get("rel", "").split() == ["alternate"]:
            self.links.append(given["href"])
        if "src" in given or tag == "object":
            self.loads.append(given.get("src") or given.get("data", ""))


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Address below the root, e.g. ``tables/leads/`` -> page."""
        return {
            p.parent.relative_to(self.folder).as_posix().removeprefix(".") + "/"
            if p.parent != self.folder
            else "": Html(p.read_text("utf-8"))
            for p in sorted(self.folder.rglob("index.html"))
        }

    def broken(self) -> list[str]:
        """Links that lead nowhere, and whatever is loaded from elsewhere."""
        found = []
        for address, page in self.pages.items():
            for target in (*page.links, *page.loads):
                reason = self._reason(address, target, loaded=target in page.loads)
                if reason:
                    found.append(f"{address or '/'} -> {target}: {reason}")
        return found

    def _reason(self, address: str, target: str, *, loaded: bool) -> str:
        url = urlsplit(target)
        if url.scheme or url.netloc:
            return "from elsewhere" if loaded and url.scheme != "data" else ""
        base = self.folder / address
        place = base / unquote(url.path) if url.path else base
        if place.is_dir():
            place /= "index.html"
        place = place.resolve()
        if not place.is_file():
            return "no such file"
        if not url.fragment or place.suffix != ".html":
            return ""
        there = place.parent.relative_to(self.folder.resolve()).as_posix()
        page = self.pages["" if there == "." else f"{there}/"]
        return "" if unquote(url.fragment) in page.ids else "no such anchor"
