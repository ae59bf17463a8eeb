"""A model with an attribute of every type and an index of every kind, written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.runtime import (
    AllProjection,
    AnyAttribute,
    Attr,
    BinaryAttribute,
    BooleanAttribute,
    DecimalAttribute,
    DictAttribute,
    EmailAttribute,
    Entity,
    FloatAttribute,
    GlobalSecondaryIndex,
    IndexKeys,
    IndexMeta,
    IntegerAttribute,
    JsonValue,
    KeyAttribute,
    KeysOnlyProjection,
    ListAttribute,
    Map,
    Model,
    NumberSetAttribute,
    Pattern,
    PhoneAttribute,
    TableMeta,
    TextAttribute,
    TextSetAttribute,
    TimestampAttribute,
    TTLAttribute,
    VersionAttribute,
    nested,
)

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class Keeper(Map):
    """Who looks after the animal."""

    email: Attr[str] = EmailAttribute()
    phone: Attr[str | None] = PhoneAttribute(null=True)
    shift: Attr[int | None] = IntegerAttribute(null=True)


class Meal(Map):
    """What it eats."""

    what: Attr[str | None] = TextAttribute(null=True)
    grams: Attr[float | None] = FloatAttribute(null=True)


class ByKeeper(GlobalSecondaryIndex["Animal"]):
    """Animals of a keeper."""

    class Meta(IndexMeta):
        index_name = "GSI1"
        projection = AllProjection()

    gsi1_pk: Attr[str] = KeyAttribute(hash_key=True, attr_name="GSI1PK")
    gsi1_sk: Attr[str] = KeyAttribute(range_key=True, attr_name="GSI1SK")


class ByWeight(GlobalSecondaryIndex["Animal"]):
    """Animals of a species by weight, keys only; only those that are alive."""

    class Meta(IndexMeta):
        index_name = "GSI2"
        projection = KeysOnlyProjection()

    gsi2_pk: Attr[str] = KeyAttribute(hash_key=True, attr_name="GSI2PK")
    gsi2_sk: Attr[str] = KeyAttribute(range_key=True, attr_name="GSI2SK")


class Animal(Model):
    """An animal of a tenant's zoo."""

    class Meta(TableMeta):
        table_name = "zoo"
        billing_mode = "PAY_PER_REQUEST"

    _kx_entity = Entity(
        name="Animal",
        schema="_schema.zoo:ANIMAL",
        tenant="tenantId",
        keys={"PK": "${tenantId}#${animalId}", "SK": "ANIMAL"},
        indexes=(
            IndexKeys("GSI1", keys={"GSI1PK": "${tenantId}#${keeper.phone}", "GSI1SK": "${name}"}),
            IndexKeys(
                "GSI2",
                keys={
                    "GSI2PK": "${tenantId}#${species}",
                    "GSI2SK": "${weight|default:0|pad:7.2}",
                },
                when={"alive": {"equals": True}},
            ),
        ),
        derive={"label": "${species}/${name}"},
        patterns=(
            Pattern("by_keeper", given=("tenantId", "keeper.phone"), index="GSI1", range="name"),
        ),
    )

    pk: Attr[str] = KeyAttribute(hash_key=True, attr_name="PK")
    sk: Attr[str] = KeyAttribute(range_key=True, attr_name="SK")
    tenant_id: Attr[str] = TextAttribute(attr_name="tenantId")
    animal_id: Attr[str] = TextAttribute(attr_name="animalId")
    name: Attr[str] = TextAttribute()
    species: Attr[str | None] = TextAttribute(null=True, immutable=True)
    weight: Attr[float | None] = FloatAttribute(null=True)
    legs: Attr[int | None] = IntegerAttribute(null=True)
    price: Attr[Decimal | None] = DecimalAttribute(null=True)
    tags: Attr[set[str] | None] = TextSetAttribute(null=True)
    sizes: Attr[set[float] | None] = NumberSetAttribute(null=True)
    photo: Attr[bytes | None] = BinaryAttribute(null=True)
    alive: Attr[bool | None] = BooleanAttribute(null=True)
    born: Attr[datetime | None] = TimestampAttribute(null=True)
    expires: Attr[datetime | None] = TTLAttribute(null=True)
    keeper = nested(Keeper, null=True)
    meals: Attr[list[Meal] | None] = ListAttribute(Meal, null=True)
    counts: Attr[dict[str, int] | None] = DictAttribute(IntegerAttribute, null=True)
    notes: Attr[list[str] | None] = ListAttribute(TextAttribute, null=True)
    readings: Attr[list[float] | None] = ListAttribute(FloatAttribute, null=True)
    anything: Attr[JsonValue] = AnyAttribute(null=True)
    label: Attr[str | None] = TextAttribute(null=True, derived=True)
    created_at: Attr[datetime] = TimestampAttribute(generate="created")
    updated_at: Attr[datetime] = TimestampAttribute(generate="updated")
    version: Attr[int | None] = VersionAttribute()
    gsi1_pk: Attr[str | None] = KeyAttribute(attr_name="GSI1PK", null=True)
    gsi1_sk: Attr[str | None] = KeyAttribute(attr_name="GSI1SK", null=True)
    gsi2_pk: Attr[str | None] = KeyAttribute(attr_name="GSI2PK", null=True)
    gsi2_sk: Attr[str | None] = KeyAttribute(attr_name="GSI2SK", null=True)

    by_keeper_index = ByKeeper()
    by_weight_index = ByWeight()
