"""The page of export formats."""

from __future__ import annotations

import pytest

from kxmodel.emit.emitter import Emitter, Setting
from kxmodel.emit.registry import OWN, emitter
from kxmodel.site.reference.formats import page


@pytest.mark.parametrize("name", OWN)
def test_a_format_is_there_with_its_settings(name):
    section = page([emitter(each) for each in OWN]).split(f"{{ #{name} }}\n")[1].split("\n## ")[0]
    for setting in emitter(name).settings:
        assert f"\n| `{setting.name}` |" in section


def test_choices_and_defaults_are_shown():
    given = Emitter(
        "ddl", "one line", lambda *_: {}, (Setting("end", "what ends it", ";", (";", "!")),)
    )
    assert page([given]).endswith("One line.\n\n| setting | meaning | default |\n| --- | --- | --- |\n"
                                  "| `end` | what ends it: `;`, `!` | `;` |\n")  # fmt: skip
