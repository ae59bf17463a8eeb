from __future__ import annotations

import enum
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import Problem
from kxmodel.validate import compile_schema
from kxmodel.validate.plain import MAX_LEVELS, _look, _surely_fits, not_json


class Colour(enum.StrEnum):
    RED = "red"


class Broken(enum.Enum):
    NUMBER = float("inf")
    PARTS = frozenset()


class Many(int):
    pass


def nested(levels: int, wrap: object = list) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value] if wrap is list else {"a": value}
    return value


@pytest.mark.parametrize(
    ("instance", "path", "rule"),
    [
        ({"a": ["\ud800"]}, ("a", 0), "utf-8"),
        ({"a": {"\udfff": 1}}, ("a",), "json"),
        ({"a": {1: 1}}, ("a",), "json"),
        ({"a": {Colour.RED: 1}}, ("a",), "json"),
        ({"a": b"x"}, ("a",), "json"),
        ({"a": {1}}, ("a",), "json"),
        ({"a": Broken.NUMBER}, ("a",), "number"),
        ({"a": Broken.PARTS}, ("a",), "json"),
        (Many(1), (), "json"),
        (float("nan"), (), "number"),
        ([float("inf")], (0,), "number"),
        (Decimal("-Infinity"), (), "number"),
        (Decimal("sNaN"), (), "number"),
        (10**126, (), "number"),
        (10**5000, (), "number"),
        (Decimal("1E+1000000"), (), "number"),
        (Decimal("1E-131"), (), "number"),
        (1e300, (), "number"),
        (5e-324, (), "number"),
        (nested(MAX_LEVELS + 1), (0,) * MAX_LEVELS, "depth"),
        (nested(200_000), (0,) * MAX_LEVELS, "depth"),
        (nested(MAX_LEVELS + 1, dict), ("a",) * MAX_LEVELS, "depth"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_reported_and_not_raised(instance: object, path: tuple[object, ...], rule: str) -> None:
    validator = compile_schema({"not": {}})
    assert [(found.path, found.rule) for found in validator.problems(instance)] == [(path, rule)]
    assert not compile_schema(True).is_valid(instance)
    for problem in validator.problems(instance):
        str(problem).encode()


@pytest.mark.parametrize("schema", [True, {"type": "string", "maxLength": 2}, {"enum": ["red"]}])
def test_a_member_of_an_enumeration_counts_as_its_value(schema: object) -> None:
    validator = compile_schema({"additionalProperties": schema})
    plain = [(p.path, p.rule) for p in validator.problems({"a": "red"})]
    assert [(p.path, p.rule) for p in validator.problems({"a": Colour.RED})] == plain
    assert validator.is_valid({"a": Colour.RED}) is not bool(plain)


def test_a_self_containing_list_ends() -> None:
    loop: list[object] = []
    loop.append(loop)
    assert [found.rule for found in not_json(loop)] == ["depth"]


def test_every_fault_is_told() -> None:
    assert len(not_json({"a": "\ud800", "b": [b"", {1: 2}], "c": float("nan")})) == 4


def test_the_deepest_instance_of_a_recursive_schema_is_judged() -> None:
    tree = {"items": {"$ref": "#"}, "properties": {"a": {"$ref": "#"}}, "maximum": 0}
    for wrap in (list, dict):
        (problem,) = compile_schema(tree).problems(nested(MAX_LEVELS, wrap))
        assert problem.rule == "maximum"
        assert len(problem.path) == MAX_LEVELS


plain = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**126) + 1, 10**126 - 1),
        st.floats(-1e125, 1e125).filter(lambda x: x == 0 or abs(x) > 1e-130),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    lambda inner: st.one_of(
        st.lists(inner), st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=10,
)


@given(plain)
def test_json_is_json(instance: object) -> None:
    assert not_json(instance) == []
    assert compile_schema(True).is_valid(instance)


anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from(
            [10**126, -(10**126), 1e130, 1e-140, float("inf"), float("nan"), b"", Many(1)]
        ),
        st.sampled_from([Colour.RED, Decimal("1e-131"), Decimal("1.5"), (1,), object()]),
        st.text(st.characters(categories=["Cs", "Ll"]), max_size=2),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.text(st.characters(categories=["Cs", "Ll"]), max_size=2), st.integers()),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@given(anything, st.integers(0, 3))
def test_what_surely_fits_has_no_fault(instance: object, levels: int) -> None:
    """The quick look may not miss what the thorough one finds."""
    if _surely_fits(instance, levels):
        found: list[Problem] = []
        _look(instance, (), found, levels)
        assert found == []
