"""The items shown in each schema: they obey it, and their keys are what its templates give."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.dialect.metaschema import validator as dialect
from kxmodel.keys import KeyPart, KeySet, evaluate, may_collide, parse, parse_condition

from .files import FOLDERS, TABLES, entities, load, problems, validator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest.mark import ParameterSet


def shown() -> list[ParameterSet]:
    """(file, pointer of the entity, number of the example)"""
    return [
        pytest.param(path, pointer, number, id=f"{name}-{number}")
        for path in TABLES
        for name, (pointer, schema) in entities(load(path)).items()
        for number, _ in enumerate(schema["examples"])
    ]


def attributes(key: Any) -> list[tuple[str, str]]:
    """The (name, type) of a hash or range in `x-kx-table`."""
    if isinstance(key, list):
        return [found for one in key for found in attributes(one)]
    return [(key, "S")] if isinstance(key, str) else [(key["name"], key["type"])]


def keysets(table: dict[str, Any], entity: dict[str, Any]) -> Iterator[KeySet]:
    """The table's own key, then that of each index the entity is in."""
    rule = entity["x-kx-entity"]

    def keyset(name: str, key: dict[str, Any], own: dict[str, Any]) -> KeySet:
        templates = {**rule["keys"], **own.get("keys", {})}
        parts = [
            KeyPart(attribute, parse(templates.get(attribute, f"${{{attribute}}}")), role, kind)
            for role in ("hash", "range")
            for attribute, kind in attributes(key.get(role, []))
        ]
        when = parse_condition(own["when"]) if "when" in own else None
        return KeySet(name, tuple(parts), when, sparse=name != table["name"])

    yield keyset(table["name"], table["key"], {})
    for name, own in rule.get("indexes", {}).items():
        yield keyset(name, table["indexes"][name], own)


def at(path: Path, pointer: str, *, exact: bool = False) -> dict[str, Any]:
    found = load(path, exact=exact)
    for step in pointer.split("/")[1:]:
        found = found[step]
    return found


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_every_file_is_written_in_the_dialect(folder: Path) -> None:
    for path in sorted(folder.glob("*.json")):
        errors = [error.message for error in dialect().iter_errors(load(path))]
        assert errors == [], path.name


@pytest.mark.parametrize(("path", "pointer", "number"), shown())
def test_an_example_obeys_its_entity_and_its_file(path: Path, pointer: str, number: int) -> None:
    item = at(path, pointer)["examples"][number]
    assert problems(path, item, pointer) == []
    assert problems(path, item) == []


@pytest.mark.parametrize(("path", "pointer", "number"), shown())
def test_the_keys_of_an_example_are_those_its_templates_give(
    path: Path, pointer: str, number: int
) -> None:
    table = load(path)["x-kx-table"]
    entity = at(path, pointer, exact=True)
    item = entity["examples"][number]
    expected: dict[str, object] = {}
    for keyset in keysets(table, entity):
        expected |= evaluate(keyset, item) or {}
    every = {
        attribute
        for key in (table["key"], *table["indexes"].values())
        for role in ("hash", "range")
        for attribute, _ in attributes(key[role])
    }
    # A natural attribute keeps its value where the index has no place for the item.
    derived = {name for name in every if name not in entity["properties"]} | set(expected)
    assert {name: item[name] for name in derived if name in item} == expected


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_item_of_a_table_has_a_key_of_its_own(path: Path) -> None:
    key = load(path)["x-kx-table"]["key"]
    items = [item for _, schema in entities(load(path)).values() for item in schema["examples"]]
    keys = [(item[key["hash"]], item[key["range"]]) for item in items]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_two_entities_can_have_one_key(path: Path) -> None:
    key = load(path)["x-kx-table"]["key"]
    rules = [schema["x-kx-entity"]["keys"] for _, schema in entities(load(path)).values()]
    for number, one in enumerate(rules):
        for other in rules[number + 1 :]:
            assert any(
                may_collide(parse(one[name]), parse(other[name])) is None
                for name in (key["hash"], key["range"])
            )


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_pattern_names_what_is_there(path: Path) -> None:
    schema = load(path)
    names = entities(schema)
    for pattern in schema["x-kx-patterns"].values():
        carrier = pattern.get("entity", next(iter(names)))
        assert pattern.get("index") in {None, *schema["x-kx-table"]["indexes"]}
        for returned in pattern.get("returns", [carrier]):
            own = names[returned][1]["x-kx-entity"]
            assert pattern.get("index") in {None, *own["indexes"]}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_index_answers_a_question_and_says_what_it_is_for(path: Path) -> None:
    schema = load(path)
    asked = {pattern.get("index") for pattern in schema["x-kx-patterns"].values()}
    for name, index in schema["x-kx-table"]["indexes"].items():
        assert name in asked
        assert index["purpose"]
        assert index["useCase"]


