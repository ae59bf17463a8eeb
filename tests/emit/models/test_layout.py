import ast

from hypothesis import given
from hypothesis import strategies as st

from kxmodel.emit.models.layout import call, lines, named, statement, tuple_of, width

codes = st.recursive(
    st.sampled_from(["1", '"text"', "name=2"]) | st.integers(0, 90).map(lambda n: f'"{n * "x"}"'),
    lambda inner: st.lists(inner, max_size=4).map(lambda items: tuple_of(*items)),
    max_leaves=12,
).filter(lambda code: not isinstance(code, str))


def test_what_fits_stands_on_one_line():
    assert lines(call("f", "a", "b"), 4, ":") == ["    f(a, b):"]
    assert lines(call("f"), 4) == ["    f()"]
    assert lines(tuple_of("a")) == ["(a,)"]


def test_what_does_not_is_one_item_a_line():
    code = named("x", call("f", "a" * 50, call("g", "b"), "c" * 50), " = ")
    assert lines(code) == ["x = f(", f"    {'a' * 50},", "    g(b),", f"    {'c' * 50},", ")"]


def test_tall_code_is_spread_and_so_is_what_holds_it():
    assert lines(call("f", call("g", "a", tall=True))) == [
        "f(",
        "    g(",
        "        a,",
        "    ),",
        ")",
    ]


def test_the_end_counts():
    exact = call("f", "a" * 97)
    assert len(lines(exact)) == 1
    assert len(lines(exact, 0, ",")) == 3


def test_a_line_that_no_rule_shortens_is_taken_from_the_formatter():
    assert statement(f'x = "{"a" * 100}"') == [f'x = "{"a" * 100}"  # fmt: skip']
    assert statement("x = 1") == ["x = 1"]


def test_width_is_an_upper_bound():
    assert [width(text) for text in ("abc", "äöü", "名前")] == [3, 3, 4]


@given(codes, st.integers(0, 3).map(lambda depth: 4 * depth))
def test_layout_changes_no_meaning(code, indent):
    flat = "".join(lines(code)).replace("name=2", "2")
    spread = "".join(line.strip() for line in lines(code, indent)).replace("name=2", "2")
    assert ast.dump(ast.parse(flat)) == ast.dump(ast.parse(spread))
