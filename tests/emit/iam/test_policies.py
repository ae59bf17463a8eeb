"""The policies as documents: golden files, cfn-lint, IAM's limits."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from kxmodel import ir
from kxmodel.emit.iam import EMITTER
from kxmodel.errors import ExportError
from tests.emit.designs import NAMES, design, differs
from tests.emit.linting import faults as faults_of
from tests.emit.tables import small
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "iam"
KEYED = (
    small("aliased", settings=ir.Settings(encryption="alias/tables"), tenant="id"),
    small("keyed", settings=ir.Settings(encryption="arn:aws:kms:eu-west-1:123456789012:key/1-2")),
)


def faults(files):
    """What cfn-lint finds in the policies, each as a managed one."""
    policies = [json.loads(text) for path, text in files.items() if path.suffix == ".json"]
    assert policies
    resources = {
        f"Policy{number}": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": policy},
        }
        for number, policy in enumerate(policies)
    }
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    return faults_of(json.dumps(template))


@pytest.mark.parametrize("name", NAMES)
def test_golden(name):
    files = EMITTER.run(design(name), {})
    assert differs(files, GOLDEN / name) == []
    assert faults(files) == []


def test_with_keys_of_their_own_and_one_place():
    files = EMITTER.run(KEYED, {"region": "eu-west-1", "account": "123456789012"})
    assert faults(files) == []
    reader = files[PurePosixPath("reader.json")]
    assert '"kms:ResourceAliases": "alias/tables"' in reader
    assert '"arn:aws:kms:eu-west-1:123456789012:key/*"' in reader
    assert reader.count("kms:ViaService") == 2
    assert "Narrower still" not in files[PurePosixPath("NOTES.md")]


def test_a_linter_that_sees_faults():
    wrong = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Perhaps", "Action": "dynamodb:Scan"}],
    }
    assert faults({PurePosixPath("x.json"): json.dumps(wrong)})


def test_a_policy_that_is_too_long_is_several():
    tables = [replace(small(f"table{n:03}"), settings=ir.Settings()) for n in range(60)]
    files = EMITTER.run(tables, {"role": "writer"})
    assert [path.name for path in files] == [f"writer-{n}.json" for n in (1, 2, 3, 4)]
    statements = [s for text in files.values() for s in json.loads(text)["Statement"]]
    assert len(statements) == len({s["Sid"] for s in statements}) == 120
    assert all(len("".join(text.split())) <= 6144 for text in files.values())


def test_a_name_that_no_policy_can_hold_is_refused():
    shared = ir.Index("GSI1", "gsi1", (ir.KeyAttribute("名"),), tenant_isolation="none")
    table = small(indexes=(shared,), tenant="id")
    with pytest.raises(ExportError, match="U\\+00FF") as caught:
        EMITTER.run([table], {"public": "things/GSI1"})
    assert caught.value.code == "KX703"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("account", "12"),
        ("region", "Frankfurt"),
        ("prefix", "a*"),
        ("tag", "a}"),
        ("public", "leads/GSI1"),
        ("public", "leads"),
        ("public", "nothing/GSI1"),
        ("history", "x/index/*"),
    ],
)
def test_settings_that_do_not_fit(name, text):
    with pytest.raises(ExportError, match=name) as caught:
        EMITTER.run(design("kxgen"), {name: text})
    assert caught.value.code == "KX701"


def test_one_role_alone_is_one_file():
    assert [*EMITTER.run(design("kxgen"), {"role": "reader"})] == [PurePosixPath("reader.json")]


def test_prefix_and_partition():
    text = EMITTER.run(design("kxgen"), {"role": "reader", "prefix": "dev-", "partition": "aws-cn"})
    assert (
        "arn:aws-cn:dynamodb:*:*:table/dev-leads/index/GSI1" in text[PurePosixPath("reader.json")]
    )


def test_hostile_names_are_code_in_the_notes():
    table = small(tenant="id", entity="Thing")
    hidden = ir.Attribute("`<script>` | \u202e", "x", ir.MapOf("M"))
    entity = replace(
        table.entities[0],
        attributes=(*table.entities[0].attributes, hidden),
        indexes=(ir.IndexKeys("GSI1", {"pk": table.entities[0].keys["pk"]}),),
    )
    index = ir.Index("GSI1", "gsi1", (ir.KeyAttribute("pk"),), tenant_isolation="none")
    notes = EMITTER.run(
        [replace(table, entities=(entity,), indexes=(index,))], {"public": "things/GSI1"}
    )[PurePosixPath("NOTES.md")]
    assert "`` `<script>` | \\u202e ``" in notes
