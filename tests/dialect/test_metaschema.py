from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
from jsonschema import Draft202012Validator

from kxmodel.dialect import DIALECT, keywords, metaschema
from kxmodel.dialect.metaschema import quick, validator
from kxmodel.dialect.walk import MANY, NAMED, ONE
from kxmodel.keys import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def nodes(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, dict):
        yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from nodes(inner)


def test_it_is_a_schema_of_2020_12_with_our_vocabulary_optional() -> None:
    meta = metaschema()
    Draft202012Validator.check_schema(dict(meta))
    assert meta["$id"] == DIALECT
    vocabularies = meta["$vocabulary"]
    assert isinstance(vocabularies, dict)
    assert [uri for uri, needed in vocabularies.items() if not needed] == [
        "urn:kxmodel:vocabulary:1"
    ]


def test_every_subschema_slot_refers_statically_to_the_whole() -> None:
    meta = metaschema()
    properties = meta["properties"]
    definitions = meta["$defs"]
    assert isinstance(properties, dict)
    assert isinstance(definitions, dict)
    assert {properties[keyword]["$ref"] for keyword in ONE} == {"#"}
    assert {properties[keyword]["$ref"] for keyword in MANY} == {"#/$defs/schemaArray"}
    assert {properties[keyword]["additionalProperties"]["$ref"] for keyword in NAMED} == {"#"}
    refs = {str(node["$ref"]) for node in nodes(properties) if isinstance(node.get("$ref"), str)}
    assert {ref.removeprefix("#/$defs/") for ref in refs - {"#"}} <= set(definitions)
    assert "$dynamicRef" not in json.dumps(meta)


def test_every_keyword_and_member_is_described() -> None:
    properties = metaschema()["properties"]
    assert isinstance(properties, dict)
    assert [name for name, schema in properties.items() if not schema.get("description")] == []
    pending = list(keywords())
    assert [keyword.name for keyword in pending if not keyword.title] == []
    while pending:
        keyword = pending.pop()
        assert keyword.description, keyword.name
        pending += keyword.members


def test_the_keywords_for_the_documentation() -> None:
    found = {keyword.name: keyword for keyword in keywords()}
    assert found["x-kx-table"].place == "table"
    members = {member.name: member for member in found["x-kx-table"].members}
    assert members["name"].required
    assert not members["tenant"].required
    assert {m.name for m in members["indexes"].members} >= {"hash", "range", "projection"}
    assert {m.name for m in found["x-kx-patterns"].members} >= {"question", "given", "index"}
    assert found["x-kx-type"].place == "property"
    assert '{"ulid": {"time": "created_at"}}' in found["x-kx-generate"].examples


def test_examples_of_keywords_are_allowed_by_the_dialect() -> None:
    properties = metaschema()["properties"]
    assert isinstance(properties, dict)
    for name, schema in properties.items():
        for example in schema.get("examples", []):
            assert list(validator().iter_errors({name: example})) == [], name


def test_the_template_help_names_every_filter() -> None:
    definitions = metaschema()["$defs"]
    assert isinstance(definitions, dict)
    text = definitions["template"]["description"]
    assert [name for name in FILTERS if f"{name}" not in text] == []


#: Characters that a pattern may take for what they are not.
ODD = [chr(code) for code in range(0x3100) if not chr(code).isalnum()]
#: Those of ASCII, and one of each kind of the others.
FEW = [
    *(mark for mark in ODD if mark.isascii()),
    *{(category(mark), mark.isspace()): mark for mark in ODD if not mark.isascii()}.values(),
]


@pytest.mark.parametrize(
    "odd", [pytest.param(FEW, id="few"), pytest.param(ODD, id="all", marks=pytest.mark.slow)]
)
def test_the_quick_validator_reads_the_patterns_as_the_reference_does(odd: list[str]) -> None:
    texts = [text for mark in odd for text in (mark, f"a{mark}", f"a{mark}a", f"arn:a:kms:{mark}")]
    for text in (*texts, "a\n", "abc\n\n", "", "DE", "de", "alias/x", "x-a", "x-kx-a"):
        table = {"name": text, "key": {"hash": text}, "encryption": text, "ttl": text}
        entity = {"name": text, "keys": {text: "x"}, "class": text}
        for document in (
            *(
                {"x-kx-table": {"name": "abc", "key": {"hash": "a"}} | {k: v}}
                for k, v in table.items()
            ),
            *(
                {"x-kx-entity": {"name": "A", "keys": {"a": "x"}} | {k: v}}
                for k, v in entity.items()
            ),
            {"x-kx-patterns": {text: {"question": "?"}}},
            {"x-kx-normalise": {"e164": {"region": text}}},
            {"x-kx-name": text},
            {"$anchor": text},
            {text: 1},
        ):
            assert quick()(document) is validator().is_valid(document), document
