"""Bad items, as the reports and the history keep them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kxmodel.errors import Problem
from kxmodel.migrate.backfill.bad import BadItem, BadItems, in_words, read_rows

if TYPE_CHECKING:
    from pathlib import Path

ROW = BadItem({"PK": "DEV#1", "at": 5}, "x", "x is a list", "KX324")


def test_in_words() -> None:
    assert in_words(json.dumps(ROW.to_json())) == "PK='DEV#1', at=5: x is a list (KX324)"

    typed = replace(ROW, path="contact.phone", reason="is stored as N, and the schema has S")
    told = in_words(json.dumps(typed.to_json()))
    assert told.endswith("at=5: contact.phone is stored as N, and the schema has S (KX324)")
    whole = BadItem.of({"PK": {"S": "a"}}, Problem((), None, "write", "was refused", code="KX631"))
    assert in_words(json.dumps(whole.to_json())) == "PK='a': was refused (KX631)"


@pytest.mark.parametrize(
    "line", ["", "4 more", "[1]", "5", '{"key": 5}', '{"key": {}}', "[" * 10**5]
)
def test_any_other_text_stays_as_it_is(line: str) -> None:
    assert in_words(line) == line


def test_a_report_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "report.jsonl"
    assert read_rows(path) == []
    report = BadItems(path, {})
    report.add("unit", [ROW] * 3)
    report.close()
    assert read_rows(path, most=2) == [ROW.to_json()] * 2
    with path.open("a") as file:
        file.write('{"unit": "cut o')
    assert read_rows(path) == [ROW.to_json()] * 3
