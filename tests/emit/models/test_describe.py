import pytest

from kxmodel.emit.models import describe
from kxmodel.ir import AccessPattern, Attribute, Constraint, Index, KeyAttribute, Scalar


def attribute(description="", kind="text", **constraints):
    made = tuple(Constraint(keyword, value) for keyword, value in constraints.items())
    return Attribute("a", "a", Scalar(kind), description=description, constraints=made)


@pytest.mark.parametrize(
    ("constraints", "said"),
    [
        ({"minLength": "1", "maxLength": "320"}, "From 1 to 320 characters."),
        ({"maxLength": "1"}, "At most 1 character."),
        ({"minLength": "2", "maxLength": "2"}, "Exactly 2 characters."),
        ({"minimum": "0"}, "At least 0."),
        ({"exclusiveMaximum": "1", "multipleOf": "0.1"}, "Less than 1. A multiple of 0.1."),
        ({"pattern": "^[^#]+$"}, "Matches `^[^#]+$`."),
        ({"minItems": "1", "unheardOf": "x"}, "At least 1 element."),
    ],
)
def test_constraints_in_words(constraints, said):
    assert describe.attribute(attribute(**constraints), None) == said


def test_a_template_is_named_once():
    assert describe.attribute(attribute("Key"), "${a}") == "Key. Derived: `${a}`."
    assert describe.attribute(attribute("Key: `${a}`."), "${a}") == "Key: `${a}`."


@pytest.mark.parametrize(
    ("kind", "order", "words"),
    [
        ("ulid", "descending", "newest `a` first"),
        ("timestamp", "ascending", "oldest `a` first"),
        ("decimal", "descending", "highest `a` first"),
        ("integer", "ascending", "lowest `a` first"),
        ("text", "descending", "in descending order of `a`"),
    ],
)
def test_order_in_words(kind, order, words):
    pattern = AccessPattern("p", "E", "Which?", (), (), index="I", order=order)
    assert f"Reads index I, {words}." in describe.pattern(pattern, attribute(kind=kind), [])


def test_numbers_have_no_beginning():
    pattern = AccessPattern("p", "E", "Which?", (), ())
    assert "begins_with" in describe.pattern(pattern, attribute(kind="timestamp"), [])
    assert "begins_with" not in describe.pattern(pattern, attribute(kind="number"), [])


def test_an_index_says_purpose_use_and_tenants():
    index = Index("I", "i", (KeyAttribute("a"),), purpose="Find", use_case="Finding")
    assert describe.index(index) == "Find.\n\nUse case: Finding."
