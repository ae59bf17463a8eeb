"""A pattern's Query is the one that the Python method sends."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from kxmodel.dialect import module_name, shape_at
from kxmodel.emit.typescript.queries import parameters
from kxmodel.errors import KxError
from kxmodel.runtime.entity import Entity, IndexKeys, Pattern
from kxmodel.runtime.patterns.plan import make_plan
from tests.emit.typescript.conftest import all_tables
from tests.emit.typescript.test_keys import drawn
from tests.emit.typescript.values import arrived, as_stored, travelling, values_of
from tests.runtime.patterns.pattern_fakes import FakeTable, Keys

PER_PATTERN = 150
CAMEL = {"begins_with": "beginsWith"}


def fake(table, entity):
    """The table as the access patterns see it."""
    structures = {one.name: one for one in table.structures}
    owners = [entity, *(one for one in table.entities if one is not entity)]
    shapes = {}
    for path in paths_of(table):
        found = (shape_at(owner, structures, path) for owner in owners)
        shapes[path] = next((shape for shape in found if shape is not None), None)

    def keys(hash_key, range_key, projection="ALL"):
        pairs = [tuple((key.name, key.type) for key in each) for each in (hash_key, range_key)]
        return Keys(*pairs, projection)

    made = FakeTable(
        keys((table.hash,), table.keys[1:]),
        {i.name: keys(i.hash, i.range, i.projection) for i in table.indexes},
        normalised={p: lambda value, s=shape: as_stored(s, value) for p, shape in shapes.items()},
        table=table.name,
    )
    return made, shapes


def paths_of(table):
    return {p for one in table.patterns for p in (*one.given, *one.fixed, one.range) if p}


def runtime_entity(entity):
    return Entity(
        entity.name,
        keys={name: template.text for name, template in entity.keys.items()},
        indexes=tuple(
            IndexKeys(keys.index, {name: template.text for name, template in keys.keys.items()})
            for keys in entity.indexes
        ),
        schema={},
    )


def runtime_pattern(pattern):
    names = (
        "given",
        "index",
        "range",
        "order",
        "result",
        "filter",
        "fixed",
        "returns",
        "consistent",
    )
    return Pattern(pattern.name, **{name: getattr(pattern, name) for name in names})


def narrowings(shape):
    value = values_of(shape).filter(lambda found: found is not None and found != [1])
    lower = st.sampled_from(["gt", "ge"])
    upper = st.sampled_from(["lt", "le"])
    one = st.tuples(lower | upper, value).map(lambda pair: dict([pair]))
    two = st.tuples(lower, value, upper, value).map(lambda t: {t[0]: t[1], t[2]: t[3]})
    between = st.tuples(value, value).map(lambda pair: {"between": list(pair)})
    begins = st.text("ab2#0-", max_size=5).map(lambda text: {"begins_with": text})
    return st.one_of(st.just({}), one, two, between, begins)


@pytest.mark.parametrize("table", [t for t in all_tables() if t.patterns], ids=lambda t: t.name)
def test_every_query_is_the_one_that_python_sends(table, ask):
    calls, wanted = [], []
    for pattern in table.patterns:
        entity = table.entity(pattern.entity)
        reader, declared = fake(table, entity)
        shapes = [declared[path] for path in pattern.given]
        over = declared.get(pattern.range)
        ranged = pattern.range is not None and pattern.result != "one"
        drawing = st.tuples(
            st.tuples(*map(values_of, shapes)),
            narrowings(over) if ranged else st.just({}),
            st.booleans(),
        )
        others = [runtime_entity(table.entity(name)) for name in pattern.returns]
        for values, narrow, reverse in drawn(drawing, PER_PATTERN):
            options = {"reverse": reverse}
            if narrow:
                options["range"] = {CAMEL.get(n, n): travelling(v) for n, v in narrow.items()}
            given = dict(zip(parameters(pattern), map(travelling, values), strict=True))
            calls.append(
                {
                    "module": module_name(table.name),
                    "entity": entity.name,
                    "kind": "query",
                    "name": pattern.name,
                    "arguments": [given, options],
                }
            )
            try:
                plan = make_plan(
                    reader,
                    runtime_entity(entity),
                    runtime_pattern(pattern),
                    values,
                    reverse=reverse,
                    narrow=narrow,
                    entities=others,
                )
            except KxError as error:
                wanted.append({"refused": error.code})
            else:
                wanted.append({"made": request(plan)} if plan.stretch else {"refused": "KX409"})
    for call, result, want in zip(calls, ask(calls), wanted, strict=True):
        result.pop("source", None)
        if "made" in result:
            assert result["made"].pop("TableName") == table.name
            result["made"].pop("Limit", None)
        if "refused" in want and "refused" in result:
            continue  # the codes of several faults at once may come in another order
        assert result == want, call
    assert sum("made" in want for want in wanted) > len(wanted) // 10


def request(plan):
    """Python's request with plain values, as DocumentClient takes them."""
    made = dict(plan.request)
    made["ExpressionAttributeValues"] = {
        mark: {"$number": value["N"]} if "N" in value else arrived(next(iter(value.values())))
        for mark, value in made["ExpressionAttributeValues"].items()
    }
    return made
