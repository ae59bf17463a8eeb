"""What NoSQL Workbench is given. After a change on purpose: KXMODEL_UPDATE_GOLDEN=1 pytest tests/emit"""

import json
from dataclasses import replace

import pytest

from kxmodel.emit.registry import emitter
from kxmodel.errors import ExportError
from kxmodel.runtime.item import from_wire
from kxmodel.values import item_to_json
from tests.emit.designs import NAMES, design, differs
from tests.emit.gallery import GALLERY
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "workbench"
GIVEN = {"local-indexes": "leave-out"}


def exported(tables, **given):
    (text,) = emitter("workbench").run(tables, given or GIVEN).values()
    return json.loads(text)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "byhand"])
def test_golden(name):
    files = emitter("workbench").run(design(name), GIVEN)
    assert differs(files, GOLDEN / name) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "byhand"])
def test_sample_data_are_the_examples_of_the_schema(name):
    tables = design(name)
    for table, model in zip(tables, exported(tables)["DataModel"], strict=True):
        examples = [dict(example) for entity in table.entities for example in entity.examples]
        assert [item_to_json(from_wire(item)) for item in model["TableData"]] == [
            {
                name: sorted(v) if name in ("labels", "permissions") else v
                for name, v in each.items()
            }
            for each in examples
        ]


def test_keys_of_examples_come_from_the_templates_whatever_the_schema_says():
    (table,) = [t for t in design("kxgen") if t.name == "leads"]
    (entity,) = table.entities
    wrong = {**entity.examples[0], "contact_pk": "wrong", "GSI1PK": "wrong"}
    changed = replace(table, entities=(replace(entity, examples=(wrong,)),))
    (item,) = exported([changed])["DataModel"][0]["TableData"]
    assert item["contact_pk"] == {"S": entity.examples[0]["contact_pk"]}
    assert item["GSI1PK"] == {"S": entity.examples[0]["GSI1PK"]}


def test_an_entity_is_a_facet():
    (model,) = exported(design("membership"))["DataModel"]
    facets = {facet["FacetName"]: facet for facet in model["TableFacets"]}
    assert [*facets] == ["Organisation", "User", "Membership", "Invitation"]
    assert facets["Membership"]["KeyAttributeAlias"] == {
        "PartitionKeyAlias": "org_id",
        "SortKeyAlias": "user_id",
    }
    assert "permissions" in facets["Membership"]["NonKeyAttributes"]
    assert {"AttributeName": "permissions", "AttributeType": "SS"} in model["NonKeyAttributes"]


def test_billing_and_projection():
    (table,) = design("membership")
    index = replace(table.indexes[0], projection="INCLUDE", include=("name",))
    settings = replace(table.settings, billing="provisioned", read_capacity=3, write_capacity=4)
    changed = replace(table, indexes=(index, *table.indexes[1:]), settings=settings)
    model = exported([changed])["DataModel"][0]
    assert model["BillingMode"] == "PROVISIONED"
    assert model["ProvisionedCapacitySettings"]["ProvisionedThroughput"] == {
        "ReadCapacityUnits": 3,
        "WriteCapacityUnits": 4,
    }
    assert model["GlobalSecondaryIndexes"][0]["Projection"] == {
        "ProjectionType": "INCLUDE",
        "NonKeyAttributes": ["name"],
    }


def test_local_indexes_are_refused_unless_they_may_be_left_out():
    with pytest.raises(ExportError, match="LSI1") as refused:
        exported(design("shop"), name="shop")
    assert refused.value.code == "KX703"
    (model,) = exported(design("shop"))["DataModel"]
    assert [i["IndexName"] for i in model["GlobalSecondaryIndexes"]] == ["GSI1", "GSI2", "GSI3"]


def test_an_index_with_several_attributes_in_a_key_is_refused():
    with pytest.raises(ExportError, match="several attributes") as refused:
        exported([GALLERY])
    assert refused.value.code == "KX703"


def test_an_example_without_a_key_is_refused():
    (table,) = [t for t in design("kxgen") if t.name == "leads"]
    changed = replace(table, entities=(replace(table.entities[0], examples=({"tenantId": "t"},)),))
    with pytest.raises(ExportError, match="example 1 of Lead") as refused:
        exported([changed])
    assert refused.value.code == "KX703"
