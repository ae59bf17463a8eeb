"""`Meta` of generated models: PynamoDB sees the bound name everywhere."""

from __future__ import annotations

import pytest
from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from kxmodel.runtime.binding import bind
from kxmodel.runtime.meta import IndexMeta, TableMeta


def make_model() -> type[Model]:
    class ByName(GlobalSecondaryIndex):
        class Meta(IndexMeta):
            index_name = "GSI1"
            projection = AllProjection()

        name = UnicodeAttribute(hash_key=True)

    class Lead(Model):
        class Meta(TableMeta):
            table_name = "leads"
            billing_mode = "PAY_PER_REQUEST"

        pk = UnicodeAttribute(hash_key=True)
        name = UnicodeAttribute()
        by_name = ByName()

    return Lead


def test_without_a_prefix_the_name_is_the_declared_one():
    assert make_model().Meta.table_name == "leads"


def test_the_prefix_of_the_binding_is_put_before_it():
    lead = make_model()
    with bind(table_prefix="dev-"):
        assert lead.Meta.table_name == "dev-leads"
        with bind(table_prefix="test-"):
            assert lead.Meta.table_name == "test-leads"
        assert lead.Meta.table_name == "dev-leads"
        assert lead.Meta.declared_table_name == "leads"
    assert lead.Meta.table_name == "leads"


def test_an_assigned_name_is_taken_as_it_is_and_can_be_taken_back():
    lead = make_model()
    with bind(table_prefix="dev-"):
        lead.Meta.table_name = "other"
        assert lead.Meta.table_name == "other"
        assert lead.Meta.declared_table_name == "leads"
        del lead.Meta.table_name
        assert lead.Meta.table_name == "dev-leads"
    with pytest.raises(AttributeError, match="no table_name was assigned"):
        del lead.Meta.table_name


def test_a_subclass_of_meta_inherits_or_declares():
    lead = make_model()

    class Inherits(lead.Meta):
        pass

    class Declares(lead.Meta):
        table_name = "others"

    lead.Meta.table_name = "assigned"
    with bind(table_prefix="dev-"):
        assert Inherits.table_name == "assigned"
        assert Declares.table_name == "dev-others"


def test_without_a_declared_name_hasattr_is_false_as_pynamodb_asks():
    assert not hasattr(TableMeta, "table_name")
    with pytest.raises(AttributeError, match="declares no table_name"):
        _ = TableMeta.declared_table_name


def test_what_pynamodb_asks_for_with_hasattr_is_there_only_when_declared():
    meta = make_model().Meta
    assert meta.billing_mode == "PAY_PER_REQUEST"
    for name in ("read_capacity_units", "write_capacity_units", "stream_view_type", "tags"):
        assert not hasattr(meta, name)


def test_pynamodb_writes_no_defaults_of_its_own_into_meta():
    members = vars(make_model().Meta)
    assert not {"host", "region", "connect_timeout_seconds", "max_retry_attempts"} & set(members)


def test_index_meta_gets_its_attributes_from_pynamodb():
    lead = make_model()
    meta = lead._indexes["GSI1"].Meta
    assert set(meta.attributes) == {"name"}
    assert not hasattr(IndexMeta, "attributes")
