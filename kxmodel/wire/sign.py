"""The head of a request, written and signed as botocore wrote and signed one before it.

What is the same in every request of a client (its URL, its user agent, its region) is not worked out
here: it is read from a request that botocore made itself. Only if signing that request once more gives
botocore's own signature does its form count as understood.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from kxmodel.wire.private import NotAsKnown, host_of, utc_now

if TYPE_CHECKING:
    import datetime

    from botocore.awsrequest import AWSPreparedRequest

_ALGORITHM: Final = "AWS4-HMAC-SHA256"
_AUTHORIZATION: Final = re.compile(
    _ALGORITHM + r" Credential=(?P<key>[^/,]+)/(?P<day>\d{8})/(?P<region>[^/,]+)/(?P<name>[^/,]+)/"
    r"aws4_request, SignedHeaders=(?P<signed>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)
#: What a request's line and headers are made of; above all no line break.
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]*")
#: Other headers that are signed would have to be known to differ, or not, between requests.
_SIGNED: Final = frozenset(
    {"content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"}
)
#: Headers that differ from request to request, and what is written in their place.
_VARIABLE: Final = {
    "x-amz-target": "{target}",
    "x-amz-date": "{stamp}",
    "x-amz-security-token": "{token}",
    "authorization": "{authorization}",
    "amz-sdk-invocation-id": "{invocation}",
    "content-length": "{length}",
}
#: Headers that say how a request is sent; botocore's have none of them.
_FRAMING: Final = frozenset(
    {"accept-encoding", "connection", "expect", "host", "transfer-encoding"}
)
_NEEDED: Final = frozenset({"x-amz-target", "x-amz-date", "authorization", "content-length"})
#: What a Lambda function's requests carry; it is added where it is due.
_TRACE: Final = "x-amzn-trace-id"


class Identity(NamedTuple):
    """Credentials on one day, with what is derived from them."""

    credentials: Any
    day: str
    key: bytes


class OtherKind(Exception):
    """A client that is set up to send requests of another kind than the short way sends."""


class Form:
    """What requests of one client for one account look like.

    request: one that botocore made. credentials: those it was signed with.
    Raises OtherKind, and NotAsKnown where this botocore makes requests otherwise than expected.
    """

    @classmethod
    def of(cls, request: AWSPreparedRequest, credentials: Any) -> Form | None:
        """The form of a request; None where it was signed with other credentials."""
        signed = _text(request.headers).get("Authorization", "")
        if f" Credential={credentials.access_key}/" not in signed and signed:
            return None
        return cls(request, credentials)

    def __init__(self, request: AWSPreparedRequest, credentials: Any) -> None:
        spelled = _text(request.headers)
        headers = {name.lower(): text for name, text in spelled.items()}
        found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
        parts = urlsplit(request.url)
        if (
            found is None
            or _FRAMING & headers.keys()
            or (parts.path or "/", parts.query) != ("/", "")
        ):
            raise OtherKind
        signed = found["signed"].split(";")
        if (
            request.method != "POST"
            or headers.get("amz-sdk-request", "attempt=1").split(";")[0] != "attempt=1"
            or not _SIGNED.issuperset(signed)
            or not headers.keys() >= _NEEDED
            or not _PRINTABLE.fullmatch(request.url)
        ):
            raise NotAsKnown("its requests look otherwise")
        self.url = request.url
        self.host: str = host_of(request.url)
        self._prefix = headers["x-amz-target"].rpartition(".")[0]
        self._scope = f"{found['region']}/{found['name']}/aws4_request"
        self._place = (found["region"], found["name"])
        self._signed = found["signed"]
        self._canonical = "POST\n/\n\n" + "".join(
            f"{name}:{self._signed_value(name, headers)}\n" for name in signed
        )
        self._canonical += f"\n{found['signed']}\n"
        lines = [
            f"{name}: {_VARIABLE.get(name.lower(), _escaped(text))}\r\n"
            for name, text in spelled.items()
            if name.lower() != _TRACE
        ]
        # What http.client puts before the others.
        self._head = (
            f"POST / HTTP/1.1\r\nHost: {_escaped(self.host)}\r\nAccept-Encoding: identity\r\n"
            + "".join(lines)
        )
        self._identity: Identity | None = None
        body = request.body if isinstance(request.body, bytes) else b""
        again = self.authorization(
            headers["x-amz-target"],
            headers["x-amz-date"],
            body,
            self.identity(credentials, found["day"]),
        )
        if again != headers["authorization"]:
            raise NotAsKnown("its signatures come out otherwise")

    def head(
        self, operation: str, body: bytes, credentials: Any, invocation: str, trace: str | None
    ) -> bytes:
        """The request's line and headers, signed now.

        invocation: the call's UUID. Raises ValueError for credentials that no header can hold.
        """
        target = f"{self._prefix}.{operation}"
        stamp = _stamp(utc_now())
        authorization = self.authorization(
            target, stamp, body, self.identity(credentials, stamp[:8])
        )
        head = self._head.format(
            target=target,
            stamp=stamp,
            token=credentials.token,
            authorization=authorization,
            invocation=invocation,
            length=len(body),
        )
        if trace is not None:
            head += f"X-Amzn-Trace-Id: {trace}\r\n"
        return f"{head}\r\n".encode("ascii")

    def identity(self, credentials: Any, day: str) -> Identity:
        """What signs on a day (YYYYMMDD), kept until the day or the credentials change."""
        known = self._identity
        if known is not None and known.day == day and known.credentials == credentials:
            return known
        for text in (credentials.access_key, credentials.token or ""):
            if not _PRINTABLE.fullmatch(text):
                raise ValueError("credentials that no header can hold")
        key = f"AWS4{credentials.secret_key}".encode()
        for part in (day, *self._place, "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        self._identity = known = Identity(credentials, day, key)
        return known

    def authorization(self, target: str, stamp: str, body: bytes, identity: Identity) -> str:
        """The header of that name (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)."""
        credentials = identity.credentials
        canonical = self._canonical.format(target=target, stamp=stamp, token=credentials.token)
        canonical += sha256(body).hexdigest()
        scope = f"{identity.day}/{self._scope}"
        text = f"{_ALGORITHM}\n{stamp}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
        signature = hmac.digest(identity.key, text.encode(), "sha256").hex()
        return (
            f"{_ALGORITHM} Credential={credentials.access_key}/{scope}, "
            f"SignedHeaders={self._signed}, Signature={signature}"
        )

    def _signed_value(self, name: str, headers: dict[str, str]) -> str:
        if name == "host":
            return _escaped(self.host)
        return _VARIABLE.get(name) or _escaped(" ".join(headers[name].split()))


_last: tuple[datetime.datetime | None, str] = (None, "")


def _stamp(now: datetime.datetime) -> str:
    """A time as signatures have it, such as 20260102T030405Z."""
    global _last
    second = now.replace(microsecond=0)
    known, stamp = _last
    if known != second:
        stamp = second.strftime("%Y%m%dT%H%M%SZ")
        _last = (second, stamp)
    return stamp


def _text(headers: Any) -> dict[str, str]:
    """Headers as text. Raises OtherKind for what is none."""
    found = {}
    for name, value in headers.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        if not _PRINTABLE.fullmatch(text) or not _PRINTABLE.fullmatch(name):
            raise OtherKind
        found[name] = text
    return found


def _escaped(text: str) -> str:
    """A text that `str.format` gives back as it is."""
    return text.replace("{", "{{").replace("}", "}}")
