from __future__ import annotations

import linecache
from itertools import count

import pytest

from kxmodel.errors import OperationError
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.operations.functions import canonical_source, written_source

_numbers = count()

PLAIN = '''
import re
LIMIT = 3

def helper(text):
    return text[:LIMIT]

def change(item):
    """What it does."""
    return {"a": helper(item["a"])}  # so

def other(item):
    return {}
'''


def load(text: str) -> dict:
    name = f"<migration {next(_numbers)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    space: dict = {}
    exec(compile(text, name, "exec"), space)
    return space


def checksum(text: str) -> str:
    function = load(text)["change"]
    return Migration("0001_x", [op.TransformAttribute("t", "E", function, ["a"])]).checksum


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# so", "# something else"),
        ('"""What it does."""', '"""Another text."""'),
        ('    """What it does."""\n', ""),
        (
            '{"a": helper(item["a"])}',
            "{\n        'a': helper(\n            item['a'],\n        )\n    }",
        ),
        ("return {}", "return None"),
        ("import re\n", ""),
        ("LIMIT = 3", "LIMIT = (3)"),
    ],
)
def test_what_changes_nothing(before: str, after: str) -> None:
    assert before in PLAIN
    assert checksum(PLAIN.replace(before, after)) == checksum(PLAIN)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('item["a"]', 'item["b"]'),
        ("text[:LIMIT]", "text[1:LIMIT]"),
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = 3.0"),
        ("def change(item)", "def change(item, more=None)"),
        ("LIMIT = 3", "from math import pi as LIMIT"),
    ],
)
def test_what_is_seen(before: str, after: str) -> None:
    assert before in PLAIN
    assert checksum(PLAIN.replace(before, after)) != checksum(PLAIN)


def test_only_what_is_reached() -> None:
    written = written_source(load(PLAIN)["change"])
    assert [text.split("\n")[0] for text in written] == [
        "LIMIT = 3",
        "def helper(text):",
        "def change(item):",
    ]


def test_the_form_is_that_of_every_python() -> None:
    (text,) = canonical_source(load("def f(a):\n    return f'{a}!'\n")["f"])
    assert text == (
        "FunctionDef(name='f', args=arguments(args=[arg(arg='a')]), body=[Return(value="
        "JoinedStr(values=[FormattedValue(value=Name(id='a'), conversion=-1), "
        "Constant(value='!')]))])"
    )


@pytest.mark.parametrize(
    "function", [lambda item: {}, len, str.upper, int], ids=["lambda", "builtin", "method", "class"]
)
def test_no_source(function: object) -> None:
    with pytest.raises(OperationError, match="KX606"):
        op.TransformAttribute("t", "E", function, ["a"])


def test_a_name_that_another_definition_took_over() -> None:
    space = load("def f(item):\n    return {}\n\ng = f\n")
    assert canonical_source(space["g"])
    twice = load("def f(item):\n    return 1\n\nkept = f\n\ndef f(item):\n    return 2\n")
    assert canonical_source(twice["kept"]) == canonical_source(twice["f"])
