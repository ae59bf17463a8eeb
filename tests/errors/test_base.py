from __future__ import annotations

import copy
import pickle
import traceback

import pytest

from kxmodel.errors import (
    ItemTooLarge,
    KeyBuildError,
    KxError,
    Location,
    Problem,
    TemplateError,
    ValidationFailed,
)
from kxmodel.runtime.exceptions import RequiredMissing, UpdateContended, UpdateOfMissingItem

PROBLEM = Problem(("a", 1), "x", "enum", "must be y")
LACKING = Problem(("b",), None, "required", "is required")


@pytest.mark.parametrize(
    "error",
    [
        KxError("told", code="KX002", where="here", fix="do"),
        TemplateError("told", template="${a", offset=2, where=Location("f.json", 1, 2)),
        KeyBuildError("told", attribute="a.b", value=1),
        ValidationFailed([PROBLEM], entity="Thing", where="pk='1'"),
        ItemTooLarge([PROBLEM, LACKING], entity="Thing"),
        RequiredMissing([LACKING], entity="Thing"),
        UpdateContended("told", where="pk='1'"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_reaches_another_process_whole(error: KxError) -> None:
    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)


def test_an_error_of_a_class_made_on_the_spot_reaches_it_as_one_that_is_known() -> None:
    made = type("Local", (UpdateOfMissingItem,), {})("gone", where="pk='1'")
    other = pickle.loads(pickle.dumps(made))
    assert type(other) is UpdateOfMissingItem
    assert str(other) == str(made)


def test_a_traceback_says_how_to_read_more() -> None:
    error = ItemTooLarge((), entity="Lead")
    for one in (error, pickle.loads(pickle.dumps(error))):
        shown = "".join(traceback.format_exception_only(one))
        assert shown.endswith("\nhelp: kxmodel explain KX402\n")
        assert "help:" not in str(one)
