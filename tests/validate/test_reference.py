"""`Validator` (jsonschema-rs) and `reference_problems` (jsonschema) judge alike."""

from __future__ import annotations

import copy
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.dialect import read_folder
from kxmodel.validate import Validator, compile_schema
from kxmodel.validate.reference import reference_problems
from tests.validate.suite import OUTSIDE, SUITE, cases, why_outside

SCHEMAS = Path(__file__).parents[2] / "schemas"

SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")

UNEVALUATED = {"unevaluatedProperties", "unevaluatedItems"}


def identities(validator: Validator, instance: object) -> set[tuple[tuple[str | int, ...], str]]:
    return {
        (
            problem.path[:-1] if problem.rule == "unevaluatedProperties" else problem.path,
            problem.rule,
        )
        for problem in validator.problems(instance)
    }


def assert_alike(schema: object, instance: object) -> bool:
    """Both say the same of `instance`; the verdict."""
    validator = compile_schema(schema)
    ours = identities(validator, instance)
    theirs = reference_problems(schema, instance)
    # Beside other problems, what is unevaluated is up to the implementation; see consequences.py.
    plain = {(path, rule) for path, rule in ours | theirs if rule not in UNEVALUATED}
    if plain:
        ours = {found for found in ours if found[1] not in UNEVALUATED}
        theirs = {found for found in theirs if found[1] not in UNEVALUATED}
    assert ours == theirs
    assert validator.is_valid(instance) is not bool(ours)
    return not ours


def test_official_suite() -> None:
    count = 0
    for case in cases():
        count += 1
        assert assert_alike(case.schema, case.instance) is case.valid, case.name
    assert count > 1300


def test_every_exclusion_is_of_a_file_of_the_suite() -> None:
    next(cases())
    assert [name for name in OUTSIDE if not (SUITE / name).is_file()] == []


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"a": {"$ref": "other.json"}}},
        {"anyOf": [{"$id": "x"}]},
        {"items": {"$dynamicRef": "#x"}},
        {"$defs": {"x": {"pattern": "\\d"}}},
    ],
)
def test_what_the_dialect_lacks_is_outside(schema: object) -> None:
    assert why_outside(schema)


numbers = st.one_of(
    st.integers(-(10**38), 10**38),
    st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e125, max_value=1e125).filter(
        lambda x: x == 0 or abs(x) > 1e-129
    ),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-100, max_value=100),
    st.builds(
        lambda digits, exponent: Decimal(digits).scaleb(exponent),
        st.integers(-(10**37), 10**37),
        st.integers(-80, 80),
    ),
    st.sampled_from([0.1, Decimal("0.1"), Decimal("0.10"), 0.3, 1.0, Decimal("1E+2"), 100]),
)
names = st.sampled_from(["a", "b", "c", "tenantId"])
texts = st.one_of(
    st.sampled_from(["", "a", "ab", "a\n", "A", "1", "😀", "é"]), st.text(max_size=4)
).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
instances = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=8,
)
counts = st.integers(0, 3)
types = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
patterns = st.sampled_from(["^a", "a$", "^[^#]+$", "^(a|)$", "[0-9]{1,2}", "^[a-c]*$", "é|😀"])
keywords = st.one_of(
    st.fixed_dictionaries({"type": types}),
    st.fixed_dictionaries({"type": st.lists(types, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(scalars, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"const": instances}),
    *(
        st.fixed_dictionaries({name: numbers})
        for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    ),
    st.fixed_dictionaries({"multipleOf": numbers.map(abs).filter(bool)}),
    *(st.fixed_dictionaries({name: counts}) for name in SIZES),
    st.fixed_dictionaries({"pattern": patterns}),
    st.fixed_dictionaries({"format": st.sampled_from(["lowercase", "email", "date", "other"])}),
    st.fixed_dictionaries({"uniqueItems": st.booleans()}),
    st.fixed_dictionaries({"required": st.lists(names, max_size=2, unique=True)}),
    st.fixed_dictionaries(
        {"dependentRequired": st.dictionaries(names, st.lists(names, unique=True), max_size=2)}
    ),
)


def composed(inner: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    several = st.lists(inner, min_size=1, max_size=3)
    by_name = st.dictionaries(names, inner, max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            "properties": by_name,
            "patternProperties": st.dictionaries(patterns, inner, max_size=2),
            "additionalProperties": inner,
            "propertyNames": inner,
            "items": inner,
            "prefixItems": several,
            "contains": inner,
            "minContains": counts,
            "maxContains": counts,
            "allOf": several,
            "anyOf": several,
            "oneOf": several,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "dependentSchemas": by_name,
            "unevaluatedProperties": st.just(False),
            "unevaluatedItems": st.just(False),
        },
    ).map(lambda schema: schema if "contains" in schema else _without_counts(schema))


def _without_counts(schema: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in schema.items() if not name.endswith("Contains")}


schemas = st.recursive(
    st.one_of(keywords, st.booleans()),
    lambda inner: st.one_of(
        composed(inner), st.builds(lambda one, two: {**one, **two}, keywords, keywords)
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(schemas, instances)
def test_generated_schemas_and_instances(schema: object, instance: object) -> None:
    assert_alike(schema, instance)


@settings(max_examples=400, deadline=None)
@given(keywords, scalars)
def test_generated_scalars(schema: object, instance: object) -> None:
    assert_alike(schema, instance)


def entities() -> list[tuple[str, dict[str, object], list[dict[str, object]]]]:
    return [
        (entity.name, dict(entity.schema), [dict(example) for example in entity.examples])
        for table in read_folder(SCHEMAS)
        for entity in table.entities
    ]


HOSTILE = [
    None, True, 0, -1, 1.5, 10**37 + 1, Decimal("0.1"), "", "x", "#", "a\n", "A@B.CO", "é" * 400,
    [], [None], [1, 1], {}, {"a": 1}, {"": {}}, "2024-01-15T10:30:00Z", "+1 954 555 0123",
]  # fmt: skip


def mutated(instance: object, rnd: random.Random) -> object:
    """A copy with one to three places deleted, replaced or added."""
    copied = copy.deepcopy(instance)
    for _ in range(rnd.randint(1, 3)):
        holders = [found for found in _walk(copied) if isinstance(found, dict | list) and found]
        if not holders:
            return rnd.choice(HOSTILE)
        holder = rnd.choice(holders)
        place = rnd.choice([*holder]) if isinstance(holder, dict) else rnd.randrange(len(holder))
        action = rnd.randrange(3)
        if action == 0:
            del holder[place]
        elif action == 1:
            holder[place] = copy.deepcopy(rnd.choice(HOSTILE))
        elif isinstance(holder, dict):
            holder[rnd.choice(["extra", "status", "type"])] = copy.deepcopy(rnd.choice(HOSTILE))
        else:
            holder.insert(place, copy.deepcopy(rnd.choice(HOSTILE)))
    return copied


def _walk(value: object):
    yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _walk(inner)


@pytest.mark.parametrize(("name", "schema", "examples"), entities())
def test_mutated_items_of_the_schemas(
    name: str, schema: dict[str, object], examples: list[dict[str, object]]
) -> None:
    rnd = random.Random(f"kxmodel {name}")
    refused = 0
    for example in examples:
        assert assert_alike(schema, example), name
        for _ in range(120):
            refused += not assert_alike(schema, mutated(example, rnd))
    assert refused > 60
