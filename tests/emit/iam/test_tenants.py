"""What a principal of one tenant may do and may not, by the evaluator."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kxmodel import ir
from kxmodel.emit.iam import EMITTER
from kxmodel.errors import KxError
from kxmodel.keys import parse, parse_condition, render
from tests.emit.designs import design
from tests.emit.iam.evaluator import Evaluator, Request
from tests.emit.tables import small

ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/"
READS = ("BatchGetItem", "GetItem", "Query")
WRITES = ("BatchWriteItem", "ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem")
FORBIDDEN = (
    "Scan",
    "PartiQLSelect",
    "PartiQLUpdate",
    "DeleteTable",
    "DescribeStream",
    "GetRecords",
)
#: Both ways in which AWS may treat a wildcard inside a tag.
BOTH = pytest.mark.parametrize("wild", [False, True])


def policies(tables, role, **given):
    files = EMITTER.run(tables, {"role": role, **given})
    return [json.loads(text) for path, text in files.items() if path.suffix == ".json"]


class Tenant:
    """A principal with a tag, under a role's policies."""

    def __init__(self, tables, tag, *, role="tenant-writer", wild=False, **given):
        self.evaluator = Evaluator(policies(tables, role, **given), wild)
        self.tag = tag

    def may(self, action, resource, *keys, **context):
        found = {f"dynamodb:{name}": value for name, value in context.items()}
        if self.tag is not None:
            found["aws:PrincipalTag/tenant"] = self.tag
        if keys:
            found["dynamodb:LeadingKeys"] = list(keys)
        return self.evaluator.allows(Request(f"dynamodb:{action}", ARN + resource, found))


@pytest.fixture(scope="module")
def kxgen():
    return design("kxgen")


@pytest.mark.parametrize("table", ["leads", "messages", "personas"])
@pytest.mark.parametrize("action", READS + WRITES)
def test_own_items_and_no_others(kxgen, table, action):
    tenant = Tenant(kxgen, "a")
    assert tenant.may(action, table, "a#x@y.co")
    for key in ("b#x@y.co", "ab#x@y.co", "a", "A#x@y.co", "#x@y.co", "b#a#x"):
        assert not tenant.may(action, table, key)
    assert not tenant.may(action, table, "a#x@y.co", "b#x@y.co")
    assert not tenant.may(action, table)


def test_a_reader_writes_nothing(kxgen):
    tenant = Tenant(kxgen, "a", role="tenant-reader")
    assert all(tenant.may(action, "leads", "a#x") for action in READS)
    assert not any(tenant.may(action, "leads", "a#x") for action in WRITES)


@pytest.mark.parametrize("action", FORBIDDEN)
@pytest.mark.parametrize("resource", ["leads", "leads/index/GSI1", "personas/index/GSI2"])
def test_neither_scan_nor_partiql(kxgen, action, resource):
    tenant = Tenant(kxgen, "a")
    assert not tenant.may(action, resource)
    assert not tenant.may(action, resource, "a#x")
    assert not tenant.may(action, resource, "TEMPLATE#x", Select="SPECIFIC_ATTRIBUTES")


def test_indexes(kxgen):
    tenant = Tenant(kxgen, "a")
    assert tenant.may("Query", "leads/index/GSI1", "a#+1234567890")
    assert not tenant.may("Query", "leads/index/GSI1", "b#+1234567890")
    assert tenant.may("Query", "messages/index/GSI1", "a")
    for key in ("b", "a#", "ab", "*"):
        assert not tenant.may("Query", "messages/index/GSI1", key)


def test_messages_by_lead_are_denied(kxgen):
    tenant = Tenant(kxgen, "a")
    for key in ("lead_xyz789", "a", "a#lead", "a#"):
        assert not tenant.may("Query", "messages/index/GSI2", key)


