from __future__ import annotations

import pytest

from kxmodel.keys import is_recognised


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        ({"kind": "fair", "pk": "FAIR#1"}, True),
        ({"kind": "fair", "pk": "FAIR#"}, True),
        ({"kind": "fair", "pk": "fair#1"}, False),
        ({"kind": "fair"}, False),
        ({"kind": "fair", "pk": 1}, False),
        ({"kind": "other", "pk": "FAIR#1"}, False),
        ({"pk": "FAIR#1"}, False),
        ({}, False),
    ],
)
def test_every_test_has_to_hold(item, wanted):
    assert is_recognised({"kind": "fair"}, {"pk": "FAIR#"}, item.get) is wanted


def test_without_tests_every_item_is_meant():
    assert is_recognised({}, {}, {}.get)
