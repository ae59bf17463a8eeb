import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.emit.terraform.hcl import Block, Expression, Object, quote, render, template
from kxmodel.errors import ExportError
from tests.emit.tables import PIECES
from tests.emit.terraform.reading import read_string

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.sampled_from([*(p for p in PIECES if p.isascii()), "$", "%", "{", "$$", "%%"])).map(
        "".join
    ),
)


@given(texts)
def test_a_string_is_the_text_and_nothing_else(text):
    written = quote(text)
    assert read_string(written) == text
    assert "\n" not in written
    assert "${" not in written
    assert "%{" not in written


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ExportError) as caught:
        quote("a\ud800")
    assert caught.value.code == "KX703"


def test_only_expressions_are_evaluated():
    made = template(Expression("var.prefix"), "a${b}", Expression("local.c"))
    assert made.text == '"${var.prefix}a\\u0024{b}${local.c}"'


def test_layout():
    block = Block(
        "resource",
        ("a", "b"),
        (
            ("n", 1),
            ("long", True),
            ("tags", Object((("k", "v"), ('"', "w")), quoted=True)),
            ("last", ["x", "y"]),
        ),
        (Block("empty"), Block("inner", (), (("o", Object(())),))),
    )
    assert render([block, Block("c")]) == (
        'resource "a" "b" {\n'
        "  n    = 1\n"
        "  long = true\n"
        "\n"
        "  tags = {\n"
        '    "k"  = "v"\n'
        '    "\\"" = "w"\n'
        "  }\n"
        "\n"
        '  last = ["x", "y"]\n'
        "\n"
        "  empty {}\n"
        "\n"
        "  inner {\n"
        "    o = {}\n"
        "  }\n"
        "}\n"
        "\n"
        "c {}\n"
    )
