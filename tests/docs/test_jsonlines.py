from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxmodel.docs.jsonlines import json_line, json_lines, visible
from kxmodel.values.shown import INVISIBLE

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=30)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(values, st.integers(10, 100))
def test_it_is_the_same_json(value, width):
    text = json_lines(value, width)
    assert json.loads(text) == value
    assert not INVISIBLE.search(text.replace("\n", ""))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(values, st.integers(20, 60))
def test_a_line_is_too_long_only_where_it_cannot_be_broken(value, width):
    for line in json_lines(value, width).split("\n"):
        if len(line) > width:
            member = line.strip().removesuffix(",")
            assert not member.endswith(("]", "}")) or member.endswith(("[]", "{}"))


def test_what_fits_stands_on_one_line():
    assert json_lines({"a": {"S": "x"}, "b": [1, 2]}) == '{"a": {"S": "x"}, "b": [1, 2]}'
    assert json_lines({"a": {"S": "x"}, "b": [1, 2]}, 20) == (
        '{\n  "a": {"S": "x"},\n  "b": [1, 2]\n}'
    )


def test_bytes_are_base64_and_nothing_is_hidden():
    assert json_line({"B": b"\x00\xff"}) == '{"B": "AP8="}'
    assert json_line("a\u202eb\U000e0041") == '"a\\u202eb\\udb40\\udc41"'
    assert visible("plain") == "plain"
