from __future__ import annotations

from kxmodel.docs.worked import why_absent, worked
from tests.emit.designs import design


def test_why_an_item_is_not_in_an_index() -> None:
    """What has a default in the template is no reason, and values are JSON's."""
    personas = next(table for table in design("kxgen") if table.name == "personas")
    index = personas.index("GSI2")
    (absent,) = [item for item in worked(personas) if not item.is_in(index)]
    assert why_absent(absent, index) == "it has no templateCategory and its isTemplate is not true"
