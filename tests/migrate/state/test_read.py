from __future__ import annotations

from pathlib import Path

from kxmodel.dialect import read_folder
from kxmodel.keys import parse_condition
from kxmodel.migrate.state import IndexKeysState, digest, state_of

ROOT = Path(__file__).parents[3]


def test_our_own_tables() -> None:
    tables = read_folder(ROOT / "schemas")
    state = state_of(tables)
    assert sorted(state.tables) == ["leads", "messages", "personas"]
    persona = state.table("personas").entity("Persona")
    assert persona.keys == {"persona_pk": "${tenantId}#${persona_id}", "sk": "CONFIG"}
    assert persona.indexes["GSI2"] == IndexKeysState(
        {
            "GSI2PK": "TEMPLATE#${templateCategory}",
            "GSI2SK": "${popularityScore|default:0|pad:9.4,round}",
        },
        {"isTemplate": {"equals": True}},
    )
    assert persona.schema_digest == digest(persona.schema)
    assert [k.name for k in state.table("leads").index("GSI1").attributes] == ["GSI1PK", "GSI1SK"]


def test_conditions_mean_what_they_meant() -> None:
    for folder in ("schemas", "examples/shop/schemas", "examples/membership/schemas"):
        for table in read_folder(ROOT / folder):
            for entity in table.entities:
                found = state_of([table]).table(table.name).entity(entity.name)
                for keys in entity.indexes:
                    when = found.indexes[keys.index].when
                    assert (parse_condition(when) if when else None) == keys.when


def test_several_entities_are_recognised() -> None:
    (shop,) = read_folder(ROOT / "examples/shop/schemas")
    entities = state_of([shop]).table(shop.name).entities
    assert len(entities) > 1
    assert all(each.recognise for each in entities.values())


def test_defaults_and_those_that_are_binary(tmp_path: Path) -> None:
    (tmp_path / "things.json").write_text("""{
        "$schema": "urn:kxmodel:dialect:1", "type": "object",
        "x-kx-table": {"name": "things", "key": {"hash": "id"}},
        "x-kx-entity": {"name": "Thing", "keys": {"id": "${id}"}},
        "properties": {
            "id": {"type": "string"},
            "icon": {"type": "string", "x-kx-type": "B", "default": "aGk="},
            "size": {"type": "integer", "default": 3}
        }
    }""")
    (thing,) = state_of(read_folder(tmp_path)).table("things").entities.values()
    assert (thing.defaults, thing.binary) == ({"icon": "aGk=", "size": 3}, {"icon"})