def test_templates_without_their_system_prompt(kxgen):
    tenant = Tenant(kxgen, "a")
    shown = ["GSI2PK", "GSI2SK", "persona_id", "templateDescription"]
    one = {"Select": "SPECIFIC_ATTRIBUTES"}
    ask = "Query", "personas/index/GSI2", "TEMPLATE#fitness"
    assert tenant.may(*ask, Attributes=shown, **one)
    assert not tenant.may(*ask, Attributes=[*shown, "config"], **one)
    assert not tenant.may(*ask, Attributes=["config"], **one)
    assert not tenant.may(*ask, **one)
    assert not tenant.may(*ask, Attributes=shown)
    for select in ("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "COUNT"):
        assert not tenant.may(*ask, Attributes=shown, Select=select)
    assert not tenant.may("Query", "personas/index/GSI2", "OTHER#x", Attributes=shown, **one)
    assert not Tenant(kxgen, None).may(*ask, Attributes=shown, **one)
    assert not Tenant(kxgen, "a", public="none").may(*ask, Attributes=shown, **one)


@BOTH
@pytest.mark.parametrize("tag", [None, "", "*", "?", "a*", "?b", "a#b", "#", "a#", "${x}", "$"])
def test_hostile_tags(kxgen, tag, wild):
    tenant = Tenant(kxgen, tag, wild=wild)
    for key in ("a#x", "b#x", "a#b#x", "ab#x", "#x", "*#x", "##", f"{tag}#x"):
        assert not any(tenant.may(action, "leads", key) for action in READS + WRITES)
    for key in ("a", "b", "a#b", "*", f"{tag}"):
        assert not tenant.may("Query", "messages/index/GSI1", key)


@BOTH
@settings(max_examples=150, deadline=None)
@given(
    one=st.text("ab#*?$-", max_size=4),
    other=st.text("ab#*?$-", min_size=1, max_size=4),
    rest=st.text("ab#*?-", min_size=1, max_size=3),
    template=st.sampled_from(["${t}#${r}", "T#${t}#${r}", "${t}--${r}", "$$*${t}#a#${r}", "${t}"]),
)
def test_no_tag_reaches_an_item_of_another_tenant(wild, one, other, rest, template):
    """Whatever key kxmodel makes for one tenant, no other tag opens it."""
    assume(one != other)
    made = parse(template)
    try:
        key = render(made, {"t": other, "r": rest})
    except KxError:
        return
    assume(key is not None)
    table = tabled(template)
    assert not Tenant([table], one, wild=wild).may("GetItem", "things", str(key))
    plain = not set(other) & set("*?$#") and "--" not in other + "-"
    assert Tenant([table], other, wild=wild).may("GetItem", "things", str(key)) or not plain


def tabled(*templates, **more):
    attributes = tuple(ir.Attribute(name, name, ir.Scalar("text")) for name in ("pk", "t", "r"))
    entities = tuple(
        ir.Entity(f"E{number}", attributes, {"pk": parse(template)})
        for number, template in enumerate(templates)
    )
    return small(entities=entities, tenant="t", **more)


@settings(max_examples=150, deadline=None)
@given(
    templates=st.lists(
        st.sampled_from(
            [
                "${t}#${r}",
                "ORG#${t}#${r}",
                "ORG#${t}",
                "USER#${r}",
                "ORG#x",
                "O${r}",
                "OR#${r}",
                "${t}",
            ]
        ),
        min_size=2,
        max_size=3,
        unique=True,
    ),
    tag=st.sampled_from(["a", "b", "ORG", "USER", "OR", "O", "x", "ORGa", "Oa"]),
    owner=st.sampled_from(["a", "b", "x", "c"]),
    rest=st.sampled_from(["a", "b", "a#b", "RG#a", "RG#b#c", "x"]),
)
def test_no_tag_reaches_an_item_of_another_entity(templates, tag, owner, rest):
    """Keys of several forms in one table: what is another tenant's, or nobody's, stays closed."""
    assume(tag != owner)
    tenant = Tenant([tabled(*templates)], tag) if granted(templates) else None
    for template in templates:
        key = render(parse(template), {"t": owner, "r": rest})
        assert tenant is None or not tenant.may("GetItem", "things", str(key))


def granted(templates):
    return bool(policies([tabled(*templates)], "tenant-writer"))


def test_barred_names_are_told():
    table = tabled("${t}#${r}", "ORG#${t}#${r}")
    assert "No tenant may be called `ORG`." in notes([table])
    assert not Tenant([table], "ORG").may("GetItem", "things", "ORG#b#x")
    assert Tenant([table], "b").may("GetItem", "things", "ORG#b#x")


def test_users_of_a_membership_table_are_out_of_reach():
    tenant = Tenant(design("membership"), "acme")
    assert tenant.may("Query", "membership", "ORG#acme")
    assert not tenant.may("Query", "membership", "USER#acme")
    assert not tenant.may("Query", "membership/index/GSI1", "USER#u1")
    assert tenant.may("Query", "membership/index/GSI3", "acme#owner")


def test_tables_without_a_tenant_are_in_no_tenants_policy():
    assert policies(design("shop"), "tenant-reader") == []
    assert "names no tenant" in notes([*design("shop"), *design("kxgen")])


def notes(tables):
    return EMITTER.run(tables, {})[PurePosixPath("NOTES.md")]


def shared(*attributes, key="${name}", sort="${t}#${id}"):
    """A table whose index of flagged items all tenants share."""
    text = ir.Scalar("text")
    names = ("t", "id", "pk", "GSI")
    every = [ir.Attribute(n, n, text) for n in names] + list(attributes)
    flagged = parse_condition({"shown": {"equals": True}})
    entity = ir.Entity(
        "Thing",
        tuple(every),
        {"pk": parse(sort)},
        (ir.IndexKeys("GSI", {"GSI": parse(f"SHARED#{key}")}, flagged),),
    )
    index = ir.Index("GSI", "gsi", (ir.KeyAttribute("GSI"),), tenant_isolation="none")
    return small("shared", tenant="t", entities=(entity,), indexes=(index,), structures=(CONTACT,))


CONTACT = ir.Structure(
    "Contact", (ir.Attribute("phone", "phone", ir.Scalar("text"), personal=True),)
)
NAME = ir.Attribute("name", "name", ir.Scalar("text"))
MAIL = ir.Attribute("mail", "mail", ir.Scalar("text"), personal=True)
REACH = ir.Attribute("reach", "reach", ir.MapOf("Contact"))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (shared(NAME, MAIL, key="${mail}"), "`GSI`"),
        (shared(NAME, MAIL, sort="${t}#${mail}"), "`pk`"),
        (shared(NAME, REACH, key="${reach.phone}"), "`GSI`"),
        (shared(MAIL, replace(NAME, personal=True)), "`GSI`"),
    ],
)
def test_an_index_whose_keys_show_personal_data_is_public_only_when_named(table, named):
    """No query works without the keys, so that whoever may read it reads them."""
    shown = ["pk", "GSI", "id"]
    ask = "Query", "shared/index/GSI", "SHARED#x"
    options = {"Attributes": shown, "Select": "SPECIFIC_ATTRIBUTES"}
    assert Tenant([shared(NAME, MAIL)], "a").may(*ask, **options)
    assert not Tenant([table], "a").may(*ask, **options)
    assert Tenant([table], "a", public="shared/GSI").may(*ask, **options)
    for public, words in (("flagged", "would show"), ("shared/GSI", "show")):
        notes = EMITTER.run([table], {"public": public})[PurePosixPath("NOTES.md")]
        assert f"Its keys {words} **personal data** of every tenant: {named}." in notes


def test_what_is_derived_from_personal_data_is_not_shown():
    plain = ir.Attribute("told", "told", ir.Scalar("text"), derive="${id}: ${name}")
    tenant = Tenant([shared(NAME, MAIL, plain)], "a")
    ask = "Query", "shared/index/GSI", "SHARED#x"
    options = {"Attributes": ["pk", "GSI", "told"], "Select": "SPECIFIC_ATTRIBUTES"}
    assert tenant.may(*ask, **options)
    telling = replace(plain, derive="${id}: ${mail}")
    assert not Tenant([shared(NAME, MAIL, telling)], "a").may(*ask, **options)
