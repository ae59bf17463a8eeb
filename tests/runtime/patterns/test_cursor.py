"""Cursors: only the query that made one takes it, and nothing else than CursorError comes of one."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from decimal import Decimal
from hashlib import sha256

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import CursorError
from kxmodel.runtime.binding import bind
from kxmodel.runtime.entity import Entity, Pattern
from kxmodel.runtime.patterns import run_page
from kxmodel.runtime.patterns.cursor import read_cursor, write_cursor
from kxmodel.runtime.patterns.plan import make_plan
from tests.runtime.patterns.messages import (
    BY_LEAD,
    BY_SCORE,
    CONVERSATION,
    MESSAGE,
    RECENT,
    message,
    table_of,
)
from tests.runtime.patterns.pattern_fakes import FakeTable, Keys

TABLE = table_of(*(message("t1", n) for n in range(6)), *(message("t2", n) for n in range(6)))


def first_cursor(pattern=CONVERSATION, args=("t1", "a@b.c"), **arguments) -> str:
    cursor = run_page(TABLE, MESSAGE, pattern, args, 2, **arguments).cursor
    assert cursor is not None
    return cursor


def follow(cursor: str, pattern=CONVERSATION, args=("t1", "a@b.c"), **arguments):
    return run_page(TABLE, MESSAGE, pattern, args, 2, cursor, **arguments)


def refusal(cursor: str, *given, **arguments) -> CursorError:
    with pytest.raises(CursorError) as raised:
        follow(cursor, *given, **arguments)
    return raised.value


def test_it_is_url_safe_and_continues_after_the_last_item():
    cursor = first_cursor()
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert [item["ts"]["S"] for item in follow(cursor)] == ["ts0003", "ts0002"]


def test_it_holds_neither_partition_key_nor_arguments():
    payload = urlsafe_b64decode(first_cursor() + "==")
    assert b"ts0004" in payload
    assert b"t1" not in payload
    assert b"a@b.c" not in payload


def test_the_limit_may_change():
    page = run_page(TABLE, MESSAGE, CONVERSATION, ("t1", "a@b.c"), 9, first_cursor())
    assert len(page) == 4


def test_the_partition_is_that_of_the_call():
    follow(first_cursor())
    start = TABLE.requests[-1]["ExclusiveStartKey"]
    assert start == {"contact_pk": {"S": "t1#a@b.c"}, "ts": {"S": "ts0004"}}


@pytest.mark.parametrize(
    ("pattern", "args", "arguments"),
    [
        (CONVERSATION, ("t2", "a@b.c"), {}),
        (CONVERSATION, ("t1", "other@b.c"), {}),
        (CONVERSATION, ("t1", "a@b.c"), {"reverse": True}),
        (CONVERSATION, ("t1", "a@b.c"), {"narrow": {"ge": "ts0001"}}),
        (RECENT, ("t1",), {}),
        (Pattern("same", given=("tenantId", "email"), order="descending"), ("t1", "a@b.c"), {}),
    ],
)
def test_another_query_refuses_it(pattern, args, arguments):
    assert refusal(first_cursor(), pattern, args, **arguments).code == "KX421"


def test_another_table_refuses_it():
    cursor = first_cursor()
    other = table_of(message("t1", 1))
    other.table = "prod-things"
    with pytest.raises(CursorError) as raised:
        run_page(other, MESSAGE, CONVERSATION, ("t1", "a@b.c"), 2, cursor)
    assert raised.value.code == "KX421"


def test_another_narrowing_refuses_it():
    cursor = first_cursor(narrow={"ge": "ts0001"})
    assert len(follow(cursor, narrow={"ge": "ts0001"})) == 2
    assert refusal(cursor, narrow={"gt": "ts0001"}).code == "KX421"
    assert refusal(cursor, narrow={"ge": "ts0002"}).code == "KX421"
    assert refusal(cursor).code == "KX421"


def test_a_second_spelling_of_the_same_bytes_is_refused():
    cursor = first_cursor()
    assert len(cursor) % 4 != 0
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet[alphabet.index(cursor[-1]) ^ 1]
    assert urlsafe_b64decode(cursor[:-1] + last + "==") == urlsafe_b64decode(cursor + "==")
    assert refusal(cursor[:-1] + last).code == "KX420"


def test_arguments_that_mean_the_same_take_it():
    table = table_of(*TABLE.items)
    table.normalised["email"] = str.lower
    cursor = run_page(table, MESSAGE, CONVERSATION, ("t1", "A@b.c"), 2).cursor
    assert len(run_page(table, MESSAGE, CONVERSATION, ("t1", "a@B.C"), 2, cursor)) == 2


@pytest.mark.parametrize(
    "cursor", ["", "x", "xx", "é", "\ud800", "AQ", "=", "AQ==", "a" * 70_000, "a b"]
)
def test_nonsense_is_refused(cursor):
    assert refusal(cursor).code == "KX420"


@pytest.mark.parametrize("cursor", [b"AQ", 5, ["x"]])
def test_what_is_no_text_is_refused(cursor):
    assert "text" in str(refusal(cursor))


def forge(body: bytes, version: int = 1) -> str:
    """A cursor with a right check, as an attacker who knows the form writes it."""
    payload = bytes([version]) + sha256(body).digest()[:4] + body
    return urlsafe_b64encode(payload).decode().rstrip("=")


def digest(pattern=CONVERSATION, args=("t1", "a@b.c")) -> bytes:
    return urlsafe_b64decode(first_cursor(pattern, args) + "===")[5:21]


def test_another_version_is_named():
    error = refusal(forge(digest() + b'["ts0004"]', version=2))
    assert error.code == "KX422"
    assert "version 2" in str(error)


@pytest.mark.parametrize(
    "position",
    [
        b"",
        b"{}",
        b"[]",
        b"5",
        b"[5]",
        b"[null]",
        b'[""]',
        b'["a","b"]',
        b'[["a"]]',
        b'["\\ud800"]',
        b"[" * 100_000,
        b"\xff",
        b'["' + b"a" * 1025 + b'"]',
        b"NaN",
    ],
)
def test_a_forged_position_of_a_wrong_form_is_refused(position):
    assert refusal(forge(digest() + position)).code == "KX420"


@pytest.mark.parametrize("number", ["x", "NaN", "1e999", "", "1_0", "٣", "1" * 40])
def test_a_forged_number_is_refused(number):
    position = f'["t1#a@b.c","ts0001","{number}"]'.encode()
    cursor = forge(digest(BY_SCORE, ("t1",)) + position)
    assert refusal(cursor, BY_SCORE, ("t1",)).code == "KX420"


def test_a_forged_position_outside_of_the_narrowing_is_refused():
    narrow = {"between": ("ts0001", "ts0003")}
    cursor = run_page(TABLE, MESSAGE, RECENT, ("t1",), 2, narrow=narrow).cursor
    good = urlsafe_b64decode(cursor + "===")[5:21]
    forged = forge(good + b'["t1#a@b.c","ts0009","ts0009"]')
    with pytest.raises(CursorError, match="outside the range"):
        run_page(TABLE, MESSAGE, RECENT, ("t1",), 2, forged, narrow=narrow)


def test_a_forged_position_of_another_tenant_is_refused():
    args = ("t1", "L1")
    good = digest(BY_LEAD, args)
    assert len(follow(forge(good + b'["t1#a@b.c","ts0001","ts0001"]'), BY_LEAD, args)) == 2
    assert refusal(forge(good + b'["t2#a@b.c","ts0001","ts0001"]'), BY_LEAD, args).code == "KX421"


def test_positions_of_numbers_and_binary():
    seen = []
    page = run_page(TABLE, MESSAGE, BY_SCORE, ("t1",), 4)
    for one in page.pages():
        seen += [Decimal(item["GSI3SK"]["N"]) for item in one]
    assert seen == list(range(6))

    entity = Entity(name="Blob", keys={"pk": "${pk}", "sk": "${sk}"}, schema="x:X")
    rows = [{"pk": {"S": "p"}, "sk": {"B": bytes([n, 255 - n])}} for n in range(5)]
    table = FakeTable(
        Keys((("pk", "S"),), (("sk", "B"),)), items=rows, entity_of=lambda item: "Blob"
    )
    page = run_page(table, entity, Pattern("all", given=("pk",)), ("p",), 2)
    assert [item for one in page.pages() for item in one] == rows


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.binary(max_size=80).map(lambda b: urlsafe_b64encode(b).decode())
    )
)
def test_random_text_is_refused_and_nothing_else_happens(cursor):
    refusal(cursor)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_changed_cursor_is_refused(data):
    payload = bytearray(urlsafe_b64decode(first_cursor(BY_LEAD, ("t1", "L1")) + "==="))
    bit = data.draw(st.integers(0, len(payload) * 8 - 1))
    payload[bit // 8] ^= 1 << bit % 8
    refusal(urlsafe_b64encode(bytes(payload)).decode().rstrip("="), BY_LEAD, ("t1", "L1"))


@given(st.integers(0, 200))
def test_a_cut_cursor_is_refused(length):
    cursor = first_cursor()
    refusal(cursor[: length % len(cursor)])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_a_forged_body_is_refused_or_leads_to_the_same_partition(body):
    plan = make_plan(TABLE, MESSAGE, CONVERSATION, ("t1", "a@b.c"))
    try:
        start = read_cursor(plan, forge(digest() + body), None)
    except CursorError:
        return
    assert start["contact_pk"] == {"S": "t1#a@b.c"}


class TestEncrypted:
    """With bind(cursor_key=...)."""

    def test_it_hides_the_position_and_continues(self):
        with bind(cursor_key=Fernet.generate_key()):
            cursor = first_cursor()
            assert b"ts0004" not in urlsafe_b64decode(cursor)
            assert [item["ts"]["S"] for item in follow(cursor)] == ["ts0003", "ts0002"]

    def test_keys_rotate(self):
        old, new = Fernet.generate_key(), Fernet.generate_key()
        with bind(cursor_key=old):
            cursor = first_cursor()
        with bind(cursor_key=[new, old]):
            assert len(follow(cursor)) == 2
        with bind(cursor_key=new):
            assert refusal(cursor).code == "KX423"

    def test_plain_and_encrypted_do_not_mix(self):
        plain = first_cursor()
        with bind(cursor_key=Fernet.generate_key()):
            sealed = first_cursor()
            error = refusal(plain)
            assert error.code == "KX423"
            assert "not encrypted" in str(error)
        error = refusal(sealed)
        assert error.code == "KX423"
        assert "is encrypted" in str(error)

    def test_another_query_refuses_it(self):
        with bind(cursor_key=Fernet.generate_key()):
            assert refusal(first_cursor(), RECENT, ("t1",)).code == "KX421"

    @pytest.mark.parametrize("cursor", ["", "x", "é", "\ud800", "gAAAAAB", "gAAAAAB" * 20])
    def test_nonsense_is_refused(self, cursor):
        with bind(cursor_key=Fernet.generate_key()):
            assert refusal(cursor).code == "KX423"


def test_an_item_without_its_key_cannot_end_a_page():
    plan = make_plan(TABLE, MESSAGE, CONVERSATION, ("t1", "a@b.c"))
    with pytest.raises(CursorError, match="without ts"):
        write_cursor(plan, {"contact_pk": {"S": "t1#a@b.c"}}, None)
