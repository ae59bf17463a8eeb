"""The demonstration on the project's own tables, and on other people's designs."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from kxmodel.cli.session import Session
from kxmodel.cli.work import plan_models
from kxmodel.demo.events import Answer, Findings, Next, Step, Unasked
from kxmodel.demo.run import Wishes, run
from kxmodel.engines import ENGINES, find
from kxmodel.migrate.run import events as migrations
from kxmodel.runtime.binding import current
from kxmodel.testing.ci import skip_or_fail

ROOT = Path(__file__).parents[2]


def events(folder: Path, engine: str = "auto", wishes: Wishes | None = None) -> list[object]:
    session = Session(folder)
    errors, changes = plan_models(session)
    assert not errors
    return list(run(session.config, session.tables, changes, engine, wishes))


@pytest.fixture(scope="module")
def unmigrated(tmp_path_factory):
    """KxGen's project without its migrations, and the models it is generated into."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (folder / "pyproject.toml").write_text('[tool.kxmodel]\nmodels = "app/models"\n')
    return folder


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_question_of_kxgen_is_answered(unmigrated, engine):
    if find(engine) is None:
        skip_or_fail(f"{engine} is not here")
    before = current()
    seen = events(unmigrated, engine)
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


def test_the_requests_are_those_of_the_description(unmigrated):
    answers = {e.question.pattern.name: e for e in events(unmigrated) if isinstance(e, Answer)}
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


@pytest.mark.parametrize(
    ("engine", "count"),
    [
        ("dynoxide", 300),
        pytest.param("ministack", 300, marks=pytest.mark.slow),
        pytest.param("moto", 30, marks=pytest.mark.slow),
    ],
)
def test_kxgen_is_migrated_up_and_down_and_up(tmp_path, engine, count):
    if find(engine) is None:
        skip_or_fail(f"{engine} is not here")
    told: list[object] = []
    opened: list[str] = []

    @contextmanager
    def follow():
        opened.append("")
        yield told.append

    before = sorted(p for p in (ROOT / "migrations").rglob("*"))
    reports = tmp_path / "reports"
    seen = events(ROOT, engine, Wishes(count, follow, reports))
    assert sorted(p for p in (ROOT / "migrations").rglob("*")) == before

    steps = {e.name: e.result for e in seen if isinstance(e, Step)}
    assert steps["apply"].startswith("0001_create_tables: ")
    assert steps["load"].startswith(f"{count} legacy items")
    assert steps["migrated"].startswith("8 migrations")
    assert steps["down"].startswith("8 migrations")
    assert " 0 written" in steps["up again"]
    assert "items/s" in steps["measured"]
    assert len(opened) == 3
    applied = [e.revision for e in told if isinstance(e, migrations.MigrationEnded)]
    assert len(applied) == 8, "what comes after the first run shows nothing but its bar"

    answers = [e for e in seen if isinstance(e, Answer)]
    assert len(answers) == 8
    assert all(answer.grids for answer in answers)

    (found,) = [e for e in seen if isinstance(e, Findings)]
    assert f"{count} items checked" in found.verdict
    assert found.problems.rows
    assert found.left.rows
    assert "<!doctype html>" in found.page.read_text("utf-8").lower()
    assert list(found.lines.glob("*.jsonl"))
    assert isinstance(seen[-1], Next)
