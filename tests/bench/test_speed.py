"""The table, and what is written of it."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def row(bench):
    cost = bench("harness").Cost
    return bench("rows").Row(
        "query",
        "Query of 500",
        "CPU microseconds an item",
        {"kxmodel": cost((20.0, 10.004, 40.0)), "floor": cost((5.0, 4.0, 6.0))},
    )


def test_a_row_shows_median_spread_and_how_many_times_kxmodel(bench, row):
    head, ours, floor = bench("speed").lines(row)
    assert head == "Query of 500 (CPU microseconds an item)"
    assert ours.split() == ["kxmodel", "20.0", "10.0", "40.0", "1.00x"]
    assert floor.split() == ["floor", "5.0", "4.0", "6.0", "1/4.0"]


def test_results_hold_every_round_versions_machine_and_verdicts(bench, row, monkeypatch, tmp_path):
    speed, verdict = bench("speed"), bench("targets").Verdict
    monkeypatch.setattr(speed, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(speed, "PACKAGES", ("kxmodel", "pynamodb"))
    speed._save([row], [verdict("query", "fast enough", True)])
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert written["rows"] == [
        {
            "name": "query",
            "title": "Query of 500",
            "unit": "CPU microseconds an item",
            "rounds": {"kxmodel": [20.0, 10.0, 40.0], "floor": [5.0, 4.0, 6.0]},
        }
    ]
    assert written["targets"] == [{"row": "query", "sentence": "fast enough", "met": True}]
    assert {"at", "python", "machine", "cores"} <= written.keys()
    assert set(written["versions"]) == {"kxmodel", "pynamodb"}


@pytest.mark.slow
def test_projects_of_many_tables_are_generated_from_nothing_every_time(bench):
    made = bench("fresh").generating((3, 7), rounds=1)
    assert set(made.costs) == {"3 tables", "7 tables"}
    assert made.costs["7 tables"].median > made.costs["3 tables"].median
