"""Strategies give what the models themselves would take."""

import sys

import pytest
from hypothesis import HealthCheck, find, given, settings

from kxmodel.errors import UsageError
from kxmodel.models import Lead, Message, Persona
from kxmodel.testing.strategies import items, models
from kxmodel.values import parse_timestamp, ulid_time
from tests.emit.tools import ROOT
from tests.runtime.forum import Thread

quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("model", [Lead, Message, Persona])
def test_items_are_valid_and_have_the_keys_that_the_model_gives(model):
    @quick
    @given(items(model))
    def check(item):
        made = model.from_json(item)
        assert made.kx.validate() == []
        assert made.to_json() == item
        keys = made.kx.keys()
        assert {name: item[name] for name in keys} == keys

    check()


@quick
@given(models(Message, tenantId="tenant-1"))
def test_what_is_given_stands_in_every_object(message):
    assert message.tenant_id == "tenant-1"
    assert message.contact_pk.startswith("tenant-1#")
    created, updated = (parse_timestamp(message.to_json()[n]) for n in ("created_at", "updated_at"))
    assert ulid_time(message.ts) == created <= updated


def test_failures_shrink():
    """To the least that fails; of a small entity, whose items come quickly."""
    tried = []

    def fails(item):
        tried.append(item.get("replies", 0))
        return tried[-1] >= 7

    # Without what an earlier run has found, which would be the least at once.
    fresh = settings(quick, max_examples=200, database=None)
    least = find(items(Thread), fails, settings=fresh)
    assert least["replies"] == 7 < max(tried)
    assert least.get("views", 0) == 0


def test_a_table_with_several_entities_is_refused():
    sys.path.insert(0, str(ROOT / "examples/shop"))
    try:
        from shop import Order, shop
    finally:
        sys.path.remove(str(ROOT / "examples/shop"))
    assert items(Order) is not None
    with pytest.raises(UsageError):
        items(Order.__mro__[1])
    assert shop is not None
