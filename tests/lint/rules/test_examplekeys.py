from __future__ import annotations

import pytest

from tests.lint.rules.test_validity import EXAMPLE
from tests.lint.schemas import NOTES, SHOP, TEXT, changed, clean, codes, found, lint


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("pk", "@@me", "its values make 'NOTE#me'"),
        ("GSI1PK", "@@COLOUR#green", "its values make 'COLOUR#red'"),
    ],
)
def test_a_wrong_key_in_an_example(name: str, value: str, words: str) -> None:
    finding = found("KX253", changed(NOTES, ("examples", [{**EXAMPLE, name: value}])))
    assert words in finding.message
    assert finding.fix.startswith("Write ")


def test_a_key_that_an_example_has_too_much_or_too_little() -> None:
    less = {k: v for k, v in EXAMPLE.items() if k != "GSI1SK"}
    (finding,) = lint(changed(NOTES, ("examples", [less])))
    assert "lacks 'GSI1SK', which its values make" in finding.message
    more = {k: v for k, v in EXAMPLE.items() if k != "colour"} | {"GSI1PK": "@@x"}
    more.pop("GSI1SK")
    finding = found("KX253", changed(NOTES, ("examples", [more])))
    assert finding.fix == "Remove 'GSI1PK'."


def test_an_example_whose_key_cannot_be_built() -> None:
    base = changed(NOTES, ("properties/owner", TEXT), ("x-kx-entity/keys/pk", "${owner}#${title}"))
    bad = {**EXAMPLE, "owner": "a#b"}
    told = list(lint(changed(base, ("x-kx-patterns", {}), ("examples", [bad]))))
    assert "has no key" in next(f.message for f in told if f.code == "KX253")


def test_derived_attributes_of_an_example() -> None:
    label = ("properties/label", {"type": "string", "x-kx-derive": "${day}: ${title}"})
    clean(changed(NOTES, label, ("examples", [{**EXAMPLE, "label": "2024-01-15: Milk"}])))
    bad = {**EXAMPLE, "label": "@@Milk"}
    found("KX253", changed(NOTES, label, ("examples", [bad])))


def test_number_and_binary_keys_of_an_example() -> None:
    keyed = changed(
        SHOP,
        (
            "x-kx-table/indexes/GSI2",
            {"hash": {"name": "raw", "type": "B"}, "range": {"name": "rank", "type": "N"}},
        ),
        ("$defs/Customer/properties/raw", {"type": "string", "x-kx-type": "B"}),
        ("$defs/Customer/properties/score", {"type": "number"}),
        ("$defs/Customer/required", ["customer", "score"]),
        ("$defs/Customer/x-kx-entity/indexes/GSI2", {"keys": {"rank": "${score}"}}),
        (
            "x-kx-patterns/ranked",
            {"question": "?", "entity": "Customer", "index": "GSI2", "given": ["raw"]},
        ),
    )
    example = {
        "PK": "CUSTOMER#c",
        "SK": "PROFILE",
        "customer": "c",
        "raw": "aGk=",
        "score": 1.50,
        "rank": 1.5,
    }
    clean(changed(keyed, ("$defs/Customer/examples", [example])))
    bad = changed(keyed, ("$defs/Customer/examples", [{**example, "rank": 2}]))
    (finding,) = [f for f in lint(bad) if f.code == "KX253"]
    assert "'rank' = 2" in finding.message


def test_the_time_inside_a_ulid() -> None:
    ulid = {"type": "string", "x-kx-generate": {"ulid": {"time": "written"}}}
    base = changed(NOTES, ("properties/id", ulid))
    good = {**EXAMPLE, "id": "01HM6AQH208M2N3P4Q5R6S7T8V"}
    clean(changed(base, ("examples", [good])))
    bad = {**EXAMPLE, "id": "@@01HKQR5J9X8M2N3P4Q5R6S7T8V"}
    assert (
        "but 'written' is 2024-01-15T10:30:00.000Z"
        in found("KX254", changed(base, ("examples", [bad]))).message
    )
    broken = {**EXAMPLE, "id": "x"}
    assert "KX254" not in codes(changed(base, ("examples", [broken])))
