from __future__ import annotations

import dataclasses

import pytest

from kxmodel.dialect.reserved import MODEL_MEMBERS
from kxmodel.errors import SchemaError
from kxmodel.lint import lint_tables
from kxmodel.lint.rules.names import OWN_MAP_MEMBERS, OWN_MODEL_MEMBERS
from tests.lint.schemas import NOTES, TEXT, changed, clean, found, read


def members(base: type) -> list[str]:
    return [name for name in dir(base) if not name.startswith(("__", "_kx"))]


def test_no_member_of_the_runtime_can_be_hidden() -> None:
    from kxmodel.runtime import Map, Model

    assert set(members(Model)) <= OWN_MODEL_MEMBERS
    assert set(members(Map)) <= OWN_MAP_MEMBERS


@pytest.mark.parametrize("name", ["_kx_entity", "save", "query", "_partial_results"])
def test_an_attribute_named_like_a_member_of_models(name: str) -> None:
    if name in MODEL_MEMBERS:  # the reader knows PynamoDB's own
        with pytest.raises(SchemaError, match="KX122"):
            read(changed(NOTES, (f"properties/{name}", TEXT)))
        return
    finding = found("KX240", changed(NOTES, (f"properties/@@{name}", TEXT)))
    assert f"would hide {name}" in finding.message
    clean(changed(NOTES, (f"properties/{name}", {**TEXT, "x-kx-name": "other"})))


def test_a_member_named_like_one_of_nested_objects() -> None:
    name = "properties/place/properties/_kx_spec"
    bad = changed(NOTES, ("properties/place/properties/@@_kx_spec", TEXT))
    assert "every nested object" in found("KX240", bad).message
    clean(changed(NOTES, (name, {**TEXT, "x-kx-name": "spec"})))


def test_names_of_a_table_from_elsewhere() -> None:
    """The reader keeps names apart itself; other sources of tables may not."""
    table = read(NOTES)
    (entity,) = table.entities
    twice = dataclasses.replace(
        entity,
        attributes=tuple(
            dataclasses.replace(a, python_name="gsi1" if a.name == "title" else a.python_name)
            for a in entity.attributes
        ),
    )
    findings = lint_tables([dataclasses.replace(table, entities=(twice,))])
    (finding,) = [f for f in findings if f.code == "KX240"]
    assert "the index 'GSI1' and the attribute 'title' of Note are both gsi1" in finding.message
