from __future__ import annotations

from tests.lint.schemas import NOTES, SHOP, changed, clean, codes, found


def test_nothing_left_to_order_by() -> None:
    given = ("x-kx-patterns/of_day/given", ["owner", "day", "title"])
    whole = changed(NOTES, given, ("x-kx-patterns/of_day/range", None))
    bad = changed(whole, ("x-kx-patterns/of_day/order", "@@descending"))
    assert "its sort key is given whole" in found("KX205", bad).message
    clean(whole)
    clean(changed(NOTES, ("x-kx-patterns/of_day/order", "descending")))


def test_no_sort_key() -> None:
    hash_only = (
        ("x-kx-table/indexes/GSI1", {"hash": "GSI1PK"}),
        ("x-kx-entity/indexes/GSI1/keys/GSI1SK", None),
    )
    bad = changed(NOTES, *hash_only, ("x-kx-patterns/of_colour/order", "@@descending"))
    assert "GSI1 has no sort key" in found("KX205", bad).message
    clean(changed(NOTES, *hash_only))


def test_several_entities_have_an_order_between_them() -> None:
    clean(changed(SHOP, ("x-kx-patterns/everything/order", "descending")))


def test_cut_time() -> None:
    cut = ("x-kx-entity/indexes/GSI1/keys/GSI1SK", "${written|date:day}#${title}")
    bad = changed(NOTES, cut, ("x-kx-patterns/of_colour/range", "@@written"))
    finding = found("KX206", bad)
    assert "cut to the day" in finding.message
    assert "${written}" in finding.fix
    whole = ("x-kx-entity/indexes/GSI1/keys/GSI1SK", "${written|date:day}#${written}")
    clean(changed(NOTES, whole))


def test_shard_has_no_order() -> None:
    bad = changed(
        NOTES,
        ("x-kx-entity/indexes/GSI1/keys/GSI1SK", "${title|shard:10}"),
        ("x-kx-patterns/of_colour/order", "@@descending"),
    )
    assert "spread over 10 shards" in found("KX206", bad).message


def test_one_of_several() -> None:
    bad = changed(NOTES, ("x-kx-patterns/of_colour/result", "@@one"))
    assert "GSI1 can hold several" in found("KX210", bad).message
    whole = (
        ("x-kx-patterns/of_day/given", ["owner", "day", "title"]),
        ("x-kx-patterns/of_day/range", None),
        ("x-kx-patterns/of_day/result", "one"),
    )
    assert codes(changed(NOTES, *whole)) == set()
