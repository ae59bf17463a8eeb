from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.migrate import operations as op
from kxmodel.migrate.migration import REVISION
from kxmodel.migrate.naming import next_revision, slug, suggest
from tests.migrate.operations.test_operations import EVERY


@given(st.text())
def test_any_words_make_a_revision(words: str) -> None:
    assert REVISION.fullmatch(next_revision(["0041_a", "0007_b"], words))


def test_the_number_is_the_next() -> None:
    assert next_revision([], "a b") == "0001_a_b"
    assert next_revision(["0041_a", "0007_b"], "a") == "0042_a"
    assert next_revision(["9999_a"], "a") == "10000_a"


def test_slug() -> None:
    assert slug("Messages by lead!") == "messages_by_lead"
    assert slug("\u00e4\u00f6") == "migration"


@pytest.mark.parametrize("operation", EVERY, ids=lambda each: type(each).__name__)
def test_every_operation_has_words(operation: op.Operation) -> None:
    assert suggest([operation])


def test_the_most_telling_names_it() -> None:
    wait, index = op.WaitForWriters("x"), op.CreateIndex("messages", "GSI2", "a")
    assert suggest([wait, index]) == "messages GSI2"
    assert suggest([index, index]) == "messages GSI2 and more"
