"""Files that are no model, and models that are nearly one: an AdoptError with its place, or a draft."""

import copy
import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxmodel.adopt.workbench import import_workbench
from kxmodel.errors import AdoptError, Location
from tests.adopt.workbench.samples import MODELS, OFFERS, items, key, model

HOSTILE = [
    None, True, False, 0, -1, 1.5, 10**400, "", "x", "#", "${a}", "\u202e\n\x00", "x" * 70000, "__proto__",
    [], [[]], [None], {}, {"S": "x"}, {"N": "x"}, {"N": 5}, {"S": 5}, {"B": "?"}, {"X": []}, {"NS": ["1", "1e999"]},
    {"SS": []}, {"M": {"": {"S": ""}}}, {"L": [{"L": [{}]}]}, {"S": "a", "N": "1"},
]  # fmt: skip


def places(value, path=()):
    """Every position in a JSON value."""
    yield path
    entries = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, each in entries:
        yield from places(each, (*path, step))


def mutated(value, path, change):
    """A copy in which `change` was made at a position."""
    if not path:
        return change(value)
    made = copy.copy(value)
    made[path[0]] = mutated(value[path[0]], path[1:], change)
    return made


def attempt(text: str | bytes, folder: Path) -> AdoptError | None:
    """Import the text; the error that refuses it. Any other error fails the test."""
    path = folder / "model.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    refused: AdoptError | None = None
    try:
        assert import_workbench(path)
    except AdoptError as error:
        refused = error
    assert refused is None or (refused.code == "KX710" and refused.fix)
    return refused


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\xff\xfe{}", b"{", b"[]", b"5", b"null", b"{}", b'{"DataModel": 5}', b'{"DataModel": []}',
        b'{"DataModel": [], "DataModel": []}', b'{"DataModel": [{}]}', b"[" * 100000, b'{"a":' * 5000,
        b'{"DataModel": [{"TableName": "\\ud800"}]}', b'{"DataModel": [NaN]}', b"\x00", b" " * 5_000_000,
    ],
)  # fmt: skip
def test_what_is_no_model_is_refused_with_its_place(text, tmp_path):
    error = attempt(text, tmp_path)
    assert error is not None
    assert isinstance(error.where, Location)
    assert error.where.file == "model.json"


@pytest.mark.parametrize("name", MODELS)
def test_a_hostile_value_anywhere_is_refused_or_drafted(name, tmp_path):
    whole = MODELS[name]
    chosen = random.Random(name)
    every = list(places(whole))
    for path in chosen.sample(every, min(len(every), 60)):
        bad = chosen.choice(HOSTILE)
        attempt(json.dumps(mutated(whole, path, lambda _, bad=bad: bad)), tmp_path)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.data(),
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "PK": st.sampled_from(
                    ["A#1", "A#2", "B#1", "A#1#x", "A#", "#", "x", "A|1", "$", "${x}", "A#$1"]
                )
                | st.text(max_size=5),
                "SK": st.sampled_from(
                    ["A#1", "META", "meta", "B#1#2", "1", "2024-01-15T10:30:00.000Z", "a b"]
                )
                | st.text(max_size=5),
            },
            optional={
                "a": st.sampled_from(["1", "2", "x", ""]),
                "b c": st.sampled_from(["1", 1, True]),
                "G": st.sampled_from(["1", "A#1", "B#2", "META"]),
                "H": st.sampled_from([1, 2.5, "x"]),
                "get": st.sampled_from([{"NULL": True}, {"B": "AAEC"}, {"NS": ["1"]}]),
                "m": st.sampled_from([{"M": {"a": {"S": "x"}}}, {"M": {"1 x": {"N": "1"}}}]),
            },
        ),
        max_size=8,
    ),
)
def test_any_items_become_a_draft(data, rows, tmp_path):
    table = {
        "TableName": "Any",
        **key("PK", "SK"),
        **items(*rows),
        "GlobalSecondaryIndexes": [
            {"IndexName": "GSI1", **key("G", "SK")},
            {"IndexName": "GSI2", **key("SK", "PK")},
            {"IndexName": "GSI3", **key("G", "H", types="SN")},
        ],
    }
    error = attempt(json.dumps(model("Any", table)), tmp_path)
    # What is no text in UTF-8, or holds half a character, is refused; everything else is drafted.
    assert error is None


def test_a_member_missing_or_of_another_type_is_named(tmp_path):
    table = copy.deepcopy(OFFERS)
    del table["DataModel"][0]["KeyAttributes"]["PartitionKey"]["AttributeName"]
    error = attempt(json.dumps(table, indent=1), tmp_path)
    assert error is not None
    assert "AttributeName is missing" in error.message
    assert error.where.line > 10


def test_two_tables_of_one_name_are_refused(tmp_path):
    twice = model("Twice", *OFFERS["DataModel"], *OFFERS["DataModel"])
    error = attempt(json.dumps(twice), tmp_path)
    assert error is not None
    assert "card_offers.json" in error.message
