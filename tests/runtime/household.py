"""Two entities in one table; the schema of one names a user's own subclass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.runtime import (
    AllProjection,
    Attr,
    Entity,
    GlobalSecondaryIndex,
    IndexKeys,
    IndexMeta,
    IntegerAttribute,
    KeyAttribute,
    Model,
    Page,
    Pattern,
    TableMeta,
    TextAttribute,
)

if TYPE_CHECKING:
    from typing import Self


class ByName(GlobalSecondaryIndex["HouseholdTable"]):
    """People by name."""

    class Meta(IndexMeta):
        index_name = "GSI1"
        projection = AllProjection()

    gsi1_pk: Attr[str] = KeyAttribute(hash_key=True, attr_name="GSI1PK")
    gsi1_sk: Attr[str] = KeyAttribute(range_key=True, attr_name="GSI1SK")


class HouseholdTable(Model):
    """The whole table."""

    class Meta(TableMeta):
        table_name = "household"
        billing_mode = "PAY_PER_REQUEST"

    pk: Attr[str] = KeyAttribute(hash_key=True, attr_name="PK")
    sk: Attr[str] = KeyAttribute(range_key=True, attr_name="SK")
    gsi1_pk: Attr[str | None] = KeyAttribute(attr_name="GSI1PK", null=True)
    gsi1_sk: Attr[str | None] = KeyAttribute(attr_name="GSI1SK", null=True)

    by_name_index = ByName()


class Person(HouseholdTable):
    """Somebody who lives in a house."""

    _kx_entity = Entity(
        name="Person",
        schema="_schema.household:PERSON",
        keys={"PK": "${house}", "SK": "PERSON#${name}"},
        indexes=(IndexKeys("GSI1", keys={"GSI1PK": "${name}", "GSI1SK": "${house}"}),),
        recognise={"prefix": {"SK": "PERSON#"}},
        patterns=(
            Pattern("named", given=("name",), index="GSI1", range="house"),
            Pattern("only", given=("name",), index="GSI1", result="one"),
            Pattern("household", given=("house",), result="collection", returns=("Person", "Room")),
        ),
        user_class="tests.runtime.household_classes:Resident",
    )

    house: Attr[str] = TextAttribute()
    name: Attr[str] = TextAttribute()

    @classmethod
    def find(cls, house: str, name: str) -> Self | None:
        """One person."""
        return cls.kx.find((house, name))

    @classmethod
    def named(cls, name: str, limit: int = 100, cursor: str | None = None) -> Page[Self]:
        """Everybody of a name."""
        return cls.kx.page("named", (name,), limit, cursor, False)

    @classmethod
    def only(cls, name: str) -> Self | None:
        """The one of a name."""
        return cls.kx.one("only", (name,))


class Room(HouseholdTable):
    """A room of a house."""

    _kx_entity = Entity(
        name="Room",
        schema="_schema.household:ROOM",
        keys={"PK": "${house}", "SK": "ROOM#${room}"},
        recognise={"prefix": {"SK": "ROOM#"}},
    )

    house: Attr[str] = TextAttribute()
    room: Attr[str] = TextAttribute()
    size: Attr[int | None] = IntegerAttribute(null=True)
