from __future__ import annotations

import json

import pytest

from kxmodel.errors import ReportError, UsageError
from kxmodel.report import Export, ItemFile, sources
from tests.report.kxgen import example, table, tables
from tests.report.reading.test_export import write_export


class Live:
    name, size, done = "live", 0, 0

    def __iter__(self):
        return iter(())


def resolve(*arguments, of=None, prefix="dev-"):
    opened = []

    def live(each):
        opened.append(each.name)
        return Live()

    found = sources(arguments, tables(), table=of, prefix=prefix, live=live, sampled=True)
    return list(found), opened


def test_a_declared_table_is_read_live(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "messages").mkdir()
    (source,), opened = resolve("messages")
    assert opened == ["messages"]
    assert (source.unit, source.sampled, source.table.name) == ("items", True, "messages")


@pytest.mark.parametrize("name", ["messages.json", "messages.jsonl.gz", "messages.2024.ndjson"])
def test_a_files_name_tells_its_table(tmp_path, name):
    path = tmp_path / name
    path.write_text("[]")
    (source,), opened = resolve(str(path))
    assert isinstance(source.records, ItemFile)
    assert source.table.name == "messages"
    assert not source.sampled
    assert opened == []


def test_another_table_can_be_given(tmp_path):
    path = tmp_path / "messages.json"
    path.write_text("[]")
    (source,), _ = resolve(str(path), of=table("leads"))
    assert source.table.name == "leads"


@pytest.mark.parametrize(("prefix", "known"), [("dev-", "messages"), ("prod-", None)])
def test_an_exports_manifest_tells_its_table(tmp_path, prefix, known):
    write_export(tmp_path / "AWSDynamoDB" / "01-a", [example("messages")])
    (source,), _ = resolve(str(tmp_path), prefix=prefix)
    assert isinstance(source.records, Export)
    assert (source.table.name if source.table else None) == known


def test_a_folder_of_files(tmp_path):
    for name in ("b.jsonl", "a.json", "c.txt", "leads.json.gz"):
        (tmp_path / name).write_text(json.dumps([]))
    found, _ = resolve(str(tmp_path))
    assert [s.records.path.name for s in found] == ["a.json", "b.jsonl", "leads.json.gz"]
    assert [s.table.name if s.table else None for s in found] == [None, None, "leads"]


def test_the_list_that_an_item_stands_in_tells_its_table(tmp_path):
    path = tmp_path / "made.json"
    path.write_text(json.dumps({"Persona": [{"a": 1}], "Lead": []}))
    (source,), _ = resolve(str(path))
    ((place, item),) = source.records
    assert (place, source.choose(item, place).name) == (f"{path}:1", "personas")


def test_what_cannot_be_meant(tmp_path):
    with pytest.raises(UsageError, match="no table and no file 'nothing'") as caught:
        resolve("nothing")
    assert "leads, messages, personas" in caught.value.fix
    with pytest.raises(UsageError, match="neither manifest"):
        resolve(str(tmp_path))
    write_export(tmp_path / "x", [], outputFormat="ION")
    with pytest.raises(ReportError, match="ION"):
        resolve(str(tmp_path))
