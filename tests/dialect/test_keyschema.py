from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.ir import Index, KeyAttribute, Settings, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.errors import SchemaError

    Refused = Callable[..., SchemaError]


def test_the_whole_table(notes: Table) -> None:
    assert (notes.name, notes.source, notes.tenant) == ("notes-v2", "notes.json", "tenantId")
    assert notes.keys == (KeyAttribute("owner_key"), KeyAttribute("noteId"))
    assert notes.settings == Settings(
        billing="provisioned",
        read_capacity=5,
        write_capacity=2,
        stream="NEW_AND_OLD_IMAGES",
        ttl="expires",
        encryption="aws-managed",
        point_in_time_recovery=True,
        deletion_protection=True,
        tags={"app": "notes"},
    )
    assert notes.index("GSI1") == Index(
        name="GSI1",
        python_name="gsi1",
        hash=(KeyAttribute("GSI1PK"),),
        range=(KeyAttribute("GSI1SK"),),
        projection="INCLUDE",
        include=("text",),
        purpose="By topic",
        use_case="Boards",
        tenant_isolation="filter",
    )
    assert notes.index("GSI2").range == (KeyAttribute("rank", "N"),)
    assert (notes.title, notes.description) == ("Notes", "What people write down.")


def test_defaults(small: dict, read: Callable) -> None:
    small["x-kx-table"] |= {
        "billing": "on-demand",
        "indexes": {"KEYS": {"hash": "id", "projection": "KEYS_ONLY"}},
    }
    table = read(small)
    assert table.settings == Settings()
    assert table.index("KEYS") == Index(
        "KEYS", "keys", (KeyAttribute("id"),), projection="KEYS_ONLY"
    )
    assert (table.range, table.keys, table.tenant) == (None, (KeyAttribute("id"),), None)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"key": {"hash": "id", "range": "id"}}, "twice"),
        ({"indexes": {"GSI1": {"hash": ["a", "b"], "range": "a"}}}, "twice"),
        (
            {"indexes": {"GSI1": {"hash": {"name": "id", "type": "N"}}}},
            "of type S in one key and N",
        ),
        ({"indexes": {"LSI1": {"hash": "a", "range": "b", "local": True}}}, "partition key, 'id'"),
        ({"indexes": {"LSI1": {"hash": "id", "local": True}}}, "sort key"),
        ({"indexes": {"LSI1": {"hash": "id", "range": "b", "local": True}}}, "sort key"),
        (
            {"indexes": {"LSI1": {"hash": ["id", "b"], "range": "c", "local": True}}},
            "one partition key",
        ),
        ({"ttl": "expire"}, "did you mean 'expires'?"),
        ({"tenant": "ownr"}, "did you mean 'owner'?"),
        ({"tenant": "zzz"}, "there is 'id', 'expires', 'owner'"),
    ],
)
def test_contradictions(small: dict, refused: Refused, table: dict, words: str) -> None:
    small["properties"] |= {"expires": {"type": "integer"}, "owner": {"type": "string"}}
    small["x-kx-table"] |= table
    if table.get("key"):
        small["x-kx-entity"]["keys"]["id"] = "x"
    refused(small, "KX130", words)


def test_a_time_to_live_is_a_number(small: dict, refused: Refused) -> None:
    small["x-kx-table"]["ttl"] = "id"
    refused(small, "KX132", "seconds")
