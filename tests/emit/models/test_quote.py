import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.emit.models.quote import docstring, quote
from kxmodel.emit.text import wrap
from kxmodel.values.shown import INVISIBLE, printable
from tests.emit.tables import texts


@given(texts)
@settings(max_examples=300)
def test_a_literal_is_the_text_and_shows_everything(text):
    literal = quote(text)
    assert ast.literal_eval(literal) == text
    assert not INVISIBLE.search(literal)
    assert "\n" not in literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("a", '"a"'),
        ("it's", '"it\'s"'),
        ('say "a"', "'say \"a\"'"),
        ("\"'", '"\\"\'"'),
        ("\\", '"\\\\"'),
        ("\x00\u202e\ud800", '"\\x00\\u202e\\ud800"'),
        ("größe 名前", '"größe 名前"'),
        ("\u2019", '"\\u2019"'),
    ],
)
def test_spelling(text, literal):
    assert quote(text) == literal


@given(texts, st.integers(0, 3).map(lambda depth: 4 * depth))
@settings(max_examples=500)
def test_a_docstring_says_the_text_and_nothing_else(text, indent):
    lines = docstring(text, indent)
    if not lines:
        assert not any(wrap(text, 100))
        return
    body = "\n".join([*(" " * n + "if 1:" for n in range(0, indent, 4)), *lines])
    tree = ast.parse(body)
    for _ in range(indent // 4):
        (tree,) = tree.body
    (statement,) = tree.body
    said = statement.value.value
    assert said.split() == printable(" ".join(wrap(text, 10_000))).split()
    said.encode("utf-8")
    assert not INVISIBLE.search(said.replace("\n", ""))


def test_short_ones_stand_on_one_line_and_long_ones_close_on_their_own():
    assert docstring("Short.", 4) == ['    """Short."""']
    assert docstring("x" * 89 + ".", 4) == ['    """' + "x" * 89 + '."""']
    long = docstring("word " * 30, 4)
    assert long[-1] == '    """'
    assert all(len(line) <= 100 for line in long)
    assert docstring(" \n", 4, "Else.") == ['    """Else."""']
