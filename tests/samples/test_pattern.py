"""Texts for patterns: whatever is made matches."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.samples.pattern import matching
from kxmodel.validate.portable import portable_pattern, python_pattern

PATTERNS = [
    "^[^#]+$",
    "^[^A-Z]+$",
    "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
    "^a{2}b{1,3}c{2,}d*e+?f?$",
    r"^\/x\.y[\]\-\^\\]\x41\u00e9$",
    "^(?:a|b|)(c(d|e))x$",
    "[0-9]",
    "^$",
    "^[a-]$",
    "^[^ -~]$",
    "",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_made_matches(pattern):
    assert portable_pattern(pattern) is None
    for seed in range(50):
        made = matching(pattern, random.Random(seed))
        assert re.search(python_pattern(pattern), made), made


def test_every_alternative_comes_up():
    made = {matching("^(?:a|b|c)$", random.Random(seed)) for seed in range(100)}
    assert made == {"a", "b", "c"}


pieces = st.sampled_from(["a", "b", "[a-c]", "[^x]", r"\.", "(ab|c)", "(?:d|e)", "9"])
repeats = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "+?"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(pieces, repeats), max_size=6), st.integers(0, 2**32))
def test_any_portable_pattern_is_met(parts, seed):
    pattern = "^" + "".join(piece + repeat for piece, repeat in parts) + "$"
    assert portable_pattern(pattern) is None
    assert re.search(python_pattern(pattern), matching(pattern, random.Random(seed)))
