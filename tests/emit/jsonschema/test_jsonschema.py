"""Plain JSON Schema: standard words alone, and the verdicts of kxmodel's own validator."""

from __future__ import annotations

import copy
import json
import re

import pytest
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kxmodel.emit.registry import emitter
from kxmodel.emit.subschemas import rewrite
from kxmodel.errors import ExportError
from kxmodel.validate import compile_schema
from tests.emit.designs import NAMES, design, differs
from tests.emit.npm import MODULES, installed, node
from tests.emit.tables import tables
from tests.emit.tools import ROOT
from tests.emit.typescript.test_keys import drawn

GOLDEN = ROOT / "tests" / "emit" / "golden" / "jsonschema"
SCHEMAS = ("kxgen", "shop", "membership")


def exported(tables):
    files = emitter("jsonschema").run(tables, {})
    return {path.stem: json.loads(text) for path, text in files.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_as_they_were(name):
    assert differs(emitter("jsonschema").run(design(name), {}), GOLDEN / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_dialect_is_left(name):
    words = set()

    def look(schema):
        words.update(schema)
        return schema

    for schema in exported(design(name)).values():
        Draft202012Validator.check_schema(schema)
        rewrite(schema, look)
    assert not [word for word in words if word.startswith("x-")]


def test_what_the_schema_says_for_people_is_kept():
    leads = exported(design("kxgen"))["leads"]
    assert leads["title"] == "Leads"
    assert leads["examples"][0]["email_lc"] == "john.doe@example.com"
    properties = leads["properties"]
    assert properties["tenantId"]["title"] == "Tenant"
    assert properties["GSI1PK"]["readOnly"] is True
    assert properties["created_at"]["readOnly"] is True
    assert "readOnly" not in properties["tenantId"]
    budget = leads["$defs"]["Budget"]
    assert budget["description"] == "What the lead can spend."
    assert budget["properties"]["range"]["examples"] == ["$1000-5000", "$100-200/month"]


def mutated(examples):
    """An example with one thing changed, or none."""

    @st.composite
    def one(draw):
        item = copy.deepcopy(draw(st.sampled_from(examples)))
        at = item
        while True:
            name = draw(st.sampled_from(sorted(at)))
            if not isinstance(at[name], dict) or not at[name] or draw(st.booleans()):
                break
            at = at[name]
        change = draw(st.sampled_from(["keep", "remove", "text", "number", "null", "list", "more"]))
        if change == "remove":
            del at[name]
        elif change == "more":
            at["unknown"] = 1
        elif change != "keep":
            values = {"text": "", "number": -1.5, "null": None, "list": [at[name]]}
            at[name] = values[change]
        return item

    return one()


def test_ajv_in_strict_mode_says_what_kxmodel_says():
    installed("ajv-formats")
    questions, wanted = [], []
    for name in SCHEMAS:
        for table in design(name):
            examples = [dict(item) for entity in table.entities for item in entity.examples]
            assert examples
            items = [*examples, *drawn(mutated(examples), 200)]
            (schema,) = exported([table]).values()
            questions.append({"schema": schema, "items": items})
            validators = [compile_schema(entity.schema) for entity in table.entities]
            wanted.append([any(v.is_valid(item) for v in validators) for item in items])
    script = ROOT / "tests" / "emit" / "jsonschema" / "judge.mjs"
    done = node(str(script), str(MODULES.parent), text=json.dumps(questions))
    assert done.returncode == 0, done.stderr[-2000:]
    for question, want, verdict in zip(questions, wanted, json.loads(done.stdout), strict=True):
        assert verdict["warnings"] == []
        pairs = zip(question["items"], want, verdict["valid"], strict=True)
        assert [item for item, one, other in pairs if one != other] == []
        assert all(want[:1])
    # One entity's rules are broken by some of what was changed; many entities' seldom.
    assert any(False in want for want in wanted)


def test_any_table_at_all_is_a_schema():
    made = 0
    for table in drawn(tables(), 40):
        try:
            files = emitter("jsonschema").run([table], {})
        except ExportError:
            assert re.search(r"\\ud[89a-f]", repr(table))
            continue
        made += 1
        for text in files.values():
            Draft202012Validator.check_schema(json.loads(text))
    assert made
