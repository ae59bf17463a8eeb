from __future__ import annotations

import ipaddress
from random import Random

import pytest

from kxmodel.samples.words import by_name


@pytest.mark.parametrize("name", ["ip", "ipAddress", "source_ip", "clientIP"])
def test_an_internet_address_is_one_that_nobody_has(name: str) -> None:
    """The blocks for documentation (RFC 5737)."""
    for seed in range(5):
        made = ipaddress.ip_address(by_name(Random(seed), name) or "")
        assert not made.is_global


@pytest.mark.parametrize(
    "name", ["zip", "membership", "relationship", "address", "shippingAddress"]
)
def test_other_names_end_like_that_too(name: str) -> None:
    made = by_name(Random(1), name)
    assert made is None or not made[0].isdigit() or made.count(".") < 3
