from __future__ import annotations

from tests.lint.schemas import ID, NOTES, SHOP, TEXT, changed, clean, codes, found


def test_missing_source_of_the_partition_key() -> None:
    bad = changed(NOTES, ("x-kx-patterns/of_day/@@given", ["day"]))
    finding = found("KX201", bad)
    assert "'NOTE#${owner}' needs 'owner'" in finding.message
    clean(
        changed(
            NOTES, ("x-kx-patterns/of_day/given", ["owner"]), ("x-kx-patterns/of_day/range", None)
        )
    )
    clean(
        changed(
            NOTES,
            ("x-kx-patterns/of_day/given", ["day"]),
            ("x-kx-patterns/of_day/fixed", {"owner": "me"}),
        )
    )


def test_missing_source_of_an_index() -> None:
    bad = changed(
        NOTES,
        ("x-kx-entity/indexes/GSI1/keys/GSI1PK", "${colour}#${place.city}#${owner}"),
        ("x-kx-patterns/of_colour/@@given", ["colour"]),
    )
    assert "GSI1: its partition key" in (message := found("KX201", bad).message)
    assert "needs 'place.city' and 'owner', which are neither" in message


def test_a_default_does_not_answer_for_the_caller() -> None:
    bad = changed(
        NOTES,
        ("x-kx-entity/indexes/GSI1/keys/GSI1PK", "${colour|default:red}"),
        ("x-kx-patterns/of_colour/@@given", []),
    )
    found("KX201", bad)


def test_a_sharded_partition_needs_the_source_of_the_shard() -> None:
    sharded = ("x-kx-entity/indexes/GSI1/keys/GSI1PK", "${colour}#${title|shard:8}")
    bad = changed(NOTES, sharded, ("x-kx-patterns/of_colour/@@given", ["colour"]))
    assert "one of the 8 shards of 'title'" in found("KX201", bad).message
    good = changed(
        NOTES,
        sharded,
        ("x-kx-patterns/of_colour/given", ["colour", "title"]),
        ("x-kx-patterns/of_colour/filter", ["title"]),
    )
    clean(good)
    # A shard holds many titles, so this one is compared on each item.
    assert "KX202" in codes(changed(good, ("x-kx-patterns/of_colour/filter", None)))


def test_several_partition_keys() -> None:
    several = (
        ("x-kx-table/indexes/GSI1", {"hash": ["colour", "owner"], "range": ["day", "written"]}),
        ("x-kx-entity/indexes/GSI1", {}),
        ("x-kx-entity/indexes/GSI1/when", {"colour": {"present": True}}),
    )
    found("KX201", changed(NOTES, *several, ("x-kx-patterns/of_colour/@@given", ["colour", "day"])))
    clean(changed(NOTES, *several, ("x-kx-patterns/of_colour/given", ["colour", "owner", "day"])))


def test_an_argument_outside_the_key() -> None:
    bad = changed(NOTES, ("x-kx-patterns/of_day/given", ["owner", "day", "@@colour"]))
    finding = found("KX202", bad)
    assert "to compare 'colour': it is in no key of the table" in finding.message
    assert '"filter": ["colour"]' in finding.fix
    clean(
        changed(
            NOTES,
            ("x-kx-patterns/of_day/given", ["owner", "day", "colour"]),
            ("x-kx-patterns/of_day/filter", ["colour"]),
        )
    )


def test_an_argument_behind_what_is_left_open() -> None:
    bad = changed(
        NOTES,
        ("x-kx-patterns/of_day/given", ["owner", "@@title"]),
        ("x-kx-patterns/of_day/range", None),
    )
    assert "behind 'day', which is not given" in found("KX202", bad).message


def test_a_fixed_value_outside_the_key() -> None:
    bad = changed(NOTES, ("x-kx-patterns/of_day/fixed", {"colour": "@@red"}))
    assert "filter" not in found("KX202", bad).fix


def test_an_entity_that_never_comes_back() -> None:
    bad = changed(
        SHOP,
        ("$defs/Order/x-kx-entity/keys/PK", "ORDER#${number}"),
        ("x-kx-patterns/everything/returns", ["Customer", "@@Order"]),
    )
    finding = found("KX203", bad)
    assert "never returns Order" in finding.message
    clean(
        changed(
            bad,
            ("x-kx-patterns/everything/returns", ["Customer"]),
            ("x-kx-patterns/everything/result", "page"),
        )
    )


