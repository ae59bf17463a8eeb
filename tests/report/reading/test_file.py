from __future__ import annotations

import gzip
import hashlib
import json

import pytest

from kxmodel.report.reading import Broken, Item, ItemFile
from kxmodel.report.reading.file import _BUFFER
from kxmodel.values import item_from_json

PK = frozenset({"pk"})
ITEMS = [{"pk": f"a{n}", "n": n} for n in range(5)]
LINES = "".join(json.dumps(item) + "\n" for item in ITEMS)
TYPED = [item_from_json(item) for item in ITEMS]

FORMS = {
    "items.jsonl": LINES,
    "items.json": json.dumps(ITEMS),
    "pretty.json": json.dumps(ITEMS, indent=2),
    "lines.json": LINES,
    "one-by-one.json": "\n".join(json.dumps(item, indent=2) for item in ITEMS),
    "typed.jsonl": "".join(json.dumps(item) + "\n" for item in TYPED),
    "typed.json": json.dumps(TYPED),
    "export.json": "".join(json.dumps({"Item": item}) + "\n" for item in TYPED),
    "scan.json": json.dumps({"Items": TYPED, "Count": 5, "ScannedCount": 5}, indent=4),
    "scan-in-a-line.json": json.dumps({"Items": TYPED, "Count": 5, "ScannedCount": 5}),
    "no-name": LINES,
}


def read(path, **options) -> list[tuple[str, Item | Broken | None]]:
    return list(ItemFile(path, path.name, PK, **options))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_items(tmp_path, name, packed):
    path = tmp_path / name
    data = FORMS[name].encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    reader = ItemFile(path, name, PK)
    assert [record.values for _, record in reader] == ITEMS
    assert reader.done == reader.size == path.stat().st_size
    assert reader.md5 == hashlib.md5(path.read_bytes()).digest()


def test_the_place_is_the_line(tmp_path):
    path = tmp_path / "pretty.json"
    path.write_text(FORMS["pretty.json"])
    assert [place for place, _ in read(path)] == [f"pretty.json:{2 + 4 * n}" for n in range(5)]


@pytest.mark.parametrize(
    "bad",
    [b"{broken", b'{"pk": "\xff"}', b'{"pk": 1, "pk": 2}', b"[1]", b"null", b'{"pk": {"S": 1}}'],
)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path, bad):
    path = tmp_path / "items.jsonl"
    first, *rest = LINES.encode().splitlines()
    path.write_bytes(b"\n".join([first, bad, *rest]))
    records = read(path)
    assert [r.values for _, r in records if isinstance(r, Item)] == ITEMS
    assert [(place, r.code) for place, r in records if isinstance(r, Broken)] == [
        ("items.jsonl:2", "KX664")
    ]


def test_a_broken_first_line_does_not_hide_the_others(tmp_path):
    path = tmp_path / "items.json"
    path.write_text('{"pk": "x", "n": }\n' + LINES)
    assert sum(isinstance(r, Item) for _, r in read(path)) == len(ITEMS)


@pytest.mark.parametrize("name", ["items.jsonl.gz", "items.json.gz"])
def test_a_cut_off_gzip_gives_what_it_holds(tmp_path, name):
    many = [{"pk": f"a{n}", "n": n} for n in range(20_000)]
    text = (
        json.dumps(many) if name == "items.json.gz" else "".join(json.dumps(i) + "\n" for i in many)
    )
    data = gzip.compress(text.encode())
    path = tmp_path / name
    path.write_bytes(data[: len(data) // 2])
    *items, (place, last) = read(path)
    assert (place, last.code) == (name, "KX665")
    assert "cut off" in last.reason
    assert [r.values for _, r in items] == many[: len(items)]
    assert len(items) > 5_000


def test_a_damaged_gzip(tmp_path):
    many = LINES * 20_000
    data = bytearray(gzip.compress(many.encode(), 1))
    data[-6] ^= 0xFF  # its check sum
    path = tmp_path / "items.jsonl"
    path.write_bytes(data)
    *items, (_, last) = read(path)
    assert len(items) > 50_000
    assert "damaged" in last.reason
    path.write_bytes(b"\x1f\x8bnothing of the kind")
    assert read(path)[-1][1].code == "KX665"


def test_gzip_of_several_members_with_padding(tmp_path):
    path = tmp_path / "items.jsonl.gz"
    path.write_bytes(
        b"".join(gzip.compress(line.encode()) for line in LINES.splitlines(True)) + bytes(600)
    )
    assert [r.values for _, r in read(path)] == ITEMS


@pytest.mark.parametrize("name", ["empty.json", "empty.jsonl", "empty"])
@pytest.mark.parametrize("data", [b"", b"\n\n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_holds_nothing(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert read(path) == []


def test_utf16_is_named_once(tmp_path):
    path = tmp_path / "items.json"
    path.write_text(LINES, encoding="utf-16")
    ((_, broken),) = read(path)
    assert "UTF-16" in broken.reason


def test_a_file_that_cannot_be_read(tmp_path):
    ((place, broken),) = read(tmp_path / "missing.json")
    assert (place, broken.code) == ("missing.json", "KX665")


def test_a_long_first_line_is_sniffed_no_further_than_its_beginning(tmp_path):
    path = tmp_path / "items.json"
    path.write_text(json.dumps({"pk": "a", "text": "x" * (2 * _BUFFER)}) + "\n" + LINES)
    assert len([r for _, r in read(path) if isinstance(r, Item)]) == 1 + len(ITEMS)
