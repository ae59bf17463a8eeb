"""Whatever the model: a draft that lints, generates, and recognises the items it was made from."""

import json
from pathlib import Path

import pytest

from kxmodel.adopt.draft import Draft
from kxmodel.adopt.draft.intake import usable
from kxmodel.adopt.saving import save_drafts
from kxmodel.adopt.workbench import import_workbench, read_model
from kxmodel.dialect import read_folder
from kxmodel.emit.models import emit
from kxmodel.emit.registry import emitter
from kxmodel.errors import AdoptError
from kxmodel.ir import Table
from kxmodel.keys.recognise import is_recognised
from kxmodel.lint import lint_tables
from kxmodel.testing.ci import skip_or_fail
from tests.adopt.workbench.samples import MODELS, OFFERS, facet, items, key, model
from tests.emit.tools import ROOT

AWS = ROOT.parent / "shared/data/workbench"
THEIRS = ["ChatSystemSchema", "SessionManagementSchema"]
OURS = ["schemas", "examples/shop/schemas", "examples/membership/schemas"]


def draft(model: object, tmp_path: Path) -> tuple[tuple[Draft, ...], tuple[Table, ...], Path]:
    """The drafts of a model, the tables that they describe, and the model's file."""
    path = tmp_path / "model.json"
    path.write_text(json.dumps(model), "utf-8")
    return drafted(path, tmp_path)


def drafted(path: Path, tmp_path: Path) -> tuple[tuple[Draft, ...], tuple[Table, ...], Path]:
    drafts = import_workbench(path)
    save_drafts(drafts, tmp_path / "schemas")
    return drafts, read_folder(tmp_path / "schemas"), path


def check(tables: tuple[Table, ...], path: Path) -> None:
    """That the drafts lint without errors, make models, and know every item of the model."""
    assert [f.message for f in lint_tables(tables) if f.severity == "error"] == []
    for name, text in emit(tables, package="drafted").items():
        compile(text, str(name), "exec")
    by_name = {table.name: table for table in tables}
    for observed in read_model(path):
        for item in usable(observed)[0].items:
            found = [e.name for e in by_name[observed.name].entities if knows(e.recognition, item)]
            assert len(found) == 1


def knows(rule, item):
    return is_recognised(rule.equals, rule.prefixes, lambda name: item.get(name, {}).get("S"))


@pytest.mark.parametrize("name", MODELS)
def test_every_model_becomes_a_draft_that_holds(name, tmp_path):
    _, tables, path = draft(MODELS[name], tmp_path)
    check(tables, path)


@pytest.mark.parametrize("name", THEIRS)
def test_the_models_of_aws_become_drafts_that_hold(name, tmp_path):
    path = AWS / f"{name}.json"
    if not path.exists():
        skip_or_fail(f"there is no {path.name}: AWS's sample models are not beside the project")
    _, tables, _ = drafted(path, tmp_path)
    check(tables, path)
    assert len(tables[0].entities) == 2


@pytest.mark.parametrize("folder", OURS)
def test_what_we_export_comes_back(folder, tmp_path):
    before = read_folder(ROOT / folder)
    files = emitter("workbench").run(before, {"local-indexes": "leave-out"})
    path = tmp_path / "model.json"
    path.write_text(next(iter(files.values())), "utf-8")
    _, tables, _ = drafted(path, tmp_path)
    check(tables, path)
    for table in before:
        after = next(t for t in tables if t.name == table.name)
        assert {e.name for e in after.entities} == {e.name for e in table.entities}
        assert [i.name for i in after.indexes] == [i.name for i in table.indexes if not i.local]
        assert after.keys == table.keys


def test_the_keys_of_our_own_designs_are_guessed_as_they_are_written(tmp_path):
    before = read_folder(ROOT / "examples/membership/schemas")[0]
    path = tmp_path / "model.json"
    path.write_text(next(iter(emitter("workbench").run([before], {}).values())), "utf-8")
    _, tables, _ = drafted(path, tmp_path)
    for entity in before.entities:
        after = tables[0].entity(entity.name)
        assert after.keys == entity.keys
        found = {keys.index: dict(keys.keys) for keys in after.indexes}
        for keys in entity.indexes:
            # Why an item is not in an index, no model says: such a key stays an attribute.
            own = {n: f"${{{n}}}" for n in keys.keys} if keys.when else dict(keys.keys)
            assert {n: getattr(t, "text", t) for n, t in found[keys.index].items()} == {
                n: getattr(t, "text", t) for n, t in own.items()
            }


def test_entities_come_from_facets_and_keys_from_attributes(tmp_path):
    drafts, (table,), _ = draft(OFFERS, tmp_path)
    assert drafts[0].entities == ("Accounts", "Offers", "AccountOffers")
    keys = {e.name: {n: t.text for n, t in e.keys.items()} for e in table.entities}
    assert keys["AccountOffers"] == {"PK": "ACCT#${AccountId}", "SK": "OFFER#${State}#${OfferId}"}
    assert keys["Offers"] == {"PK": "OFFER#${OfferId}", "SK": "META"}
    linked = table.entity("AccountOffers").indexes[0]
    assert {n: t.text for n, t in linked.keys.items()} == {
        "GSI1PK": "OFFER#${OfferId}",
        "SK": "OFFER#${State}#${OfferId}",
    }
    assert table.index("GSI2").include == ("Amount",)
    assert any("Notes (Body)" in remark for remark in drafts[0].remarks)
    assert {p.name for p in table.patterns} >= {"by_account_id"}


