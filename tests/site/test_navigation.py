from __future__ import annotations

from pathlib import PurePosixPath as Path

import pytest

from kxmodel.errors import ConfigError
from kxmodel.site.navigation import filled

SECTIONS = {
    "tables": [Path("tables/index.md"), ("A <b>", [Path("tables/a/index.md")])],
    "playground": [Path("playground.md")],
    "patterns": [],
}


def test_a_titled_placeholder_becomes_its_pages():
    nav = [{"Tables": "kxmodel:tables"}, {"Keys": "kxmodel:playground"}]
    assert filled(nav, SECTIONS, "mkdocs.yml") == [
        {"Tables": ["tables/index.md", {"A &lt;b&gt;": ["tables/a/index.md"]}]},
        {"Keys": "playground.md"},
    ]


def test_one_without_a_title_joins_the_list_around_it():
    nav = [{"Read": ["index.md", "kxmodel:tables", "kxmodel:playground", "kxmodel:patterns"]}]
    assert filled(nav, SECTIONS, "mkdocs.yml") == [
        {
            "Read": [
                "index.md",
                "tables/index.md",
                {"A &lt;b&gt;": ["tables/a/index.md"]},
                "playground.md",
            ]
        }
    ]


@pytest.mark.parametrize(
    "nav", [None, [], ["index.md", {"A": "a.md"}, {"B": ["https://b.example"]}]]
)
def test_anything_else_stays(nav):
    assert filled(nav, SECTIONS, "mkdocs.yml") == nav


def test_an_unknown_section_is_named_with_those_there_are():
    with pytest.raises(ConfigError) as caught:
        filled([{"A": "kxmodel:tabels"}], SECTIONS, "mkdocs.yml")
    assert "kxmodel:tabels" in str(caught.value)
    assert "tables, playground, patterns" in (caught.value.fix or "")
