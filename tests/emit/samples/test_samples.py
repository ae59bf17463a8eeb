"""Made-up items: valid, recognised, related, and the same for the same seed."""

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from kxmodel import ir
from kxmodel.cli import main
from kxmodel.emit.registry import emitter
from kxmodel.emit.samples.population import populate
from kxmodel.errors import ExportError
from kxmodel.ir.items import with_keys
from kxmodel.keys.recognise import is_recognised
from kxmodel.runtime.item import from_wire
from kxmodel.validate import Validator
from kxmodel.values import MAX_ITEM_BYTES, item_size, item_to_json
from tests.counting import calls
from tests.emit.designs import FOLDERS, design, differs
from tests.emit.tables import small
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "samples"


def made(name, **given):
    """Table -> entity -> items."""
    files = emitter("samples").run(design(name), {"count": "20", **given})
    return {path.stem: json.loads(text) for path, text in files.items()}


@pytest.mark.parametrize("name", FOLDERS)
def test_golden(name):
    files = emitter("samples").run(design(name), {"count": "3"})
    assert differs(files, GOLDEN / name) == []


@pytest.mark.parametrize("seed", ["1", "another", "Ünï"])
@pytest.mark.parametrize("name", FOLDERS)
def test_every_item_is_valid_recognised_and_bears_its_keys(name, seed):
    found = made(name, seed=seed)
    for table in design(name):
        for entity in table.entities:
            items = found[table.name][entity.name]
            assert len(items) == 20
            validator = Validator(entity.schema)
            for item in items:
                assert validator.problems(item) == []
                assert with_keys(table, entity, item) == item
                known = [
                    e.name
                    for e in table.entities
                    if is_recognised(e.recognition.equals, e.recognition.prefixes, item.get)
                ]
                assert known == [entity.name]


@pytest.mark.parametrize("name", FOLDERS)
def test_no_two_items_of_a_table_have_one_key(name):
    found = made(name, count="60")
    for table in design(name):
        keys = [
            tuple(item[k.name] for k in table.keys)
            for e in found[table.name].values()
            for item in e
        ]
        assert len(set(keys)) == len(keys)


def test_messages_belong_to_leads_that_exist():
    found = made("kxgen", count="40")
    leads = {(lead["tenantId"], lead["email_lc"]) for lead in found["leads"]["Lead"]}
    messages = found["messages"]["Message"]
    assert {(m["tenantId"], m["email_lc"]) for m in messages} <= leads
    ids = {}
    for message in messages:
        if "lead_id" in message:
            who = (message["tenantId"], message["email_lc"])
            assert ids.setdefault(who, message["lead_id"]) == message["lead_id"]
    assert len(set(ids.values())) == len(ids) > 1
    tenants = {lead["tenantId"] for lead in found["leads"]["Lead"]}
    assert 1 < len(tenants) < 20


def test_lines_name_orders_and_orders_name_customers():
    found = made("shop")["shop"]
    customers = {each["customerId"] for each in found["Customer"]}
    orders = {(each["customerId"], each["orderId"]) for each in found["Order"]}
    assert {each["customerId"] for each in found["Order"]} <= customers
    assert {each["orderId"] for each in found["OrderLine"]} <= {order for _, order in orders}
    assert {each["sku"] for each in found["OrderLine"]} <= {p["sku"] for p in found["Product"]}
    assert {(each["customerId"], each["orderId"]) for each in found["Invoice"]} <= orders


def test_created_comes_before_updated():
    for lead in made("kxgen")["leads"]["Lead"]:
        assert lead["created_at"] <= lead["updated_at"]


def test_the_seed_decides_and_nothing_else():
    assert made("shop") == made("shop", seed="1") != made("shop", seed="2")
    code = (
        "from tests.emit.samples.test_samples import made; import json, hashlib;"
        "print(hashlib.sha256(json.dumps(made('kxgen')).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_lines_in_dynamodb_json_are_the_same_items():
    plain = emitter("samples").run(design("shop"), {"format": "jsonl"})
    stored = emitter("samples").run(design("shop"), {"format": "dynamodb"})
    assert [str(path) for path in (*plain, *stored)] == ["shop.jsonl", "shop.dynamodb.json"]
    rows = [json.loads(line) for line in next(iter(plain.values())).splitlines()]
    items = [json.loads(line)["Item"] for line in next(iter(stored.values())).splitlines()]
    assert len(rows) == len(items) == 50
    for row, item in zip(rows, items, strict=True):
        assert item_to_json(item) == {n: sorted(v) if n == "labels" else v for n, v in row.items()}
        assert item_size(from_wire(item)) < MAX_ITEM_BYTES
    assert any("SS" in item.get("labels", {}) for item in items)


@pytest.mark.parametrize("count", ["0", "-1", "x", ""])
def test_a_count_is_a_number(count):
    with pytest.raises(ExportError) as refused:
        made("shop", count=count)
    assert refused.value.code == "KX701"


@pytest.mark.parametrize("form", ["json", "jsonl", "dynamodb"])
def test_what_is_said_to_be_read_by_validate_is(form, tmp_path, capsys):
    arguments = ["--project", str(ROOT), "export", "samples", "--set", f"format={form}"]
    assert main([*arguments, "--set", "count=3", "-o", f"{tmp_path}/"]) == 0
    for place in tmp_path.iterdir():
        assert main(["--project", str(ROOT), "validate", str(place)]) == 0
        assert "3 items checked, no problem found" in "".join(capsys.readouterr())


def test_twice_as_many_items_are_twice_the_work():
    """A child is given a parent without a look at each of them."""
    few, many = (calls(partial(populate, design("shop"), count, "1")) for count in (100, 200))
    assert many < 2.1 * few


def test_numbers_that_no_double_holds_are_written_with_every_digit():
    share = Decimal("0.12345678901234567891")
    thing = small()
    (entity,) = thing.entities
    schema = {
        "type": "object",
        "required": ["id", "share"],
        "properties": {"id": {"type": "string", "minLength": 1}, "share": {"enum": [share]}},
    }
    exact = ir.Attribute("share", "share", ir.Scalar("decimal"), required=True)
    entity = replace(entity, attributes=(*entity.attributes, exact), schema=schema)
    for form in ("json", "jsonl", "dynamodb"):
        (text,) = (
            emitter("samples").run([replace(thing, entities=(entity,))], {"format": form}).values()
        )
        assert text.count(str(share)) == 10
