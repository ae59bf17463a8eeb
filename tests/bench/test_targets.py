"""Verdicts on measured rows."""

from __future__ import annotations


def test_a_ratio_is_judged_within_its_row(bench):
    targets, cost = bench("targets"), bench("harness").Cost
    costs = {
        "query": {"kxmodel": cost((10.0, 30.0)), "PynamoDB": cost((40.0, 120.0))},
        "save": {"kxmodel": cost((1.0,)), "PynamoDB": cost((1.0,))},
    }
    (met,) = targets.Ratio("query", "kxmodel", "PynamoDB", 1 / 4).verdicts(costs)
    assert met.met
    assert "1/4.0" in met.sentence
    (missed,) = targets.Ratio("query", "kxmodel", "PynamoDB", 1 / 5).verdicts(costs)
    assert not missed.met


def test_a_limit_is_judged_by_the_median(bench):
    targets, cost = bench("targets"), bench("harness").Cost
    costs = {"generate": {"300 tables": cost((4000.0, 4900.0, 9000.0))}}
    (verdict,) = targets.Limit("generate", "300 tables", 5000).verdicts(costs)
    assert verdict.met
    (verdict,) = targets.Limit("generate", "300 tables", 4800).verdicts(costs)
    assert not verdict.met


def test_what_was_not_measured_has_no_verdict(bench):
    targets, cost = bench("targets"), bench("harness").Cost
    assert not [v for target in targets.TARGETS for v in target.verdicts({})]
    costs = {"query": {"kxmodel": cost((1.0,))}}
    assert not list(targets.Ratio("query", "kxmodel", "PynamoDB", 1.0).verdicts(costs))
