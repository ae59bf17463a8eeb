from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.site.browsing import close_browser
from tests.site.hostile import schema
from tests.site.sites import MATERIAL, PLAIN, ROOT, Site, build, project, schemas_of

NAV = {
    "nav": [
        "index.md",
        {"Read": "hand-written.md"},
        {"Tables": "kxmodel:tables"},
        {"Asked": ["kxmodel:patterns", "kxmodel:playground"]},
        {"History": "kxmodel:migrations"},
    ],
    "site_url": "https://example.com/shop/",
    "edit_uri": "https://example.com/edit/main/docs/",
}
HAND_WRITTEN = """\
# By hand

<div class="kx-sortable" markdown="1">

| Name | Cost |
| --- | --- |
| b | 10 |
| a | 9 |
| C | 100 |

</div>

<div data-kx-filter="I want" markdown="1">
<div data-kx-group="messages" markdown="1">

- messages by lead
- messages by tenant

</div>
<div data-kx-group="leads" markdown="1">

- leads by phone

</div>
</div>
"""


@pytest.fixture(scope="session", autouse=True)
def _browser() -> Iterator[None]:
    """Whoever needs the browser first starts it."""
    yield
    close_browser()


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Callable[[str, Callable[[Path], Path]], Site]:
    """Builds a site once for all workers of a run: name, and what builds it in a folder -> site."""
    everybody = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        everybody = everybody.parent

    def made(name: str, build_in: Callable[[Path], Path]) -> Site:
        folder, done = everybody / f"site-{name}", everybody / f"site-{name}.done"
        with (everybody / f"site-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                done.write_text(str(build_in(folder)))
        return Site(Path(done.read_text()))

    return made


@pytest.fixture(scope="session")
def own(built) -> Site:
    """This repository's site."""
    return built("own", lambda folder: build(ROOT / "mkdocs.yml", folder / "site"))


@pytest.fixture(scope="session")
def shop(built) -> Site:
    """Somebody's site, with a navigation and a page of their own."""

    def make(folder: Path) -> Path:
        schemas = schemas_of("examples/shop/schemas")
        config = project(folder / "project", schemas, {**MATERIAL, **NAV})
        (folder / "project" / "docs" / "hand-written.md").write_text(HAND_WRITTEN, "utf-8")
        return build(config, folder / "site")

    return built("shop", make)


@pytest.fixture(scope="session")
def membership(built) -> Site:
    """A site in MkDocs' default theme."""

    def make(folder: Path) -> Path:
        schemas = schemas_of("examples/membership/schemas")
        return build(project(folder / "project", schemas, PLAIN), folder / "site")

    return built("membership", make)


@pytest.fixture(scope="session")
def themed(built) -> Callable[..., Site]:
    """The membership design, or the hostile one, in another theme, as its users mostly have it."""
    themes = {
        "bootstrap": PLAIN,
        "bootstrap_dark": {"theme": {**PLAIN["theme"], "color_mode": "dark"}},
        "readthedocs": {"theme": {**PLAIN["theme"], "name": "readthedocs"}},
        "material_plain": {"theme": {"name": "material", "font": False}},
    }

    def make(name: str, design: str = "membership") -> Site:
        def build_in(folder: Path) -> Path:
            schemas = (
                {"hostile.json": schema()}
                if design == "hostile"
                else schemas_of(f"examples/{design}/schemas")
            )
            return build(project(folder / "project", schemas, themes[name]), folder / "site")

        return built(f"themed-{name}-{design}", build_in)

    return make


@pytest.fixture(scope="session")
def hostile(built) -> Site:
    def make(folder: Path) -> Path:
        return build(
            project(folder / "project", {"hostile.json": schema()}, MATERIAL), folder / "site"
        )

    return built("hostile", make)
