from __future__ import annotations

import pytest

from kxmodel.emit.emitter import Emitter, Setting, whole_number
from kxmodel.emit.files import path
from kxmodel.errors import ExportError
from tests.emit.tables import small

DDL = Emitter(
    name="ddl",
    summary="a format of this test",
    emit=lambda tables, given: {path(f"{t.name}.ddl"): given["case"] for t in tables},
    settings=(
        Setting("case", "how words are spelled", "lower", ("lower", "upper")),
        Setting("count", "how many"),
    ),
)


def test_what_is_not_said_takes_its_default():
    assert DDL.run([small("a")], {}) == {path("a.ddl"): "lower"}
    assert DDL.run([small("a")], {"case": "upper"}) == {path("a.ddl"): "upper"}


def test_every_setting_reaches_the_emitter():
    seen = []
    emitter = Emitter("x", "x", lambda _, given: seen.append(dict(given)) or {}, DDL.settings)
    emitter.run([], {"count": "5"})
    assert seen == [{"case": "lower", "count": "5"}]


def test_a_setting_that_there_is_not():
    with pytest.raises(ExportError, match="ddl has no setting 'colour'") as raised:
        DDL.run([], {"colour": "red"})
    assert raised.value.code == "KX701"
    assert raised.value.fix == "Its settings are case, count."
    with pytest.raises(ExportError) as raised:
        Emitter("x", "x", lambda _, __: {}).run([], {"colour": "red"})
    assert raised.value.fix == "It has none."


def test_a_text_that_a_setting_does_not_take():
    with pytest.raises(ExportError, match="case of ddl cannot be 'Upper'") as raised:
        DDL.run([], {"case": "Upper"})
    assert raised.value.code == "KX701"
    assert raised.value.fix == "It is one of lower, upper."


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("1000000000", 10**9)])
def test_whole_numbers(text, number):
    assert whole_number({"count": text}, "count") == number


@pytest.mark.parametrize(
    "text", ["", "-1", "1.0", "1e3", " 1", "\uff11", "\u00b2", "1000000001", "9" * 5000, "one"]
)
def test_what_is_no_whole_number(text):
    with pytest.raises(ExportError) as raised:
        whole_number({"count": text}, "count")
    assert raised.value.code == "KX701"
    assert raised.value.fix == "Give a number, 0 or more."


def test_the_least_number():
    assert whole_number({"count": "2"}, "count", least=2) == 2
    with pytest.raises(ExportError, match="count cannot be '1'"):
        whole_number({"count": "1"}, "count", least=2)
