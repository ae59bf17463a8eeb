"""A task as data, on its way to another process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from kxmodel.errors import BackfillError
from kxmodel.migrate.tasks import AddAttribute, TaskSpec


def made(arguments: Mapping[str, Any], folder: str | None) -> AddAttribute:
    """What a worker makes of the specs here."""
    return AddAttribute(str(arguments["table"]), str(folder), 0)


SPEC = TaskSpec("tests.migrate.tasks.test_spec:made", {"table": "leads"}, "here")


def test_a_spec_survives_its_journey() -> None:
    travelled = TaskSpec.from_json(json.loads(json.dumps(SPEC.to_json())))
    assert (travelled, travelled.folder) == (SPEC, "here")
    assert travelled.digest == SPEC.digest
    assert travelled.load() == AddAttribute("leads", "here", 0)


def test_where_the_files_lie_is_no_part_of_what_it_is() -> None:
    assert replace(SPEC, folder="elsewhere").digest == SPEC.digest
    assert replace(SPEC, arguments={"table": "contacts"}).digest != SPEC.digest


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"factory": 1, "arguments": {}},
        {"factory": "a:b", "arguments": []},
        {"factory": "a:b", "arguments": {}, "folder": 1},
    ],
)
def test_what_is_no_spec_is_told(value: Any) -> None:
    with pytest.raises(BackfillError, match="KX628"):
        TaskSpec.from_json(value)


@pytest.mark.parametrize("factory", ["kxmodel.nowhere:nothing", "kxmodel.errors:nothing", "", ":"])
def test_an_unknown_factory_is_told(factory: str) -> None:
    with pytest.raises(BackfillError, match="KX628"):
        TaskSpec(factory).load()
