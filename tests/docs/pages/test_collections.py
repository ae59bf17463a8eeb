from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kxmodel.dialect import read_folder
from kxmodel.docs.pages.collections import pages
from kxmodel.docs.project import Project

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = {
    "$schema": "urn:kxmodel:dialect:1",
    "type": "object",
    "x-kx-table": {
        "name": "visits",
        "key": {"hash": "id"},
        "indexes": {"by_day": {"hash": "GSI1PK", "range": "day"}},
    },
    "x-kx-entity": {
        "name": "Visit",
        "keys": {"id": "${id}"},
        "indexes": {"by_day": {"keys": {"GSI1PK": "${place}", "day": "${day}"}}},
    },
    "required": ["id", "place", "day"],
    "properties": {name: {"type": "string", "minLength": 1} for name in ("id", "place", "day")},
    "examples": [{"id": "1", "place": "gym", "day": "2024-01-15", "GSI1PK": "gym"}],
}


def test_an_item_is_shown_by_what_its_key_there_does_not_say_already(tmp_path: Path) -> None:
    """What is an attribute of its own may be the key of another index; a derived key says nothing."""
    (tmp_path / "visits.json").write_text(json.dumps(SCHEMA), "utf-8")
    ((_, text),) = pages(Project(tuple(read_folder(tmp_path)), package="p"))
    table, index = text.split("\n## ")[1:]
    assert "<td>place: <span>gym</span>, day: <span>2024-01-15</span></td>" in table
    assert "<td>id: <span>1</span>, place: <span>gym</span></td>" in index
