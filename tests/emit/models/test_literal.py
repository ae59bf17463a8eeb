from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.emit.models.layout import lines
from kxmodel.emit.models.literal import literal, scalar
from kxmodel.emit.models.names import Names
from kxmodel.errors import UsageError
from tests.emit.tables import texts

numbers = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)


def exact(value):
    """The value with every number as the decimal that is written."""
    if isinstance(value, dict):
        return {name: exact(member) for name, member in value.items()}
    if isinstance(value, list):
        return [exact(element) for element in value]
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Decimal(repr(value)) if number and isinstance(value, float) else value


@given(values)
def test_a_literal_is_the_value(value):
    source = "\n".join(lines(literal(value, Names().scope())))
    assert exact(eval(source, {"Decimal": Decimal})) == exact(value)


def test_small_objects_stand_on_one_line_and_objects_of_objects_do_not():
    value = {"type": "object", "properties": {"a": {"type": ["string", "null"], "minLength": 1}}}
    assert lines(literal(value, Names().scope())) == [
        "{",
        '    "type": "object",',
        '    "properties": {',
        '        "a": {"type": ["string", "null"], "minLength": 1},',
        "    },",
        "}",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal("0.1"), "0.1"),
        (Decimal("3"), "3"),
        (1e30, "1e30"),
        (1e-7, "1e-07"),
        (Decimal("0.12345678901234567890123"), 'Decimal("0.12345678901234567890123")'),
    ],
)
def test_numbers(value, text):
    assert scalar(value, Names().scope()) == text


@pytest.mark.parametrize(
    "value",
    [
        float("inf"),
        float("nan"),
        pytest.param(10**5000, id="huge"),
        Decimal("NaN"),
        {1},
        b"",
    ],
)
def test_what_has_no_literal_is_refused(value):
    with pytest.raises(UsageError) as caught:
        literal(value, Names().scope())
    assert caught.value.code == "KX024"
