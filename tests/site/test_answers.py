"""Recorded answers as files."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.docs.project import Answer, answer_name
from kxmodel.errors import DocsError
from kxmodel.site.answers import read_answers, write_answers
from tests.emit.designs import design

TABLES = design("kxgen")
NAME = answer_name(TABLES[0], TABLES[0].patterns[0])


def answer(text: str = "x") -> Answer:
    return Answer(
        "dynoxide 1.2.1",
        {"tenantId": text},
        "Query",
        {"TableName": text},
        {"Items": [{"a": {"S": text}}]},
        ({"a": text},),
        ("python", "awscli"),
    )


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_what_is_written_is_read(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("answers")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return
    (path,) = write_answers(folder, TABLES, {NAME: answer(text)})
    assert read_answers(folder, TABLES) == {NAME: answer(text)}
    assert path.read_bytes().endswith(b"}\n")
    assert b"\r" not in path.read_bytes()


def test_there_need_be_none(tmp_path):
    assert read_answers(tmp_path / "none", TABLES) == {}
    assert write_answers(tmp_path, TABLES, {}) == []


def test_an_answer_of_a_pattern_that_is_gone_is_left_out(tmp_path):
    (path,) = write_answers(tmp_path, TABLES, {NAME: answer()})
    text = path.read_text("utf-8").replace(f'{TABLES[0].patterns[0].name}"', 'gone"')
    path.write_text(text, "utf-8")
    assert read_answers(tmp_path, TABLES) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"engine": "x", "answers": []}',
        '{"engine": "x", "answers": {"Lead.by_phone": 1}}',
        '{"engine": "x", "answers": {"Lead.by_phone": {"arguments": {}}}}',
        "[" * 100_000,
        "\udc80",
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(tmp_path, text):
    (tmp_path / "leads.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DocsError) as refused:
        read_answers(tmp_path, TABLES)
    assert refused.value.code == "KX724"
    assert "leads.json" in str(refused.value)


def test_a_wrong_member_is_refused(tmp_path):
    (path,) = write_answers(tmp_path, TABLES, {NAME: answer()})
    plain = json.loads(path.read_text("utf-8"))
    next(iter(plain["answers"].values()))["response"] = "text"
    path.write_text(json.dumps(plain), "utf-8")
    with pytest.raises(DocsError, match="response is no dict"):
        read_answers(tmp_path, TABLES)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DocsError) as refused:
        write_answers(tmp_path / "file", TABLES, {NAME: answer()})
    assert refused.value.code == "KX720"
