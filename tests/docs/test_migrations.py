from __future__ import annotations

from pathlib import PurePosixPath as Path

from kxmodel.docs.pages.migrations import pages
from kxmodel.docs.project import Operation, Project, Revision
from tests.emit.designs import design

TABLES = design("kxgen")
REVISIONS = (
    Revision(
        "0001_first",
        "All begins.",
        operations=(Operation("Create it.", "CreateTable", "leads"),),
        after={"leads": ("{", "}")},
        brought=frozenset({("leads", "email_lc"), ("leads", "gone")}),
        source="print()\n",
    ),
    Revision(
        "0002_second",
        "Then <b>more</b>.",
        ("0001_first",),
        operations=(
            Operation("Build GSI1.", "CreateIndex", "leads", "GSI1"),
            Operation("Drop old.", "DropAttribute", "leads", None, False, "every `old`"),
        ),
        before={"leads": ("{", "}")},
        after={"leads": ("{", '"a": 1', "}")},
    ),
)


def made(*revisions):
    return dict(pages(Project(tables=TABLES, package="x", revisions=revisions)))


def test_the_list_has_each_and_says_whether_it_can_be_undone():
    text = made(*REVISIONS)[Path("migrations/index.md")]
    assert "| [`0001_first`](0001-first.md) | All begins. | `leads` | yes |" in text
    assert (
        "| [`0002_second`](0002-second.md) | Then &lt;b&gt;more&lt;/b&gt;. | `leads` | in part |"
        in text
    )


def test_a_page_tells_operations_changes_losses_and_source():
    text = made(*REVISIONS)[Path("migrations/0002-second.md")]
    assert "Follows [`0001_first`](0001-first.md); concerns `leads`; can be undone in part." in text
    assert "1. Build GSI1. ([GSI1](../tables/leads/index.md#index-gsi1))\n" in text
    assert "This cannot be undone." in text.split("2. Drop old.")[1].split("\n")[0]
    assert "every `old`" in text.split('!!! danger "Destroys"')[1]
    assert '\n+"a": 1\n' in text
    assert "`leads`: 1 line more, 0 lines fewer" in text


def test_new_attributes_lead_to_where_they_are_described():
    text = made(*REVISIONS)[Path("migrations/0001-first.md")]
    assert "[`email_lc`](../tables/leads/attributes.md#lead.email-lc)" in text
    assert "`gone`" not in text
    assert "```python\nprint()\n```" in text


def test_without_migrations_it_says_how_to_get_one():
    text = made()
    assert list(text) == [Path("migrations/index.md")]
    assert "kxmodel makemigration" in text[Path("migrations/index.md")]


def test_a_migration_of_items_alone_names_its_tables():
    first = REVISIONS[0]
    of_items = Revision(
        "0002_clean",
        follows=("0001_first",),
        operations=(Operation("Clean it.", "TransformAttribute", "leads"),),
    )
    text = made(first, of_items)
    assert "|  | `leads` | yes |" in text[Path("migrations/index.md")].replace("|   |", "|  |")
    assert "concerns `leads`" in text[Path("migrations/0002-clean.md")]


def test_key_templates_in_a_sentence_are_code():
    sentence = (
        "Give each its key: GSI2PK = T#${tenantId}#${a.b}, GSI2SK = ${x|pad:3}. `${y}` it is."
    )
    one = Revision("0001_a", operations=(Operation(sentence, "BackfillKeys", "leads"),))
    text = made(one)[Path("migrations/0001-a.md")]
    assert "GSI2PK &#61; `T#${tenantId}#${a.b}`, GSI2SK &#61; <code>" in text
    assert "</code>. `${y}` it is." in text
