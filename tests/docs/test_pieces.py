from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.docs.pieces import Piece, pieces
from kxmodel.docs.worked import worked
from kxmodel.keys import parse, parse_condition
from tests.emit.designs import design


def test_a_template_in_pieces() -> None:
    leads, _, personas = design("kxgen")
    assert pieces(leads, leads.entities[0], parse("A$$#${tenantId}#${contactInfo.phone}")) == (
        Piece(None, "A$#", "A$#"),
        Piece("tenantId", "tenantId", "tenant123"),
        Piece(None, "#", "#"),
        Piece("contactInfo.phone", "contactInfo.phone", "+1234567890"),
    )
    (score,) = pieces(
        personas, personas.entities[0], parse("${popularityScore|default:0|pad:9.4,round}")
    )
    assert score.written == "popularityScore|default:0|pad:9.4,round"


@pytest.mark.parametrize("name", ["kxgen", "shop", "membership"])
def test_examples_are_those_of_one_item(name: str) -> None:
    """Put together, they are a key that an example of the schema has."""
    for table in design(name):
        stored = [item.plain for item in worked(table)]
        for entity in table.entities:
            for filled in entity.indexes:
                for attribute, template in filled.keys.items():
                    made = "".join(
                        p.example or "?" for p in pieces(table, entity, template, filled.when)
                    )
                    assert made in {str(item.get(attribute)) for item in stored}


def test_without_an_item_an_attribute_tells_by_itself() -> None:
    _, messages, _ = design("kxgen")
    bare = replace(messages.entities[0], examples=())
    (lead,) = pieces(messages, bare, parse("${lead_id}"))
    assert lead.example == "lead_xyz789"
    (text,) = pieces(messages, bare, parse("${text}"))
    assert text.example is None


def test_the_item_is_one_that_is_in_the_index() -> None:
    (shop,) = design("shop")
    when = parse_condition({"status": {"equals": "unpaid"}})
    (due,) = pieces(shop, shop.entity("Invoice"), parse("${amountDue}"), when)
    assert due.example == "24.5"
