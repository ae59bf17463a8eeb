from __future__ import annotations

import json

import pytest

from kxmodel.docs.keyfields import given, key_fields
from kxmodel.docs.project import Project
from tests.emit.designs import NAMES, design
from tests.emit.typescript.scopes import sources_of


def told(tables):
    text = key_fields(Project(tables=tuple(tables), package="x"))
    assert text.startswith("export default ")
    assert text.isascii()
    return json.loads(text.removeprefix("export default ").removesuffix(";\n"))


@pytest.mark.parametrize("name", NAMES)
def test_what_keys_are_made_of_is_asked_for_and_nothing_else(name):
    tables = design(name)
    for table, shown in zip(tables, told(tables), strict=True):
        assert shown["name"] == table.name
        for entity, each in zip(table.entities, shown["entities"], strict=True):
            asked = {field["path"] for field in each["fields"]}
            keys = [t for keys in (entity, *entity.indexes) for t in keys.keys.values()]
            tests = [path for i in entity.indexes if i.when for path in i.when.sources]
            paths = [path for template in keys for path in template.sources]
            assert asked == set(given(entity, [*paths, *tests])) <= set(sources_of(entity))
            assert [p["index"] for p in each["places"]] == [
                None,
                *(i.index for i in entity.indexes),
            ]


def test_a_place_says_what_it_needs_and_when():
    (persona,) = next(t for t in told(design("kxgen")) if t["name"] == "personas")["entities"]
    place = next(p for p in persona["places"] if p["index"] == "GSI2")
    assert "templateCategory" in place["sources"]
    # It has a default.
    assert "popularityScore" not in place["sources"]
    assert place["when"]


def test_a_derived_attribute_goes_back_to_what_it_is_made_of():
    for table in design("byhand"):
        for entity in table.entities:
            derived = {a.name for a in entity.attributes if a.derive}
            assert not derived & set(given(entity, [*derived, "other"]))
