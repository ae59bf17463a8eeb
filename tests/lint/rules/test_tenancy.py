from __future__ import annotations

import pytest

from tests.lint.schemas import NOTES, SHOP, TEXT, changed, clean, codes, found, lint

PK = "x-kx-entity/keys/pk"
GSI1PK = "x-kx-entity/indexes/GSI1/keys/GSI1PK"
ISOLATION = "x-kx-table/indexes/GSI1/tenantIsolation"
#: Notes of tenants: `owner` is the tenant.
TENANTS = changed(
    NOTES,
    ("x-kx-table/tenant", "owner"),
    (PK, "${owner}"),
    (GSI1PK, "${owner}#${colour}"),
    ("x-kx-patterns/of_colour/given", ["owner", "colour"]),
)
#: The same, with an index whose partitions tenants share.
SHARED = changed(
    TENANTS,
    (GSI1PK, "${colour}"),
    ("x-kx-patterns/of_colour/filter", ["owner"]),
    (ISOLATION, "filter"),
)


def test_tenants_apart() -> None:
    clean(TENANTS)
    assert codes(TENANTS) == set()
    clean(changed(TENANTS, (PK, "NOTE#${owner}#${title}"), ("x-kx-patterns/of_day", None)))


def test_tenant_missing_from_the_primary_key() -> None:
    bad = changed(TENANTS, (PK, "@@${day}"), ("x-kx-patterns/of_day", None))
    finding = found("KX230", bad)
    assert "'${day}' of Note in the table lacks the tenant 'owner'" in finding.message
    assert "leave the tenant out of x-kx-table" in finding.fix


@pytest.mark.parametrize("template", ["@@${colour}", "@@${owner|shard:4}#${colour}", "@@ALL"])
def test_tenant_missing_from_an_index(template: str) -> None:
    finding = found("KX230", changed(TENANTS, (GSI1PK, template)))
    assert '"tenantIsolation": "filter"' in finding.fix


@pytest.mark.parametrize("template", ["@@${colour}#${owner}", "@@X${colour}#${owner}"])
def test_tenant_behind_another_source(template: str) -> None:
    assert "LeadingKeys" in found("KX231", changed(TENANTS, (GSI1PK, template))).message


def test_tenant_second_of_several_partition_keys() -> None:
    several = (
        ("x-kx-table/indexes/GSI1", {"hash": ["colour", "owner"], "range": "written"}),
        ("x-kx-entity/indexes/@@GSI1", {}),
    )
    found("KX231", changed(TENANTS, *several))
    clean(
        changed(
            TENANTS,
            ("x-kx-table/indexes/GSI1", {"hash": ["owner", "colour"], "range": "written"}),
            ("x-kx-entity/indexes/GSI1", {}),
        )
    )


def test_a_pattern_that_does_not_compare_the_tenant() -> None:
    bad = changed(
        SHARED,
        ("x-kx-patterns/of_colour/given", ["colour"]),
        ("x-kx-patterns/of_colour/filter", []),
        ("x-kx-patterns/of_colour/@@filter", []),
    )
    finding = found("KX232", bad)
    assert 'Add "owner" to `given` and to `filter`' in finding.fix
    assert "KX232" not in codes(SHARED)


def test_an_index_that_needs_care() -> None:
    finding = found("KX233", changed(SHARED, (ISOLATION, "@@filter")))
    assert "two tenants can share a partition" in finding.message
    assert "KX230" not in codes(SHARED)
    assert "KX233" not in codes(changed(TENANTS, (ISOLATION, "filter")))


def test_an_index_for_everybody() -> None:
    schema = changed(
        SHARED,
        (ISOLATION, "@@none"),
        ("x-kx-patterns/of_colour/given", ["colour"]),
        ("x-kx-patterns/of_colour/filter", None),
    )
    assert found("KX234", schema).severity == "note"
    clean(changed(schema, (ISOLATION, "none")))


def test_an_entity_above_tenants() -> None:
    schema = changed(
        SHOP,
        ("x-kx-table/tenant", "shop"),
        ("$defs/Order/properties/shop", {"type": "string", "pattern": "^[^#]+$"}),
        ("$defs/Order/required", ["shop", "customer", "number", "state"]),
        ("$defs/Order/x-kx-entity/keys/PK", "SHOP#${shop}#${customer}"),
        ("x-kx-table/indexes/GSI1/tenantIsolation", "none"),
        ("x-kx-patterns/everything/returns", ["Customer"]),
        ("$defs/Customer/@@x-kx-entity", SHOP["$defs"]["Customer"]["x-kx-entity"]),
    )
    assert "Customer has no 'shop'" in found("KX235", schema).message


def test_a_local_index_is_partitioned_as_the_table_is() -> None:
    clean(
        changed(
            TENANTS,
            ("x-kx-table/indexes/LSI1", {"hash": "pk", "range": "colour", "local": True}),
            ("x-kx-entity/indexes/LSI1", {}),
            ("x-kx-patterns/coloured", {"question": "?", "index": "LSI1", "given": ["owner"]}),
        )
    )


def test_no_tenant_no_findings() -> None:
    schema = changed(NOTES, (ISOLATION, "filter"), ("properties/extra", TEXT))
    assert not [f for f in lint(schema) if f.code.startswith("KX23")]
