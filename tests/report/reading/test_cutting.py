"""Lines and values: how files are cut into records."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.report.reading import text, values
from kxmodel.report.reading.lines import lines
from kxmodel.report.reading.values import values as cut

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(), JSON, max_size=4), max_size=6)


def pieces(reader, data: bytes) -> list[tuple[int, str, str]]:
    return [(p.line, p.text, p.fault) for p in reader(io.BytesIO(data))]


@pytest.fixture
def small(monkeypatch):
    """Records of at most 100 bytes, read in chunks of 8."""
    for module in (text, values):
        monkeypatch.setattr(module, "MAX_RECORD", 100)
    monkeypatch.setattr("kxmodel.report.reading.lines.MAX_RECORD", 100)
    monkeypatch.setattr(values, "_CHUNK", 8)


@given(OBJECTS, st.sampled_from([None, 2]), st.booleans(), st.integers(1, 50))
@settings(max_examples=60)
def test_an_array_is_cut_into_its_elements(objects, indent, ascii_only, chunk):
    data = json.dumps(objects, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    wanted = json.loads(data)
    before, values._CHUNK = values._CHUNK, chunk
    try:
        found = pieces(cut, data)
    finally:
        values._CHUNK = before
    assert [json.loads(text) for _, text, fault in found if not fault] == wanted
    assert not [fault for _, _, fault in found if fault]


@given(OBJECTS, st.sampled_from([None, 2]))
@settings(max_examples=40)
def test_values_one_after_another(objects, indent):
    data = "\n".join(json.dumps(o, indent=indent) for o in objects).encode()
    assert [json.loads(text) for _, text, _ in pieces(cut, data)] == objects


@given(OBJECTS)
@settings(max_examples=40)
def test_lines_and_their_numbers(objects):
    data = "\r\n\r\n".join(json.dumps(o) for o in objects).encode()
    found = pieces(lines, data)
    assert [json.loads(text) for _, text, _ in found] == objects
    assert [number for number, _, _ in found] == [1 + 2 * n for n in range(len(objects))]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", []),
        (b" \n\n", []),
        (b"[]", []),
        (b"[\n]\n", []),
        (b"\xef\xbb\xbf[1]", [(1, "1", "")]),
        (
            b'[{"a": 1},\n {"a": },\n {"a": 3}]',
            [(1, '{"a": 1}', ""), (2, '{"a": }', ""), (3, '{"a": 3}', "")],
        ),
        (b'{"Items": [\n {"a": 1}\n], "Count": 1}', [(2, '{"a": 1}', "")]),
        (b'[{"a": "]}"}]', [(1, '{"a": "]}"}', "")]),
        (b'[{"a": "\\\\"}, 2]', [(1, '{"a": "\\\\"}', ""), (1, "2", "")]),
        (b"nothing like it\n{}", [(1, "nothing like it", ""), (2, "{}", "")]),
        (b'[{"a": "\xff"}, {"b": 1}]', [(1, "", "is not UTF-8"), (1, '{"b": 1}', "")]),
    ],
)
def test_what_is_cut(data, wanted):
    assert pieces(cut, data) == wanted


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'[{"a": 1}, ', "ends before its array does"),
        (b"[1] [2]", "stands after the array's end"),
    ],
)
def test_an_array_that_is_not_whole(data, fault):
    *_, last = pieces(cut, data)
    assert last[2] == fault


def test_a_huge_element_ends_the_reading(small):
    found = pieces(cut, b'[{"a": 1}, "' + b"x" * 10_000 + b'", {"b": 2}]')
    assert found[0] == (1, '{"a": 1}', "")
    assert "the rest was not read" in found[1][2]
    assert len(found) == 2


def test_a_huge_line_costs_itself_alone(small):
    data = b'{"a": 1}\n"' + b"x" * 1000 + b'"\n{"b": 2}\n'
    found = pieces(lines, data)
    assert [number for number, _, _ in found] == [1, 2, 3]
    assert "long" in found[1][2]
    assert found[2][1] == '{"b": 2}'


def test_a_line_that_is_not_utf8_costs_itself_alone():
    found = pieces(lines, b'{"a": 1}\n{"a": "\xe9"}\n{"b": 2}')
    assert [fault for _, _, fault in found] == [
        "",
        "is not UTF-8: invalid continuation byte at byte 8",
        "",
    ]


@given(st.binary(max_size=200))
@settings(max_examples=150)
def test_no_bytes_are_too_strange(data):
    for reader in (lines, cut):
        for piece in reader(io.BytesIO(data)):
            assert bool(piece.text) is not bool(piece.fault)
            assert 1 <= piece.line <= data.count(b"\n") + 1
