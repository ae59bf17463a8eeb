from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect.patterns import TAKEN_PARAMETERS
from kxmodel.ir import AccessPattern, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.errors import SchemaError

    Refused = Callable[..., SchemaError]


def by_name(table: Table) -> dict[str, AccessPattern]:
    return {pattern.name: pattern for pattern in table.patterns}


def test_all_members(notes: Table) -> None:
    patterns = by_name(notes)
    of_owner = patterns["of_owner"]
    assert of_owner == AccessPattern(
        name="of_owner",
        entity="Note",
        question="What has somebody written?",
        given=("tenantId", "emailLc"),
        parameters=("tenant_id", "email_lc"),
        range="noteId",
        order="descending",
        limit=20,
        returns=("Note",),
        consistent=True,
        location=of_owner.location,
    )
    assert str(of_owner.location) == "notes.json:35:5"
    on_topic = patterns["on_topic"]
    assert on_topic.parameters == ("tenant_id", "subject")
    assert on_topic.fixed == {"status": "open"}
    assert on_topic.filter == ("tenantId",)
    assert on_topic.range == "createdAt"
    assert on_topic.description == "Newest last."
    assert (patterns["ranked"].range, patterns["ranked"].result) == (None, "one")


def test_range_and_returns_find_themselves(market: Table) -> None:
    patterns = by_name(market)
    assert patterns["of_seller"].range == "stallId"
    assert patterns["in_city"].range == "opened"
    assert patterns["with_stalls"].range is None
    # A fair is in the same table, but never in a seller's partition.
    assert patterns["with_stalls"].returns == ("Seller", "Stall")
    assert patterns["of_seller"].returns == ("Stall",)


@pytest.fixture
def shelf(small: dict) -> dict:
    """A table with a composite sort key, a map, and a pattern to spoil."""
    small["x-kx-table"] |= {
        "key": {"hash": "id", "range": "sk"},
        "indexes": {"GSI1": {"hash": "owner"}, "GSI2": {"hash": "other"}},
    }
    small["x-kx-entity"] |= {
        "keys": {"id": "${id}", "sk": "${room}#${shelf}#${box}"},
        "indexes": {"GSI1": {}},
    }
    text = {"type": "string"}
    small["properties"] |= {
        **dict.fromkeys(("room", "shelf", "box", "owner", "limit"), text),
        "info": {"properties": {"phone": text, "from": text, "tags": {"type": "object"}}},
        "free": {},
    }
    small["x-kx-patterns"] = {"p": {"question": "?", "given": ["id"]}}
    return small


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"entity": "Thin"}, "KX140", "did you mean 'Thing'?"),
        ({"entity": "Zebra"}, "KX140", "there is 'Thing'"),
        ({"index": "GSI3"}, "KX140", "did you mean 'GSI2'?"),
        ({"index": "GSI2"}, "KX142", "never in GSI2"),
        ({"index": "GSI1", "consistent": True}, "KX142", "consistently"),
        ({"given": ["idd"]}, "KX140", "did you mean 'id'?"),
        ({"given": ["info.phon"]}, "KX140", "did you mean 'info.phone'?"),
        ({"given": ["id.x"]}, "KX140", "no 'id.x'"),
        ({"given": [""]}, "KX108", "minLength"),
        ({"given": ["id", {"path": "id", "name": "other"}]}, "KX142", "given twice"),
        ({"given": ["id", {"path": "room", "name": "id"}]}, "KX141", "'id' is taken"),
        ({"given": ["limit"]}, "KX141", "'limit' is taken"),
        ({"given": [{"path": "id", "name": "class"}]}, "KX141", "no Python name"),
        ({"given": ["free.é"]}, "KX141", "no Python name"),
        ({"filter": ["room"]}, "KX142", "not given"),
        ({"fixed": {"rom": "x"}}, "KX140", "did you mean 'room'?"),
        ({"fixed": {"id": "x"}}, "KX142", "both given and fixed"),
        ({"fixed": {"room": None}}, "KX108", "null"),
        ({"range": "rom"}, "KX140", "did you mean 'room'?"),
        ({"range": "shelf"}, "KX142", "room comes before it"),
        ({"range": "id"}, "KX142", "gives it already"),
        ({"range": "owner"}, "KX142", "made of 'room', 'shelf', 'box'"),
        ({"returns": ["Thin"]}, "KX140", "did you mean 'Thing'?"),
        ({"limit": 0}, "KX108", "minimum"),
    ],
)
def test_what_does_not_fit(
    shelf: dict, refused: Refused, changes: dict, code: str, words: str
) -> None:
    shelf["x-kx-patterns"]["p"] |= changes
    refused(shelf, code, words)


@pytest.mark.parametrize(
    ("changes", "parameters", "range_path"),
    [
        ({}, ("id",), "room"),
        ({"given": ["id", "room"]}, ("id", "room"), "shelf"),
        ({"fixed": {"room": "a"}}, ("id",), "shelf"),
        ({"given": ["id", "shelf"]}, ("id", "shelf"), "room"),
        ({"given": ["id", "room", "shelf", "box"]}, ("id", "room", "shelf", "box"), None),
        ({"range": None}, ("id",), None),
        ({"range": "room"}, ("id",), "room"),
        ({"index": "GSI1", "given": ["owner"]}, ("owner",), None),
        ({"given": ["info.from", "free.deep.down", "info.tags.x"]}, ("from_", "down", "x"), "room"),
    ],
)
def test_what_fits(
    shelf: dict, read: Callable, changes: dict, parameters: tuple[str, ...], range_path: str | None
) -> None:
    shelf["x-kx-patterns"]["p"] |= changes
    (pattern,) = read(shelf).patterns
    assert pattern.parameters == parameters
    assert pattern.range == range_path


@pytest.mark.parametrize("name", sorted(TAKEN_PARAMETERS))
def test_parameters_of_the_method_itself_are_taken(
    shelf: dict, refused: Refused, name: str
) -> None:
    shelf["x-kx-patterns"]["p"]["given"] = [{"path": "id", "name": name}]
    refused(shelf, "KX141", repr(name))


def test_with_several_entities_the_pattern_says_which(small: dict, refused: Refused) -> None:
    entity = {k: small.pop(k) for k in ("x-kx-entity", "properties", "type")}
    entity["x-kx-entity"]["keys"]["id"] = "A#${x}"
    other = {"x-kx-entity": {"name": "Other", "keys": {"id": "B#${x}"}}, "properties": {"x": {}}}
    small["$defs"] = {"Thing": entity, "Other": other}
    small["x-kx-patterns"] = {"p": {"question": "?", "given": []}}
    refused(small, "KX142", "'Thing', 'Other'")
    small["x-kx-patterns"]["p"] |= {"entity": "Other", "given": ["x"]}
    small["x-kx-table"]["indexes"] = {"GSI1": {"hash": "x"}}
    other["x-kx-entity"]["indexes"] = {"GSI1": {}}
    other["properties"]["x"] = {"type": "string"}
    small["x-kx-patterns"]["p"] |= {"index": "GSI1", "returns": ["Thing"]}
    refused(small, "KX142", "Thing is never in GSI1")
