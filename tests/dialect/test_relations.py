"""Who names whom, as the attributes of keys tell it."""

from kxmodel.dialect.relations import identity, relations
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
