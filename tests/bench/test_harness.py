"""The arithmetic of the benchmarks, which themselves are no part of a test run."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "bench" / "harness.py"


@pytest.fixture
def harness(monkeypatch):
    """bench/ is a folder of programs, not a package."""
    spec = importlib.util.spec_from_file_location("harness", FILE)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "harness", module)
    spec.loader.exec_module(module)
    return module


def test_a_ratio_is_that_of_rounds_not_of_medians(harness):
    """The machine became slower in the last two rounds, for both contenders alike."""
    costs = {"a": harness.Cost((1.0, 3.0, 9.0)), "b": harness.Cost((10.0, 10.0, 90.0))}
    assert harness.Target("a", "b", 0.1).ratio(costs) == pytest.approx(0.1)
    assert harness.Target("a", "b", 0.1).sentence(costs).endswith("1/10.0: met")
    assert (
        harness.Target("b", "a", 2.0).sentence(costs)
        == "b / a: 10.00x, target at most 2.00x: MISSED"
    )


def test_contenders_run_in_turn_and_the_first_round_does_not_count(harness):
    ran = []
    costs = harness.compare(
        {"a": lambda: ran.append("a") or 1, "b": lambda: ran.append("b") or 1}, rounds=2
    )
    assert ran == ["a", "b"] * 3
    assert {name: len(cost.rounds) for name, cost in costs.items()} == {"a": 2, "b": 2}


def test_waiting_is_no_cpu_and_the_figure_is_of_one_item(harness):
    def wait():
        time.sleep(0.2)
        return 10

    assert harness.cpu_per_item(wait) < 10_000

    def work():
        begin = time.process_time()
        while time.process_time() - begin < 0.05:
            pass
        return 10

    assert harness.cpu_per_item(work) >= 5_000


def test_runs_are_added_to_those_before(harness, monkeypatch, tmp_path):
    monkeypatch.setattr(harness, "RESULTS", tmp_path / "results")
    harness.save("speed", {"items": 1})
    path = harness.save("speed", {"items": 2})
    runs = json.loads(path.read_text())
    assert [run["items"] for run in runs] == [1, 2]
    assert runs[0]["versions"]["kxmodel"]
