"""The key functions give what `kxmodel.keys` gives, and refuse what it refuses."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from kxmodel.dialect import module_name, shape_at
from kxmodel.errors import KxError, ValueRefused
from kxmodel.ir.rules import rules_of
from kxmodel.keys import KeySet, evaluate, nest, render, take_apart
from kxmodel.values import normalise_timestamp
from tests.emit.typescript.conftest import all_tables
from tests.emit.typescript.scopes import sources_of, with_derived
from tests.emit.typescript.values import STAMPS, TEXTS, arrived, as_stored, travelling, values_of

PER_ENTITY = 100


def drawn(strategy, count):
    """Examples of a strategy, always the same."""
    found = []

    @seed(20240115)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


def items_of(table, entity, count=PER_ENTITY):
    """(item as given, item as stored), or the error of a value that is refused before any key."""
    structures = {one.name: one for one in table.structures}
    shapes = {path: shape_at(entity, structures, path) for path in sources_of(entity)}
    flat = st.fixed_dictionaries({path: values_of(shape) for path, shape in shapes.items()})
    for values in drawn(flat, count):
        held = {path: value for path, value in values.items() if value is not None}
        stored = {}
        refused = {}
        for path, value in held.items():
            try:
                stored[path] = as_stored(shapes[path], value)
            except ValueRefused as error:
                refused[path] = error.code
        yield nest(held), nest(stored), refused


def expected(key_set, item):
    try:
        made = evaluate(key_set, item)
    except KxError as error:
        return {"refused": error.code}
    return {"made": arrived(made)}


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_every_key_is_the_one_that_python_builds(table, ask):
    calls, wanted, phones = [], [], []
    for entity in table.entities:
        rules = rules_of(table, entity)
        sets = [("key", "", rules.primary)]
        sets += [("index", s.name, s) for s in rules.derived if isinstance(s, KeySet)]
        for item, stored, refused in items_of(table, entity):
            for kind, name, key_set in sets:
                known = stored if kind == "key" else with_derived(entity, stored)
                calls.append(
                    {
                        "module": module_name(table.name),
                        "entity": entity.name,
                        "kind": kind,
                        "name": name,
                        "arguments": [travelling(item)],
                    }
                )
                wanted.append(
                    {"refused": known} if isinstance(known, str) else expected(key_set, known)
                )
                phones.append(set(refused) & set(key_set.sources))
    found = ask(calls)
    for call, result, want, phone in zip(calls, found, wanted, phones, strict=True):
        if phone:
            # A number that is not in E.164 yet is for the server.
            assert result.get("refused") in ("KX314", want.get("refused")) or result == {
                "made": None
            }, call
            continue
        result.pop("source", None)
        assert result == want, (call, result, want)
    assert sum("made" in want and want["made"] is not None for want in wanted) > len(wanted) // 20


def test_every_key_is_taken_apart_as_python_does(tables, ask):
    calls, wanted = [], []
    for table in tables:
        for entity in table.entities:
            places = templates(table, entity)
            texts = set(drawn(TEXTS | STAMPS.map(str), 10))
            for item, stored, _ in items_of(table, entity, 40):
                del item
                for _, _, template in places:
                    try:
                        texts.add(render(template, with_derived(entity, stored)) or "")
                    except (KxError, AttributeError):
                        continue
            for text in sorted(texts):
                call = {"module": module_name(table.name), "entity": entity.name, "kind": "explain"}
                calls.append({**call, "arguments": [text]})
                wanted.append(readings(places, text))
    for call, result, want in zip(calls, ask(calls), wanted, strict=True):
        found = {(one["index"], one["attribute"]): one for one in result["made"]}
        assert {place: one["sources"] for place, one in found.items()} == {
            place: sources for place, (sources, _) in want.items()
        }, call
        assert {place: set(one["lossy"]) for place, one in found.items()} == {
            place: lossy for place, (_, lossy) in want.items()
        }
    assert sum(map(len, wanted)) > len(wanted)


def templates(table, entity):
    """(index or None, attribute, template) of every text key."""
    types = {key.name: key.type for key in table.keys}
    types |= {key.name: key.type for index in table.indexes for key in index.attributes}
    found = [(None, name, template) for name, template in entity.keys.items()]
    found += [(i.index, name, t) for i in entity.indexes for name, t in i.keys.items()]
    return [place for place in found if types[place[1]] == "S"]


def readings(places, text):
    taken = [
        (index, name, template, take_apart(template, text)) for index, name, template in places
    ]
    return {
        (index, name): (sources, set(template.lossy_sources))
        for index, name, template, sources in taken
        if sources is not None
    }


def test_case_is_changed_as_python_does(ask):
    """Every character that Python knows, alone and around a sigma, whose case depends on them."""
    known = [
        chr(c)
        for c in range(sys.maxunicode + 1)
        if unicodedata.category(chr(c)) not in ("Cn", "Cs")
    ]
    blocks = ["\n".join(known[at : at + 500]) for at in range(0, len(known), 500)]
    around = [c for c in known if not c.isalnum() or c.lower() != c or unicodedata.combining(c)]
    # The private planes are all alike.
    around = [c for c in around if ord(c) < 0xF0000]
    blocks += [
        "\n".join(f"a{c}\u03a3 a\u03a3{c}a {c}\u03a3{c}" for c in around[at : at + 500])
        for at in range(0, len(around), 500)
    ]
    calls = [{"kind": kind, "arguments": [text]} for text in blocks for kind in ("lower", "upper")]
    asked = list(zip(calls, ask(calls), strict=True))
    # A block with a letter that is refused: those around it are asked one by one.
    single = [
        {"kind": call["kind"], "arguments": [line]}
        for call, result in asked
        if "refused" in result
        for line in call["arguments"][0].split("\n")
    ]
    asked += zip(single, ask(single), strict=True)
    differ = [
        (call["kind"], call["arguments"][0])
        for call, result in asked
        if "made" in result and result["made"] != getattr(call["arguments"][0], call["kind"])()
    ]
    assert differ == []


def test_times_are_read_as_python_does(ask):
    texts = [text for text in drawn(STAMPS, 1500) if isinstance(text, str)]
    for text, result in zip(
        texts, ask([{"kind": "timestamp", "arguments": [t]} for t in texts]), strict=True
    ):
        try:
            want = normalise_timestamp(text)
        except ValueRefused:
            want = None
        assert result["made"] == want, text