def test_types_come_from_the_items(tmp_path):
    _, tables, _ = draft(MODELS["forum"], tmp_path)
    thread = next(table for table in tables if table.name == "Thread").entities[0]
    types = thread.schema["properties"]
    assert types["LastPosted"] == {"type": "string", "format": "date-time"}
    assert types["Answered"] == {"type": "boolean"}
    assert types["Gone"] == {"type": "null"}
    (tmp_path / "offers").mkdir()
    offers = draft(OFFERS, tmp_path / "offers")[1][0]
    rules = offers.entity("Accounts").schema["properties"]["Rules"]
    assert rules["properties"]["cap"] == {"type": "number"}
    assert offers.entity("Offers").schema["properties"]["Tags"]["uniqueItems"] is True


def test_items_that_dynamodb_would_refuse_are_named(tmp_path):
    drafts, _, _ = draft(MODELS["mixed"], tmp_path)
    told = [remark for remark in drafts[0].remarks if "left out" in remark]
    assert [remark.split(" is left out")[0] for remark in told] == [
        "Sample item 6",
        "Sample item 7",
        "Sample item 8",
    ]


def test_nothing_is_overwritten_and_nothing_half_written(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps(MODELS["forum"]), "utf-8")
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "thread.json").write_text("mine")
    with pytest.raises(AdoptError) as refused:
        save_drafts(import_workbench(path), folder)
    assert refused.value.code == "KX711"
    assert [p.name for p in folder.iterdir()] == ["thread.json"]
    assert (folder / "thread.json").read_text() == "mine"


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps(OFFERS), "utf-8")
    with pytest.raises(AdoptError) as refused:
        save_drafts(import_workbench(path), path)
    assert refused.value.code == "KX712"


def test_derived_keys_may_have_names_that_models_need_themselves(tmp_path):
    table = {
        "TableName": "Reserved",
        **key("query", "3.0"),
        **items({"query": "A#1", "3.0": "B#2"}, {"query": "A#2", "3.0": "C#2"}),
    }
    _, (drafted_table,), path = draft(model("Reserved", table), tmp_path)
    check((drafted_table,), path)
    assert [e.keys["query"].text for e in drafted_table.entities] == ["A#${a_id}", "A#${a_id}"]


def test_keys_that_are_too_long_and_numbers_that_are_too_large(tmp_path):
    table = {
        "TableName": "Large",
        **key("PK", "SK", types="BS"),
        **items(
            {"PK": {"B": "AAAA" * 1000}, "SK": "x"},
            {"PK": {"B": "AAAA"}, "SK": "x" * 1025},
            {"PK": {"B": "AAAA"}, "SK": "x"},
        ),
    }
    drafts, _, _ = draft(model("Large", table), tmp_path)
    assert sum("is too long for a key" in remark for remark in drafts[0].remarks) == 2
    table["TableData"][2]["n"] = {"N": "1e999"}
    (tmp_path / "more").mkdir()
    with pytest.raises(AdoptError, match="DynamoDB") as refused:
        draft(model("Large", table), tmp_path / "more")
    assert refused.value.code == "KX710"


def test_plain_json_inside_maps_and_lists_is_taken_as_what_it_says(tmp_path):
    """Models of AWS hold it: two of the seven in aws-samples/aws-dynamodb-examples."""
    inner = {
        "is_enabled": True,
        "version": "v1",
        "cams": [1, 2.5, None, {"N": "7"}],
        "HP": {"N": 5},
    }
    row = {"PK": "VIN#1", "drive": {"M": inner}, "odd": {"M": {"M": {"HP": {"N": "50"}}}},
           "sets": {"L": [{"SS": ["a"]}]}}  # fmt: skip
    table = {"TableName": "Cars", **key("PK"), **items(row)}
    drafts, (made,), path = draft(model("Cars", table), tmp_path)
    check((made,), path)
    (observed,) = read_model(path)
    assert observed.items[0]["drive"] == {
        "M": {
            "is_enabled": {"BOOL": True},
            "version": {"S": "v1"},
            "cams": {"L": [{"N": "1"}, {"N": "2.5"}, {"NULL": True}, {"N": "7"}]},
            "HP": {"N": "5"},
        }
    }
    assert observed.items[0]["odd"] == {"M": {"M": {"M": {"HP": {"N": "50"}}}}}
    (told,) = [remark for remark in drafts[0].remarks if "plain JSON" in remark]
    assert "inside drive, odd is" in told


def test_a_key_may_begin_with_a_delimiter(tmp_path):
    rows = [
        {"PK": f"player{n}", "SK": sort.format(n), "Type": "x"}
        for n in (1, 2)
        for sort in ("#METADATA#player{}", "#META#", "ITEMS#00{}")
    ]
    table = {"TableName": "Games", **key("PK", "SK"), **items(*rows)}
    _, (made,), path = draft(model("Games", table), tmp_path)
    check((made,), path)
    assert {e.keys["SK"].text for e in made.entities} == {
        "#METADATA#${metadata_id}", "#META#", "ITEMS#${items_id}"
    }  # fmt: skip


def test_items_of_a_facet_that_keys_do_not_tell_apart_are_said_to_be_elsewhere(tmp_path):
    one, two = {"PK": "1", "SK": "a", "x": "1"}, {"PK": "2", "SK": "b", "y": "1"}
    table = {
        "TableName": "Alike",
        **key("PK", "SK"),
        "TableFacets": [
            facet(name, ("PK", "SK"), attribute, items=items(row)["TableData"])
            for name, attribute, row in (("Left", "x", one), ("Right", "y", two))
        ],
    }
    drafts, _, _ = draft(model("Alike", table), tmp_path)
    (entity,) = drafts[0].entities
    told = [remark for remark in drafts[0].remarks if "do not tell" in remark]
    assert told
    assert all(f"in {entity}" in remark for remark in told)
    assert not any("No sample item tells" in remark for remark in drafts[0].remarks)
