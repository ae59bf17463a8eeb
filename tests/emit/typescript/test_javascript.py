"""The JavaScript is what TypeScript's compiler makes of the TypeScript.

The runtime's is committed: after a change, KXMODEL_UPDATE_GOLDEN=1 pytest tests/emit/typescript
"""

from __future__ import annotations

import json
import os

import pytest

from kxmodel.emit.registry import emitter
from tests.emit.designs import NAMES, design
from tests.emit.npm import compile_typescript, installed, node
from tests.emit.tables import tables
from tests.emit.tools import ROOT, put
from tests.emit.typescript.test_keys import drawn

RUNTIME = ROOT / "kxmodel" / "emit" / "typescript" / "runtime"
PRINTER = ROOT / "tests" / "emit" / "typescript" / "printed.mjs"


def printed(texts: list[str]) -> list[str]:
    """The texts of modules as one printer prints them, without types and comments."""
    done = node(str(PRINTER), str(installed("typescript")), text=json.dumps(texts))
    assert done.returncode == 0, done.stderr[-1000:]
    return json.loads(done.stdout)


def both(tables):
    """(JavaScript, TypeScript) of each module that is generated from tables."""
    typed = emitter("typescript").run(tables, {})
    plain = emitter("typescript").run(tables, {"language": "javascript"})
    assert {path.with_suffix(".js") for path in typed} == set(plain)
    return [(plain[p.with_suffix(".js")], typed[p]) for p in typed if p.parts[0] != "runtime"]


def test_the_runtime_is_what_the_compiler_makes(tmp_path):
    assert compile_typescript(RUNTIME, tmp_path) == ""
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.js")}
    if os.environ.get("KXMODEL_UPDATE_GOLDEN"):
        for name, text in made.items():
            (RUNTIME / name).write_bytes(text)
    assert made == {path.name: path.read_bytes() for path in RUNTIME.glob("*.js")}


@pytest.mark.parametrize("name", NAMES)
def test_the_modules_are_the_same_code_without_types(name):
    texts = both(design(name))
    assert printed([plain for plain, _ in texts]) == printed([typed for _, typed in texts])
    assert not [plain for plain, _ in texts if "interface " in plain.split("/**")[0]]


def test_whatever_stands_in_a_schema():
    texts = [pair for table in drawn(tables(), 30) for pair in both([table])]
    assert printed([plain for plain, _ in texts]) == printed([typed for _, typed in texts])


def test_node_loads_it_as_it_is(tmp_path):
    """No type is left over, which the printer above would take away without a word."""
    made = put(emitter("typescript").run(design("kxgen"), {"language": "javascript"}), tmp_path)
    (made / "package.json").write_text('{"type": "module"}')
    script = (
        "const { leads } = await import('./index.js');"
        "const item = { tenantId: 't', email_lc: 'A@example.com', phone: '+19545550123' };"
        "console.log(JSON.stringify(leads.table.entities.Lead.key(item)));"
    )
    done = node("--input-type=module", "-e", script, cwd=made)
    assert json.loads(done.stdout) == {
        "contact_pk": "t#a@example.com",
        "sk": "PROFILE",
    }, done.stderr
