"""The JSON that tbls and Liam ERD read. After a change on purpose: KXMODEL_UPDATE_GOLDEN=1"""

import json

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from kxmodel.emit.registry import emitter
from tests.emit.designs import NAMES, design, differs
from tests.emit.tables import tables
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "tbls"

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}


def closed(required: str, **members: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": members,
        "required": required.split(),
        "additionalProperties": False,
    }


LABELS = {"type": "array", "items": closed("name", name=TEXT, virtual={"type": "boolean"})}
CARDINALITY = {"enum": ["zero_or_one", "exactly_one", "zero_or_more", "one_or_more", ""]}
COLUMN = closed(
    "name type nullable",
    name=TEXT,
    type=TEXT,
    nullable={"type": "boolean"},
    default={"type": ["string", "null"]},
    extra_def=TEXT,
    labels=LABELS,
    comment=TEXT,
)
INDEX = closed(
    "name def table columns", name=TEXT, table=TEXT, columns=TEXTS, comment=TEXT, **{"def": TEXT}
)
CONSTRAINT = closed(
    "name type def table columns",
    name=TEXT,
    type=TEXT,
    table=TEXT,
    referenced_table=TEXT,
    columns=TEXTS,
    referenced_columns=TEXTS,
    comment=TEXT,
    **{"def": TEXT},
)
TABLE = closed(
    "name type columns",
    name=TEXT,
    type=TEXT,
    comment=TEXT,
    columns={"type": "array", "items": COLUMN},
    indexes={"type": "array", "items": INDEX},
    constraints={"type": "array", "items": CONSTRAINT},
    triggers={"type": "array", "maxItems": 0},
    labels=LABELS,
    referenced_tables=TEXTS,
    **{"def": TEXT},
)
RELATION = closed(
    "table columns parent_table parent_columns def",
    table=TEXT,
    columns=TEXTS,
    cardinality=CARDINALITY,
    parent_table=TEXT,
    parent_columns=TEXTS,
    parent_cardinality=CARDINALITY,
    virtual={"type": "boolean"},
    **{"def": TEXT},
)
DRIVER = closed("name", name=TEXT, database_version=TEXT, meta={"type": "object"})
#: What tbls documents: https://github.com/k1LoW/tbls/tree/main/spec
SCHEMA = closed(
    "tables",
    name=TEXT,
    desc=TEXT,
    tables={"type": "array", "items": TABLE},
    relations={"type": "array", "items": RELATION},
    driver=DRIVER,
    labels=LABELS,
)


def exported(chosen):
    (text,) = emitter("tbls").run(chosen, {}).values()
    return json.loads(text)


def check(document):
    """The documented structure; and no line leads to a table or column that is not there."""
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    columns = {t["name"]: {c["name"] for c in t["columns"]} for t in document["tables"]}
    assert len(columns) == len(document["tables"])
    for relation in document["relations"]:
        assert set(relation["columns"]) <= columns[relation["table"]]
        assert set(relation["parent_columns"]) <= columns[relation["parent_table"]]
        assert len(relation["columns"]) == len(relation["parent_columns"]) > 0
    for table in document["tables"]:
        for part in (*table["indexes"], *table["constraints"]):
            assert set(part["columns"]) <= columns[table["name"]]
        names = [constraint["name"] for constraint in table["constraints"]]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", NAMES)
def test_golden(name):
    files = emitter("tbls").run(design(name), {})
    check(json.loads(next(iter(files.values()))))
    assert differs(files, GOLDEN / name) == []


def test_an_entity_is_a_table_and_a_key_says_what_it_is_made_of():
    document = exported(design("shop"))
    found = {table["name"]: table for table in document["tables"]}
    assert [*found] == ["Customer", "Order", "OrderLine", "Product", "Invoice"]
    line = found["OrderLine"]
    assert line["referenced_tables"] == ["Order", "Product"]
    assert (
        "Made of PRODUCT#${sku}."
        in next(c for c in line["columns"] if c["name"] == "PK")["comment"]
    )
    assert {c["type"] for c in line["constraints"]} == {"PRIMARY KEY", "FOREIGN KEY"}
    assert "SK begins with ORDER#" in line["def"]


def test_a_lead_is_named_by_its_key_and_by_an_id_of_its_own():
    lines = exported(design("kxgen"))["relations"]
    assert [
        (r["table"], r["columns"], r["parent_table"], r["parent_cardinality"]) for r in lines
    ] == [
        ("Message", ["tenantId", "email_lc"], "Lead", "exactly_one"),
        ("Message", ["lead_id"], "Lead", "zero_or_one"),
    ]


def test_entities_of_one_name_are_told_apart_by_their_tables():
    one = design("membership")[0]
    other = type(one)(**{**{f: getattr(one, f) for f in one.__dataclass_fields__}, "name": "other"})
    document = exported([one, other])
    check(document)
    assert document["tables"][0]["name"] == "membership.Organisation"


@settings(max_examples=25, deadline=None)
@given(tables())
def test_whatever_a_schema_says_stays_text(table):
    document = exported([table])
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    for entity, made in zip(table.entities, document["tables"], strict=True):
        assert [c["name"] for c in made["columns"]] == [a.name for a in entity.attributes]
