"""The migrations: what each does, in words and as a difference, and whether it can be undone."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs.pages.pictures import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from kxmodel.docs.project import Operation, Project, Revision


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """The list, and a page for each."""
    yield at.MIGRATIONS, _index(project)
    for revision in project.revisions:
        yield at.revision_page(revision.name), _page(project, revision)


def _index(project: Project) -> str:
    if not project.revisions:
        return md.page(
            md.heading(1, "Migrations"),
            "There are none yet: `kxmodel makemigration` writes the first.",
        )
    rows = [
        (
            md.link(md.code(each.name), at.to(at.MIGRATIONS, at.revision_page(each.name))),
            md.line(each.description),
            ", ".join(map(md.code, _concerned(each))) or "none",
            _undone(each),
        )
        for each in project.revisions
    ]
    return md.page(
        md.heading(1, "Migrations"),
        "In the order in which they are applied. `kxmodel status` says where a table stands, "
        "`kxmodel plan` what would be done.",
        md.image(TIMELINE, at.to(at.MIGRATIONS, at.MIGRATIONS_PICTURE)),
        md.table(("Migration", "What it is for", "Tables", "Can be undone"), rows),
    )


def _page(project: Project, revision: Revision) -> str:
    lost = [each for each in revision.operations if each.destroys]
    return md.page(
        md.heading(1, md.code(revision.name)),
        md.prose(revision.description),
        _facts(revision),
        md.note("Destroys", "\n".join(f"- {md.line(str(e.destroys))}" for e in lost), "danger")
        if lost
        else "",
        md.heading(2, "What it does", "operations"),
        "\n".join(
            f"{number}. {_operation(project, revision, each)}"
            for number, each in enumerate(revision.operations, 1)
        ),
        _brought(project, revision),
        *_changes(revision),
        md.heading(2, "Its file", "source"),
        _folded("The source", md.fence(revision.source, "python")) if revision.source else "",
    )


def _facts(revision: Revision) -> str:
    here = at.revision_page(revision.name)
    facts = [
        "Follows "
        + " and ".join(
            md.link(md.code(name), at.to(here, at.revision_page(name))) for name in revision.follows
        )
        if revision.follows
        else "The first one",
        f"concerns {', '.join(map(md.code, _concerned(revision)))}" if _concerned(revision) else "",
        {"yes": "can be undone", "no": "cannot be undone"}.get(
            _undone(revision), "can be undone in part"
        ),
    ]
    return "; ".join(fact for fact in facts if fact) + "."


def _operation(project: Project, revision: Revision, operation: Operation) -> str:
    end = "" if operation.reversible else " This cannot be undone."
    target = _target(project, revision, operation)
    more = f" ({md.link(target[0], target[1])})" if target else ""
    return f"{_sentence(operation)}{more}{end}"


def _sentence(operation: Operation) -> str:
    """In words, with key templates as code."""
    return md.line(" ".join(map(_as_code, operation.sentence.split())))


def _as_code(word: str) -> str:
    """A word of a sentence: between backticks where it is a template, without what ends it."""
    bare = word.rstrip(".,;")
    if "${" not in bare or "`" in bare:
        return word
    return f"`{bare}`{word[len(bare) :]}"


def _target(project: Project, revision: Revision, operation: Operation) -> tuple[str, str] | None:
    """The index that an operation is about, or its table, where the schemas still have it."""
    here = at.revision_page(revision.name)
    table = next((each for each in project.tables if each.name == operation.table), None)
    if table is None:
        return None
    index = next((each for each in table.indexes if each.name == operation.index), None)
    if index is None:
        return md.text(table.title or table.name), at.to(here, at.table_page(table))
    return md.text(index.name), at.to(here, at.table_page(table), at.index_anchor(table, index))


def _brought(project: Project, revision: Revision) -> str:
    """The attributes that are new, with links to those that the schemas still have."""
    here = at.revision_page(revision.name)
    lines = []
    for table in project.tables:
        names = {name for owner, name in revision.brought if owner == table.name}
        links = [
            md.link(
                md.code(each.name),
                at.to(
                    here, at.attributes_page(table), at.attribute_anchor(table, entity, each.name)
                ),
            )
            for entity in table.entities
            for each in entity.attributes
            if each.name in names
        ]
        if links:
            lines.append(f"- {md.text(table.title or table.name)}: {', '.join(links)}")
    if not lines:
        return ""
    return md.page(md.heading(2, "New attributes", "attributes"), "\n".join(lines)).rstrip("\n")


def _changes(revision: Revision) -> Iterator[str]:
    for number, table in enumerate(_tables(revision)):
        if number == 0:
            yield md.heading(2, "What changes in the schema", "changes")
            yield "Before and after, as migrations record the state of a table."
        before, after = revision.before.get(table, ()), revision.after.get(table, ())
        lines = list(unified_diff(before, after, "before", "after", lineterm=""))
        added = sum(each.startswith("+") for each in lines[2:])
        removed = sum(each.startswith("-") for each in lines[2:])
        label = f"{md.code(table)}: {_counted(added)} more, {_counted(removed)} fewer"
        yield _folded(label, md.fence("\n".join(lines), "diff"), is_open=len(lines) <= _LONG)


#: Longer differences are folded.
_LONG = 60


def _folded(label: str, block: str, *, is_open: bool = False) -> str:
    """A block behind its label, which opens without JavaScript. label: Markdown or HTML."""
    mark = " open" if is_open else ""
    return (
        f'<details markdown="1"{mark}>\n<summary markdown="span">{label}</summary>\n\n'
        f"{block}\n\n</details>"
    )


def _counted(lines: int) -> str:
    return f"{lines} line" if lines == 1 else f"{lines} lines"


def _tables(revision: Revision) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*revision.before, *revision.after)))


def _concerned(revision: Revision) -> tuple[str, ...]:
    """The tables that it changes, or whose items it reads or writes."""
    named = (each.table for each in revision.operations if each.table is not None)
    return tuple(dict.fromkeys((*_tables(revision), *named)))


def _undone(revision: Revision) -> str:
    if revision.reversible:
        return "yes"
    return "in part" if any(each.reversible for each in revision.operations) else "no"
