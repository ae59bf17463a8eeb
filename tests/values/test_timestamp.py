from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import format_timestamp, normalise_timestamp, now, parse_timestamp

OFFSETS = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
    lambda d: timezone(timedelta(minutes=d // timedelta(minutes=1)))
)
MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=OFFSETS)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2024-01-15T10:30:00.000Z", "2024-01-15T10:30:00.000Z"),
        ("2024-01-15T10:30:00Z", "2024-01-15T10:30:00.000Z"),
        ("2024-01-15 10:30:00z", "2024-01-15T10:30:00.000Z"),
        ("2024-01-15t10:30Z", "2024-01-15T10:30:00.000Z"),
        ("2024-01-15T10:30:00.1Z", "2024-01-15T10:30:00.100Z"),
        ("2024-01-15T10:30:00,5Z", "2024-01-15T10:30:00.500Z"),
        ("2024-01-15T10:30:00.999999999Z", "2024-01-15T10:30:00.999Z"),
        ("2024-01-15T10:30:00+02:00", "2024-01-15T08:30:00.000Z"),
        ("2024-01-15T10:30:00-0530", "2024-01-15T16:00:00.000Z"),
        ("2024-01-15T10:30:00+02", "2024-01-15T08:30:00.000Z"),
        ("20240115T103000Z", "2024-01-15T10:30:00.000Z"),
        ("2024-12-31T23:30:00-01:00", "2025-01-01T00:30:00.000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        (datetime(2024, 1, 15, 10, 30, tzinfo=UTC), "2024-01-15T10:30:00.000Z"),
        (datetime(1969, 12, 31, 23, 59, 59, 999999, UTC), "1969-12-31T23:59:59.999Z"),
    ],
)
def test_iso_8601_becomes_the_stored_form(written: str | datetime, stored: str) -> None:
    assert normalise_timestamp(written) == stored


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2024-01-15T10:30:00", "neither Z nor an offset"),
        (datetime(2024, 1, 15), "no time zone"),
        ("2024-01-15", "no time of day"),
        ("20240115", "no time of day"),
        ("2024-02-30T00:00:00Z", "day"),
        ("2024-13-01T00:00:00Z", "month"),
        ("2024-01-15T24:00:00Z", "not ISO 8601"),
        ("2024-01-15T10:30:60Z", "second"),
        ("2024-01-15T10:30:00+24:00", "offset"),
        ("2024-W03-1T10:30:00Z", "not ISO 8601"),
        ("2024-01-15x10:30:00Z", "not ISO 8601"),
        ("2024-01-15T10:30:00Z\n", "not ISO 8601"),
        ("\uff12024-01-15T10:30:00Z", "not ISO 8601"),
        ("0000-01-01T00:00:00Z", "year"),
        ("0001-01-01T00:00:00+01:00", "outside the years"),
        ("9999-12-31T23:59:59-01:00", "outside the years"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))), "outside the years"),
        ("yesterday", "not ISO 8601"),
        ("", "not ISO 8601"),
        (1705314600, "not text"),
        (date(2024, 1, 15), "not text"),
        (None, "not text"),
    ],
)
def test_what_names_no_instant_is_refused(value: str, reason: str) -> None:
    with pytest.raises(ValueRefused, match=reason) as caught:
        normalise_timestamp(value)
    assert caught.value.code == "KX312"


@given(MOMENTS)
def test_round_trip(at: datetime) -> None:
    text = format_timestamp(at)
    assert len(text) == 24
    assert normalise_timestamp(text) == text
    assert timedelta(0) <= at - parse_timestamp(text) < timedelta(milliseconds=1)
    assert normalise_timestamp(at.isoformat()) == text


@given(MOMENTS, MOMENTS)
def test_order_as_text_is_order_in_time(a: datetime, b: datetime) -> None:
    earlier, later = sorted((a, b))
    assert format_timestamp(earlier) <= format_timestamp(later)


def test_now_survives_storing() -> None:
    at = now()
    assert parse_timestamp(format_timestamp(at)) == at
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
