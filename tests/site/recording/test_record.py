"""The snippets of the pages, run as they stand: what comes back is what is recorded.

Python, boto3 and TypeScript (by Node) run always, the AWS CLI where slow tests do: each of its
commands is a process of its own, run by ``sh``.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

from kxmodel.config import find_config
from kxmodel.dialect import read_folder
from kxmodel.docs.asking import asked
from kxmodel.docs.jsonlines import json_lines
from kxmodel.docs.project import answer_name
from kxmodel.docs.snippets import LANGUAGES
from kxmodel.emit.models import emit
from kxmodel.emit.write import apply, plan
from kxmodel.engines import find
from kxmodel.errors import ConfigError, DocsError
from kxmodel.site.answers import read_answers, write_answers
from kxmodel.site.recording import RUNNERS, Place, missing, record
from kxmodel.site.recording import record as record_module
from kxmodel.testing.ci import skip_or_fail
from tests.emit.designs import FOLDERS, design

ENGINE = "dynoxide"
recording = __import__("kxmodel.site.recording.record", fromlist=["record"])


@pytest.fixture(autouse=True)
def _engine():
    if find(ENGINE) is None:
        skip_or_fail(f"{ENGINE} is not installed")


def config_of(name: str):
    return find_config(FOLDERS[name].parent)


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize(
    "language",
    [
        pytest.param(language, marks=[pytest.mark.slow] if language == "awscli" else [])
        for language in LANGUAGES
    ],
)
def test_what_is_recorded_is_what_comes_back(name, language):
    config, tables = config_of(name), design(name)
    lack = missing(Place(config.root)).get(language)
    if lack:
        skip_or_fail(f"{language} cannot be run: {lack}")
    committed = read_answers(config.answers, tables)
    fresh = record(config, tables, ENGINE, (language,)).answers
    assert fresh.keys() == committed.keys()
    for each, answer in fresh.items():
        assert language in answer.languages
        assert language in committed[each].languages
        known = replace(committed[each], engine=answer.engine, languages=answer.languages)
        assert answer == known, f"{each}: run kxmodel docs --record"


@pytest.mark.parametrize("name", FOLDERS)
def test_the_pages_plan_what_the_methods_send(name):
    committed = read_answers(config_of(name).answers, design(name))
    for table in design(name):
        for pattern in table.patterns:
            found = asked(table, pattern)
            answer = committed[answer_name(table, pattern)]
            sent = {n: v for n, v in answer.request.items() if n != "ReturnConsumedCapacity"}
            assert json_lines(sent) == json_lines(found.request)
            read = sorted(json_lines(dict(sorted(i.stored.items()))) for i in found.read())
            if not found.filters:
                back = answer.response["Items"]
                assert len(read) == len(back) == answer.response["Count"]


def snippets(monkeypatch, change):
    """Snippets of boto3 that are not those of the page."""
    true = recording.snippet

    def changed(language, asked, package):
        text = true(language, asked, package)
        return change(text) if language == "boto3" else text

    monkeypatch.setattr(recording, "snippet", changed)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (lambda text: text.replace('.eq("', '.eq("other'), "KX723", "found other items in boto3"),
        (lambda text: "pass\n", "KX722", "in boto3 sent no Query"),
        (lambda text: "raise ValueError('a word')\n", "KX722", "ValueError: a word"),
        (lambda text: "import sys; sys.exit(3)\n", "KX722", "said nothing"),
    ],
)
def test_a_snippet_that_is_wrong_is_noticed(monkeypatch, change, code, said):
    snippets(monkeypatch, change)
    with pytest.raises(DocsError) as refused:
        record(config_of("membership"), design("membership"), ENGINE, ("boto3",))
    assert refused.value.code == code
    assert said in str(refused.value)


def test_node_says_what_is_wrong_before_its_version(monkeypatch):
    if lack := missing(Place(config_of("membership").root)).get("typescript"):
        skip_or_fail(f"typescript cannot be run: {lack}")
    runner = RUNNERS["typescript"]
    broken = replace(
        runner, run=lambda _, tap, place: runner.run(["throw new Error('a word');"], tap, place)
    )
    monkeypatch.setitem(RUNNERS, "typescript", broken)
    with pytest.raises(DocsError, match="in TypeScript failed: Error: a word"):
        record(config_of("membership"), design("membership"), ENGINE, ("typescript",))


def test_a_language_that_cannot_be_run_is_left_out_and_named(monkeypatch):
    runner = replace(RUNNERS["boto3"], missing=lambda _: "a thing")
    monkeypatch.setitem(RUNNERS, "boto3", runner)
    recorded = record(config_of("membership"), design("membership"), ENGINE, ("python", "boto3"))
    assert recorded.missing == {"boto3": "a thing"}
    assert {answer.languages for answer in recorded.answers.values()} == {("python",)}


@pytest.fixture
def blobs(tmp_path):
    """A project whose keys are binary: configuration and tables."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "blobs.json").write_text(
        json.dumps(BLOBS).replace('"SHARE"', str(SHARE)), "utf-8"
    )
    (tmp_path / "pyproject.toml").write_text(
        '[tool.kxmodel]\nschemas = "schemas"\nmodels = "blobs/models"\npackage = "blobs.models"\n'
    )
    config = find_config(tmp_path)
    tables = read_folder(config.schemas, config.root)
    apply(plan(emit(tables, package=config.package), config.models))
    yield config, tables
    for name in [name for name in sys.modules if name.partition(".")[0] == "blobs"]:
        del sys.modules[name]


