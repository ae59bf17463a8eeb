"""Credentials, endpoints, proxies, TLS: what botocore honours, the short way honours as well."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import botocore.session
import pytest
import urllib3.util.connection
from botocore.credentials import DeferredRefreshableCredentials, RefreshableCredentials
from botocore.exceptions import BotoCoreError, NoCredentialsError

from .calls import KEYS, Clients, get
from .scripted import Server, answer, error, scripted

NAMES = (
    "localhost",
    "dynamodb.us-east-1.amazonaws.com",
    "dynamodb-fips.us-east-1.amazonaws.com",
    "dynamodb.us-east-1.api.aws",
    "dynamodb-fips.us-east-1.api.aws",
    "123456789012.ddb.us-east-1.amazonaws.com",
    "dynamodb.eu-west-1.amazonaws.com",
)


def signers(server: Server) -> list[tuple[str, str | None]]:
    """Access key and token of each request."""
    return [
        (
            request.headers["authorization"].partition("Credential=")[2].partition("/")[0],
            request.headers.get("x-amz-security-token"),
        )
        for request in server.requests
    ]


def test_the_endpoint_may_come_from_the_environment(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    with scripted() as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", server.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "env")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
        client = new_client(None)
        for _ in range(3):
            get(client)
        assert signers(server) == [("env", "token")] * 3
    assert exchanges == [f"{server.url}/"] * 2


class Vault:
    """Credentials that expire when it is told so."""

    def __init__(self) -> None:
        self.number = 0
        self.now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        self.broken = False
        self.session = botocore.session.Session()
        self.session._credentials = RefreshableCredentials(  # type: ignore[attr-defined]
            **self._fresh(),
            refresh_using=self._refresh,
            method="test",
            time_fetcher=lambda: self.now,
        )

    def expire(self) -> None:
        self.now += datetime.timedelta(hours=2)

    def _fresh(self) -> dict[str, Any]:
        self.number += 1
        return {
            "access_key": f"key{self.number}",
            "secret_key": f"secret{self.number}",
            "token": f"token{self.number}",
            "expiry_time": self.now + datetime.timedelta(hours=1),
        }

    def _refresh(self) -> dict[str, str]:
        if self.broken:
            raise BotoCoreError
        fresh = self._fresh()
        return {**fresh, "expiry_time": fresh["expiry_time"].isoformat()}


def test_credentials_are_refreshed_when_they_are_due(
    new_client: Clients, exchanges: list[str]
) -> None:
    vault = Vault()
    with scripted() as server:
        client = new_client(server.url, session=vault.session)
        for _ in range(2):
            get(client)
        vault.expire()
        for _ in range(2):
            get(client)
        assert signers(server) == [("key1", "token1")] * 2 + [("key2", "token2")] * 2
    assert len(exchanges) == 3


def test_credentials_are_refreshed_between_two_attempts(
    new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    vault = Vault()
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: vault.expire())
    with scripted(answer(), error("InternalServerError", "500 no")) as server:
        client = new_client(server.url, session=vault.session)
        for _ in range(3):
            get(client)
        assert signers(server) == [("key1", "token1")] * 2 + [("key2", "token2")] * 2
    assert len(exchanges) == 2


@pytest.mark.parametrize("fast", [True, False])
def test_credentials_that_cannot_be_refreshed_are_told(fast: bool, new_client: Clients) -> None:
    vault = Vault()
    with scripted() as server:
        client = new_client(server.url, session=vault.session, fast=fast)
        get(client)
        get(client)
        vault.expire()
        vault.broken = True
        with pytest.raises(BotoCoreError):
            get(client)
        assert len(server.requests) == 2


@pytest.mark.parametrize("fast", [True, False])
def test_credentials_that_are_fetched_late_are_fetched_once(
    fast: bool, new_client: Clients
) -> None:
    vault = Vault()
    vault.session._credentials = DeferredRefreshableCredentials(  # type: ignore[attr-defined]
        refresh_using=vault._refresh, method="test", time_fetcher=lambda: vault.now
    )
    with scripted() as server:
        client = new_client(server.url, session=vault.session, fast=fast)
        assert vault.number == 1
        for _ in range(3):
            get(client)
        assert signers(server) == [("key2", "token2")] * 3


def test_a_clients_credentials_may_be_replaced(new_client: Clients, exchanges: list[str]) -> None:
    with scripted() as server:
        client = new_client(server.url, **KEYS)
        get(client)
        client._request_signer._credentials.access_key = "other"
        get(client)
        client._request_signer._credentials.token = "given"
        get(client)
        get(client)
        assert signers(server) == [("a", None), ("other", None), *[("other", "given")] * 2]
    assert len(exchanges) == 2


@pytest.mark.parametrize("fast", [True, False])
def test_without_credentials_nothing_is_sent(
    fast: bool, new_client: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client = new_client("http://10.255.255.1:1", fast=fast)
    with pytest.raises(NoCredentialsError):
        get(client)


@pytest.mark.parametrize("fast", [True, False])
def test_a_proxy_is_asked(
    fast: bool, new_client: Clients, monkeypatch: pytest.MonkeyPatch, exchanges: list[str]
) -> None:
    with scripted() as server:
        proxy = server.url.replace("//", "//user:pass@")
        monkeypatch.setenv("HTTP_PROXY", proxy)
        client = new_client("http://dynamodb.example:8000", fast=fast, **KEYS)
        for _ in range(3):
            get(client)
        assert {r.line for r in server.requests} == {"POST http://dynamodb.example:8000/ HTTP/1.1"}
        assert {r.headers["host"] for r in server.requests} == {"dynamodb.example:8000"}
        assert len(server.requests) == 3
    assert not exchanges


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `NAMES`, with its key, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in NAMES]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def aws(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> Iterator[Server]:
    """A server that every host leads to."""
    with scripted(tls=tls) as server:
        port = int(server.url.rpartition(":")[2])

        def connect(address: Any, *arguments: Any, **options: Any) -> socket.socket:
            return socket.create_connection(("127.0.0.1", port), timeout=5)

        monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
        monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
        yield server


@pytest.mark.parametrize(
    ("variables", "host"),
    [
        ({}, "dynamodb.us-east-1.amazonaws.com"),
        ({"AWS_USE_FIPS_ENDPOINT": "true"}, "dynamodb-fips.us-east-1.amazonaws.com"),
        ({"AWS_USE_DUALSTACK_ENDPOINT": "true"}, "dynamodb.us-east-1.api.aws"),
        ({"AWS_ACCOUNT_ID": "123456789012"}, "123456789012.ddb.us-east-1.amazonaws.com"),
        (
            {"AWS_ACCOUNT_ID": "123456789012", "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled"},
            "dynamodb.us-east-1.amazonaws.com",
        ),
    ],
)
def test_requests_go_to_the_endpoint_that_botocore_resolves(
    variables: dict[str, str],
    host: str,
    aws: Server,
    new_client: Clients,
    monkeypatch: pytest.MonkeyPatch,
    exchanges: list[str],
) -> None:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        **variables,
    }.items():
        monkeypatch.setenv(name, value)
    client = new_client(None)
    for _ in range(3):
        get(client)
    assert {request.headers["host"] for request in aws.requests} == {host}
    assert exchanges == [f"https://{host}/"] * 2
    assert {request.connection for request in aws.requests} == {1}


@pytest.mark.parametrize("fast", [True, False])
def test_a_certificate_of_nobody_known_is_refused(
    fast: bool, aws: Server, new_client: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE")
    client = new_client(None, fast=fast, max_attempts=1, **KEYS)
    with pytest.raises(botocore.exceptions.SSLError):
        get(client)
    assert not aws.requests


def test_accounts_have_their_own_endpoints(
    aws: Server, new_client: Clients, exchanges: list[str]
) -> None:
    session = botocore.session.Session()
    session.set_credentials("a", "b", account_id="123456789012")
    client = new_client(None, session=session)
    get(client)
    get(client)
    client._request_signer._credentials.account_id = None
    get(client)
    get(client)
    assert [request.headers["host"].partition(".")[0] for request in aws.requests] == [
        "123456789012",
        "123456789012",
        "dynamodb",
        "dynamodb",
    ]
    assert len(exchanges) == 2


@contextmanager
def tunnel() -> Iterator[tuple[str, list[str]]]:
    """A proxy for TLS: its URL, and the first line of each request for a connection."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                target.sendall(data)
        except OSError:
            pass
        finally:
            source.close()
            target.close()

    def run() -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            head = near.recv(65_536).decode()
            asked.append(head.splitlines()[0])
            host, _, port = head.split()[1].rpartition(":")
            far = socket.create_connection((host, int(port)))
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            for pair in ((near, far), (far, near)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    running = threading.Thread(target=run, daemon=True)
    running.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        running.join()


@pytest.mark.parametrize("fast", [True, False])
def test_a_proxy_for_tls_is_asked_for_one_connection(
    fast: bool,
    tls: ssl.SSLContext,
    certificate: Path,
    new_client: Clients,
    monkeypatch: pytest.MonkeyPatch,
    exchanges: list[str],
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
    with scripted(tls=tls) as server, tunnel() as (proxy, asked):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        url = server.url.replace("127.0.0.1", "localhost")
        client = new_client(url, fast=fast, **KEYS)
        for _ in range(3):
            get(client)
        assert asked == [f"CONNECT {url.removeprefix('https://')} HTTP/1.1"] or len(asked) == 1
        assert len(server.requests) == 3
        client.close()
    assert not exchanges
