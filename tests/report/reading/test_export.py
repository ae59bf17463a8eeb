from __future__ import annotations

import base64
import gzip
import hashlib
import json

import pytest

from kxmodel.errors import ReportError
from kxmodel.report.reading import Broken, Export, Item, find_export
from kxmodel.values import item_from_json

PK = frozenset({"pk"})


def write_export(folder, *files: list[dict], incremental=False, **summary):
    """An export as AWS documents it; each file is a list of items."""
    folder.mkdir(parents=True)
    data = (folder.parent if incremental else folder) / "data"
    data.mkdir()
    entries = []
    for number, items in enumerate(files):
        lines = "".join(json.dumps({"Item": item_from_json(i)}) + "\n" for i in items)
        packed = gzip.compress(lines.encode())
        (data / f"f{number}.json.gz").write_bytes(packed)
        entries.append(
            {
                "itemCount": len(items),
                "md5Checksum": base64.b64encode(hashlib.md5(packed).digest()).decode(),
                "etag": "e-1",
                "dataFileS3Key": f"prefix/AWSDynamoDB/01-a/data/f{number}.json.gz",
            }
        )
    told = {
        "version": "2020-06-30",
        "tableArn": "arn:aws:dynamodb:us-east-1:123456789012:table/dev-messages",
        "itemCount": sum(map(len, files)),
        "outputFormat": "DYNAMODB_JSON",
        "exportType": "INCREMENTAL_EXPORT" if incremental else "FULL_EXPORT",
    }
    (folder / "manifest-summary.json").write_text(json.dumps(told | summary))
    (folder / "manifest-files.json").write_text("".join(json.dumps(e) + "\n" for e in entries))
    return folder


ONE, TWO = [{"pk": "a"}, {"pk": "b"}], [{"pk": "c"}]


def read(folder):
    export = Export(folder, "export", PK)
    records = list(export)
    assert export.done == sum(f.path.stat().st_size for f in export.files if f.path.exists())
    items = [r.values for _, r in records if isinstance(r, Item)]
    return items, [(place, r.reason) for place, r in records if isinstance(r, Broken)]


def test_all_data_files_are_read(tmp_path):
    folder = write_export(tmp_path / "AWSDynamoDB" / "01-a", ONE, [], TWO)
    assert read(folder) == (ONE + TWO, [])
    assert Export(folder, "export", PK).table == "dev-messages"


def test_places_name_file_and_line(tmp_path):
    folder = write_export(tmp_path / "e", ONE)
    assert [place for place, _ in Export(folder, "e", PK)] == [
        "e/data/f0.json.gz:1",
        "e/data/f0.json.gz:2",
    ]


def test_an_incremental_export_has_its_data_beside_it(tmp_path):
    folder = write_export(tmp_path / "AWSDynamoDB" / "01-a", [], incremental=True)
    data = tmp_path / "AWSDynamoDB" / "data" / "f0.json.gz"
    image = item_from_json({"pk": "a"})
    lines = [
        {"Metadata": {"WriteTimestampMicros": {"N": "1"}}, "Keys": image, "NewImage": image},
        {"Metadata": {"WriteTimestampMicros": {"N": "2"}}, "Keys": image, "OldImage": image},
    ]
    data.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    (folder / "manifest-files.json").write_text(
        '{"dataFileS3Key": "AWSDynamoDB/data/f0.json.gz", "itemCount": 2}'
    )
    assert [record and record.values for _, record in Export(folder, "e", PK)] == [
        {"pk": "a"},
        None,
    ]


def test_another_file_than_was_exported(tmp_path):
    folder = write_export(tmp_path / "e", ONE, TWO)
    (folder / "data" / "f1.json.gz").write_bytes(gzip.compress(b""))
    items, faults = read(folder)
    assert items == ONE
    assert [fault.partition(":")[0] for _, fault in faults] == [
        "is not the file that was exported",
        "holds 0 records, and manifest-files.json says 1",
    ]


def test_a_missing_and_a_cut_off_file(tmp_path):
    folder = write_export(tmp_path / "e", ONE, TWO)
    (folder / "data" / "f0.json.gz").unlink()
    cut = folder / "data" / "f1.json.gz"
    cut.write_bytes(cut.read_bytes()[:-9])
    _items, faults = read(folder)
    assert len(faults) == 2
    assert "No such file" in faults[0][1]
    assert "cut off" in faults[1][1]


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        ({"outputFormat": "ION"}, "'ION', and only DYNAMODB_JSON"),
        ({"outputFormat": ["<x>"]}, "only DYNAMODB_JSON"),
    ],
)
def test_ion_is_refused_with_a_word(tmp_path, summary, words):
    folder = write_export(tmp_path / "e", ONE, **summary)
    with pytest.raises(ReportError, match=words) as caught:
        Export(folder, "e", PK)
    assert caught.value.code == "KX666"
    assert "DYNAMODB_JSON" in caught.value.fix


@pytest.mark.parametrize("name", ["manifest-summary.json", "manifest-files.json"])
@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff", b'{"a": 1, "a": 2}', None])
def test_a_damaged_manifest(tmp_path, name, data):
    folder = write_export(tmp_path / "e", ONE)
    if data is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data)
    with pytest.raises(ReportError) as caught:
        Export(folder, "e", PK)
    assert name in str(caught.value)


@pytest.mark.parametrize("key", ["../../secret", "/etc/hostname", "a/../../b", "data/.."])
def test_a_manifest_leads_nowhere_else(tmp_path, key):
    folder = write_export(tmp_path / "e", ONE)
    (folder / "manifest-files.json").write_text(json.dumps({"dataFileS3Key": key}))
    try:
        export = Export(folder, "e", PK)
    except ReportError:
        return
    assert {file.path.parent for file in export.files} == {folder / "data"}


def test_finding_the_export_in_a_copy_of_the_bucket(tmp_path):
    assert find_export(tmp_path) is None
    first = write_export(tmp_path / "prefix" / "AWSDynamoDB" / "01-a", ONE)
    for start in (tmp_path, tmp_path / "prefix", tmp_path / "prefix" / "AWSDynamoDB", first):
        assert find_export(start) == first
    write_export(tmp_path / "prefix" / "AWSDynamoDB" / "02-b", ONE)
    with pytest.raises(
        ReportError, match="2 exports: prefix/AWSDynamoDB/01-a, prefix/AWSDynamoDB/02-b"
    ):
        find_export(tmp_path)
