from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect.document import Places, load
from kxmodel.errors import SchemaError

if TYPE_CHECKING:
    from pathlib import Path


def refuse(path: Path) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        load(path, "x.json")
    return caught.value


@pytest.mark.parametrize(
    ("data", "where", "words"),
    [
        (b"\xef\xbb\xbf{}", "x.json:1:1", "byte order mark"),
        ("{}".encode("utf-16"), "x.json:1:1", "UTF-16"),
        ("{}".encode("utf-16-be"), "x.json:1:1", "UTF-16"),
        ('{\n "é": "'.encode() + b'\xff"}', "x.json:2:8", "0xff"),
        (b'["\xed\xa0\x80"]', "x.json:1:3", "0xed"),
    ],
)
def test_other_encodings_are_refused(tmp_path: Path, data: bytes, where: str, words: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    error = refuse(path)
    assert (error.code, str(error.where)) == ("KX101", where)
    assert words in error.message


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        assert refuse(path).code == "KX101"


def test_a_large_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'"' + b"x" * (5 * 1024 * 1024) + b'"')
    error = refuse(path)
    assert error.code == "KX104"
    assert "4 MB" in error.message


def test_a_place_within_what_is_not_there_is_that_of_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a":\n {"b": 1}}')
    document = replace(load(path, "x.json"), prefix="x.json#")
    assert str(document.location("/a/c/d")) == "x.json:2:2"
    assert str(document.location("/a/b", name=True)) == "x.json:2:3"


def test_places_of_several_documents(tmp_path: Path) -> None:
    main, library = tmp_path / "main.json", tmp_path / "library.json"
    main.write_text('{"a":\n {}}')
    library.write_text('{"a": 1,\n  "b": 2}')
    prefixed = replace(load(library, "library.json"), prefix="library.json#")
    places = Places([load(main, "main.json"), prefixed])
    assert {pointer: str(place) for pointer, place in places.items()} == {
        "": "main.json:1:1",
        "/a": "main.json:2:2",
        "library.json#": "library.json:1:1",
        "library.json#/a": "library.json:1:7",
        "library.json#/b": "library.json:2:8",
    }
    assert len(places) == 5
    for absent in ("/b", "library.json#/c", "library.json", "other.json#/a"):
        assert absent not in places
