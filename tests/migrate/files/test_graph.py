from __future__ import annotations

import pytest

from kxmodel.errors import GraphError
from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op
from kxmodel.migrate.files import Graph

DIGEST = "sha256:" + "{:064d}"
CREATE = [
    op.CreateTable("t", "pk"),
    op.AddEntity("t", "E", {"pk": "${id}"}, DIGEST.format(0)),
]


def graph(*migrations: Migration) -> Graph:
    return Graph({each.revision: each for each in migrations})


def step(revision: str, *follows: str, operations: list | None = None) -> Migration:
    return Migration(revision, operations or [], follows or None)


FORKED = (
    step("0001_a", operations=CREATE),
    step("0002_z", "0001_a"),
    step("0002_b", "0001_a"),
    step("0003_c", "0002_z"),
)


def test_order_and_heads() -> None:
    found = graph(*FORKED)
    assert found.order == ("0001_a", "0002_b", "0002_z", "0003_c")
    assert found.heads == ("0002_b", "0003_c")
    assert found.path("0003_c") == ("0001_a", "0002_z", "0003_c")
    joined = graph(*FORKED, step("0004_d", "0002_b", "0003_c"))
    assert joined.head == "0004_d"
    assert joined.path("0004_d") == joined.order


def test_several_heads_are_named() -> None:
    with pytest.raises(GraphError, match="0002_b and 0003_c") as refused:
        _ = graph(*FORKED).head
    assert refused.value.code == "KX608"


def test_none() -> None:
    assert graph().head is None
    assert graph().state_after(None).tables == {}


@pytest.mark.parametrize(
    ("migrations", "told"),
    [
        ([step("0002_b", "0001_a")], "0001_a, which is not there"),
        ([step("0001_a", "0002_b"), step("0002_b", "0001_a")], "circle: 0001_a, 0002_b"),
        ([step("0001_a"), step("0001_b")], "several migrations follow none"),
    ],
)
def test_no_history(migrations: list, told: str) -> None:
    with pytest.raises(GraphError, match=told):
        graph(*migrations)


def test_branches_that_contradict_each_other() -> None:
    def forked(one: list, other: list) -> Graph:
        return graph(
            step("0001_a", operations=CREATE),
            step("0002_b", "0001_a", operations=one),
            step("0002_c", "0001_a", operations=other),
        )

    def index(name: str, attribute: str) -> op.CreateIndex:
        return op.CreateIndex("t", name, attribute)

    apart = forked([index("one", "a")], [index("two", "b")])
    assert set(apart.merged(apart.heads).table("t").indexes) == {"one", "two"}
    for one, other in (
        ([index("one", "a")], [index("one", "b")]),
        ([op.SetTimeToLive("t", "a")], [op.SetTimeToLive("t", "b")]),
    ):
        found = forked(one, other)
        with pytest.raises(GraphError) as refused:
            found.merged(found.heads)
        assert refused.value.code == "KX609"
    # What the schemas say is settled by the migration that joins the branches.
    schemas = forked(
        [op.SetSchema("t", "E", DIGEST.format(1))], [op.SetSchema("t", "E", DIGEST.format(2))]
    )
    assert schemas.merged(schemas.heads).tables


def test_a_failing_operation_is_named() -> None:
    bad = step("0001_a", operations=[op.DropTable("t")])
    with pytest.raises(Exception, match="0001_a, operation 1"):
        graph(bad).state_after("0001_a")
