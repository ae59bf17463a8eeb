from __future__ import annotations

from dataclasses import replace

from kxmodel.docs.worked import why_absent, worked
from kxmodel.keys import parse_condition
from tests.emit.designs import design


def test_why_an_item_is_not_in_an_index() -> None:
    """What has a default in the template is no reason, and values are JSON's."""
    personas = next(table for table in design("kxgen") if table.name == "personas")
    index = personas.index("GSI2")
    (absent,) = [item for item in worked(personas) if not item.is_in(index)]
    assert why_absent(absent, index) == "it has no templateCategory and its isTemplate is not true"


def test_what_is_missing_is_one_reason() -> None:
    """Not two, where a condition asks for the value of a part of the key."""
    personas = next(table for table in design("kxgen") if table.name == "personas")
    index = personas.index("GSI2")
    (absent,) = [item for item in worked(personas) if not item.is_in(index)]
    asked = parse_condition({"templateCategory": {"equals": "fitness"}})
    filled = tuple(replace(keys, when=asked) for keys in absent.entity.indexes)
    item = replace(absent, entity=replace(absent.entity, indexes=filled))
    assert why_absent(item, index) == "it has no templateCategory"
