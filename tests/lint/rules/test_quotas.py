from __future__ import annotations

from tests.lint.schemas import NOTES, TEXT, changed, codes, found


def many(count: int, *, local: bool) -> list[tuple[str, object]]:
    index = {"hash": "pk", "range": "{0}", "local": True} if local else {"hash": "{0}"}
    return [
        change
        for n in range(count)
        for change in (
            (f"properties/a{n}", TEXT),
            (
                f"x-kx-table/indexes/IX{n}",
                {k: f"a{n}" if v == "{0}" else v for k, v in index.items()},
            ),
            (f"x-kx-entity/indexes/IX{n}", {}),
        )
    ]


def mark(changes: list[tuple[str, object]], name: str) -> list[tuple[str, object]]:
    return [
        (p.replace(f"indexes/{name}", f"indexes/@@{name}") if "x-kx-table" in p else p, v)
        for p, v in changes
    ]


def test_local_indexes() -> None:
    assert "KX260" not in codes(changed(NOTES, *many(5, local=True)))
    bad = changed(NOTES, *mark(many(6, local=True), "IX5"))
    assert "6 local indexes; a table has at most 5" in found("KX260", bad).message


def test_global_indexes() -> None:
    assert "KX261" not in codes(changed(NOTES, *many(19, local=False)))  # and GSI1
    bad = changed(NOTES, *mark(many(20, local=False), "IX19"))
    assert "21 global indexes" in found("KX261", bad).message


def test_projected_attributes() -> None:
    names = [f"a{n}" for n in range(51)]
    attributes = [(f"properties/{name}", TEXT) for name in names]
    first = ("x-kx-table/indexes/GSI1/projection", names)
    second = ("x-kx-table/indexes/GSI2", {"hash": "title", "@@projection": names})
    allowed = ("x-kx-table/indexes/GSI2", {"hash": "title", "projection": names[:49]})
    assert (
        "102 projected attributes"
        in found("KX260", changed(NOTES, *attributes, first, second)).message
    )
    assert "KX260" not in codes(changed(NOTES, *attributes, first, allowed))
