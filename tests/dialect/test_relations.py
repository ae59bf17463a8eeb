"""Who names whom, as the attributes of keys tell it."""

from functools import partial

from kxmodel import ir
from kxmodel.dialect.relations import identity, relations
from kxmodel.keys import parse
from tests.counting import calls
from tests.emit.designs import design


def told(name):
    return {(r.child[1], r.parent[1], r.columns, r.required) for r in relations(design(name))}


def test_the_shop():
    assert told("shop") == {
        ("Order", "Customer", ("customerId",), True),
        ("OrderLine", "Order", ("orderId",), True),
        ("OrderLine", "Product", ("sku",), True),
        ("Invoice", "Customer", ("customerId",), True),
        ("Invoice", "Order", ("customerId", "orderId"), True),
    }


def test_the_tenant_is_a_parent_where_it_is_an_entity():
    assert told("membership") == {
        ("Membership", "Organisation", ("org_id",), True),
        ("Membership", "User", ("user_id",), True),
        ("Invitation", "Organisation", ("org_id",), True),
    }


def test_between_tables_by_key_and_by_name():
    assert told("kxgen") == {
        ("Message", "Lead", ("tenantId", "email_lc"), True),
        ("Message", "Lead", ("lead_id",), False),
    }
    (by_name,) = [r for r in relations(design("kxgen")) if r.by_name]
    assert by_name.parent_columns == ("contact_pk",)


def test_nobody_is_his_own_parent_and_no_two_each_others():
    for name in ("kxgen", "shop", "membership", "byhand"):
        links = {(r.child, r.parent) for r in relations(design(name))}
        assert all(child != parent and (parent, child) not in links for child, parent in links)


def test_identity_is_what_the_key_is_made_of():
    (membership,) = design("membership")
    assert identity(membership.entity("Membership")) == ("org_id", "user_id")


def test_twice_as_many_tables_are_twice_the_work():
    """Entities that share the tenant and the kinds of their attributes, and name one of the others."""

    def tables(number: int) -> list[ir.Table]:
        return [_thing(n, n - 1) for n in range(number)]

    assert len(relations(tables(40))) == 39
    few, many = (calls(partial(relations, tables(number))) for number in (40, 80))
    assert many < 2.5 * few


def _thing(own: int, other: int) -> ir.Table:
    names = ("tenant", "name", f"thing{own}_id", f"thing{other}_id")
    attributes = tuple(ir.Attribute(name, name, ir.Scalar("text")) for name in names)
    keys = {"pk": parse("${tenant}"), "sk": parse(f"${{thing{own}_id}}")}
    entity = ir.Entity(f"Thing{own}", attributes, keys)
    key = ir.KeyAttribute("pk"), ir.KeyAttribute("sk")
    return ir.Table(f"things{own}", "things.json", *key, (), (entity,), (), tenant="tenant")
