from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import KeyBuildError
from kxmodel.keys import FILTERS, parse, render


@pytest.mark.parametrize(
    ("filters", "value", "text"),
    [
        ("pad:4", 42, "0042"),
        ("pad:4.0", 42, "0042"),
        ("pad:4.2", Decimal("42.5"), "0042.50"),
        ("pad:4.2", "42.5", "0042.50"),
        ("pad:4.1,round", 42.25, "0042.2"),
        ("default:0|pad:4.2", None, "0000.00"),
        ("default:0|pad:4.2", "", "0000.00"),
        ("default:0|pad:4.2", 1.5, "0001.50"),
        ("default:a:b", None, "a:b"),
        ("default:NONE", 5, "5"),
        ("date:year", "2024-01-15T10:30:00.000Z", "2024"),
        ("date:month", "2024-01-15T10:30:00.000Z", "2024-01"),
        ("date:day", "2024-01-15T23:30:00-01:00", "2024-01-16"),
        ("date:hour", datetime(2024, 1, 15, 10, 59, tzinfo=UTC), "2024-01-15T10"),
        ("lower", "ÄB", "äb"),
        ("upper", "äb", "ÄB"),
        ("lower", True, "true"),
        ("e164", "+1 (954) 555-0123", "+19545550123"),
        ("e164:US", "954 555 0123", "+19545550123"),
        ("lower|upper", "aB", "AB"),
    ],
)
def test_what_each_filter_makes(filters: str, value: object, text: str) -> None:
    assert render(parse(f"${{x|{filters}}}"), {"x": value}) == text


@pytest.mark.parametrize(
    ("filters", "value", "code"),
    [
        ("pad:4", "007", "KX324"),
        ("pad:4", "abc", "KX315"),
        ("pad:4", True, "KX315"),
        ("pad:4", float("nan"), "KX315"),
        ("pad:4", -1, "KX318"),
        ("pad:4", 10000, "KX318"),
        ("pad:4", 0.5, "KX318"),
        ("pad:4", 10**5000, "KX315"),
        ("pad:4", datetime(2024, 1, 1, tzinfo=UTC), "KX324"),
        ("date:day", "2024-01-15", "KX312"),
        ("date:day", datetime(2024, 1, 15), "KX312"),
        ("date:day", 1705314600, "KX324"),
        ("e164", "954 555 0123", "KX314"),
        ("e164", 19545550123, "KX324"),
        ("lower", [], "KX324"),
        ("shard:4", {"a": 1}, "KX324"),
        ("shard:4", "\ud800", "KX316"),
    ],
    ids=lambda value: None if isinstance(value, str) else type(value).__name__,
)
def test_what_a_filter_refuses_names_the_attribute(filters: str, value: object, code: str) -> None:
    with pytest.raises(KeyBuildError) as caught:
        render(parse(f"${{a.b|{filters}}}"), {"a": {"b": value}})
    assert caught.value.code == code
    assert caught.value.attribute == "a.b"
    assert caught.value.value is value
    assert "a.b" in caught.value.message


def test_shards_are_the_same_in_every_process_and_release() -> None:
    template = parse("${x|shard:16}")
    shards = [render(template, {"x": value}) for value in ("a", "b", "tenant123", 7, "7")]
    assert shards == ["10", "10", "11", "14", "14"]


@given(st.text(min_size=1), st.integers(1, 1000))
def test_shards_have_one_width_and_are_in_range(value: str, count: int) -> None:
    shard = render(parse(f"${{x|shard:{count}}}"), {"x": value})
    assert shard is not None
    assert len(shard) == len(str(count - 1))
    assert int(shard) < count


def test_shards_are_spread() -> None:
    template = parse("${x|shard:4}")
    made = [render(template, {"x": number}) for number in range(1000)]
    assert all(200 < made.count(shard) < 300 for shard in ("0", "1", "2", "3"))


@pytest.mark.parametrize("kind", FILTERS.values(), ids=lambda kind: kind.name)
def test_the_table_says_how_each_filter_is_written(kind: object) -> None:
    assert kind.grammar.startswith(kind.name)
    assert kind.summary.endswith(".")


SCORES = st.decimals(0, Decimal("99999.99"), places=2)


@given(SCORES, SCORES)
def test_padded_keys_sort_by_number(a: Decimal, b: Decimal) -> None:
    template = parse("T#${score|default:0|pad:5.2}")
    left, right = (render(template, {"score": value}) for value in (a, b))
    assert (left < right) is (a < b)
    assert (left == right) is (a == b)
