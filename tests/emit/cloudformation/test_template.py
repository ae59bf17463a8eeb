"""The template itself, and what cfn-lint says of it."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kxmodel import ir
from kxmodel.emit.cloudformation import EMITTER
from kxmodel.emit.labels import camel
from kxmodel.errors import ExportError
from tests.emit.designs import NAMES, design, differs
from tests.emit.infra import provisions
from tests.emit.linting import faults
from tests.emit.tables import small
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "cloudformation"
HELD = {"max_read": "500", "max_write": "40", "utilisation": "60"}
FIXED = small(settings=ir.Settings(read_capacity=5, write_capacity=5))


def text(tables, **given):
    (written,) = EMITTER.run(tables, given).values()
    return written


def template(*tables, **given):
    return json.loads(text(tables, **given))


@pytest.mark.parametrize("name", NAMES)
def test_golden(name):
    files = EMITTER.run(design(name), {})
    assert differs(files, GOLDEN / name) == []
    assert [faults(written) for written in files.values()] == [[]]


def test_with_capacity_held():
    assert faults(text(design("byhand"), **HELD)) == []


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a run of cfn-lint takes seconds: no time to shrink by it
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(provisions(), min_size=3, max_size=3, unique_by=lambda table: camel(table.name)))
def test_any_tables_pass_cfn_lint(tables):
    written = text(tables)
    assert written == text(reversed(tables))
    assert faults(written) == []


def test_a_linter_that_sees_faults():
    """The checks above are worth something: a wrong template does not pass them."""
    wrong = template(FIXED)
    del wrong["Resources"]["ThingsTable"]["Properties"]["ProvisionedThroughput"]
    wrong["Resources"]["ThingsTable"]["Properties"]["Colour"] = "red"
    assert len(faults(json.dumps(wrong))) >= 2


def test_tables_outlive_their_stack():
    for resource in template(*design("kxgen"))["Resources"].values():
        if resource["Type"] == "AWS::DynamoDB::Table":
            assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"


def test_all_key_attributes_are_defined_and_no_others():
    for name in NAMES:
        for table in design(name):
            made = template(table)["Resources"]
            (properties,) = (
                r["Properties"] for r in made.values() if r["Type"] == "AWS::DynamoDB::Table"
            )
            schemas = [properties["KeySchema"]]
            for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
                schemas += [index["KeySchema"] for index in properties.get(kind, ())]
            used = {each["AttributeName"] for schema in schemas for each in schema}
            assert used == {d["AttributeName"] for d in properties["AttributeDefinitions"]}


def test_a_key_of_several_attributes():
    indexes = template(*design("byhand"))["Resources"]["GalleryV2Table"]["Properties"]
    (index,) = indexes["GlobalSecondaryIndexes"]
    assert [(k["AttributeName"], k["KeyType"]) for k in index["KeySchema"]] == [
        ("tenant", "HASH"),
        ("kind", "HASH"),
        ("size", "RANGE"),
        ("made", "RANGE"),
    ]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("aws-owned", {"SSEEnabled": False}),
        ("aws-managed", {"SSEEnabled": True, "SSEType": "KMS"}),
        ("alias/x", {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": "alias/x"}),
    ],
)
def test_encryption(key, said):
    made = template(small(settings=ir.Settings(encryption=key)))
    assert made["Resources"]["ThingsTable"]["Properties"]["SSESpecification"] == said


def test_an_alarm_tells_nobody_without_a_topic():
    made = template(small())
    alarms = [r for r in made["Resources"].values() if r["Type"] == "AWS::CloudWatch::Alarm"]
    assert alarms
    for alarm in alarms:
        assert alarm["Properties"]["AlarmActions"]["Fn::If"][0] == "HasAlarmTopic"


def test_texts_of_a_schema_are_no_functions():
    table = small(settings=ir.Settings(ttl="${AWS::AccountId}", tags={"a": '{"Ref": "Prefix"}'}))
    properties = template(table)["Resources"]["ThingsTable"]["Properties"]
    assert properties["TimeToLiveSpecification"]["AttributeName"] == "${AWS::AccountId}"
    assert properties["Tags"] == [{"Key": "a", "Value": '{"Ref": "Prefix"}'}]


def test_scaling_between_what_is_provisioned_and_the_most():
    made = template(FIXED, max_read="50")["Resources"]
    assert made["ThingsTableReadScalingTarget"]["Properties"]["MaxCapacity"] == 50
    assert made["ThingsTableWriteScalingTarget"]["Properties"]["MinCapacity"] == 5
    assert not [name for name in template(small())["Resources"] if "Scaling" in name]


def test_more_resources_than_a_stack_has():
    tables = [replace(small(f"table{n:03}"), indexes=()) for n in range(200)]
    with pytest.raises(ExportError, match="600 resources") as caught:
        text(tables)
    assert caught.value.code == "KX703"


def test_the_prefix_leaves_room_for_the_longest_name():
    pattern = template(small("x" * 250))["Parameters"]["Prefix"]["AllowedPattern"]
    assert pattern.endswith("{0,5}")
