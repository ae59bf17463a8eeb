"""A project with files: migrations that go over items in every way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.migrate.files import Folder, load_folder, snapshot_text, with_schemas
from kxmodel.migrate.state import digest

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = {"type": "object", "properties": {"id": {"type": "string", "maxLength": 6}}}

CREATE = f'''
"""The table."""
from kxmodel.migrate import Migration, operations as op

migration = Migration(
    revision="0001_create",
    operations=[
        op.CreateTable("notes", hash="pk", range="sk"),
        op.AddEntity(
            "notes",
            "Note",
            keys={{"pk": "${{id}}", "sk": "${{at}}"}},
            recognise={{"prefix": {{"sk": "2"}}}},
            schema="{digest(SCHEMA)}",
        ),
    ],
)
'''
INDEX = '''
"""Notes by owner and by kind."""
from kxmodel.migrate import Migration, operations as op

migration = Migration(
    revision="0002_index",
    follows="0001_create",
    operations=[
        op.BackfillKeys("notes", "Note", "GSI1", {"GSI1PK": "${owner}", "GSI1SK": "${at}"}),
        op.BackfillKeys("notes", "Note", "GSI2", {"GSI2PK": "${kind|upper}"}),
        op.VerifyKeys("notes"),
        op.CreateIndex("notes", "GSI1", hash="GSI1PK", range="GSI1SK"),
        op.CreateIndex("notes", "GSI2", hash="GSI2PK"),
    ],
)
'''
CHANGE = '''
"""Change what the keys are made of."""
from kxmodel.migrate import Migration, operations as op

HOUSE = "house-"


def plain(text):
    return text.removeprefix(HOUSE)


def move_in(item):
    return {"owner": HOUSE + plain(item["owner"])} if "owner" in item else {}


def move_out(item):
    return {"owner": plain(item["owner"])} if "owner" in item else {}


migration = Migration(
    revision="0003_change",
    follows="0002_index",
    operations=[
        op.TransformAttribute("notes", "Note", move_in, ["owner"], undo=move_out),
        op.AddAttribute("notes", "Note", "stars", 0),
        op.RenameAttribute("notes", "Note", "text", "body"),
        op.DeriveAttributes("notes", "Note", {"label": "${kind}/${owner}"}),
        op.RemoveKeys("notes", "Note", "GSI3", {"GSI3PK": "${owner}"}),
        op.ValidateItems("notes"),
    ],
)
'''
LOSE = '''
"""What cannot be undone."""
from kxmodel.migrate import Migration, operations as op

migration = Migration(
    revision="0004_lose",
    follows="0003_change",
    operations=[
        op.RemoveAttribute("notes", "Note", "stars"),
        op.Rekey(
            "notes", "Note", {"pk": "${id}", "sk": "${at}"}, source={"id": "${id|lower}"}
        ),
    ],
)
'''
FILES = {"0001_create": CREATE, "0002_index": INDEX, "0003_change": CHANGE, "0004_lose": LOSE}


def build(path: Path, **changed: str) -> Folder:
    """The migrations in this folder. changed: revision, without its number -> another text."""
    path.mkdir(parents=True, exist_ok=True)
    for revision, text in FILES.items():
        _, _, name = revision.partition("_")
        (path / f"{revision}.py").write_text(changed.get(name, text))
    first = load_folder(path).graph.state_after("0001_create")
    known = with_schemas(first, {digest(SCHEMA): SCHEMA})
    (path / "0001_create.json").write_text(snapshot_text(known))
    return load_folder(path)


def note(number: int) -> dict[str, dict[str, str]]:
    """A note as an old program wrote it: no keys of indexes; every seventh has no owner."""
    item = {
        "pk": {"S": f"N{number:05}"},
        "sk": {"S": f"2026-{number:05}"},
        "id": {"S": f"N{number:05}"},
        "at": {"S": f"2026-{number:05}"},
        "kind": {"S": f"k{number % 3}"},
        "text": {"S": f"note {number}"},
    }
    return item if number % 7 == 0 else {**item, "owner": {"S": f"o{number % 5}"}}
