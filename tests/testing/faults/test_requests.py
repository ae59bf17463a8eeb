from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from kxmodel.testing.faults import (
    FaultyClient,
    Killed,
    Rule,
    at,
    internal_error,
    killed,
    lost_reply,
    lost_request,
    meanwhile,
    refused,
    slow,
    throttled,
)
from tests.testing.faults.canned import Canned


def put(rule: Rule, client: Canned | None = None) -> Canned:
    made = client or Canned()
    FaultyClient(made, [rule]).put_item(TableName="t", Item={})
    return made


def test_a_lost_request_is_not_sent_and_a_lost_reply_is() -> None:
    client = Canned()
    with pytest.raises(EndpointConnectionError):
        put(Rule(lost_request()), client)
    assert client.sent == []
    with pytest.raises(ReadTimeoutError):
        put(Rule(lost_reply()), client)
    assert len(client.sent) == 1


@pytest.mark.parametrize("done", [False, True])
def test_an_internal_error_may_be_done_all_the_same(done: bool) -> None:
    client = Canned()
    with pytest.raises(ClientError) as raised:
        put(Rule(internal_error(done=done)), client)
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert len(client.sent) == int(done)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("TableWriteProvisionedThroughputExceeded", "ProvisionedThroughputExceededException"),
        ("IndexWriteKeyRangeThroughputExceeded", "ProvisionedThroughputExceededException"),
        ("TableReadAccountLimitExceeded", "RequestLimitExceeded"),
        ("TableReadMaxOnDemandThroughputExceeded", "ThrottlingException"),
    ],
)
def test_throttling_says_why(reason: str, code: str) -> None:
    """The members are those of the exceptions' own descriptions in botocore."""
    with pytest.raises(ClientError) as raised:
        put(Rule(throttled(reason)))
    response: Any = raised.value.response
    assert response["Error"]["Code"] == code
    model = botocore.session.get_session().get_service_model("dynamodb")
    (member,) = set(model.shape_for(code).members) - {"message"}
    assert [row["reason"] for row in response[member]] == [reason]
    assert set(response) == {"Error", "ResponseMetadata", member}


def test_a_clients_own_exceptions_are_raised() -> None:
    session = botocore.session.Session()
    real = session.create_client(
        "dynamodb", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    client = FaultyClient(real, [Rule(refused("ResourceInUseException"))])
    with pytest.raises(real.exceptions.ResourceInUseException, match="in use") as raised:
        client.update_table(TableName="t")
    assert raised.value.operation_name == "UpdateTable"
    with pytest.raises(ClientError, match="said so"):
        FaultyClient(real, [Rule(refused("Unheard", "said so"))]).list_tables()
    real.close()


def test_somebody_acts_before_or_after() -> None:
    client = Canned()
    for after in (False, True):
        put(Rule(meanwhile(lambda: client.sent.append(("other", {})), after=after)), client)
    assert [name for name, _ in client.sent] == ["other", "put_item", "put_item", "other"]


def test_time_passes_by_the_tests_own_clock() -> None:
    slept: list[float] = []
    put(Rule(slow(3.5, slept.append)))
    assert slept == [3.5]


@pytest.mark.parametrize("after", [False, True])
def test_nothing_leaves_a_dead_process(after: bool) -> None:
    inner = Canned()
    client = FaultyClient(inner, [Rule(killed(after=after), when=at(2))])
    client.scan()
    with pytest.raises(Killed):
        client.put_item()
    with pytest.raises(Killed):
        client.put_item()
    assert [name for name, _ in inner.sent] == ["scan", "put_item"][: 1 + after]
    assert client.simulator.dead


def test_a_refused_request_can_be_the_last() -> None:
    rules = [Rule(killed(after=True), when=at(1)), Rule(refused("ValidationException"))]
    client = FaultyClient(Canned(), rules)
    with pytest.raises(Killed):
        client.put_item()
    assert client.simulator.dead


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
def test_a_process_can_really_be_killed() -> None:
    code = """
        from kxmodel.testing.faults import FaultyClient, Rule, killed
        from tests.testing.faults.canned import Canned
        try:
            FaultyClient(Canned(), [Rule(killed(really=True))]).scan()
        finally:
            print("still here")
    """
    died = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, timeout=60
    )
    assert died.returncode == -9
    assert died.stdout == b""


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
def test_no_line_of_a_log_is_cut_by_a_kill() -> None:
    """The kernel cuts a long write at a page; here one thread is told of a request while another dies."""
    code = """
        import os, threading, time
        from kxmodel.testing.faults import FaultyClient, Rule, killed

        amid = threading.Event()

        class Client:
            def scan(self):
                return {}

            def put_item(self):
                amid.wait()
                return {}

        def told(entry):
            os.write(1, b"half ")
            amid.set()
            time.sleep(0.5)
            os.write(1, b"a line\\n")

        dying = Rule(killed(after=True, really=True), on="put_item")
        client = FaultyClient(Client(), [dying], told=told)
        threading.Timer(0.2, client.scan).start()
        client.put_item()
    """
    died = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, timeout=60
    )
    assert died.returncode == -9
    assert died.stdout == b"half a line\n"