def described(schema: object, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every object in a schema, with its JSON pointer."""
    if isinstance(schema, list):
        for number, one in enumerate(schema):
            yield from described(one, f"{pointer}/{number}")
    if isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items():
            yield f"{pointer}/properties/{name}", one
        for name, one in schema.items():
            if name not in {"examples", "x-kx-table", "x-kx-entity", "x-kx-patterns"}:
                yield from described(one, f"{pointer}/{name}")


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_every_property_is_described(folder: Path) -> None:
    for path in sorted(folder.glob("*.json")):
        found = dict(described(load(path)))
        for pointer, schema in found.items():
            resolved = schema
            while "description" not in resolved:
                assert "$ref" in resolved, f"{path.name}#{pointer} says nothing"
                name, _, target = resolved["$ref"].partition("#")
                resolved = at(folder / (name or path.name), target)
            assert resolved["description"].endswith((".", "`"))


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_every_shared_type_is_used(folder: Path) -> None:
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    for name in texts:
        for shared in load(folder / name).get("$defs", {}):
            inside = f'"#/$defs/{shared}"' in texts[name]
            assert inside or any(f'"{name}#/$defs/{shared}"' in text for text in texts.values())


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_example_values_obey_the_place_they_stand_at(path: Path) -> None:
    checked = 0
    for folder_file in sorted(path.parent.glob("*.json")):
        schema = load(folder_file)
        places = dict(described(schema)) | {
            f"/$defs/{name}": part for name, part in schema.get("$defs", {}).items()
        }
        for pointer, part in places.items():
            for value in part.get("examples", []):
                errors = list(validator(folder_file, pointer).iter_errors(value))
                assert not errors, f"{folder_file.name}#{pointer}: {errors[0].message}"
                checked += 1
    assert checked


def collected(name: str, by: str) -> dict[str, set[str]]:
    """Value of the partition key `by` -> names of the entities that the examples have there."""
    path = FOLDERS[name] / f"{name}.json"
    found: dict[str, set[str]] = defaultdict(set)
    for entity, (_, schema) in entities(load(path)).items():
        for item in schema["examples"]:
            if by in item:
                found[item[by]].add(entity)
    return found


def test_the_shop_shows_item_collections_worth_reading() -> None:
    assert collected("shop", "PK")["CUSTOMER#c-ada"] == {"Customer", "Order"}
    assert collected("shop", "PK")["PRODUCT#TEAPOT"] == {"Product", "OrderLine"}
    order = "ORDER#01HQZ73ZH04X9T2N6WAB7CDEFG"
    assert collected("shop", "SK")[order] == {"Order", "OrderLine", "Invoice"}
    assert set(collected("shop", "GSI3PK")) == {"OPEN#LHR", "UNPAID#GBP"}


def test_the_membership_design_shows_both_ends_of_the_link() -> None:
    assert collected("membership", "PK")["ORG#o-rowing"] == {
        "Organisation",
        "Membership",
        "Invitation",
    }
    assert collected("membership", "SK")["USER#u-alan"] == {"User", "Membership"}
