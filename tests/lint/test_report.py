from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import Location
from kxmodel.lint import Finding, as_github, as_json, as_text, lint_tables, summary
from tests.lint.schemas import NOTES, changed, read


def finding(**changes: object) -> Finding:
    values = {
        "code": "KX201",
        "severity": "error",
        "message": "no key",
        "location": Location("schemas/a.json", 3, 7),
        "fix": "Give it.",
        "table": "a",
        "pointer": "/x-kx-patterns/p/given",
    }
    return Finding(**{**values, **changes})


def test_text() -> None:
    note = finding(code="KX210", severity="note", location=Location("b.json"))
    assert as_text([finding(), note]) == (
        "schemas/a.json:3:7: error KX201 no key\n"
        "  fix: Give it.\n"
        "b.json: note KX210 no key\n"
        "  fix: Give it.\n"
        "1 error, 1 note\n"
    )
    assert as_text([]) == "no findings\n"
    assert summary([finding(severity="warning")] * 2) == "2 warnings"


def test_json() -> None:
    assert json.loads(as_json([finding()])) == [
        {
            "code": "KX201",
            "title": "Unanswerable access pattern",
            "severity": "error",
            "message": "no key",
            "fix": "Give it.",
            "table": "a",
            "file": "schemas/a.json",
            "line": 3,
            "column": 7,
            "pointer": "/x-kx-patterns/p/given",
            "help": "errors.md#kx201",
        }
    ]
    assert json.loads(as_json([])) == []


def test_github() -> None:
    hostile = finding(
        severity="note",
        message="50 % of it\r\n::error::x",
        location=Location("a:b,c%.json", 1, 2),
    )
    assert as_github([finding(), hostile]) == (
        "::error file=schemas/a.json,line=3,col=7,title=KX201::no key%0Afix: Give it.\n"
        "::notice file=a%3Ab%2Cc%25.json,line=1,col=2,title=KX201::"
        "50 %25 of it%0D%0A::error::x%0Afix: Give it.\n"
    )
    assert as_github([finding(severity="warning", location=Location("a.json"))]) == (
        "::warning file=a.json,title=KX201::no key%0Afix: Give it.\n"
    )
    assert as_github([]) == ""


@given(st.text(), st.text())
def test_a_command_is_one_line_whatever_it_says(message: str, file: str) -> None:
    told = as_github([finding(message=message, location=Location(file, 1, 1))])
    assert told.count("\n") == 1
    assert "\r" not in told
    place, _, data = told[len("::error ") :].partition("::")
    assert place.count(",") == 3
    back = data.removesuffix("\n").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert back == f"{message}\nfix: Give it."


@given(st.text())
def test_json_takes_any_text(message: str) -> None:
    (told,) = json.loads(as_json([finding(message=message)]).encode())
    assert told["message"] == message


def test_names_of_a_schema_reach_no_terminal_raw() -> None:
    name = "\u202egnp\u001b[31m\n::error::x"
    schema = changed(
        NOTES,
        ("x-kx-table/indexes/GSI1/projection", [name]),
        (f"properties/{name}", {"type": "string", "x-kx-name": "odd"}),
    )
    findings = lint_tables([read(schema)])
    assert findings
    for text in (as_text(findings), as_github(findings)):
        assert "\u202e" not in text
        assert "\x1b" not in text
        assert "\n::error::x" not in text
