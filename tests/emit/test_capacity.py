import pytest

from kxmodel import ir
from kxmodel.emit.capacity import Capacity, Scaled, capacity_of
from kxmodel.errors import ExportError
from tests.emit.tables import small

PLAIN = {"max_read": "", "max_write": "", "utilisation": "70"}
FIXED = small(settings=ir.Settings(read_capacity=5, write_capacity=8000))


def test_on_demand_is_held_to_nothing_unless_said():
    assert capacity_of(small(), PLAIN) == Capacity()
    assert capacity_of(small(), {**PLAIN, "max_read": "7"}) == Capacity(most_read=7)


def test_provisioned_capacity_may_grow_tenfold_within_the_quota():
    made = capacity_of(FIXED, PLAIN)
    assert (made.read, made.write) == (Scaled(5, 50), Scaled(8000, 40_000))
    assert capacity_of(FIXED, {**PLAIN, "max_read": "6"}).read == Scaled(5, 6)


@pytest.mark.parametrize(
    "given",
    [
        {"max_read": "4"},
        {"max_write": "0"},
        {"max_read": "many"},
        {"utilisation": "91"},
        {"utilisation": "19"},
        {"utilisation": ""},
    ],
)
def test_settings_that_do_not_fit(given):
    with pytest.raises(ExportError) as caught:
        capacity_of(FIXED, PLAIN | given)
    assert caught.value.code == "KX701"
