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


BY_ENTITY = {"A": ITEMS[:2], "B": [], 'Ce"é': ITEMS[2:]}
NAMES = frozenset(BY_ENTITY)


@pytest.mark.parametrize("typed", [False, True])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("indent", [None, 2])
def test_an_objects_lists_are_items_of_the_entities_they_are_called_by(
    tmp_path, indent, packed, typed
):
    path = tmp_path / "samples.json"
    lists = {n: [item_from_json(i) if typed else i for i in v] for n, v in BY_ENTITY.items()}
    data = b"\xef\xbb\xbf" + json.dumps(lists, indent=indent).encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    records = [record for _, record in read(path, entities=NAMES)]
    wanted = [(name, item) for name, items in BY_ENTITY.items() for item in items]
    assert [(record.entity, record.values) for record in records] == wanted


def test_lists_are_read_in_bounded_memory(tmp_path, monkeypatch):
    """A record may be no longer than one, a file may."""
    monkeypatch.setattr("kxmodel.report.reading.values.MAX_RECORD", 100)
    path = tmp_path / "samples.json"
    many = [{"pk": f"a{n}"} for n in range(1000)]
    path.write_text(json.dumps({"A": many}))
    assert [record.values for _, record in read(path, entities=NAMES)] == many


@pytest.mark.parametrize(
    ("text", "read_items", "faults"),
    [
        ('{"A": [{"pk": "1"}], "X": [{"pk": "2"}, 3], "B": [{"pk": "4"}]}', ["1", "4"], ["'X'"]),
        ('{"X": [{"pk": "2"}], "A": []}', [], ["is a list called 'X', which is no entity"]),
        ('{"A": [{"pk": "1"}], "B": {"pk": "2"}}', ["1"], ["holds no list of items as 'B'"]),
        ('{"A": [{"pk": "1"}, {"pk"', ["1"], ["is no JSON", "ends before its array does"]),
        ('{"A": [{"pk": "1"}]', ["1"], ["ends before its object does"]),
        ('{"A": [{"pk": "1"}], B}', ["1"], ["goes on with no list"]),
        ('{"A": [{"pk": "1"}]} {}', ["1"], ["stands after the object's end"]),
        ('{"A": [1, {"pk": "1"}]}', ["1"], ["is no item"]),
    ],
)
def test_what_is_wrong_with_lists_is_told_once(tmp_path, text, read_items, faults):
    path = tmp_path / "samples.json"
    path.write_text(text)
    records = [record for _, record in read(path, entities=NAMES)]
    assert [r.values["pk"] for r in records if isinstance(r, Item)] == read_items
    broken = [r.reason for r in records if isinstance(r, Broken)]
    assert len(broken) == len(faults)
    assert all(fault in reason for fault, reason in zip(faults, broken, strict=True))


def test_an_item_whose_first_attribute_is_a_list_is_one(tmp_path):
    path = tmp_path / "items.json"
    item = {"tags": [{"n": 1}], "pk": "a"}
    path.write_text(json.dumps(item, indent=2))
    assert [record.values for _, record in read(path, entities=NAMES)] == [item]


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
