"""That a contender that does other work than the rest is found out."""

from __future__ import annotations

from pathlib import Path

import pytest

import kxmodel

#: What the development environment has; the others are checked by every run of the benchmark.
CONTENDERS = ["kxmodel", "pynamodb", "boto3_client", "boto3_resource", "floor"]


@pytest.fixture
def endpoint(bench, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "bench")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "bench")
    program = Path(bench("kxgen_server").__file__)
    with bench("serving").serving(program, "2500") as url:
        yield url


@pytest.fixture
def subject(bench, endpoint):
    """A function that makes a contender."""
    made = []

    def make(name):
        made.append(bench("contenders").contender(name, endpoint))
        return made[-1]

    with kxmodel.bind():
        yield make
    for each in made:
        each.close()


def compare(bench, subject, name, newest):
    """As a run does before it measures."""
    kxgen, floor = bench("kxgen"), subject("floor")
    given = kxgen.values(newest[0])
    checked = floor if name == "floor" else subject(name)
    floor.prepare([given], newest[:1])
    bench("sameness").check(
        name, checked, newest, given, lambda operation: floor.send("Last", operation.encode())
    )


@pytest.mark.parametrize("name", CONTENDERS)
def test_contenders_read_and_write_the_same(bench, subject, name):
    compare(bench, subject, name, list(bench("kxgen").messages(500))[::-1])


@pytest.mark.parametrize("name", CONTENDERS)
def test_a_scan_finds_every_item_once_page_after_page(subject, name):
    assert sum(1 for _ in subject(name).scan()) == 2500


def test_another_value_stops_the_run(bench, subject):
    newest = list(bench("kxgen").messages(500))[::-1]
    newest[3]["meta"]["processingTimeMs"] += 1
    with pytest.raises(SystemExit, match=r"meta\.processingTimeMs"):
        compare(bench, subject, "pynamodb", newest)


def test_types_count_and_whole_numbers_may_be_either(bench):
    sameness = bench("sameness")
    wanted = sameness.expected(
        {"created_at": "2024-01-15T10:30:00.000Z", "meta": {"score": 0.5, "ms": 850}}
    )
    assert not sameness.differences({**wanted, "meta": {"score": 0.5, "ms": 850.0}}, wanted)
    (told,) = sameness.differences({**wanted, "created_at": "2024-01-15T10:30:00.000Z"}, wanted)
    assert told.startswith(".created_at")
    (told,) = sameness.differences({"meta": wanted["meta"]}, wanted)
    assert told == ".created_at: missing or unasked"
