"""Items that come one by one are those of the whole page, each with its very text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.parsers import ResponseParserError
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.wire.items import StreamedItems, WholeItems, stream
from kxmodel.wire.parser import has_binary, read

from .test_parser import CAPACITY, ITEMS, SERVICE, both

MEMBERS = SERVICE.operation_model("Query").output_shape.members.keys()
NASTY = st.text(st.sampled_from('[]{},:"\\Items \nCount1é\U0001f600\ud800'), max_size=12)
NASTY_ITEMS = st.dictionaries(
    st.one_of(NASTY, st.sampled_from(["Items", "Count", "LastEvaluatedKey", "B", "S"])),
    st.one_of(
        NASTY.map(lambda s: {"S": s}),
        st.lists(NASTY, max_size=2).map(lambda s: {"SS": s}),
        st.lists(NASTY.map(lambda s: {"S": s}), max_size=2).map(lambda v: {"L": v}),
        st.dictionaries(NASTY, NASTY.map(lambda s: {"S": s}), max_size=2).map(lambda v: {"M": v}),
    ),
    max_size=3,
)
PAGES = st.fixed_dictionaries(
    {"Items": st.lists(st.one_of(ITEMS, NASTY_ITEMS), max_size=4)},
    optional={
        "Count": st.integers(0, 9),
        "ScannedCount": st.integers(0, 9),
        "LastEvaluatedKey": st.one_of(ITEMS, NASTY_ITEMS),
        "ConsumedCapacity": st.just(CAPACITY),
    },
)
SPACES = st.text(" \t\r\n", max_size=2)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A page as text: its members in any order, with white space where JSON may have it."""
    page = draw(PAGES)
    names = draw(st.permutations([*page]))
    comma, colon = draw(SPACES) + "," + draw(SPACES), draw(SPACES) + ":" + draw(SPACES)
    space = draw(SPACES)
    ascii_only = draw(st.booleans())

    def written(value: Any) -> str:
        return json.dumps(value, separators=(comma, colon), ensure_ascii=ascii_only)

    parts = []
    for name in names:
        value = written(page[name])
        if name == "Items":
            value = f"[{space}{value[1:-1]}{space}]"
        parts.append(f"{space}{json.dumps(name)}{colon}{value}{space}")
    return f"{space}{{{','.join(parts)}}}{space}".encode("utf-8", "surrogatepass")


@given(body=bodies())
def test_what_comes_one_by_one_is_what_botocore_reads(body: bytes) -> None:
    page = stream(body, MEMBERS)
    try:
        _, expected = both("Query", body)
    except UnicodeDecodeError:
        assert page is None
        return
    if page is None:
        # Only where a null may be, or a text that is not Unicode's.
        assert b"null" in body or not _is_text(body)
        return
    items = page.pop("Items")
    del expected["ResponseMetadata"]
    assert [item for item, _ in items] == expected.pop("Items")
    assert page == expected
    text = body.decode()
    at = 0
    for (item, part), (again, _) in zip(items, items, strict=True):
        if part is None:
            assert has_binary(body)
            assert item == again
            continue
        at = text.index(part, at) + len(part)
        parsed = read(f'{{"Items":[{part}]}}'.encode(), MEMBERS)
        assert parsed is not None
        assert parsed["Items"] == [item] == [again]


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"Count":1}',
        b'{"Items":null}',
        b'{"Items":{"a":1}}',
        b'{"Items":"[]"}',
        b'{"Items":[],"Items":[]}',
        b'{"Items":[],"Count":1,"Count":2}',
        b'{"Count":1,"Items":[],"Count":2}',
        b'{"Items":[],"Unknown":1}',
        b'{"Unknown":1,"Items":[]}',
        b'{"Items":[],"Count":[1]}',
        b'{"Items":[{}]',
        b'{"Items":[{}]}}',
        b'{"Items":[{}]} x',
        b'{"Items":[{}],}',
        b'{"Items" [{}]}',
        b'{"Items":[{"a":{"S":"\xff"}}]}',
        b'\xef\xbb\xbf{"Items":[]}',
    ],
)
def test_what_is_no_ordinary_page_is_parsed_as_a_whole(body: bytes) -> None:
    assert stream(body, MEMBERS) is None


def test_a_long_tail_is_parsed_as_a_whole() -> None:
    body = json.dumps({"Items": [], "LastEvaluatedKey": {"a": {"S": "x" * 70_000}}}).encode()
    assert stream(body, MEMBERS) is None


@pytest.mark.parametrize(
    "items",
    [
        "{},,{}",
        "{} {}",
        "{},",
        "1",
        "[1],[]",
        '{"a":}',
        "{}]}],[{}",
        '{"a":{"B":"*"},"b":1}',
        '{"B":1}',
    ],
)
def test_a_broken_list_is_told_where_it_breaks(items: str) -> None:
    page = stream(f'{{"Items":[{items}]}}'.encode(), MEMBERS)
    assert page is not None
    with pytest.raises(ResponseParserError, match="character"):
        list(page["Items"])


def test_a_list_is_parsed_as_far_as_it_is_asked_for() -> None:
    page = stream(b'{"Count":2,"Items":[{"a":{"S":"x"}},{broken}],"ScannedCount":3}', MEMBERS)
    assert page is not None
    assert page["ScannedCount"] == 3
    assert type(page["Items"]) is StreamedItems
    assert next(iter(page["Items"])) == ({"a": {"S": "x"}}, '{"a":{"S":"x"}}')


def test_items_that_were_parsed_already_have_no_text() -> None:
    assert [*WholeItems([{"a": {"S": "x"}}])] == [({"a": {"S": "x"}}, None)]
