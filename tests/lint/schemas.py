"""Small schemas as text, read and linted; a mark in the text says where a finding is expected."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kxmodel.dialect import read_table
from kxmodel.errors import CODES
from kxmodel.lint import RULES, Finding, lint_tables

if TYPE_CHECKING:
    from kxmodel.ir import Table

#: Before a text, or before the name of a member whose value is meant.
MARK = "@@"

ID = {"type": "string", "minLength": 1, "pattern": "^[^#]+$"}
TEXT = {"type": "string"}
INTEGER = {"type": "integer"}
TIME = {"type": "string", "format": "date-time"}

#: One entity, one index, one pattern for each; nothing to find.
NOTES: dict[str, Any] = {
    "$schema": "urn:kxmodel:dialect:1",
    "type": "object",
    "x-kx-table": {
        "name": "notes",
        "key": {"hash": "pk", "range": "sk"},
        "indexes": {"GSI1": {"hash": "GSI1PK", "range": "GSI1SK"}},
    },
    "x-kx-entity": {
        "name": "Note",
        "keys": {"pk": "NOTE#${owner}", "sk": "${day}#${title}"},
        "indexes": {"GSI1": {"keys": {"GSI1PK": "COLOUR#${colour}", "GSI1SK": "${written}"}}},
    },
    "x-kx-patterns": {
        "of_day": {"question": "What was noted?", "given": ["owner", "day"], "range": "title"},
        "of_colour": {"question": "Which are red?", "index": "GSI1", "given": ["colour"]},
    },
    "required": ["owner", "day", "title", "written"],
    "properties": {
        "owner": ID,
        "day": {"type": "string", "format": "date"},
        "title": TEXT,
        "colour": {"type": "string", "enum": ["red", "green"]},
        "written": TIME,
        "pages": {"type": "integer", "minimum": 0, "maximum": 999},
        "place": {"type": "object", "properties": {"city": TEXT, "zip": INTEGER}},
    },
}

#: Two entities in one table; nothing to find.
SHOP: dict[str, Any] = {
    "$schema": "urn:kxmodel:dialect:1",
    "x-kx-table": {
        "name": "shop",
        "key": {"hash": "PK", "range": "SK"},
        "indexes": {"GSI1": {"hash": "SK", "range": "PK"}},
    },
    "x-kx-patterns": {
        "everything": {
            "question": "Who is it, and what did they order?",
            "entity": "Customer",
            "given": ["customer"],
            "result": "collection",
            "returns": ["Customer", "Order"],
        },
        "sold": {
            "question": "Whose order is it?",
            "entity": "Order",
            "index": "GSI1",
            "given": ["number"],
        },
    },
    "anyOf": [{"$ref": "#/$defs/Customer"}, {"$ref": "#/$defs/Order"}],
    "$defs": {
        "Customer": {
            "type": "object",
            "x-kx-entity": {
                "name": "Customer",
                "keys": {"PK": "CUSTOMER#${customer}", "SK": "PROFILE"},
                "indexes": {"GSI1": {}},
            },
            "required": ["customer"],
            "properties": {"customer": ID, "name": TEXT},
        },
        "Order": {
            "type": "object",
            "x-kx-entity": {
                "name": "Order",
                "keys": {"PK": "CUSTOMER#${customer}", "SK": "ORDER#${number}"},
                "indexes": {"GSI1": {}},
            },
            "required": ["customer", "number", "state"],
            "properties": {"customer": ID, "number": ID, "state": {"enum": ["open", "done"]}},
        },
    },
}


def changed(schema: dict[str, Any], *changes: tuple[str, object]) -> dict[str, Any]:
    """A copy with members set by their path of names, ``/`` between them; None removes one.

    A mark before the last name stays in the text and is no part of the name.
    """
    # Not deepcopy, which keeps one dict that stands in two places one.
    result = json.loads(json.dumps(schema))
    for path, value in changes:
        *outer, last = path.split("/")
        node = result
        for name in outer:
            node = node.setdefault(name, {})
        plain = last.removeprefix(MARK)
        if last != plain:
            # The marked name takes the place of the plain one, in the same order.
            members = [(last if k == plain else k, v) for k, v in node.items()]
            node.clear()
            node.update(members)
        if value is None:
            node.pop(last, None)
        else:
            node[last] = json.loads(json.dumps(value))
    return result


def read(schema: dict[str, Any] | str, **siblings: dict[str, Any]) -> Table:
    """The table of a schema; siblings: further files of the folder, by stem."""
    text = schema if isinstance(schema, str) else json.dumps(schema, indent=2)
    with tempfile.TemporaryDirectory() as folder:
        for stem, content in siblings.items():
            Path(folder, f"{stem}.json").write_text(json.dumps(content, indent=2))
        path = Path(folder, "table.json")
        path.write_text(text, encoding="utf-8")
        return read_table(path)


def lint(schema: dict[str, Any] | str, **siblings: dict[str, Any]) -> tuple[Finding, ...]:
    return lint_tables([read(schema, **siblings)])


def found(code: str, schema: dict[str, Any], **siblings: dict[str, Any]) -> Finding:
    """The one finding with that code, which stands at the mark and has what each must have."""
    text = json.dumps(schema, indent=2)
    at = text.index(MARK)
    quote = at - 1
    closing = text.index('"', at)
    if text.startswith('": ', closing):
        quote = closing + 3
        expected = text[: quote - len(MARK)].count("\n") + 1
        column = quote - len(MARK) - text.rfind("\n", 0, quote)
    else:
        expected = text[:quote].count("\n") + 1
        column = quote - text.rfind("\n", 0, quote)
    findings = lint(text.replace(MARK, ""), **siblings)
    (finding,) = [each for each in findings if each.code == code]
    assert (finding.location.line, finding.location.column) == (expected, column), str(finding)
    (rule,) = [each for each in RULES if each.code == code]
    assert finding.severity == rule.severity
    assert finding.location.file == "table.json"
    assert finding.fix
    assert code in CODES
    return finding


def clean(schema: dict[str, Any], **siblings: dict[str, Any]) -> None:
    """Nothing is found but notes."""
    findings = lint(schema, **siblings)
    assert [str(f) for f in findings if f.severity != "note"] == []


def codes(schema: dict[str, Any]) -> set[str]:
    return {finding.code for finding in lint(schema)}
