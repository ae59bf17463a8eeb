"""A model whose indexes share attributes, have number and binary keys, and are made of each other."""

from __future__ import annotations

from kxmodel.runtime import (
    AllProjection,
    Attr,
    BinaryAttribute,
    BooleanAttribute,
    Entity,
    GlobalSecondaryIndex,
    IndexKeys,
    IndexMeta,
    IntegerAttribute,
    KeyAttribute,
    ListAttribute,
    Map,
    Model,
    TableMeta,
    TextAttribute,
    TextSetAttribute,
    nested,
)


class Node(Map):
    """A part that has parts."""

    name: Attr[str | None] = TextAttribute(null=True)
    parts: Attr[list[Node] | None] = ListAttribute(lambda: Node, null=True)
    fresh: Attr[str | None] = TextAttribute(null=True, default_for_new="new")


class Kind(Map):
    """What kind of crate it is."""

    kind: Attr[str | None] = TextAttribute(null=True)
    note: Attr[str | None] = TextAttribute(null=True)


class ByX(GlobalSecondaryIndex["Crate"]):
    class Meta(IndexMeta):
        index_name = "GSI-A"
        projection = AllProjection()

    x: Attr[str] = KeyAttribute(hash_key=True, attr_name="X")
    y: Attr[str] = KeyAttribute(range_key=True, attr_name="Y")


class ByY(GlobalSecondaryIndex["Crate"]):
    class Meta(IndexMeta):
        index_name = "GSI-B"
        projection = AllProjection()

    y: Attr[str] = KeyAttribute(hash_key=True, attr_name="Y")
    z: Attr[str] = KeyAttribute(range_key=True, attr_name="Z")


class ByZ(GlobalSecondaryIndex["Crate"]):
    class Meta(IndexMeta):
        index_name = "GSI-C"
        projection = AllProjection()

    z: Attr[str] = KeyAttribute(hash_key=True, attr_name="Z")
    w: Attr[int] = IntegerAttribute(range_key=True, attr_name="W")


class ByLabel(GlobalSecondaryIndex["Crate"]):
    class Meta(IndexMeta):
        index_name = "GSI-D"
        projection = AllProjection()

    label: Attr[str] = TextAttribute(hash_key=True)
    blob: Attr[bytes] = BinaryAttribute(range_key=True)


class Crate(Model):
    class Meta(TableMeta):
        table_name = "crates"
        billing_mode = "PAY_PER_REQUEST"

    _kx_entity = Entity(
        name="Crate",
        schema="_schema.crates:CRATE",
        keys={"PK": "CRATE#${id}"},
        indexes=(
            IndexKeys(
                "GSI-A", keys={"X": "${a}", "Y": "${s}"}, when={"meta.kind": {"equals": "wood"}}
            ),
            IndexKeys("GSI-B", keys={"Y": "${s}", "Z": "${c}"}, when={"flag": {"equals": True}}),
            IndexKeys("GSI-C", keys={"Z": "${c}", "W": "${d}"}, when={"tags": {"present": True}}),
            IndexKeys("GSI-D", keys={"label": "${label}", "blob": "${blob}"}),
        ),
        derive={"label": "${base}!", "base": "${a}/${meta.kind}"},
    )

    pk: Attr[str] = KeyAttribute(hash_key=True, attr_name="PK")
    id: Attr[str] = TextAttribute()
    a: Attr[str | None] = TextAttribute(null=True)
    s: Attr[str | None] = TextAttribute(null=True)
    c: Attr[str | None] = TextAttribute(null=True)
    d: Attr[int | None] = IntegerAttribute(null=True)
    flag: Attr[bool | None] = BooleanAttribute(null=True)
    tags: Attr[set[str] | None] = TextSetAttribute(null=True)
    blob: Attr[bytes | None] = BinaryAttribute(null=True)
    meta = nested(Kind, null=True)
    node = nested(Node, null=True)
    base: Attr[str | None] = TextAttribute(null=True, derived=True)
    label: Attr[str | None] = TextAttribute(null=True, derived=True)
    x: Attr[str | None] = KeyAttribute(attr_name="X", null=True)
    y: Attr[str | None] = KeyAttribute(attr_name="Y", null=True)
    z: Attr[str | None] = KeyAttribute(attr_name="Z", null=True)
    w: Attr[int | None] = IntegerAttribute(attr_name="W", null=True, derived=True)

    by_x = ByX()
    by_y = ByY()
    by_z = ByZ()
    by_label = ByLabel()
