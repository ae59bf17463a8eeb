from __future__ import annotations

from pathlib import PurePosixPath as Path

from kxmodel.docs.pages.start import pages
from kxmodel.docs.project import Project
from tests.emit.designs import design


def start(tables, **more):
    made = dict(pages(Project(tables=design(tables), package="app.models", **more)))
    return made[Path("index.md")]


def test_it_says_which_indexes_keep_tenants_apart():
    rows = [line for line in start("kxgen", name="KxGen").splitlines() if line.startswith("| ")]
    said = {(table, cells[1].strip(), cells[2].strip()) for table, cells in _by_table(rows)}
    apart = "by the partition key, which has `tenantId`"
    gsi2 = "[GSI2](tables/{}/index.md#index-gsi2)"
    assert ("Messages", "the table", apart) in said
    assert ("Messages", gsi2.format("messages"),
            "only by the reader: every item's `tenantId` is compared") in said  # fmt: skip
    assert ("Personas", gsi2.format("personas"), "no: shared by all tenants on purpose") in said


def _by_table(rows):
    table = ""
    for row in rows:
        cells = (
            row.strip("| ").split(" | ")
            if not row.startswith("|   |")
            else ["", *row[5:].strip("| ").split(" | ")]
        )
        table = cells[0].strip().lstrip("[").partition("]")[0] or table
        if len(cells) == 3:
            yield table, cells


def test_it_shows_how_models_are_imported():
    assert "from app.models import Lead, Message, Persona\n" in start("kxgen")
    assert "# Tables\n" in start("shop")


def test_tables_without_tenants_are_not_asked_about_them():
    assert "Whose data is where" not in start("shop")
