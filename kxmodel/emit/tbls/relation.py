"""Relations, as lines between tables and as constraints within one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kxmodel.dialect.relations import Relation
    from kxmodel.emit.tbls.names import Names

Json: TypeAlias = dict[str, object]


def relation(link: Relation, names: Names) -> Json:
    """A line from the child to its parent. DynamoDB enforces none, hence `virtual`."""
    return {
        "table": names[link.child],
        "columns": list(link.columns),
        "cardinality": "zero_or_more",
        "parent_table": names[link.parent],
        "parent_columns": list(link.parent_columns),
        "parent_cardinality": "exactly_one" if link.required else "zero_or_one",
        "def": definition(link, names),
        "virtual": True,
    }


def constraint(link: Relation, names: Names) -> Json:
    """The child's foreign key, as ERD tools read it."""
    return {
        "name": f"{names[link.child]}_{'_'.join(link.columns)}_{names[link.parent]}",
        "type": "FOREIGN KEY",
        "def": definition(link, names),
        "table": names[link.child],
        "referenced_table": names[link.parent],
        "columns": list(link.columns),
        "referenced_columns": list(link.parent_columns),
        "comment": "Kept by the writers: DynamoDB has no foreign keys.",
    }


def definition(link: Relation, names: Names) -> str:
    """The relation in words: all that tells of an id which is no attribute of the parent."""
    columns, parent = ", ".join(link.columns), names[link.parent]
    if link.by_name:
        return f"{columns} names a {parent}"
    return f"FOREIGN KEY ({columns}) REFERENCES {parent} ({', '.join(link.parent_columns)})"
