import pytest

from kxmodel.emit.models import enumerations
from kxmodel.ir import Attribute, ListOf, Scalar


def attribute(name="status", choices=("a", "b"), title="", kind="text"):
    return Attribute(name, name, Scalar(kind, choices), title=title)


def found(*owners):
    return enumerations.find(owners, {"Taken"})


def test_a_title_names_the_alias_and_equal_ones_share_it():
    one = attribute(title="Lead status")
    both = found(("A", (one,)), ("B", (one,)))
    assert both.aliases == {"LeadStatus": ("a", "b")}
    assert both.alias("A", one) == both.alias("B", one) == "LeadStatus"


def test_a_name_in_use_is_not_taken_again():
    other = attribute(title="Status", choices=("x", "y"))
    both = found(("A", (attribute(title="Status"),)), ("B", (other,)))
    assert both.aliases == {"Status": ("a", "b"), "BStatus": ("x", "y")}
    assert list(found(("A", (attribute(title="Taken"),))).aliases) == ["AStatus"]


def test_short_ones_without_a_title_stand_where_they_are_used():
    assert found(("A", (attribute(),))).aliases == {}
    long = attribute(choices=tuple(f"choice{number}" for number in range(9)))
    assert list(found(("A", (long,))).aliases) == ["AStatus"]


def test_elements_of_a_list_count():
    listed = Attribute("tags", "tags", ListOf(Scalar("text", ("a", "b"))), title="Tag")
    assert found(("A", (listed,))).aliases == {"Tag": ("a", "b")}


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        (Scalar("text", ("a", None, "a")), ("a",)),
        (Scalar("integer", (1, 2)), (1, 2)),
        (Scalar("integer", (1, True)), ()),
        (Scalar("integer", (1, -(2**63))), ()),
        (Scalar("boolean", (True,)), (True,)),
        (Scalar("number", (1.5,)), ()),
        (Scalar("text", (1, "a")), ()),
        (Scalar("text", ("x" * 61,)), ()),
        (Scalar("text", ("\u202e",)), ()),
        (Scalar("text", tuple(map(str, range(65)))), ()),
        (Scalar("timestamp", ("2024",)), ()),
    ],
)
def test_what_a_literal_type_may_list(shape, values):
    assert enumerations.choices(shape) == values
