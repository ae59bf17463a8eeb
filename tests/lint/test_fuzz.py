"""Whatever table the reader accepts, lint ends, with findings that have a place and a fix."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxmodel.errors import CODES, SchemaError
from kxmodel.lint import as_github, as_json, as_text, lint_tables
from tests.lint.schemas import NOTES, SHOP, changed, read

NAMES = ["owner", "day", "title", "colour", "written", "pages", "place", "x"]
PATHS = st.sampled_from(
    [*NAMES, "place.city", "place.zip", "place.none", "x.y", "GSI1PK", "\u202e"]
)
FILTERS = st.sampled_from(
    [
        "",
        "|pad:3",
        "|pad:9.2,round",
        "|date:day",
        "|lower",
        "|upper",
        "|e164:US",
        "|shard:4",
        "|default:1|pad:2",
    ]
)
PARTS = st.builds("${{{}{}}}".format, PATHS, FILTERS) | st.sampled_from(["#", "A", "--", "$$"])
TEMPLATES = st.lists(PARTS, min_size=1, max_size=5).map("".join)
SCALARS = st.none() | st.booleans() | st.integers(-2, 12) | st.sampled_from(["a", "#", "red", ""])
KEYWORDS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            [
                "string",
                "integer",
                "number",
                "boolean",
                "object",
                "array",
                "null",
                ["string", "null"],
            ]
        ),
        "enum": st.lists(SCALARS, min_size=1, max_size=3),
        "const": SCALARS,
        "pattern": st.sampled_from(["^[^#]+$", "\\d", "^a$|b", "^[a-z]*$", "^(a|b)$"]),
        "format": st.sampled_from(
            ["ulid", "email", "date-time", "e164", "uuid", "lowercase", "zzz"]
        ),
        "minimum": st.integers(-1, 1),
        "maximum": st.integers(0, 1000),
        "multipleOf": st.sampled_from([1, 0.01, 3]),
        "$ref": st.sampled_from(["#/properties/title", "#/properties/place", "#"]),
        "default": SCALARS,
        "x-kx-derive": TEMPLATES,
        "x-kx-generate": st.sampled_from(
            ["ulid", "created", "updated", "version", {"ulid": {"time": "written"}}]
        ),
        "x-kx-normalise": st.sampled_from(["lower", "e164"]),
        "x-kx-number": st.just("decimal"),
        "x-kx-type": st.sampled_from(["B", "SS", "NS"]),
        "additionalProperties": st.sampled_from([{"type": "string"}, False]),
        "examples": st.lists(SCALARS, max_size=1),
    },
)
CONDITIONS = st.dictionaries(
    PATHS,
    st.one_of(
        st.builds(lambda v: {"present": v}, st.booleans()),
        st.builds(lambda v: {"equals": v}, SCALARS.filter(lambda v: v is not None)),
    ),
    min_size=1,
    max_size=2,
)
SUBSETS = st.lists(PATHS, unique=True, max_size=4)
CHANGES = st.one_of(
    st.tuples(st.sampled_from([f"properties/{name}" for name in NAMES]), KEYWORDS),
    st.tuples(
        st.sampled_from(
            [
                "x-kx-entity/keys/pk",
                "x-kx-entity/keys/sk",
                "x-kx-entity/indexes/GSI1/keys/GSI1PK",
                "x-kx-entity/indexes/GSI1/keys/GSI1SK",
            ]
        ),
        TEMPLATES,
    ),
    st.tuples(st.just("x-kx-entity/indexes/GSI1/when"), CONDITIONS),
    st.tuples(st.just("x-kx-table/tenant"), st.sampled_from(NAMES)),
    st.tuples(
        st.just("x-kx-table/indexes/GSI1/tenantIsolation"), st.sampled_from(["filter", "none"])
    ),
    st.tuples(
        st.just("x-kx-table/indexes/GSI1/projection"),
        st.lists(st.sampled_from(NAMES), min_size=1, unique=True)
        | st.sampled_from(["ALL", "KEYS_ONLY"]),
    ),
    st.tuples(
        st.sampled_from(["x-kx-patterns/of_day/range", "x-kx-patterns/of_day/order"]),
        st.none() | st.just("descending"),
    ),
    st.tuples(
        st.sampled_from(["x-kx-patterns/of_day/given", "x-kx-patterns/of_colour/given"]), SUBSETS
    ),
    st.tuples(
        st.just("x-kx-patterns/of_colour/fixed"),
        st.dictionaries(PATHS, st.sampled_from(["red", 1, True]), max_size=2),
    ),
    st.tuples(st.just("x-kx-patterns/of_colour/result"), st.sampled_from(["one", "collection"])),
    st.tuples(st.just("required"), st.lists(st.sampled_from(NAMES), unique=True)),
    st.tuples(
        st.just("x-kx-entity/recognise"),
        st.sampled_from(
            [{"prefix": {"pk": "N"}}, {"equals": {"title": "x"}}, {"prefix": {"zzz": "a"}}]
        ),
    ),
    st.tuples(
        st.just("examples"),
        st.lists(
            st.dictionaries(
                st.sampled_from([*NAMES, "pk", "GSI1PK"]), SCALARS | st.just({"city": 1})
            ),
            max_size=2,
        ),
    ),
)
SHOP_CHANGES = st.one_of(
    st.tuples(
        st.sampled_from(
            [
                f"$defs/{name}/x-kx-entity/keys/{key}"
                for name in ("Customer", "Order")
                for key in ("PK", "SK")
            ]
        ),
        st.lists(
            st.sampled_from(["${customer}", "${number}", "${state}", "${name|lower}", "#", "A#"]),
            min_size=1,
            max_size=4,
        ).map("".join),
    ),
    st.tuples(
        st.sampled_from(
            ["$defs/Customer/x-kx-entity/recognise", "$defs/Order/x-kx-entity/recognise"]
        ),
        st.sampled_from(
            [
                {"prefix": {"PK": "C"}},
                {"equals": {"SK": "PROFILE"}},
                {"equals": {"state": "open", "GSI1": "x"}},
            ]
        ),
    ),
    st.tuples(
        st.sampled_from(["$defs/Customer/properties/customer", "$defs/Order/properties/state"]),
        KEYWORDS,
    ),
    st.tuples(
        st.just("x-kx-patterns/everything/returns"),
        st.sampled_from([None, ["Order"], ["Order", "Customer"]]),
    ),
    st.tuples(
        st.just("x-kx-patterns/sold/given"),
        st.lists(st.sampled_from(["customer", "number", "state"]), unique=True),
    ),
)


def ends_well(schema: dict[str, Any]) -> bool:
    try:
        table = read(json.dumps(schema))
    except SchemaError:
        return False
    findings = lint_tables([table])
    for finding in findings:
        assert finding.code in CODES
        assert finding.location.line > 0
        assert finding.fix
        assert finding.message.isprintable()
        assert finding.fix.isprintable()
    assert as_text(findings).count("\n") == 2 * len(findings) + 1
    assert len(json.loads(as_json(findings))) == as_github(findings).count("\n") == len(findings)
    return True


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_one_entity(changes: list[tuple[str, object]]) -> None:
    ends_well(changed(NOTES, *changes))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SHOP_CHANGES, min_size=1, max_size=4))
def test_two_entities(changes: list[tuple[str, object]]) -> None:
    ends_well(changed(SHOP, *changes))


@pytest.mark.slow
@settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGES, min_size=1, max_size=6), st.lists(SHOP_CHANGES, min_size=1, max_size=6))
def test_many(one: list[tuple[str, object]], two: list[tuple[str, object]]) -> None:
    ends_well(changed(NOTES, *one))
    ends_well(changed(SHOP, *two))