def test_what_the_schema_allows_decides_whether_partitions_are_shared() -> None:
    keys = (
        ("$defs/Customer/properties/kind", {"const": "customer"}),
        ("$defs/Customer/required", ["customer", "kind"]),
        ("$defs/Customer/x-kx-entity/keys/PK", "${kind}#${customer}"),
        ("$defs/Customer/x-kx-entity/recognise", {"prefix": {"PK": "customer#"}}),
        ("$defs/Order/properties/kind", {"const": "order"}),
        ("$defs/Order/required", ["customer", "number", "state", "kind"]),
        ("$defs/Order/x-kx-entity/keys/PK", "${kind}#${customer}"),
        ("$defs/Order/x-kx-entity/recognise", {"prefix": {"PK": "order#"}}),
        ("x-kx-patterns/everything/given", ["customer"]),
        ("x-kx-patterns/everything/fixed", {"kind": "customer"}),
    )
    bad = changed(SHOP, *keys, ("x-kx-patterns/everything/returns", ["Customer", "@@Order"]))
    found("KX203", bad)


def test_an_entity_without_what_is_compared() -> None:
    bad = changed(
        SHOP,
        ("x-kx-patterns/everything/given", ["customer", "name"]),
        ("x-kx-patterns/everything/filter", ["name"]),
        ("x-kx-patterns/everything/returns", ["Customer", "@@Order"]),
    )
    assert "which has no 'name' to compare" in found("KX203", bad).message
    good = changed(bad, ("x-kx-patterns/everything/returns", ["Customer", "Order"]))
    clean(changed(good, ("$defs/Order/properties/name", TEXT)))


def test_an_entity_that_comes_back_by_chance() -> None:
    bad = changed(
        SHOP,
        ("$defs/Order/properties/alias", ID),
        ("$defs/Order/required", ["customer", "number", "state", "alias"]),
        ("$defs/Order/x-kx-entity/keys/PK", "${alias}#${customer}"),
        ("x-kx-patterns/everything/returns", ["Customer", "@@Order"]),
    )
    assert "only where values happen to agree" in found("KX204", bad).message


def test_another_name_for_the_same_source_is_the_same_partition() -> None:
    clean(
        changed(
            SHOP,
            ("$defs/Order/properties/buyer", ID),
            ("$defs/Order/required", ["buyer", "number", "state"]),
            ("$defs/Order/x-kx-entity/keys/PK", "CUSTOMER#${buyer}"),
        )
    )


def test_a_fixed_value_that_nothing_has() -> None:
    fixed = (
        ("x-kx-patterns/of_colour/given", []),
        ("x-kx-patterns/of_colour/fixed", {"colour": "@@blue"}),
    )
    assert "one of 'red', 'green'" in found("KX209", changed(NOTES, *fixed)).message
    good = (fixed[0], ("x-kx-patterns/of_colour/fixed", {"colour": "red"}))
    clean(changed(NOTES, *good))
    when = ("x-kx-entity/indexes/GSI1/when", {"colour": {"equals": "green"}})
    bad = (fixed[0], ("x-kx-patterns/of_colour/fixed", {"colour": "@@red"}))
    assert "by the entity's `when`" in found("KX209", changed(NOTES, *bad, when)).message
    absent = ("x-kx-entity/indexes/GSI1/when", {"colour": {"present": False}})
    found("KX209", changed(NOTES, *bad, absent))
    clean(changed(NOTES, *good, ("x-kx-entity/indexes/GSI1/when", {"colour": {"in": ["red"]}})))


def test_a_number_is_no_truth_value() -> None:
    bad = changed(
        NOTES,
        ("properties/done", {"type": "boolean"}),
        ("x-kx-entity/indexes/GSI1/keys/GSI1PK", "${done}"),
        ("x-kx-entity/indexes/GSI1/when", {"done": {"equals": True}}),
        ("x-kx-patterns/of_colour/given", []),
        ("x-kx-patterns/of_colour/fixed", {"@@done": 1}),
    )
    found("KX209", bad)
