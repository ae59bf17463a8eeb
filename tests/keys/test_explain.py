from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import KeyBuildError
from kxmodel.keys import matches, parse, render, take_apart
from kxmodel.values import canonical, format_timestamp

WORDS = st.text(alphabet="ab#-|é", min_size=1, max_size=5)
LITERALS = st.text(alphabet="a#-|", min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("template", "key", "texts"),
    [
        ("${t}#${e}", "t1#a#b", {"t": "t1", "e": "a#b"}),
        ("${t}#${e}", "t1#", None),
        ("${t}#${e}", "#x", None),
        ("${t}#${e}", "t1", None),
        ("P#${x}", "Q#x", None),
        ("P#${x}#END", "P#a#END#END", {"x": "a#END"}),
        ("P#${x}#END", "P##END", None),
        ("P#${x}#END", "P#END", None),
        ("PROFILE", "PROFILE", {}),
        ("PROFILE", "PROFILES", None),
        ("$$${a.b}", "$x", {"a.b": "x"}),
        ("${n|pad:4.2}", "0042.50", {"n": "42.5"}),
        ("${n|pad:4.2}", "0000.00", {"n": "0"}),
        ("${n|pad:4}", "0100", {"n": "100"}),
        ("${n|pad:4}", "100", None),
        ("${n|pad:4}", "01O0", None),
        ("${n|pad:4}", "٠١٢٣", None),
        ("${n|pad:3}${x}", "007x", {"n": "7", "x": "x"}),
        ("${n|pad:3}${x}", "007", None),
        ("${at|date:day}#${x}", "2024-01-15#x", {"at": "2024-01-15", "x": "x"}),
        ("${at|date:day}", "2024-02-30", None),
        ("${at|date:hour}", "2024-01-15T24", None),
        ("${at|date:year}", "0000", None),
        ("${x|shard:10}", "7", {"x": "7"}),
        ("${x|shard:12}", "12", None),
        ("${x|lower}", "ab", {"x": "ab"}),
        ("${x|lower}", "aB", None),
        ("${p|e164}#${x}", "+19545550123#x", {"p": "+19545550123", "x": "x"}),
        ("${p|e164}", "PROFILE", None),
        ("${x|default:none}", "none", {"x": "none"}),
        ("${x|shard:16}#${x}", "10#a", {"x": "a"}),
        ("${x|shard:16}#${x}", "11#a", None),
        ("${at|date:day}#${at}", "2024-01-15#nonsense", None),
        ("${x}#${x}", "a#a", {"x": "a"}),
        ("${x}#${x}", "a#b", None),
    ],
)
def test_taking_keys_apart(template: str, key: str, texts: dict[str, str] | None) -> None:
    assert take_apart(parse(template), key) == texts
    assert matches(parse(template), key) is (texts is not None)


def test_what_a_lossy_part_leaves_is_named() -> None:
    template = parse("${at|date:month}#${id|shard:4}#${id}#${name|upper}")
    assert template.lossy_sources == {"at", "name"}
    key = render(template, {"at": "2024-01-15T00:00:00Z", "id": "x", "name": "Jo"})
    assert key is not None
    assert take_apart(template, key) == {"at": "2024-01", "id": "x", "name": "JO"}


@settings(max_examples=300)
@given(LITERALS, LITERALS, LITERALS, WORDS, WORDS, WORDS)
def test_round_trip_with_any_delimiters(
    head: str, first: str, tail: str, a: str, b: str, c: str
) -> None:
    template = parse(f"{head}${{a}}{first}${{m.b}}{tail}${{c}}{head}")
    clear = (a + first).index(first) == len(a) and (b + tail).index(tail) == len(b)
    if not clear:
        with pytest.raises(KeyBuildError, match="KX321"):
            render(template, {"a": a, "m": {"b": b}, "c": c})
        return
    key = render(template, {"a": a, "m": {"b": b}, "c": c})
    assert key is not None
    assert take_apart(template, key) == {"a": a, "m.b": b, "c": c}


@settings(max_examples=300)
@given(LITERALS, st.tuples(WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_different_sources_never_share_a_key(
    delimiter: str, left: tuple[str, str], right: tuple[str, str]
) -> None:
    template = parse(f"${{a}}{delimiter}${{b}}")
    try:
        keys = [render(template, {"a": a, "b": b}) for a, b in (left, right)]
    except KeyBuildError:
        return
    assert (keys[0] == keys[1]) is (left == right)


@given(
    st.text(min_size=1).filter(lambda text: "#" not in text),
    st.decimals(0, Decimal("9999.99"), places=2),
    st.datetimes(timezones=st.just(UTC)),
)
def test_round_trip_through_filters(tenant: str, score: Decimal, at: datetime) -> None:
    template = parse("T#${tenant}#${score|pad:4.2}${at}#${tenant|shard:7}")
    key = render(template, {"tenant": tenant, "score": score, "at": at})
    assert key is not None
    assert take_apart(template, key) == {
        "tenant": tenant,
        "score": canonical(score),
        "at": format_timestamp(at),
    }


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_timestamps_in_keys_keep_their_order(a: datetime, b: datetime) -> None:
    template = parse("active#${at}")
    earlier, later = (render(template, {"at": at}) for at in sorted((a, b)))
    assert earlier is not None
    assert later is not None
    assert earlier <= later
