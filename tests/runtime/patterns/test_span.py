"""Spans: hulls, bounds and the condition that DynamoDB takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.runtime.patterns.span import Span, beginning_with, successor

TEXT = st.text("\x00ab\ud7ff\ue000\U0010ffff", max_size=4)
SPANS = st.builds(
    Span,
    st.one_of(st.none(), TEXT.filter(bool)),
    st.one_of(st.none(), TEXT.filter(bool)),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("prefix", "after"),
    [
        ("P#", "P$"),
        ("a\x7f", "a\x80"),
        ("\ud7ff", "\ue000"),
        ("a\U0010ffff", "b"),
        ("\U0010ffff\U0010ffff", None),
        ("", None),
    ],
)
def test_successor(prefix, after):
    assert successor(prefix) == after


@given(TEXT, TEXT)
def test_the_successor_lies_behind_all_that_begins_alike_and_nothing_else(prefix, text):
    after = successor(prefix)
    assert (
        text.startswith(prefix)
        == (prefix.encode() <= text.encode() and (after is None or text.encode() < after.encode()))
        or after is None
    )
    if after is None:
        assert set(prefix) <= {"\U0010ffff"}


@given(SPANS, TEXT)
def test_a_value_lies_in_a_span_as_python_compares(span, value):
    above = span.lower is None or (value > span.lower if span.lower_open else value >= span.lower)
    below = span.upper is None or (value < span.upper if span.upper_open else value <= span.upper)
    assert span.holds(value) == (above and below)
    assert not (span.empty and span.holds(value))


@given(SPANS, SPANS, TEXT)
def test_a_hull_holds_what_either_holds_and_is_no_wider_than_its_ends(one, other, value):
    hull = one.hull(other)
    if one.holds(value) or other.holds(value):
        assert hull.holds(value)
    assert (hull.lower, hull.lower_open) in {(s.lower, s.lower_open) for s in (one, other)}
    assert (hull.upper, hull.upper_open) in {(s.upper, s.upper_open) for s in (one, other)}


def lets_through(span: Span, value: str) -> bool:
    found = span.condition()
    if found is None:
        return True
    operator, operands = found
    assert all(0 < len(operand.encode()) <= 1024 for operand in operands)
    key, first, last = value.encode(), operands[0].encode(), operands[-1].encode()
    return {
        "=": key == first,
        "<": key < first,
        "<=": key <= first,
        ">": key > first,
        ">=": key >= first,
        "begins_with": key.startswith(first),
        "BETWEEN": first <= key <= last,
    }[operator]


LONG = st.builds(
    lambda filling, length, end: filling * length + end,
    st.sampled_from(["a", "\ud7ff", "\U0010ffff"]),
    st.integers(250, 1030),
    TEXT,
)


@settings(max_examples=300)
@given(
    st.one_of(TEXT.filter(bool), LONG, st.none()),
    st.one_of(TEXT.filter(bool), LONG, st.none()),
    st.booleans(),
    st.booleans(),
    st.one_of(TEXT, LONG),
)
def test_the_condition_lets_through_all_that_the_span_holds(lower, upper, low_open, up_open, value):
    span = Span(lower, upper, low_open, up_open)
    if len(value.encode()) <= 1024 and not span.empty and span.holds(value):
        assert lets_through(span, value)


@given(TEXT)
def test_a_beginning_is_asked_for_as_such(prefix):
    found = beginning_with(prefix).condition()
    if prefix and successor(prefix):
        assert found == ("begins_with", (prefix,))


def test_an_exact_span_is_asked_for_by_equality():
    assert Span("a", "a").condition() == ("=", ("a",))
    assert Span("a", "a").exact
    assert not Span("a", "a", upper_open=True).exact
    assert Span("a", "a", upper_open=True).empty
    assert Span().condition() is None


def test_a_bound_that_is_too_long_is_cut_outwards():
    lower, upper = "a" * 1030, "b" * 1030
    assert Span(lower, upper).condition() == ("BETWEEN", ("a" * 1024, "b" * 1023 + "c"))
    # What follows U+007F takes two bytes, so the cut text must lose one more character.
    assert Span(None, "\x7f" * 1030).condition() == ("<", ("\x7f" * 1022 + "\x80",))
