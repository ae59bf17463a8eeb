from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.dialect.text import MAX_DEPTH, parse
from kxmodel.errors import SchemaError
from kxmodel.values.jsontext import json_text


def refuse(text: str) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        parse(text, "x.json")
    return caught.value


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("ab/~é", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=100)
@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_reads_what_json_reads(value: object, indent: object, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert parse(text, "x.json").value == value
    assert parse(json_text(value), "x.json").value == value


@settings(max_examples=200)
@given(VALUES, st.integers(0, 60), st.text(st.sampled_from('{}[]",:\\u0 e-1.\ntrue'), max_size=3))
def test_damaged_text_is_read_as_json_reads_it_or_refused(value: object, at: int, put: str) -> None:
    text = json.dumps(value)
    damaged = text[:at] + put + text[at + 1 :]
    try:
        found = parse(damaged, "x.json").value
    except SchemaError:
        return
    assert found == json.loads(damaged, parse_float=Decimal)


def test_positions_of_values_and_names() -> None:
    parsed = parse('{\n  "a/b": [1,\n    {"c~": "x"}]\n}', "x.json")
    lines = {pointer: str(parsed.lines.at(at)) for pointer, at in parsed.values.items()}
    assert lines["/a~1b/1/c~0"] == "x.json:3:12"
    assert lines[""] == "x.json:1:1"
    assert str(parsed.lines.at(parsed.names["/a~1b/1/c~0"])) == "x.json:3:6"


def test_numbers_are_exact() -> None:
    digits = "0." + "1234567890" * 6
    big = "9" * 4000
    assert parse(f"[{digits}, {big}, 1.0, -0, 1E+2]", "x.json").value == [
        Decimal(digits),
        int(big),
        Decimal("1.0"),
        0,
        Decimal(100),
    ]
    assert json_text(parse(digits, "x.json").value) == digits


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "1:1", "end of the file"),
        ('{"a": 1,}', "1:9", "member name"),
        ('{"a": 1', "1:8", "opens at 1:1"),
        ("[1 2]", "1:4", '"," or "]"'),
        ('{"a" 1}', "1:6", '":"'),
        ("[01]", "1:2", "'01'"),
        ("[1.]", "1:2", "no JSON value"),
        ("[NaN]", "1:2", "NaN"),
        ("[-Infinity]", "1:2", "Infinity"),
        ("nul", "1:1", "nul"),
        ("[1] x", "1:5", "after the end"),
        ('["a\nb"]', "1:4", "escaped"),
        ('["a\\x"]', "1:4", "escape"),
        ('["a\\u12g4"]', "1:4", "escape"),
        ('\n["abc', "2:2", "not closed"),
        ('["\\ud800"]', "1:2", "surrogate"),
        ("'a'", "1:1", '"\'"'),
        ("\u00a0{}", "1:1", "expected a value"),
    ],
)
def test_broken_text_names_the_place(text: str, place: str, words: str) -> None:
    error = refuse(text)
    assert (error.code, str(error.where)) == ("KX102", f"x.json:{place}")
    assert words in error.message


def test_a_surrogate_pair_is_a_character() -> None:
    assert parse('"\\ud83d\\ude00"', "x.json").value == "😀"


def test_a_duplicate_member_is_refused_however_it_is_escaped() -> None:
    error = refuse('{"a": 1,\n "\\u0061": 2}')
    assert (error.code, str(error.where)) == ("KX103", "x.json:2:2")


def test_nesting_ends_in_one_error() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.json").value
    for text in ("[" * 10_000, '{"a":' * 10_000, "[" * (MAX_DEPTH + 2)):
        assert refuse(text).code == "KX104"


@pytest.mark.parametrize(
    "number", ["9" * 5000, "1" + "0" * 4400 + ".5", "1e99999999999999999999999"]
)
def test_a_number_without_bounds_is_refused(number: str) -> None:
    assert refuse(f"[{number}]").code == "KX104"
