"""What is generated passes tsc, whatever stands in a schema; and mistakes in its use do not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from kxmodel.emit.registry import emitter
from tests.emit.designs import NAMES, design
from tests.emit.npm import compile_typescript, node
from tests.emit.tables import small, tables
from tests.emit.tools import put
from tests.emit.typescript.test_keys import drawn

USE = """\
import { leads, kx } from "./index.js";

const input: leads.LeadInput = { tenantId: "t", email_lc: "a@example.com" };
const key: { readonly contact_pk: string } = leads.leadKey(input);
const absent: { readonly GSI1PK: string } | undefined = leads.leadGsi1(input);
const query: kx.QueryInput = leads.queryLeadByStatus(
  { tenantId: "t", status: "new" },
  { range: { ge: new Date(0) }, limit: 5 },
);
export function channel(lead: leads.Lead): "sms" | "email" | "chat" | "api" | "voice" | "social" {
  return lead.contactInfo?.preferredChannel ?? "email";
}
export const all = [key, absent, query];
"""
MISTAKES = (
    "leads.leadKey({ tenantId: 't' });",
    "leads.leadKey({ tenantId: 't', email_lc: 5 });",
    "export const a: leads.LeadInput = { tenantId: 't', email_lc: 'a', contact_pk: 'x' };",
    "export const b: leads.LeadInput = { tenantId: 't', email_lc: 'a', contactInfo: { preferredChannel: 'fax' } };",
    "leads.queryLeadByStatus({ tenantId: 't' });",
    "leads.queryLeadByStatus({ tenantId: 't', status: 's' }, { range: { gt: new Date(0), ge: new Date(0) } });",
    "leads.queryLeadByPhone({ tenantId: 't', phone: '+1' }, { range: { ge: 'x' } });",
    "export function c(lead: leads.Lead): void { lead.contact_pk = 'x'; }",
)


def test_what_document_client_gives_compiles(tmp_path):
    every = [table for name in NAMES for table in design(name)]
    files = emitter("typescript").run(every, {"values": "document"})
    assert compile_typescript(put(files, tmp_path / "in"), tmp_path / "out") == ""


def test_mistakes_are_found(tmp_path):
    folder = put(emitter("typescript").run(design("kxgen"), {}), tmp_path / "in")
    (folder / "use.ts").write_text(USE)
    lines = ['import { leads } from "./index.js";', *MISTAKES]
    (folder / "wrong.ts").write_text("\n".join(lines))
    said = compile_typescript(folder, tmp_path / "out", "use.ts", "wrong.ts")
    found = {line.partition(",")[0] for line in said.splitlines() if ": error " in line}
    assert found == {f"wrong.ts({number}" for number in range(2, len(lines) + 1)}, said


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Modules of tables with hostile names and texts, compiled."""
    folder, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    numbered = [replace(t, name=f"{t.name}.{n}") for n, t in enumerate(drawn(tables(), 40))]
    made = {table.name: table for table in numbered}
    files = emitter("typescript").run([*made.values()], {"values": "document"})
    assert compile_typescript(put(files, folder), out) == ""
    return made, out


def test_hostile_text_is_text(hostile):
    """The modules load, and export functions and the table; loading them does nothing else."""
    made, out = hostile
    script = (
        "const before = Object.keys(globalThis).length;"
        " const { kx, ...modules } = await import('./index.js');"
        " const found = Object.values(modules).map((module) =>"
        " [module.table.name, Object.values(module).map((one) => typeof one).sort()]);"
        "console.log(JSON.stringify([Object.keys(globalThis).length - before, found]));"
    )
    (out / "look.mjs").write_text(script)
    done = node("look.mjs", cwd=out)
    assert done.returncode == 0, done.stderr[-1000:]
    new, found = json.loads(done.stdout)
    assert new == 0
    assert len(found) == len(made) == 40
    for name, kinds in found:
        # For each entity its key, its one index and explain; a query; explain for the table.
        functions = 3 * len(made[name].entities) + 2
        assert kinds == ["function"] * functions + ["object"]


def test_a_table_may_be_called_like_a_module_of_ours():
    named = [small("index"), small("runtime"), small("default"), small("my.table-1")]
    files = emitter("typescript").run(named, {})
    stems = {path.stem for path in files if len(path.parts) == 1}
    assert stems == {"index", "index2", "runtime2", "default2", "my_table_1"}
    assert PurePosixPath("runtime/index.ts") in files
