from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect import read_table
from kxmodel.errors import SchemaError
from kxmodel.ir import AnyValue, ListOf, MapOf, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Refused = Callable[..., SchemaError]

LIBRARY = {"$defs": {"Name": {"type": "string", "maxLength": 9}, "Bad": {"$ref": "#/$defs/Gone"}}}


@pytest.mark.parametrize(
    ("ref", "code", "words"),
    [
        ("#/$defs/Nmae", "KX110", "did you mean 'Name'?"),
        ("#/$defs/zzz", "KX110", "its $defs: 'Name', 'Loop'"),
        ("#nmae", "KX110", "did you mean 'name'?"),
        ("#/x-kx-table", "KX110", "no schema"),
        ("#/$defs", "KX110", "no schema"),
        ("#/properties", "KX110", "no schema"),
        ("#/properties/id/type", "KX110", "no schema"),
        ("#/allOf", "KX110", "no schema"),
        ("#/allOf/00", "KX110", "no schema"),
        ("#/allOf/1", "KX110", "no schema"),
        ("#/allOf/0/x-kx-name", "KX110", "no schema"),
        ("libary.json#/$defs/Name", "KX110", "did you mean 'library.json'?"),
        ("library.json#/$defs/Nam", "KX110", "in library.json"),
        ("library.json#/$defs/Bad", "KX110", "Gone"),
        ("a\u0000b.json", "KX110", "no file"),
        ("x" * 5000 + ".json", "KX110", "no file"),
        (".", "KX110", "no file"),
        ("http://example.org/x.json", "KX112", "not a file beside"),
        ("file:///etc/passwd", "KX112", "not a file beside"),
        ("urn:kxmodel:dialect:1", "KX112", "not a file beside"),
        ("/etc/passwd", "KX112", "not a file beside"),
        ("//host/x.json", "KX112", "not a file beside"),
        ("\\\\host\\x.json", "KX112", "not a file beside"),
        ("../outside.json", "KX112", "out of the schemas folder"),
        ("%2e%2e/outside.json", "KX112", "out of the schemas folder"),
        ("inside/../../outside.json", "KX112", "out of the schemas folder"),
    ],
)
def test_references_that_lead_nowhere(
    small: dict, write: Callable, tmp_path: Path, ref: str, code: str, words: str
) -> None:
    small["$defs"] = {
        "Name": {"$anchor": "name", "type": "string"},
        "Loop": {"$ref": "#/$defs/Name"},
    }
    small["properties"]["a"] = {"$ref": ref}
    small["allOf"] = [{"properties": {}}]
    write(LIBRARY, "library.json")
    (tmp_path / "outside.json").write_text('{"type": "string"}')
    with pytest.raises(SchemaError) as caught:
        read_table(write(small))
    assert caught.value.code == code, caught.value
    assert words in str(caught.value)


def test_a_link_out_of_the_folder_is_followed_by_nobody(
    small: dict, write: Callable, refused: Refused, tmp_path: Path
) -> None:
    (tmp_path / "outside.json").write_text('{"type": "string"}')
    link = write(small).parent / "link.json"
    link.symlink_to(tmp_path / "outside.json")
    small["properties"]["a"] = {"$ref": "link.json"}
    refused(small, "KX112")


def test_references_that_lead_somewhere(small: dict, write: Callable) -> None:
    write(LIBRARY, "library.json")
    write({"type": "integer"}, "types/deep.json")
    small["$defs"] = {
        "Name": {"$anchor": "name", "type": "string"},
        "a/b~c": {"type": "boolean"},
        "Again": {"$ref": "#name"},
    }
    refs = {
        "a": "#/$defs/Name",
        "b": "#name",
        "c": "library.json#/$defs/Name",
        "d": "types/deep.json",
        "e": "#/$defs/a~1b~0c",
        "f": "#/%24defs/Again",
        "g": "things.json#/properties/a",
        "h": "#/allOf/0/items/not",
    }
    small["allOf"] = [{"items": {"not": {"type": "string"}}}]
    small["properties"] |= {name: {"$ref": ref} for name, ref in refs.items()}
    members = read_table(write(small)).entities[0].members
    kinds = [members[name].shape for name in refs]
    text = Scalar("text")
    assert kinds == [text, text, text, Scalar("integer"), Scalar("boolean"), text, text, text]


@pytest.mark.parametrize(
    "definitions",
    [
        {"a": {"$ref": "#/$defs/a"}},
        {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/c"}, "c": {"$ref": "#/$defs/a"}},
        {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"allOf": [{}, {"$ref": "#/$defs/a"}]}},
        {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"type": "null"}]}},
    ],
)
def test_circles_without_a_type(small: dict, refused: Refused, definitions: dict) -> None:
    small["$defs"] = definitions
    small["properties"]["x"] = {"$ref": "#/$defs/a"}
    refused(small, "KX111", "leads back to itself")


def test_circles_through_members_and_elements(small: dict, read: Callable) -> None:
    small["$defs"] = {
        "Tree": {
            "properties": {
                "left": {"$ref": "#/$defs/Tree"},
                "rest": {"items": {"$ref": "#/$defs/Tree"}},
            }
        },
        "Nest": {"type": "array", "items": {"$ref": "#/$defs/Nest"}},
    }
    small["properties"] |= {"tree": {"$ref": "#/$defs/Tree"}, "nest": {"$ref": "#/$defs/Nest"}}
    table = read(small)
    tree = table.structure("Tree")
    assert tree.members["left"].shape == MapOf("Tree")
    assert tree.members["rest"].shape == ListOf(MapOf("Tree"))
    nest = table.entities[0].members["nest"].shape
    while isinstance(nest, ListOf):
        nest = nest.item
    assert nest == AnyValue()


def test_endless_chains_end(small: dict, refused: Refused) -> None:
    small["properties"]["x"] = {"$ref": "#/$defs/d0"}
    small["$defs"] = {f"d{n}": {"$ref": f"#/$defs/d{n + 1}"} for n in range(3000)} | {"d3000": {}}
    refused(small, "KX104", "in a row")
    small["$defs"] = {f"d{n}": {"items": {"$ref": f"#/$defs/d{n + 1}"}} for n in range(300)} | {
        "d300": {}
    }
    refused(small, "KX104", "in one another")


def test_a_chain_of_structures_is_no_recursion(small: dict, read: Callable) -> None:
    small["properties"]["x"] = {"$ref": "#/$defs/d0"}
    small["$defs"] = {
        f"d{n}": {"properties": {"next": {"$ref": f"#/$defs/d{n + 1}"}}} for n in range(1500)
    } | {"d1500": {"type": "null"}}
    assert len(read(small).structures) == 1500


def test_diamonds_do_not_multiply(small: dict, read: Callable) -> None:
    small["properties"]["x"] = {"$ref": "#/$defs/d0"}
    small["$defs"] = {
        f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}, {"$ref": f"#/$defs/d{n + 1}"}]}
        for n in range(15)
    } | {"d15": {"type": "string"}}
    assert read(small).entities[0].members["x"].shape == Scalar("text")
