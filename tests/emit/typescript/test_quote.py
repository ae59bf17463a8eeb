"""Whatever a schema says is one literal, or stays inside its comment."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from hypothesis import given

from kxmodel.emit.typescript.quote import comment, literal, quote
from tests.emit.npm import node
from tests.emit.tables import texts
from tests.emit.typescript.test_keys import drawn

CLOSING = [
    "*/ alert(1) /*",
    "/** */",
    "*\\/",
    "**/",
    "@ts-ignore",
    "{@link x}",
    "a@b.example",
    "*",
    "/",
]


def evaluated(expressions):
    done = node("-", text=f"console.log(JSON.stringify([{','.join(expressions)}]))")
    assert done.returncode == 0, done.stderr[-1000:]
    return json.loads(done.stdout)


def test_a_text_is_the_literal_of_itself():
    found = [*drawn(texts, 300), *CLOSING, "__proto__", "${x}", "`", "\u2028"]
    assert evaluated(map(quote, found)) == found


def test_scalars_are_literals_of_themselves():
    values = [None, True, False, "a", 0, -5, 2**53 - 1, 1.5, -0.25, 1e300, 5e-324]
    assert evaluated(map(literal, values)) == values
    exact = [2**53, -(10**30), Decimal("0.1000")]
    found = evaluated(f"({literal(value)})" for value in exact)
    assert found == [{"value": str(value)} for value in exact]


@given(texts)
def test_a_comment_ends_where_it_ends(text):
    for one in (text, *(f"{text}{end}" for end in CLOSING)):
        lines = comment([one], 2)
        if not lines:
            continue
        whole = "\n".join(lines)
        assert whole.startswith("  /**")
        assert whole.index("*/") == len(whole) - 2
        assert not re.search(r"^[\s/*]*@", whole, re.MULTILINE)


def test_comments_as_people_write_them():
    assert comment(["", " "]) == []
    assert comment(["One line."], 2) == ["  /** One line. */"]
    assert comment(["a", "b"]) == ["/**", " * a", " *", " * b", " */"]
    assert comment(["mail a@b.example, then @deprecated"]) == [
        "/** mail a@b.example, then \\@deprecated */"
    ]
