"""The module itself, held against what the provider documents."""

import shutil
import subprocess
from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings

from kxmodel import ir
from kxmodel.emit.files import is_ours
from kxmodel.emit.terraform import EMITTER
from kxmodel.errors import ExportError
from tests.emit.designs import NAMES, design, differs
from tests.emit.infra import provisions
from tests.emit.tables import small
from tests.emit.terraform.arguments import ARGUMENTS
from tests.emit.terraform.reading import blocks
from tests.emit.tools import ROOT, put

GOLDEN = ROOT / "tests" / "emit" / "golden" / "terraform"
HELD = {"max_read": "500", "max_write": "40", "utilisation": "60"}
FIXED = ir.Settings(read_capacity=5, write_capacity=5)


def strays(body, known, where):
    """Arguments that the provider does not document, and those it wants and has not."""
    found = [f"{where} lacks {n[1:]}" for n in known if n[0] == "!" and n[1:] not in body]
    for name, value in body.items():
        inner = known.get(name, known.get(f"!{name}"))
        if name == "__is_block__":
            continue
        if inner is None:
            found.append(f"{where} has {name}")
        elif inner is not True:
            for each in value:
                found += strays(each, inner, f"{where}.{name}")
    return found


def check(files):
    """Every file parses, and every block has the arguments that it may and must have."""
    for path, text in files.items():
        for type_, label, body in blocks(text):
            assert strays(body, ARGUMENTS[type_], f"{path}: {type_}.{label}") == []


@pytest.mark.parametrize("name", NAMES)
def test_golden(name):
    files = EMITTER.run(design(name), {})
    assert differs(files, GOLDEN / name) == []
    check(files)


def test_with_capacity_held():
    check(EMITTER.run(design("byhand"), HELD))


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(provisions())
def test_any_table_parses_and_holds_what_it_may(table):
    check(EMITTER.run([table], {}))


def test_a_check_that_sees_faults():
    assert strays({"colour": '"red"'}, ARGUMENTS["aws_kms_key"], "x") == [
        "x lacks key_id",
        "x has colour",
    ]


def formatted(files, folder):
    """Whether terraform, where the machine has it, would change nothing. True without it: the layout is
    held by golden files and by the tests of the printer as well."""
    terraform = shutil.which("terraform")
    if terraform is None:
        return True
    put(files, folder)
    done = subprocess.run(
        [terraform, "fmt", "-check", "-diff", "."], cwd=folder, capture_output=True, text=True
    )
    return done.returncode == 0 or done.stdout + done.stderr


@pytest.mark.parametrize("given", [{}, HELD])
def test_terraform_fmt_where_there_is_one_would_change_nothing(tmp_path, given):
    key = small(
        "key", settings=ir.Settings(encryption="alias/tables", tags={'"': "${x}", "ab": "\n"})
    )
    tables = [key, *(table for name in NAMES for table in design(name))]
    assert formatted(EMITTER.run(tables, given), tmp_path) is True


def resource(text, wanted):
    (found,) = (body for type_, _, body in blocks(text) if type_ == wanted)
    return found


def table_file(table):
    return EMITTER.run([table], {})[PurePosixPath(f"table_{table.name}.tf")]


def test_tables_cannot_be_destroyed_and_migrations_keep_their_indexes():
    (on_demand,) = resource(table_file(small()), "aws_dynamodb_table")["lifecycle"]
    (provisioned,) = resource(table_file(small(settings=FIXED)), "aws_dynamodb_table")["lifecycle"]
    assert on_demand["prevent_destroy"] is True
    indexes = ["attribute", "global_secondary_index"]
    assert names(on_demand["ignore_changes"]) == indexes
    assert names(provisioned["ignore_changes"]) == [*indexes, "read_capacity", "write_capacity"]


def names(written):
    return [str(name).strip("${}") for name in written]


def test_texts_of_a_schema_are_no_expressions():
    text = table_file(small(settings=ir.Settings(ttl="${file(1)}", tags={"%{if}": '"\n}'})))
    assert "${file" not in text
    assert "%{if" not in text
    assert r'attribute_name = "\u0024{file(1)}"' in text


def test_an_export_is_nothing_that_generate_removes():
    for text in EMITTER.run(design("kxgen"), {}).values():
        assert not is_ours(text)
        assert "kxmodel export terraform" in text


def test_two_tables_whose_names_differ_in_a_mark_alone():
    files = EMITTER.run([small("a.b"), small("a-b")], {})
    assert len(files) == 5
    check(files)


def test_two_resources_of_one_name_are_refused():
    index = ir.Index("GSI1", "gsi1", (ir.KeyAttribute("pk"),))
    clash = [small("abc", settings=FIXED, indexes=(index,)), small("abc_gsi1", settings=FIXED)]
    with pytest.raises(ExportError, match="abc_gsi1") as caught:
        EMITTER.run(clash, {})
    assert caught.value.code == "KX703"
