"""The model of PynamoDB's tutorial, with keys that are attributes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.runtime import (
    AllProjection,
    Attr,
    Entity,
    GlobalSecondaryIndex,
    IncludeProjection,
    IndexMeta,
    IntegerAttribute,
    LocalSecondaryIndex,
    Model,
    TableMeta,
    TextAttribute,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class ByViews(LocalSecondaryIndex["Thread"]):
    """The threads of a forum by views."""

    class Meta(IndexMeta):
        index_name = "views"
        projection = AllProjection()

    forum: Attr[str] = TextAttribute(hash_key=True)
    views: Attr[int] = IntegerAttribute(range_key=True)


class Unnamed(GlobalSecondaryIndex["Thread"]):
    """The threads with a number of replies. Its name is that of the model's member."""

    class Meta(IndexMeta):
        projection = IncludeProjection(["views"])
        read_capacity_units = 1
        write_capacity_units = 1

    replies: Attr[int] = IntegerAttribute(hash_key=True)
    subject: Attr[str] = TextAttribute(range_key=True)


class Thread(Model):
    """A thread of a forum."""

    class Meta(TableMeta):
        table_name = "threads"
        read_capacity_units = 5
        write_capacity_units = 2

    _kx_entity = Entity(
        name="Thread",
        schema="_schema.forum:THREAD",
        keys={"forum": "${forum}", "subject": "${subject}"},
    )

    forum: Attr[str] = TextAttribute(hash_key=True)
    subject: Attr[str] = TextAttribute(range_key=True)
    views: Attr[int] = IntegerAttribute(null=True, default=0)
    replies: Attr[int | None] = IntegerAttribute(null=True)

    by_views = ByViews()
    first = Unnamed()
    second = Unnamed()


def ids(results: Iterable[Thread]) -> list[str]:
    """The subjects of threads, in order."""
    return [thread.subject for thread in results]
