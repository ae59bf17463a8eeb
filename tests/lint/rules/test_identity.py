from __future__ import annotations

from tests.lint.schemas import SHOP, changed, clean, codes, found

CUSTOMER = "$defs/Customer/x-kx-entity"
ORDER = "$defs/Order/x-kx-entity"
KIND = (
    ("$defs/Customer/properties/kind", {"const": "customer"}),
    ("$defs/Customer/required", ["customer", "kind"]),
    ("$defs/Order/properties/kind", {"const": "order"}),
    ("$defs/Order/required", ["customer", "number", "state", "kind"]),
)
BY_KIND = (
    (f"{CUSTOMER}/recognise", {"equals": {"kind": "customer"}}),
    (f"{ORDER}/recognise", {"equals": {"kind": "order"}}),
)


SOLD = (("x-kx-patterns/sold/given", ["p0", "p1", "p2"]),)


def test_two_entities_with_one_key() -> None:
    bad = changed(
        SHOP,
        *KIND,
        *BY_KIND,
        (f"{ORDER}/@@keys", {"PK": "CUSTOMER#${customer}", "SK": "${number}"}),
    )
    message = found("KX220", bad).message
    assert "Customer and Order can have one primary key" in message
    assert "SK = 'PROFILE'" in message
    good = changed(SHOP, *KIND, *BY_KIND)
    clean(good)


def test_a_witness_that_the_schema_rules_out_is_none() -> None:
    number = {"type": "string", "pattern": "^[0-9]+$"}
    clean(
        changed(
            SHOP,
            *KIND,
            *BY_KIND,
            (f"{ORDER}/keys/SK", "${number}"),
            ("$defs/Order/properties/number", number),
        )
    )
    generated = {"type": "string", "format": "ulid", "x-kx-generate": "ulid"}
    clean(
        changed(
            SHOP,
            *KIND,
            *BY_KIND,
            (f"{ORDER}/keys/SK", "${number}"),
            ("$defs/Order/properties/number", generated),
        )
    )


def test_a_constant_attribute_tells_keys_apart() -> None:
    keys = ((f"{CUSTOMER}/keys/SK", "${kind}"), (f"{ORDER}/keys/SK", "${kind}"))
    clean(changed(SHOP, *KIND, *BY_KIND, *keys, ("x-kx-patterns/sold/given", ["kind"])))
    free = changed(
        SHOP,
        *KIND,
        *BY_KIND,
        *keys,
        ("x-kx-patterns", {}),
        ("$defs/Order/properties/kind", {"enum": ["order", "customer"]}),
    )
    assert "KX220" in codes(free)


def test_overlapping_recognition() -> None:
    bad = changed(SHOP, (f"{CUSTOMER}/@@recognise", {"prefix": {"PK": "CUSTOMER#"}}))
    message = found("KX221", bad).message
    assert "an item of Order can be taken for Customer" in message
    assert "'PK' begins with 'CUSTOMER#'" in message
    mended = {"prefix": {"PK": "CUSTOMER#"}, "equals": {"SK": "PROFILE"}}
    clean(changed(SHOP, (f"{CUSTOMER}/recognise", mended)))


def test_recognition_by_an_attribute_that_the_other_has_too() -> None:
    bad = changed(
        SHOP,
        *KIND,
        *BY_KIND,
        ("$defs/Order/properties/kind", {"type": "string"}),
        (f"{ORDER}/recognise", {"prefix": {"SK": "ORDER#"}}),
        (f"{CUSTOMER}/@@recognise", {"equals": {"kind": "customer"}}),
    )
    found("KX221", bad)


def test_recognition_that_misses_its_own() -> None:
    cases = (
        ({"@@SK": "PROFIL"}, "equals", "which is 'PROFILE'"),
        ({"@@kind": "customer"}, "equals", "it has no attribute 'kind'"),
        ({"@@name": "customer"}, "equals", "some of its items have no 'name'"),
        ({"@@customer": "c-"}, "prefix", "can be something else"),
        ({"@@PK": "CUSTOMER#c"}, "prefix", "which is 'CUSTOMER#${customer}'"),
    )
    for test, kind, reason in cases:
        bad = changed(SHOP, (f"{CUSTOMER}/recognise", {kind: test}))
        assert reason in found("KX222", bad).message
    for test, kind in (({"SK": "PROF"}, "prefix"), ({"SK": "PROFILE"}, "equals")):
        clean(changed(SHOP, (f"{CUSTOMER}/recognise", {kind: test})))


def test_recognition_by_a_key_that_not_all_items_have() -> None:
    sparse = (
        ("x-kx-table/indexes/GSI2", {"hash": "GSI2PK"}),
        (
            f"{ORDER}/indexes/GSI2",
            {"keys": {"GSI2PK": "OPEN#${number}"}, "when": {"state": {"equals": "open"}}},
        ),
        (
            "x-kx-patterns/still_open",
            {"question": "?", "entity": "Order", "index": "GSI2", "given": ["number"]},
        ),
    )
    bad = changed(SHOP, *sparse, (f"{ORDER}/recognise", {"prefix": {"@@GSI2PK": "OPEN#"}}))
    assert "some of its items have no 'GSI2PK'" in found("KX222", bad).message
    clean(changed(SHOP, *sparse))


def test_recognition_by_a_number_is_none() -> None:
    bad = changed(
        SHOP,
        ("$defs/Customer/properties/rank", {"type": "integer"}),
        ("$defs/Customer/required", ["customer", "rank"]),
        (f"{CUSTOMER}/recognise", {"equals": {"@@rank": "1"}}),
    )
    assert "'rank' is no text" in found("KX222", bad).message


def test_many_enumerated_values_are_taken_for_any_text() -> None:
    many = {"type": "string", "enum": [f"v{n}" for n in range(100)]}
    parts = {f"p{n}": many for n in range(3)}
    base = changed(
        SHOP,
        *KIND,
        *BY_KIND,
        *((f"$defs/Order/properties/{name}", shape) for name, shape in parts.items()),
        ("$defs/Order/required", ["customer", "number", "state", "kind", *parts]),
    )
    clean(changed(base, (f"{ORDER}/keys/SK", "ORDER#${p0}#${p1}#${p2}"), *SOLD))
    # A million combinations are not tried one by one; any text counts, as PRO, I and E do here.
    assert "KX220" in codes(changed(base, (f"{ORDER}/keys/SK", "${p0}F${p1}L${p2}"), *SOLD))


def test_a_primary_key_without_a_source() -> None:
    constant = changed(SHOP, (f"{ORDER}/@@keys", {"PK": "ORDER#{customer}", "SK": "ORDER"}))
    message = found("KX223", constant).message
    assert "every Order has the primary key PK = 'ORDER#{customer}', SK = 'ORDER'" in message
    half = changed(SHOP, (f"{ORDER}/keys", {"PK": "ORDER#${customer}", "SK": "ORDER"}))
    assert "KX223" not in codes(half)
