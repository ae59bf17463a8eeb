from hypothesis import given
from hypothesis import strategies as st

from kxmodel.emit.models.structures import in_order, kept_plain
from kxmodel.ir import Attribute, ListOf, MapOf, Structure


def structure(name, *parts, listed=()):
    members = [Attribute(f"m{p}", f"m{p}", MapOf(p)) for p in parts]
    members += [Attribute(f"l{p}", f"l{p}", ListOf(MapOf(p))) for p in listed]
    return Structure(name, tuple(members))


def names(structures):
    return [one.name for one in in_order(structures)]


def test_parts_come_first_and_the_order_of_the_schema_stays():
    a, b, c, d = structure("A", "C"), structure("B"), structure("C", "D"), structure("D")
    assert names([a, b, c, d]) == ["D", "C", "A", "B"]
    assert names([b, d, c, a]) == ["B", "D", "C", "A"]


def test_circles_end():
    tree = structure("Tree", "Tree", listed=["Tree"])
    pair = [structure("A", "B"), structure("B", "A")]
    assert names([tree, *pair]) == ["Tree", "B", "A"]
    assert kept_plain(in_order([tree, *pair])) == {("Tree", "mTree"), ("B", "mA")}


def test_a_long_chain_is_no_recursion():
    chain = [structure(f"S{n}", f"S{n + 1}") for n in range(3000)]
    assert names(chain)[0] == "S2999"


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=6, max_size=6))
def test_every_structure_once_and_members_only_of_what_is_above(graph):
    structures = [structure(f"S{n}", *(f"S{p}" for p in parts)) for n, parts in enumerate(graph)]
    ordered = in_order(structures)
    assert sorted(one.name for one in ordered) == sorted(one.name for one in structures)
    plain, above = kept_plain(ordered), set()
    for one in ordered:
        for member in one.attributes:
            assert (one.name, member.name) in plain or member.shape.structure in above
        above.add(one.name)
