from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ulid import ULID

from kxmodel.errors import ValueRefused
from kxmodel.values import new_ulid, parse_ulid, ulid, ulid_time


def test_canonical_text_lower_case_and_objects_are_one_spelling() -> None:
    text = "01HM5XTXZ0M4V5N8Q2R3S6T7W9"
    assert parse_ulid(text) == parse_ulid(text.lower()) == text
    assert parse_ulid(ULID.from_str(text)) == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("01HKQR5J9X8M2N3P4Q5R6S7T8U", "'U' at position 26"),
        ("01HKQR5J9X8M2N3P4Q5R6S7T8i", "'i' at position 26"),
        ("O1HKQR5J9X8M2N3P4Q5R6S7T80", "'O' at position 1"),
        ("01LKQR5J9X8M2N3P4Q5R6S7T80", "'L' at position 3"),
        ("81HKQR5J9X8M2N3P4Q5R6S7T80", "'8' at position 1 is over 7"),
        ("01HKQR5J9X", "10 characters instead of 26"),
        ("01HKQR5J9X8M2N3P4Q5R6S7T8\n", r"'\n' at position 26"),
        ("\u06601HKQR5J9X8M2N3P4Q5R6S7T80", "position 1"),
        ("", "0 characters"),
    ],
)
def test_what_is_not_crockford_is_refused_by_name_and_place(text: str, fault: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        parse_ulid(text)
    assert caught.value.code == "KX311"
    assert fault in caught.value.message


@pytest.mark.parametrize("value", [None, 5, b"01HM5XTXZ0M4V5N8Q2R3S6T7W9"])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(ValueRefused):
        parse_ulid(value)


@given(st.binary(min_size=16, max_size=16))
def test_every_ulid_of_the_library_is_taken(raw: bytes) -> None:
    text = str(ULID.from_bytes(raw))
    assert parse_ulid(text) == text


def test_a_time_that_datetime_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueRefused, match="year 9999"):
        ulid_time("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)))
def test_the_time_inside_is_the_time_given_cut_to_milliseconds(at: datetime) -> None:
    expected = at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert ulid_time(new_ulid(at)) == expected


def test_equal_milliseconds_ascend() -> None:
    at = datetime(2024, 1, 15, 10, 30, tzinfo=timezone(timedelta(hours=2)))
    made = [new_ulid(at) for _ in range(100)]
    assert made == sorted(set(made))
    assert {ulid_time(text) for text in made} == {at}


def test_the_time_given_does_not_move_the_clock_of_the_others() -> None:
    new_ulid(datetime(2999, 1, 1, tzinfo=UTC))
    assert ulid_time(new_ulid()) < datetime(2999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("at", [datetime(2024, 1, 1), datetime(1969, 12, 31, tzinfo=UTC), "now"])
def test_naive_and_early_times_are_refused(at: datetime) -> None:
    with pytest.raises(ValueRefused):
        new_ulid(at)


def test_a_clock_set_back_does_not_take_order_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_ulid()
    milliseconds = int(ulid_time(first).timestamp() * 1000)
    monkeypatch.setattr(ulid.time, "time_ns", lambda: (milliseconds - 60_000) * 1_000_000)
    second = new_ulid()
    assert second > first
    assert ulid_time(second) == ulid_time(first)


def test_threads_never_share_one_and_each_sees_its_own_ascend() -> None:
    made: list[list[str]] = []

    def work() -> None:
        made.append([new_ulid() for _ in range(500)])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(texts == sorted(texts) for texts in made)
    assert len({text for texts in made for text in texts}) == 2000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process")
def test_a_fork_does_not_repeat_its_parent() -> None:
    at = datetime(2024, 1, 15, tzinfo=UTC)
    new_ulid(at)
    read, write = os.pipe()
    with ulid._dated._lock, ulid._clocked._lock:  # A fork while another thread holds them.
        child = os.fork()
        if child == 0:
            os.write(write, "".join(new_ulid(at) for _ in range(5)).encode())
            os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(read, 26 * 5).decode()
    os.close(read)
    os.close(write)
    ours = {new_ulid(at) for _ in range(5)}
    assert len(theirs) == 26 * 5
    assert ours.isdisjoint(theirs[i : i + 26] for i in range(0, len(theirs), 26))
