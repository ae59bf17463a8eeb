"""Whatever stands in a value, its literal is that value: held up to each language's own reader."""

from __future__ import annotations

import ast
import json
import shlex
import subprocess
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.docs.snippets import literals
from kxmodel.values.shown import INVISIBLE
from tests.emit.npm import node
from tests.emit.tables import PIECES

HOSTILE = [
    *(piece for piece in PIECES if not any(0xD800 <= ord(c) <= 0xDFFF for c in piece)),
    "'; rm -rf ~ #",
    "$(id)",
    "`id`",
    "${HOME}",
    '"); import os  #',
    "</script>",
    "\\",
    "!history",
    "-leading",
    "",
]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(HOSTILE)


@settings(max_examples=200)
@given(texts)
def test_python(text):
    literal = literals.python_text(text)
    assert ast.literal_eval(literal) == text
    assert not INVISIBLE.search(literal)


def test_javascript():
    program = f"console.log(JSON.stringify([{', '.join(map(literals.script_text, HOSTILE))}]))"
    done = node("--input-type=module", "-", text=program)
    assert json.loads(done.stdout) == HOSTILE


@settings(max_examples=200)
@given(texts.filter(lambda text: "\0" not in text))
def test_a_word_of_the_shell(text):
    assert shlex.split(literals.shell_argument(text)) == [text]


def test_the_shell_itself_agrees():
    words = [text for text in HOSTILE if "\0" not in text]
    line = "printf '%s\\0' " + " ".join(map(literals.shell_argument, words))
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == words


@pytest.mark.parametrize(
    ("number", "python", "script"),
    [
        ("7", "7", "7"),
        ("-7", "-7", "-7"),
        ("0.5", 'Decimal("0.5")', "0.5"),
        ("9007199254740993", "9007199254740993", 'NumberValue.from("9007199254740993")'),
        (
            "0.1234567890123456789",
            'Decimal("0.1234567890123456789")',
            'NumberValue.from("0.1234567890123456789")',
        ),
    ],
)
def test_numbers_stay_exact(number, python, script):
    assert literals.boto3_value({"N": number}) == python
    assert literals.typescript_value({"N": number}) == script


def test_other_kinds():
    assert literals.boto3_value({"BOOL": True}) == "True"
    assert literals.typescript_value({"BOOL": False}) == "false"
    assert literals.boto3_value({"B": b"\x00"}) == "b'\\x00'"
    assert literals.typescript_value({"B": b"\x00\xff"}) == 'Buffer.from("AP8=", "base64")'
    assert literals.python_value(1.5, "decimal") == 'Decimal("1.5")'
    assert literals.python_value(1.5) == "1.5"
    assert literals.python_value(True, "boolean") == "True"
    assert Decimal("1.5") == Decimal(ast.literal_eval(literals.python_text("1.5")))