#: More digits than a double has.
SHARE = Decimal("0.12345678901234567891")
BLOBS = {
    "$schema": "urn:kxmodel:dialect:1",
    "x-kx-table": {
        "name": "blobs",
        "key": {"hash": {"name": "digest", "type": "B"}, "range": {"name": "part", "type": "B"}},
    },
    "x-kx-entity": {"name": "Blob", "keys": {"digest": "${digest}", "part": "${part}"}},
    "x-kx-patterns": {"parts": {"question": "Which parts are there?", "given": ["digest"]}},
    "type": "object",
    "required": ["digest", "part"],
    "properties": {
        "digest": {"type": "string", "x-kx-type": "B"},
        "part": {"type": "string", "x-kx-type": "B"},
        "more": {"type": "array", "items": {"type": "string"}, "x-kx-type": "BS"},
        "share": {"type": "number", "x-kx-number": "decimal"},
    },
    "examples": [
        {"digest": "AP8=", "part": "AQ==", "more": ["/w=="], "share": "SHARE"},
        {"digest": "AP8=", "part": "/w=="},
    ],
}


def test_binary_and_exact_numbers_are_stored_and_come_back(blobs, tmp_path):
    config, tables = blobs
    languages = [
        name for name in ("boto3", "typescript") if name not in missing(Place(config.root))
    ]
    recorded = record(config, tables, ENGINE, languages).answers
    write_answers(tmp_path / "answers", tables, recorded)
    (answer,) = read_answers(tmp_path / "answers", tables).values()
    assert answer == next(iter(recorded.values()))
    assert answer.languages == ("python", *languages)
    assert answer.request["ExpressionAttributeValues"] == {":pk": {"B": "AP8="}}
    assert [item["part"] for item in answer.returned] == ["AQ==", "/w=="]
    assert answer.returned[0]["more"] == ["/w=="]
    assert answer.returned[0]["share"] == SHARE


@pytest.mark.parametrize(("said", "takes"), [("aws-cli/1.46.3 x", False), ("aws-cli/2.1 x", True)])
def test_the_first_aws_cli_is_not_asked_for_binary(said, takes, blobs, monkeypatch, tmp_path):
    """It would encode the base64 text once more, and find nothing."""
    _, (table,) = blobs
    (tmp_path / "aws").write_text(f"#!/bin/sh\necho '{said}'\n")
    (tmp_path / "aws").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    place = Place(tmp_path, cli=tmp_path / "nowhere")
    assert RUNNERS["awscli"].takes(asked(table, table.patterns[0]), place) is takes
    (lead,) = [table for table in design("kxgen") if table.name == "leads"]
    assert RUNNERS["awscli"].takes(asked(lead, lead.patterns[0]), place)


def test_a_question_that_a_language_cannot_send_is_left_to_the_others(monkeypatch):
    def takes(one, _):
        return one.pattern.result != "one"

    monkeypatch.setitem(RUNNERS, "boto3", replace(RUNNERS["boto3"], takes=takes))
    recorded = record(config_of("membership"), design("membership"), ENGINE, ("boto3",))
    ran = {name: "boto3" in answer.languages for name, answer in recorded.answers.items()}
    of = {answer_name(t, p): p.result != "one" for t in design("membership") for p in t.patterns}
    assert ran == of


def test_models_that_cannot_be_imported_are_told(tmp_path):
    config = replace(config_of("shop"), models=tmp_path / "nowhere", package="nowhere")
    with pytest.raises(ConfigError, match="cannot be imported"):
        record(config, design("shop"), ENGINE, ("python",))
    with pytest.raises(ConfigError, match="does not end like"):
        record(replace(config, package="other"), design("shop"), ENGINE, ("python",))


def test_the_callers_credentials_never_reach_a_snippet(monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "mine")
    environment = Place(tmp_path).environment("http://127.0.0.1:1")
    assert "AWS_PROFILE" not in environment
    assert "AWS_SESSION_TOKEN" not in environment
    assert environment["AWS_ENDPOINT_URL_DYNAMODB"] == "http://127.0.0.1:1"


def test_the_module_is_what_the_package_shows():
    assert record_module is recording.record
