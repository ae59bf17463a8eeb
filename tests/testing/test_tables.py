from __future__ import annotations

import os

import botocore.session
import pytest

from kxmodel.engines import attach, start
from kxmodel.testing.tables import REGION, credentials, drop_tables, new_prefix


def test_an_empty_prefix_deletes_nothing():
    with pytest.raises(ValueError, match="every table"):
        drop_tables("http://127.0.0.1:1", "")


def test_prefixes_differ():
    assert len({new_prefix() for _ in range(1000)}) == 1000


def test_drops_over_several_pages_and_only_its_own(monkeypatch):
    prefix = new_prefix()
    with start("auto") as engine, credentials(engine, monkeypatch):
        client = botocore.session.get_session().create_client(
            "dynamodb", region_name=REGION, endpoint_url=engine.endpoint_url
        )
        mine = sorted(f"{prefix}{n:03}" for n in range(105))
        for name in [*mine, "a-other", "z-other"]:
            client.create_table(
                TableName=name,
                BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            )
        assert sorted(drop_tables(engine.endpoint_url, prefix)) == mine
        assert client.list_tables()["TableNames"] == ["a-other", "z-other"]
        client.close()


def test_aws_gets_the_users_own_credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "own")
    with credentials(attach("https://dynamodb.us-east-1.amazonaws.com"), monkeypatch):
        assert os.environ["AWS_ACCESS_KEY_ID"] == "own"
    with credentials(attach("http://127.0.0.1:8000"), monkeypatch):
        assert os.environ["AWS_ACCESS_KEY_ID"] != "own"
    assert os.environ["AWS_ACCESS_KEY_ID"] == "own"
