from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.migrate.schema.sums import Buckets, Sums

texts = st.lists(st.binary(max_size=3), max_size=30)


def summed(buckets: Buckets, found: list[bytes]) -> Sums:
    sums = buckets.sums()
    sums.add(text for text in found if text in buckets)
    return sums


@settings(max_examples=25, deadline=None)
@given(texts, texts)
def test_what_differs_is_found_and_nothing_that_is_the_same(a: list[bytes], b: list[bytes]) -> None:
    every = Buckets()
    where, doubtful = every.where(summed(every, a), summed(every, b))
    differ = {text for text in {*a, *b} if a.count(text) != b.count(text)}
    assert {text for text in {*a, *b} if text in where} == differ
    assert (doubtful > 0) == bool(differ)


def test_the_order_does_not_count_and_the_number_does() -> None:
    every = Buckets()
    same, none = every.where(summed(every, [b"a", b"b"]), summed(every, [b"b", b"a"]))
    assert none == 0
    assert b"a" not in same
    twice, doubtful = every.where(summed(every, [b"a", b"a"]), summed(every, []))
    assert doubtful == 2
    assert b"a" in twice


def test_a_second_round_acquits_what_did_not_change_again() -> None:
    every = Buckets()
    first, _ = every.where(summed(every, [b"a", b"b"]), summed(every, []))
    assert b"a" in first
    assert b"b" in first
    second, doubtful = first.where(summed(first, [b"a", b"b"]), summed(first, [b"a"]))
    assert doubtful == 1
    assert b"b" in second
    assert b"a" not in second


def test_too_many_are_left_out_and_counted() -> None:
    every = Buckets()
    many = [bytes([number]) for number in range(50)]
    where, doubtful = every.where(summed(every, many), summed(every, []))
    assert doubtful == 50
    assert where.leave_out(0) == 0
    left = where.leave_out(20)
    assert 20 <= left <= 22
    assert sum(text in where for text in many) == 50 - left


def test_some_texts_as_a_choice() -> None:
    some = Buckets.of([b"a", b"b"])
    assert b"a" in some
    assert b"c" not in some
