"""Clients: what botocore's own configuration says holds wherever `bind` is silent."""

from __future__ import annotations

import pytest

from kxmodel.errors import BindError
from kxmodel.runtime.client import ClientSettings, has_credentials, is_loopback, make_client

LOCAL = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _nothing_configured(monkeypatch, tmp_path):
    import os

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def keys(client):
    credentials = client._request_signer._credentials
    return credentials and (credentials.access_key, credentials.secret_key, credentials.token)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:8000", True),
        ("http://db.localhost", True),
        ("http://127.0.0.1:1", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8000", True),
        ("http://LOCALHOST", True),
        ("http://localhost.example.com", False),
        ("http://notlocalhost", False),
        ("http://10.0.0.1", False),
        ("http://0.0.0.0", False),
        ("https://dynamodb.us-east-1.amazonaws.com", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback(url, loopback):
    assert is_loopback(url) is loopback


def test_a_local_endpoint_needs_no_setup():
    client = make_client(ClientSettings(endpoint_url=LOCAL), None)
    assert keys(client) == ("local", "local", None)
    assert client.meta.region_name == "us-east-1"
    assert client.meta.endpoint_url == LOCAL


def test_a_local_endpoint_from_the_environment_needs_none_either(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", LOCAL)
    client = make_client(ClientSettings(), None)
    assert keys(client) == ("local", "local", None)
    assert client.meta.endpoint_url == LOCAL


def test_an_endpoint_that_is_to_be_ignored_is_not_local(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", LOCAL)
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    client = make_client(ClientSettings(region="eu-west-1"), None)
    assert not has_credentials(client)
    assert "amazonaws.com" in client.meta.endpoint_url


@pytest.mark.parametrize("url", ["http://10.1.2.3:8000", "https://dynamodb.example.com"])
def test_any_other_endpoint_gets_no_made_up_credentials(url):
    client = make_client(ClientSettings(endpoint_url=url, region="eu-west-1"), None)
    assert not has_credentials(client)
    with pytest.raises(BindError, match="no AWS region") as raised:
        make_client(ClientSettings(endpoint_url=url), None)
    assert raised.value.code == "KX431"


def test_configured_credentials_and_region_hold_for_a_local_endpoint(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client = make_client(ClientSettings(endpoint_url=LOCAL), None)
    assert keys(client) == ("mine", "secret", None)
    assert client.meta.region_name == "eu-west-1"


def test_bound_credentials_come_first(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    settings = ClientSettings(
        endpoint_url=LOCAL,
        aws_access_key_id="a",
        aws_secret_access_key="b",
        aws_session_token="c",
    )
    assert keys(make_client(settings, None)) == ("a", "b", "c")


def test_aws_region_is_read_where_botocore_finds_none(monkeypatch):
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    assert make_client(ClientSettings(), None).meta.region_name == "eu-north-1"
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert make_client(ClientSettings(), None).meta.region_name == "eu-west-1"


def test_the_profile_is_read(monkeypatch, tmp_path):
    (tmp_path / "config").write_text(
        "[profile dev]\nregion = ap-south-1\nendpoint_url = http://localhost:9\nretry_mode = adaptive\n"
    )
    monkeypatch.setenv("AWS_PROFILE", "dev")
    client = make_client(ClientSettings(), None)
    assert client.meta.region_name == "ap-south-1"
    assert client.meta.endpoint_url == "http://localhost:9"
    assert client.meta.config.retries["mode"] == "adaptive"


def test_retries_are_those_of_the_environment_unless_bound(monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "7")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    client = make_client(ClientSettings(endpoint_url=LOCAL), None)
    assert client.meta.config.retries == {"mode": "standard", "total_max_attempts": 7}
    client = make_client(ClientSettings(endpoint_url=LOCAL, max_attempts=2), None)
    assert client.meta.config.retries == {"mode": "standard", "total_max_attempts": 2}


def test_timeouts_and_pool():
    config = make_client(ClientSettings(endpoint_url=LOCAL), None).meta.config
    assert (config.connect_timeout, config.read_timeout) == (15, 30)
    assert config.max_pool_connections == 10
    settings = ClientSettings(
        endpoint_url=LOCAL, connect_timeout=1, read_timeout=2.5, max_pool_connections=50
    )
    config = make_client(settings, None).meta.config
    assert (config.connect_timeout, config.read_timeout) == (1, 2.5)
    assert config.max_pool_connections == 50


def test_boto3_and_botocore_sessions():
    import boto3
    import botocore.session

    session = boto3.Session("k", "s", region_name="eu-central-1")
    client = make_client(ClientSettings(), session)
    assert keys(client) == ("k", "s", None)
    assert client.meta.region_name == "eu-central-1"
    assert make_client(ClientSettings(region="eu-west-1"), session).meta.region_name == "eu-west-1"

    plain = botocore.session.Session()
    plain.set_credentials("k2", "s2")
    client = make_client(ClientSettings(region="eu-west-1"), plain)
    assert keys(client) == ("k2", "s2", None)

    bare = make_client(ClientSettings(endpoint_url=LOCAL), boto3.Session())
    assert keys(bare) == ("local", "local", None)


def test_a_sessions_own_configuration_holds_unless_bound():
    import boto3
    import botocore.session
    from botocore.config import Config

    config = Config(
        region_name="eu-north-1",
        read_timeout=3,
        max_pool_connections=4,
        retries={"mode": "adaptive", "total_max_attempts": 7},
        user_agent_extra="mine",
    )
    plain = botocore.session.Session()
    plain.set_default_client_config(config)
    plain.set_config_variable("region", "eu-west-1")
    plain.set_credentials("k", "s")
    for session in (plain, boto3.Session(botocore_session=plain)):
        client = make_client(ClientSettings(), session)
        found = client.meta.config
        assert client.meta.region_name == "eu-north-1"
        assert (found.connect_timeout, found.read_timeout) == (15, 3)
        assert found.max_pool_connections == 4
        assert found.retries == {"mode": "adaptive", "total_max_attempts": 7}
        assert found.user_agent_extra == "mine"
        bound = make_client(ClientSettings(region="r", read_timeout=5, max_attempts=2), session)
        assert (bound.meta.region_name, bound.meta.config.read_timeout) == ("r", 5)
        assert bound.meta.config.retries == {"mode": "adaptive", "total_max_attempts": 2}


def test_anything_with_a_client_method():
    asked = {}

    class Session:
        def client(self, service, **arguments):
            asked.update(arguments, service=service)
            return "a client"

    assert make_client(ClientSettings(region="r"), Session()) == "a client"
    assert asked["service"] == "dynamodb"
    assert asked["region_name"] == "r"
    assert asked["endpoint_url"] is None
    assert asked["config"].parameter_validation is False


def test_extra_headers_are_sent():
    sent = {}

    def answer(request, **_):
        sent.update(request.headers)
        raise RuntimeError("not sent")

    settings = ClientSettings(endpoint_url=LOCAL, extra_headers=(("X-Tenant", "acme"),))
    client = make_client(settings, None)
    client.meta.events.register_last("before-send.*.*", answer)
    with pytest.raises(RuntimeError, match="not sent"):
        client.list_tables()
    assert sent["X-Tenant"] in ("acme", b"acme")
