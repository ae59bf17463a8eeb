from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.docs.construct import construction, made_by_writes
from kxmodel.docs.worked import worked
from tests.emit.designs import design
from tests.emit.tools import ROOT

if TYPE_CHECKING:
    from kxmodel.docs.worked import Worked

PACKAGES = {"kxgen": "kxmodel.models", "shop": "shop", "membership": "membership"}


def stored(item: Worked) -> dict[str, object]:
    """What is stored, without what the time of the write decides."""
    moved = {a.name for a in item.entity.attributes if a.generate and a.generate.kind == "updated"}
    moved |= {a.name for a in item.entity.attributes if a.generate and a.generate.kind == "version"}
    moved |= {
        name
        for filled in item.entity.indexes
        if any(moved & set(template.sources) for template in filled.keys.values())
        for name in filled.keys
    }
    return {name: value for name, value in item.stored.items() if name not in moved}


@pytest.mark.parametrize("name", list(PACKAGES))
def test_what_is_shown_builds_the_example(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "examples" / name))
    import_module(PACKAGES[name])
    for table in design(name):
        for item in worked(table):
            code = construction(table, item.entity, item.plain, PACKAGES[name])
            program, _, end = code.rpartition("item.save()")
            assert end == "\n"
            space: dict[str, Any] = {}
            exec(compile(program, table.name, "exec"), space)
            made = space["item"].to_dynamodb_dict()
            wanted = stored(item)
            assert {key: made.get(key) for key in wanted} == wanted


def test_keys_are_left_to_the_model() -> None:
    _, messages, _ = design("kxgen")
    assert made_by_writes(messages.entities[0]) == {
        "contact_pk", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK", "updated_at",
    }  # fmt: skip


def test_hostile_values_are_literals() -> None:
    _, messages, _ = design("kxgen")
    hostile = '")\nimport os #\\ \u202e'
    code = construction(messages, messages.entities[0], {"text": hostile}, "kxmodel.models")
    (line,) = [each for each in code.splitlines() if "text=" in each]
    space: dict[str, str] = {}
    exec(f"x = dict({line})", space)
    assert space["x"]["text"] == hostile  # type: ignore[index]
    assert "\u202e" not in code
