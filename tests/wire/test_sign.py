"""Heads are signed as botocore signs them, for any body, host, credentials and time."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from botocore.credentials import ReadOnlyCredentials
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.wire import sign
from kxmodel.wire.private import NotAsKnown
from kxmodel.wire.sign import Form, OtherKind

WORDS = st.text("ABCDEFabcdef0123456789+=", min_size=1, max_size=24)
CREDENTIALS = st.builds(
    ReadOnlyCredentials, WORDS, st.text(min_size=1, max_size=24), st.one_of(st.none(), WORDS)
)
HOSTS = st.sampled_from(
    [
        "http://localhost:8000",
        "http://127.0.0.1:4566/",
        "http://[::1]:8000",
        "http://LOCALHOST:80",
        "https://dynamodb.eu-west-1.amazonaws.com",
        "https://dynamodb.eu-west-1.amazonaws.com:443/",
        "https://dynamodb.eu-west-1.amazonaws.com:8443",
        "https://123456789012.ddb.us-east-1.amazonaws.com",
    ]
)
TIMES = st.datetimes(datetime.datetime(2015, 1, 1), datetime.datetime(2099, 1, 1))
AGENT = "Botocore/1 ua/{2.1} os/linux#6 md/%s m/b,Z"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the time that requests are signed with."""

    def set_time(now: datetime.datetime) -> None:
        monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: now)
        monkeypatch.setattr(sign, "utc_now", lambda: now)

    return set_time


def prepared(
    url: str,
    credentials: Any,
    body: bytes,
    operation: str = "PutItem",
    headers: dict[str, str] | None = None,
    region: str = "eu-west-1",
    **more: Any,
) -> AWSPreparedRequest:
    """A request as botocore makes and signs it, with some of its headers unsigned."""
    request = AWSRequest(
        method="POST",
        url=url,
        data=body,
        headers={
            "X-Amz-Target": f"DynamoDB_20120810.{operation}",
            "Content-Type": "application/x-amz-json-1.0",
            "User-Agent": AGENT,
            **(headers or {}),
        },
        **more,
    )
    SigV4Auth(credentials, "dynamodb", region).add_auth(request)
    request.headers["amz-sdk-invocation-id"] = "00000000-0000-0000-0000-000000000000"
    request.headers["amz-sdk-request"] = "attempt=1; max=4"
    return request.prepare()


def lines(head: bytes) -> dict[str, str]:
    """The headers of a head that stand in botocore's requests as well."""
    first, *rest = head.decode().removesuffix("\r\n\r\n").split("\r\n")
    assert first == "POST / HTTP/1.1"
    found = dict(line.split(": ", 1) for line in rest)
    assert found.pop("Accept-Encoding") == "identity"
    return found


@given(
    url=HOSTS,
    credentials=CREDENTIALS,
    first=st.binary(min_size=1),
    second=st.binary(min_size=1),
    times=st.tuples(TIMES, TIMES),
)
def test_what_is_signed_is_what_botocore_signs(
    url: str,
    credentials: Any,
    first: bytes,
    second: bytes,
    times: tuple[datetime.datetime, datetime.datetime],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for attribute in ("botocore.auth.get_current_datetime", "kxmodel.wire.sign.utc_now"):
            patch.setattr(attribute, lambda: times[0])
        form = Form(prepared(url, credentials, first), credentials)
        for attribute in ("botocore.auth.get_current_datetime", "kxmodel.wire.sign.utc_now"):
            patch.setattr(attribute, lambda: times[1])
        invocation = "11111111-1111-1111-1111-111111111111"
        ours = lines(form.head("Query", second, credentials, invocation, None))
        theirs = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in prepared(url, credentials, second, "Query").headers.items()
        }
    host = ours.pop("Host")
    assert f"//{host}" in form.url.lower().replace(":80/", "/").replace(":443/", "/") + "/"
    assert ours == theirs | {"amz-sdk-invocation-id": invocation}
    assert [*ours] == [*theirs]


@given(before=CREDENTIALS, after=CREDENTIALS)
def test_other_credentials_are_not_signed_with_the_old_key(before: Any, after: Any) -> None:
    after = after._replace(token=before.token and (after.token or "t"))
    form = Form(prepared("http://localhost:1", before, b"{}"), before)
    again = Form(prepared("http://localhost:1", after, b"{}"), after)
    now = datetime.datetime(2026, 1, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign, "utc_now", lambda: now)
        assert form.head("Query", b"{}", after, "", None) == again.head(
            "Query", b"{}", after, "", None
        )


@pytest.mark.parametrize("part", ["access_key", "token"])
@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "é", "a\0b"])
def test_no_header_comes_in_by_credentials(part: str, text: str) -> None:
    good = ReadOnlyCredentials("a", "b", "c")
    form = Form(prepared("http://localhost:1", good, b"{}"), good)
    with pytest.raises(ValueError, match="credentials"):
        form.head("Query", b"{}", good._replace(**{part: text}), "", None)


@pytest.mark.parametrize(
    "request_",
    [
        prepared("http://localhost:1/prefix", ReadOnlyCredentials("a", "b", None), b"{}"),
        prepared("http://localhost:1/?a=b", ReadOnlyCredentials("a", "b", None), b"{}"),
        AWSRequest("POST", "http://localhost:1/", {"X-Amz-Target": "a.b"}, b"{}").prepare(),
        *(
            prepared("http://localhost:1/", ReadOnlyCredentials("a", "b", None), b"{}", headers=h)
            for h in (
                {"Host": "localhost:1"},
                {"Transfer-Encoding": "chunked"},
                {"Expect": "100-continue"},
                {"X-A": "é"},
            )
        ),
    ],
)
def test_requests_of_another_kind_are_not_imitated(request_: AWSPreparedRequest) -> None:
    with pytest.raises(OtherKind):
        Form(request_, ReadOnlyCredentials("a", "b", None))


@pytest.mark.parametrize(
    "change",
    [
        {"headers": {"X-New": "signed"}},
        {"operation": "PutItem", "headers": {"amz-sdk-request": "attempt=2"}},
        {"wrong_key": True},
    ],
)
def test_a_botocore_that_signs_otherwise_is_noticed(change: dict[str, Any]) -> None:
    good = ReadOnlyCredentials("a", "b", None)
    signed_with = good._replace(secret_key="other") if change.pop("wrong_key", False) else good
    made = prepared("http://localhost:1/", signed_with, b"{}", **change)
    if "amz-sdk-request" in change.get("headers", ()):
        made.headers["amz-sdk-request"] = "attempt=2"
    with pytest.raises(NotAsKnown):
        Form(made, good)


def test_a_request_that_others_signed_says_nothing_of_ours() -> None:
    other = ReadOnlyCredentials("other", "b", None)
    made = prepared("http://localhost:1/", other, b"{}")
    assert Form.of(made, ReadOnlyCredentials("a", "b", None)) is None
    assert Form.of(made, other) is not None
