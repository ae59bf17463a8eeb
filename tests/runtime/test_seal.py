"""Encryption of cursors."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from kxmodel.errors import BindError
from kxmodel.runtime.seal import Seal


def test_round_trip_with_text_and_bytes_keys():
    key = Fernet.generate_key()
    token = Seal(key).close(b"position")
    assert b"position" not in token.encode()
    assert Seal(key.decode()).open(token) == b"position"


def test_keys_rotate():
    old, new, other = (Fernet.generate_key() for _ in range(3))
    before = Seal(old).close(b"x")
    assert Seal([new, old]).open(before) == b"x"
    assert Seal([new, old]).open(Seal(new).close(b"x")) == b"x"
    assert Seal(old).open(Seal([new, old]).close(b"x")) is None
    assert Seal([other]).open(before) is None


@pytest.mark.parametrize("token", ["", "x", "gAAAA", "é", "\ud800", "=" * 9])
def test_nonsense_opens_to_nothing(token):
    assert Seal(Fernet.generate_key()).open(token) is None


def test_a_changed_token_opens_to_nothing():
    seal = Seal(Fernet.generate_key())
    token = seal.close(b"x" * 40)
    for at in range(0, len(token) - 2, 7):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert seal.open(changed) is None


@pytest.mark.parametrize("keys", ["", b"", "secret", [Fernet.generate_key(), "bad"], [], 5, [None]])
def test_what_is_no_key_is_refused(keys):
    with pytest.raises(BindError) as raised:
        Seal(keys)
    assert raised.value.code == "KX432"
