"""The snippets as text; tests/site/recording runs them."""

from __future__ import annotations

import ast
import shlex
from dataclasses import replace

import pytest

from kxmodel.docs.asking import Asked, asked
from kxmodel.docs.snippets import LANGUAGES, snippet
from kxmodel.ir import KeyAttribute
from kxmodel.keys import parse
from tests.docs.test_asking import IDS, PATTERNS, table
from tests.emit.designs import design
from tests.emit.npm import compile_typescript, installed

EVIL = "a'b\"c\\d\n$(id)`id`\u202e"


def evil() -> Asked:
    of = table()
    return Asked(of, of.patterns[0], {"device": EVIL, "at": 7})


def test_python_is_the_generated_method():
    messages = next(t for t in design("kxgen") if t.name == "messages")
    found = asked(messages, messages.patterns[1])
    assert snippet("python", found, "kxmodel.models") == (
        "from kxmodel.models import Message\n\n"
        'found = Message.recent("tenant123")\n'
        "for item in found:\n"
        "    print(item)\n"
    )


@pytest.mark.parametrize(("table", "pattern"), PATTERNS, ids=IDS)
def test_python_compiles_and_lines_are_not_wide(table, pattern):
    found = asked(table, pattern)
    for language in LANGUAGES:
        text = snippet(language, found, "models")
        assert text.endswith("\n")
        assert max(map(len, text.split("\n"))) <= 120
        if LANGUAGES[language][1] == "python":
            ast.parse(text)


def test_values_are_literals_in_every_language():
    (call,) = [n for n in ast.walk(ast.parse(snippet("python", evil(), "m"))) if _is_call(n, "at")]
    assert [ast.literal_eval(each) for each in call.args] == [EVIL, 7]
    calls = ast.walk(ast.parse(snippet("boto3", evil(), "m")))
    assert {ast.literal_eval(n.args[0]) for n in calls if _is_call(n, "eq")} == {EVIL, 7}
    words = shlex.split(snippet("awscli", evil(), "m"))
    values = words[words.index("--expression-attribute-values") + 1]
    assert ast.literal_eval(values) == {":pk": {"S": EVIL}, ":sk": {"N": "7"}}
    assert "\\n$(id)`id`\\u202e" in snippet("typescript", evil(), "m")


def _is_call(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    )


def test_names_that_boto3_reads_as_paths_go_through_placeholders():
    of = table()
    odd = KeyAttribute("a.b[0]")
    entity = replace(of.entities[0], keys={"a.b[0]": parse("${device}"), "at": parse("${at}")})
    of = replace(of, hash=odd, entities=(entity,))
    text = snippet("boto3", Asked(of, of.patterns[0], {"device": "d", "at": 7}), "m")
    ast.parse(text)
    assert 'ExpressionAttributeNames={"#pk": "a.b[0]", "#sk": "at"}' in text
    assert "conditions" not in text


def test_a_consistent_read_is_one_everywhere():
    of = table()
    pattern = replace(of.patterns[0], consistent=True)
    found = Asked(of, pattern, {"device": "d", "at": 7})
    assert "ConsistentRead=True" in snippet("boto3", found, "m")
    assert "ConsistentRead: true" in snippet("typescript", found, "m")
    assert "--consistent-read" in snippet("awscli", found, "m")


def test_exact_numbers_import_what_they_need():
    of = table()
    found = Asked(of, of.patterns[0], {"device": "d", "at": 0.5})
    assert "from decimal import Decimal" in snippet("boto3", found, "m")
    whole = Asked(of, of.patterns[0], {"device": "Decimal(", "at": 7})
    assert "import Decimal" not in snippet("boto3", whole, "m")
    large = Asked(of, of.patterns[0], {"device": "d", "at": 2**60})
    assert "NumberValue, " in snippet("typescript", large, "m")


def test_typescript_compiles_under_strict(tmp_path):
    modules = installed("@aws-sdk/lib-dynamodb").parents[1]
    (tmp_path / "node_modules").symlink_to(modules)
    found = [asked(of, pattern) for of, pattern in PATTERNS]
    large = table()
    found.append(Asked(large, large.patterns[0], {"device": EVIL, "at": 2**60}))
    for number, one in enumerate(found):
        (tmp_path / f"s{number}.ts").write_text(snippet("typescript", one, "m"), "utf-8")
    told = compile_typescript(
        tmp_path,
        tmp_path / "out",
        *("--target", "es2022", "--module", "es2022", "--lib", "es2022,dom", "--skipLibCheck"),
        *("--typeRoots", str(modules / "@types"), "--types", "node"),
        *(f"s{number}.ts" for number in range(len(found))),
    )
    assert told == ""
