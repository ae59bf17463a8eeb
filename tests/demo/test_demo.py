"""The demonstration on the project's own tables, and on other people's designs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kxmodel.cli.session import Session
from kxmodel.cli.work import plan_models
from kxmodel.demo.run import Answer, Step, Unasked, run
from kxmodel.engines import ENGINES, find
from kxmodel.runtime.binding import current
from kxmodel.testing.ci import skip_or_fail

ROOT = Path(__file__).parents[2]


def events(folder: Path, engine: str = "auto") -> list[object]:
    session = Session(folder)
    errors, changes = plan_models(session)
    assert not errors
    return list(run(session.config, session.tables, changes, engine))


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_question_of_kxgen_is_answered(engine):
    if find(engine) is None:
        skip_or_fail(f"{engine} is not here")
    before = current()
    seen = events(ROOT, engine)
    assert current() is before
    answers = {str(e.question).partition("(")[0]: e for e in seen if isinstance(e, Answer)}
    assert not [e for e in seen if isinstance(e, Unasked)]
    assert sorted(answers) == [
        "Lead.by_phone",
        "Lead.by_status",
        "Message.by_lead",
        "Message.conversation",
        "Message.recent",
        "Persona.active",
        "Persona.by_status",
        "Persona.templates",
    ]
    assert all(answer.grids for answer in answers.values())
    for answer in answers.values():
        (request,) = answer.requests
        assert request.operation == "Query"
        json.dumps(request.parameters)
    steps = {e.name: e.result for e in seen if isinstance(e, Step)}
    assert "with 6 indexes" in steps["create"]
    assert ("fallback" in steps["engine"]) is (engine == list(ENGINES)[-1])


def test_the_requests_are_those_of_the_description():
    answers = {e.question.pattern.name: e for e in events(ROOT) if isinstance(e, Answer)}
    asked = {name: answer.requests[0].parameters for name, answer in answers.items()}
    conversation = asked["conversation"]
    assert conversation["ScanIndexForward"] is False
    assert conversation["Limit"] == 50
    assert list(conversation["ExpressionAttributeValues"].values()) == [
        {"S": "tenant123#john.doe@example.com"}
    ]
    assert asked["by_phone"]["IndexName"] == "GSI1"
    assert list(asked["by_phone"]["ExpressionAttributeValues"].values()) == [
        {"S": "tenant123#+1234567890"},
        {"S": "PHONE_LOOKUP"},
    ]
    assert {"S": "active#"} in asked["active"]["ExpressionAttributeValues"].values()
    assert (asked["recent"]["Limit"], asked["recent"]["ScanIndexForward"]) == (100, False)


@pytest.mark.parametrize("design", ["shop", "membership"])
def test_other_designs(design):
    seen = events(ROOT / "examples" / design)
    assert not [e for e in seen if isinstance(e, Unasked)]
    assert all(e.grids for e in seen if isinstance(e, Answer))
