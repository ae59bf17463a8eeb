"""The page of the dialect."""

from __future__ import annotations

import json
import re

import pytest

from kxmodel.dialect.metaschema import keywords, metaschema
from kxmodel.docs.markdown import line
from kxmodel.keys.filters import FILTERS
from kxmodel.site.reference.dialect import page

TEXT = page(keywords(), [*FILTERS.values()])
OURS = [name for name in metaschema()["properties"] if name.startswith("x-kx-")]


@pytest.mark.parametrize("name", OURS)
def test_a_keyword_has_an_example_that_the_dialect_allows(name):
    section = TEXT.split(f"## `{name}` {{ #{name} }}\n")[1].split("\n## ")[0]
    examples = re.findall(r"^```json\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert examples
    shown = [json.loads(f"{{{example}}}")[name] for example in examples]
    assert shown == metaschema()["properties"][name]["examples"]


def test_members_are_there_at_every_depth():
    for name in ("key.hash", "indexes.tenantIsolation", "recognise.prefix", "given", "returns"):
        assert f"\n| `{name}` |" in TEXT


def test_what_is_listed_as_allowed_is_shown():
    assert 'One of `"SS"`, `"NS"`, `"BS"`, `"B"`.' in TEXT


def test_every_filter_of_templates_is_there():
    section = TEXT.split("{ #key-templates }")[1]
    for kind in FILTERS.values():
        assert f"{kind.grammar.split('[')[0]}" in section
        assert line(kind.summary) in section


def test_it_is_on_the_site(own):
    assert {*OURS, "key-templates"} <= set(own.pages["reference/dialect/"].ids)
