from __future__ import annotations

import pytest

from kxmodel.errors import TargetError
from kxmodel.migrate.files import wanted
from tests.migrate.files.test_graph import FORKED, graph, step

GRAPH = graph(step("0001_a"), step("0002_b", "0001_a"), step("0003_c", "0002_b"))
ALL = ("0001_a", "0002_b", "0003_c")


@pytest.mark.parametrize(
    ("target", "applied", "found"),
    [
        (None, (), ALL),
        ("0002", ALL, ALL[:2]),
        ("2", (), ALL[:2]),
        ("0002_b", (), ALL[:2]),
        ("0", ALL, ()),
        ("0000", ALL, ()),
        ("+1", (), ALL[:1]),
        ("+2", ALL[:1], ALL),
        ("-1", ALL, ALL[:2]),
        ("-3", ALL, ()),
        ("+0", ALL[:1], ALL[:1]),
    ],
)
def test_targets(target: str | None, applied: tuple, found: tuple) -> None:
    assert wanted(GRAPH, target, applied) == found


@pytest.mark.parametrize(
    ("target", "applied"),
    [("0009", ()), ("nothing", ()), ("+4", ()), ("-1", ()), ("--1", ()), ("", ()), ("0002_", ())],
)
def test_no_target(target: str, applied: tuple) -> None:
    with pytest.raises(TargetError, match="KX611"):
        wanted(GRAPH, target, applied)


def test_a_number_that_two_branches_took() -> None:
    with pytest.raises(TargetError, match="0002_b, 0002_z"):
        wanted(graph(*FORKED), "2", ())
    assert wanted(graph(*FORKED), "0002_z", ()) == ("0001_a", "0002_z")
