"""The client: local endpoints need nothing, AWS needs a region, one attempt is one attempt."""

from __future__ import annotations

import pytest

from kxmodel.errors import UsageError
from kxmodel.migrate.client import ClientSettings, is_loopback, make, make_cloudwatch
from kxmodel.migrate.names import Names


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials, no region, no files."""
    for name in (
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE",
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def meta(settings: ClientSettings) -> tuple[str, str, int]:
    made = make(settings).meta  # type: ignore[attr-defined]
    return made.endpoint_url, made.region_name, made.config.retries["total_max_attempts"]


def test_a_local_endpoint_needs_neither_region_nor_credentials() -> None:
    settings = ClientSettings(endpoint_url="http://127.0.0.1:8000")
    assert meta(settings) == ("http://127.0.0.1:8000", "us-east-1", 1)


def test_an_endpoint_of_the_environment_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:8001")
    assert meta(ClientSettings())[0] == "http://localhost:8001"
    assert make_cloudwatch(ClientSettings(region="eu-west-1")) is None


def test_aws_needs_a_region() -> None:
    with pytest.raises(UsageError, match="no AWS region"):
        make(ClientSettings())
    url, region, _ = meta(ClientSettings(region="eu-west-1"))
    assert (url, region) == ("https://dynamodb.eu-west-1.amazonaws.com", "eu-west-1")
    assert make_cloudwatch(ClientSettings(region="eu-west-1")) is not None


def test_the_time_a_request_can_be_under_way() -> None:
    assert ClientSettings(connect_timeout=2, read_timeout=3, attempts=2).request_timeout == 10


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:1", True), ("http://a.localhost", True), ("http://[::1]:8000", True),
        ("http://127.9.9.9", True), ("http://10.0.0.1", False), ("https://localhost.com", False),
    ],
)  # fmt: skip
def test_what_is_this_machine(url: str, local: bool) -> None:
    assert is_loopback(url) is local


def test_names_stand_behind_their_prefix() -> None:
    names = Names("dev-")
    assert names.table("messages") == "dev-messages"
    assert (names.history_table, names.ledger_table) == (
        "dev-kxmodel_migrations",
        "dev-kxmodel_ledger",
    )
    for bad in ("ä", "a b", "x" * 300):
        with pytest.raises(UsageError):
            Names(bad).table("messages")
