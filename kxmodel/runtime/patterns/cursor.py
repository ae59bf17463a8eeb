"""Cursors: where a page ended, as opaque text that only the same query takes.

    version (1 byte) | check (4) | digest of the query (16) | position (JSON)

all in URL-safe base64 without padding, or encrypted as a whole. The position is that of the last
item that was returned, without the partition key: that is taken from the call again, so that a
cursor, whoever wrote it, cannot lead out of the caller's partition. The digest is over table,
index, pattern, arguments, order and narrowing. Neither it nor the check is a secret: the check
tells damage from a foreign cursor, and everything that a cursor says is tested after reading.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from kxmodel.errors import CursorError, KeyBuildError, ValueRefused
from kxmodel.keys import check_key_size, take_apart
from kxmodel.keys.scalar import scalar_text
from kxmodel.runtime.patterns.attribute_values import encode_key, key_value
from kxmodel.values import canonical, check_text, to_decimal

if TYPE_CHECKING:
    from kxmodel.keys import KeyType, KeyValue
    from kxmodel.runtime.patterns.plan import Plan
    from kxmodel.runtime.patterns.reader import RawItem
    from kxmodel.runtime.seal import Seal
    from kxmodel.values import AttributeValue

_VERSION = 1
_CHECK = 4
_DIGEST = 16

#: Longer text is no cursor: three keys of 2,048 bytes, in JSON, base64 and encryption.
_MAX_LENGTH = 64 * 1024

# How every Fernet token begins: its version byte, and the high bytes of a time before 2106.
_SEALED = "gAAAAA"


def write_cursor(plan: Plan, item: RawItem, seal: Seal | None) -> str:
    """The cursor that continues after an item that was returned."""
    position = [_written(item, name, kind) for name, kind in plan.position]
    body = _digest(plan) + json.dumps(position, separators=(",", ":"), ensure_ascii=False).encode()
    payload = bytes([_VERSION]) + _check(body) + body
    return seal.close(payload) if seal else urlsafe_b64encode(payload).decode().rstrip("=")


def read_cursor(plan: Plan, cursor: str, seal: Seal | None) -> dict[str, AttributeValue]:
    """The ExclusiveStartKey that continues a query.

    Raises CursorError: KX420 for a damaged cursor, KX421 for one of another query, KX422 for one
    of another version, KX423 where one is encrypted and the other expected.
    """
    if not isinstance(cursor, str):
        raise CursorError(f"a cursor is text, not {type(cursor).__name__}")
    if len(cursor) > _MAX_LENGTH:
        raise CursorError(f"a text of {len(cursor):,} characters is no cursor")
    payload = _opened(cursor, seal)
    version, check, body = payload[0], payload[1 : 1 + _CHECK], payload[1 + _CHECK :]
    if version != _VERSION and check == _check(body):
        raise CursorError(
            f"the cursor has version {version}; this kxmodel reads version {_VERSION}", code="KX422"
        )
    if version != _VERSION or check != _check(body) or len(body) < _DIGEST:
        raise _damaged()
    if body[:_DIGEST] != _digest(plan):
        raise CursorError(f"the cursor does not belong to {plan.call}", code="KX421")
    key = _position(plan, body[_DIGEST:])
    start = {**plan.hash, **key}
    if not plan.holds_position(start):
        raise CursorError(f"the cursor lies outside the range of {plan.call}", code="KX421")
    _check_tenant(plan, start)
    return start


def _opened(cursor: str, seal: Seal | None) -> bytes:
    if seal is not None:
        payload = seal.open(cursor)
        if payload:
            return payload
        if not cursor.startswith(_SEALED) and _decoded(cursor):
            raise CursorError("the cursor is not encrypted, and cursor_key is bound", code="KX423")
        raise CursorError(
            "the cursor is damaged, or encrypted under a key that is not bound", code="KX423"
        )
    if cursor.startswith(_SEALED):
        raise CursorError("the cursor is encrypted, and no cursor_key is bound", code="KX423")
    decoded = _decoded(cursor)
    if not decoded:
        raise _damaged()
    return decoded


def _decoded(cursor: str) -> bytes | None:
    """The bytes of URL-safe base64 in the one spelling that `write_cursor` gives, or None."""
    try:
        decoded = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        return None
    return decoded if urlsafe_b64encode(decoded).decode().rstrip("=") == cursor else None


def _position(plan: Plan, text: bytes) -> dict[str, AttributeValue]:
    """The position's key attributes, each of a form that DynamoDB takes."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged() from None
    attributes = plan.position
    if not isinstance(values, list) or len(values) != len(attributes):
        raise _damaged()
    position = {}
    sort_keys = dict((*plan.table_range, *plan.index_range))
    for (name, kind), value in zip(attributes, values, strict=True):
        if not isinstance(value, str) or not value:
            raise _damaged()
        try:
            read = _read(kind, value)
            check_key_size(name, read, "range" if name in sort_keys else "hash")
        except (ValueRefused, KeyBuildError, binascii.Error, ValueError):
            raise _damaged() from None
        position[name] = encode_key(read)
    return position


def _written(item: RawItem, name: str, kind: KeyType) -> str:
    value = key_value(item, name, kind)
    if value is None:
        raise CursorError(f"an item without {name} of type {kind} cannot end a page")
    if isinstance(value, bytes):
        return urlsafe_b64encode(value).decode()
    return value if isinstance(value, str) else canonical(value)


def _read(kind: KeyType, value: str) -> KeyValue:
    if kind == "N":
        return to_decimal(canonical(value))
    return check_text(value) if kind == "S" else b64decode(value, altchars=b"-_", validate=True)


def _check_tenant(plan: Plan, start: RawItem) -> None:
    """Refuse a position whose table key says that it is another tenant's.

    In an index that tenants share, the position names an item by the table's key.
    """
    tenant = plan.entity.tenant
    if tenant is None or tenant not in plan.values:
        return
    wanted = scalar_text(plan.values[tenant])
    found = set()
    for name, template in plan.entity.templates.items():
        text = start.get(name, {}).get("S")
        sources = take_apart(template, text) if text is not None else None
        if sources and tenant in sources and tenant not in template.lossy_sources:
            found.add(sources[tenant])
    if found - {wanted}:
        raise CursorError(f"the cursor does not belong to {plan.call}", code="KX421")


def _digest(plan: Plan) -> bytes:
    text = json.dumps(plan.digest_of, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).digest()[:_DIGEST]


def _check(body: bytes) -> bytes:
    return sha256(body).digest()[:_CHECK]


def _damaged() -> CursorError:
    return CursorError("the cursor is damaged, or is no cursor")
