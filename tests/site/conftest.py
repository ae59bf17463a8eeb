from __future__ import annotations

import pytest

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


@pytest.fixture(scope="session")
def own(tmp_path_factory) -> Site:
    """This repository's site."""
    return Site(build(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("own") / "site"))


@pytest.fixture(scope="session")
def shop(tmp_path_factory) -> Site:
    """Somebody's site, with a navigation and a page of their own."""
    folder = tmp_path_factory.mktemp("shop") / "project"
    config = project(folder, schemas_of("examples/shop/schemas"), {**MATERIAL, **NAV})
    (folder / "docs" / "hand-written.md").write_text(HAND_WRITTEN, "utf-8")
    return Site(build(config, folder / "site"))


@pytest.fixture(scope="session")
def membership(tmp_path_factory) -> Site:
    """A site in MkDocs' default theme."""
    folder = tmp_path_factory.mktemp("membership") / "project"
    config = project(folder, schemas_of("examples/membership/schemas"), PLAIN)
    return Site(build(config, folder / "site"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Site:
    folder = tmp_path_factory.mktemp("hostile") / "project"
    return Site(build(project(folder, {"hostile.json": schema()}, MATERIAL), folder / "site"))
