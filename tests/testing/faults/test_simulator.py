from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.engines import RunningEngine
from kxmodel.runtime.connection import Binding
from kxmodel.testing.faults import (
    Call,
    Entry,
    FaultyClient,
    Rule,
    always,
    at,
    between,
    chance,
    every,
    injected,
    lost_reply,
    lost_request,
    meanwhile,
    throttled,
)
from tests.testing.faults.canned import Canned


def failed(rule: Rule, count: int = 12, seed: int = 0) -> list[int]:
    """The numbers of the requests that did not pass."""
    client, numbers = FaultyClient(Canned(), [rule], seed=seed), []
    for number in range(1, count + 1):
        try:
            client.put_item(number=number)
        except EndpointConnectionError:
            numbers.append(number)
    return numbers


def test_when() -> None:
    assert failed(Rule(lost_request(), when=at(2, 5))) == [2, 5]
    assert failed(Rule(lost_request(), when=every(5))) == [5, 10]
    assert failed(Rule(lost_request(), when=between(3, 5))) == [3, 4, 5]
    assert failed(Rule(lost_request(), when=always), 3) == [1, 2, 3]
    assert failed(Rule(lost_request(), when=every(2), only=lambda r: r["number"] > 4)) == [
        6,
        8,
        10,
        12,
    ]
    assert failed(Rule(lost_request(), on="scan")) == []
    assert failed(Rule(lost_request(), on={"scan", "put_item"}), 1) == [1]


@given(st.integers())
def test_the_same_seed_meets_the_same_faults(seed: int) -> None:
    rule = Rule(lost_request(), when=chance(0.5))
    assert failed(rule, seed=seed) == failed(rule, seed=seed)


def test_seeds_differ_and_so_do_rules() -> None:
    rule = Rule(lost_request(), when=chance(0.5))
    assert len({tuple(failed(rule, 40, seed)) for seed in range(5)}) == 5
    assert 0 < len(failed(rule, 100)) < 100


def test_the_first_rule_is_the_outermost() -> None:
    told: list[str] = []

    def named(name: str) -> Any:
        def fault(call: Call) -> Any:
            told.append(f"{name} asks")
            answer = call.go()
            told.append(f"{name} answers")
            return answer

        return fault

    FaultyClient(Canned(), [Rule(named("a")), Rule(named("b"))]).scan()
    assert told == ["a asks", "b asks", "b answers", "a answers"]


def test_what_is_not_sent_reaches_no_later_rule() -> None:
    seen: list[int] = []
    rules = [Rule(lost_request(), when=at(1)), Rule(meanwhile(lambda: seen.append(1)))]
    client = FaultyClient(Canned(), rules)
    with pytest.raises(EndpointConnectionError):
        client.scan()
    client.scan()
    assert seen == [1]


def test_the_log_tells_what_was_asked_sent_and_answered() -> None:
    told: list[Entry] = []
    rules = [Rule(lost_reply(), when=at(1)), Rule(lost_request(), when=at(2))]
    client = FaultyClient(Canned(), rules, told=told.append)
    for _ in range(2):
        with pytest.raises((ReadTimeoutError, EndpointConnectionError)):
            client.put_item(TableName="t")
    client.scan(Limit=2)
    lost, unsent, fine = client.simulator.log
    assert told == [lost, unsent, fine]
    assert (lost.done, unsent.done, fine.done) == (True, False, True)
    assert (lost.sent, unsent.sent) == (({"TableName": "t"},), ())
    assert (lost.answer, lost.faults, fine.faults) == (None, 1, 0)
    assert isinstance(unsent.error, EndpointConnectionError)
    assert fine.answer is not None
    assert fine.answer["Count"] == 2
    assert [entry.number for entry in client.simulator.log] == [1, 2, 3]
    assert all(entry.began <= entry.ended for entry in client.simulator.log)


def test_threads_share_one_count() -> None:
    client = FaultyClient(Canned(), [Rule(lost_request(), when=every(10))])
    ends: Counter[bool] = Counter()

    def ask() -> None:
        for _ in range(100):
            try:
                client.scan()
            except EndpointConnectionError:
                ends[False] += 1

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends[False] == 40
    assert sorted(entry.number for entry in client.simulator.log) == list(range(1, 401))


def test_everything_else_is_the_clients_own() -> None:
    assert FaultyClient(Canned()).region == "nowhere"
    with pytest.raises(AttributeError):
        _ = FaultyClient(Canned()).unheard_of


def test_paginators_and_waiters_meet_faults(
    kxmodel_engine: RunningEngine, kxmodel_bound: Binding
) -> None:
    real = botocore.session.Session().create_client(
        "dynamodb", "us-east-1", endpoint_url=kxmodel_engine.endpoint_url
    )
    client = FaultyClient(real, [Rule(lost_request(), on="list_tables", when=at(2))])
    assert client.meta.region_name == "us-east-1"
    assert list(client.get_paginator("list_tables").paginate())
    with pytest.raises(EndpointConnectionError):
        list(client.get_paginator("list_tables").paginate())
    refused = FaultyClient(real, [Rule(throttled(), on="describe_table")])
    with pytest.raises(Exception, match="exceeded your maximum"):
        refused.get_waiter("table_exists").wait(
            TableName="t", WaiterConfig={"Delay": 0, "MaxAttempts": 1}
        )
    real.close()


def test_a_client_meets_faults_in_place_and_then_no_more(
    kxmodel_engine: RunningEngine, kxmodel_bound: Binding
) -> None:
    client = botocore.session.Session().create_client(
        "dynamodb", "us-east-1", endpoint_url=kxmodel_engine.endpoint_url
    )
    with injected(
        client, [Rule(throttled("TableReadAccountLimitExceeded"), on="list_tables")]
    ) as met:
        with pytest.raises(client.exceptions.RequestLimitExceeded):
            client.list_tables()
        with pytest.raises(ClientError):
            list(client.get_paginator("list_tables").paginate())
    client.list_tables()
    assert [entry.operation for entry in met.log] == ["list_tables", "list_tables"]
    client.close()
