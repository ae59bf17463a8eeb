"""What is stored comes back: whatever it is, and however wrong; a change changes that and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxmodel.models import Lead, Message, Persona
from kxmodel.runtime import attributes as kinds
from kxmodel.runtime.attributes import KxAttribute, Map, WriteContext
from kxmodel.values import canonical
from tests.runtime.worlds import WORLDS
from tests.runtime.zoo import Animal, Keeper, Meal

PURE = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
MODELS = (Animal, Message, Lead, Persona)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.one_of(
    st.integers(-99, 99).map(str),
    st.sampled_from(["1.50", "-0.10", "1E+3", "0", "12.0"]),
    st.builds(
        lambda digits, exponent: canonical(f"{digits}E{exponent}"),
        st.integers(-(10**38) + 1, 10**38 - 1),
        st.integers(-120, 80),
    ),
)
binaries = st.binary(max_size=6)


def sets(tag: str, elements: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(elements, min_size=1, max_size=3, unique=True).map(lambda found: {tag: found})


scalars = st.one_of(
    texts.map(lambda text: {"S": text}),
    numbers.map(lambda number: {"N": number}),
    binaries.map(lambda data: {"B": data}),
    st.booleans().map(lambda value: {"BOOL": value}),
    st.just({"NULL": True}),
    st.sampled_from(
        [
            {"S": "2024-01-15T10:30:00.000Z"},
            {"S": "2024-01-15T12:30:00+02:00"},
            {"S": "0001-01-01T00:00:00+14:00"},
            {"S": "01HM6B9NR0ZZZZZZZZZZZZZZZZ"},
            {"S": "UPPER@Example.com"},
            {"N": "99999999999999999999"},
        ]
    ),
    sets("SS", texts),
    sets("NS", numbers),
    sets("BS", binaries),
)
fitting = {
    "S": texts.map(lambda text: {"S": text}),
    "N": st.one_of(st.integers(0, 99).map(str), numbers).map(lambda number: {"N": number}),
    "B": binaries.map(lambda data: {"B": data}),
    "BOOL": st.booleans().map(lambda value: {"BOOL": value}),
    "NULL": st.just({"NULL": True}),
}
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda found: {"L": found}),
        st.dictionaries(texts, inner, max_size=3).map(lambda found: {"M": found}),
    ),
    max_leaves=6,
)


def shaped(attribute: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Anything, or something of the right outline with anything inside."""
    if isinstance(attribute, Map) and depth < 3:
        inside = members(type(attribute), depth + 1).map(lambda found: {"M": found})
        return st.one_of(anything, inside)
    if isinstance(attribute, kinds.ListAttribute) and depth < 3:
        inside = st.lists(shaped(attribute.element, depth + 1), max_size=3)
        return st.one_of(anything, inside.map(lambda found: {"L": found}))
    return st.one_of(fitting[attribute.attr_type], anything) if attribute.scalar else anything


def members(container: type[Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Some declared members and some that are not."""
    declared = {a.attr_name: a for a in container.get_attributes().values()}
    some = st.lists(st.sampled_from(sorted(declared)), max_size=5, unique=True)
    known = (some if declared else st.just([])).flatmap(
        lambda names: st.fixed_dictionaries({n: shaped(declared[n], depth) for n in names})
    )
    unknown = st.dictionaries(texts.map(lambda name: f"x-{name}"), anything, max_size=2)
    return st.builds(lambda a, b: {**b, **a}, known, unknown)


def items(model: type[Any]) -> st.SearchStrategy[Any]:
    """A stored item with a good key, and anything else."""
    given_values = WORLDS[model.__name__].start("someone")
    good = model(**given_values).serialize()
    primary = set(model.kx.entity.keys) | set(model.kx.entity.primary_sources)
    key = {name: value for name, value in good.items() if name in primary}
    return members(model).map(lambda found: {**found, **key})


@pytest.mark.parametrize("model", MODELS)
@PURE
@given(data=st.data())
def test_every_stored_item_comes_back_unchanged(model: type[Any], data: st.DataObject) -> None:
    item = data.draw(items(model))
    found = model.from_item(item)
    assert found.to_item() == item
    for name in model.get_attributes():
        getattr(found, name)
    found.to_json()
    found.kx.validate()


CHANGES = {
    Animal: ("legs", 3),
    Message: ("text", "another"),
    Lead: ("created_by", "somebody"),
    Persona: ("created_by", "somebody"),
}


@pytest.mark.parametrize("model", MODELS)
@PURE
@given(data=st.data())
def test_one_change_is_written_alone_whatever_else_is_wrong(
    model: type[Any], data: st.DataObject
) -> None:
    item = data.draw(items(model))
    name, value = CHANGES[model]
    found = model.from_item(item)
    setattr(found, name, value)
    after = found.serialize()
    own = {name, "updated_at", "version", *model.kx.entity.derived}
    assert {k: v for k, v in after.items() if k not in own} == {
        k: v for k, v in item.items() if k not in own
    }
    assert after[name] in ({"S": value}, {"N": str(value)})
    for derived in model.kx.entity.derived:
        assert (
            after.get(derived) not in ({"S": ""}, {"NULL": True}) or after[derived] == item[derived]
        )


ATTRIBUTES: list[KxAttribute[Any]] = [
    kinds.AnyAttribute(),
    kinds.BinaryAttribute(),
    kinds.BinarySetAttribute(),
    kinds.BooleanAttribute(),
    kinds.DecimalAttribute(),
    kinds.DictAttribute(kinds.IntegerAttribute),
    kinds.EmailAttribute(),
    kinds.FloatAttribute(),
    kinds.IntegerAttribute(),
    kinds.KeyAttribute(),
    kinds.ListAttribute(kinds.FloatAttribute),
    kinds.ListAttribute(Meal),
    kinds.NullAttribute(),
    kinds.NumberSetAttribute("decimal"),
    kinds.NumberSetAttribute("integer"),
    kinds.NumberSetAttribute("number"),
    kinds.PhoneAttribute(),
    kinds.TextAttribute(),
    kinds.TextSetAttribute(),
    kinds.TimestampAttribute(),
    kinds.TTLAttribute(),
    kinds.UlidAttribute(),
    kinds.VersionAttribute(),
    Animal.keeper,
]


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda found: type(found).__name__)
@PURE
@given(data=st.data())
def test_reading_is_total_and_what_is_unchanged_is_written_as_it_was(
    attribute: KxAttribute[Any], data: st.DataObject
) -> None:
    stored = data.draw(shaped(attribute))
    context = WriteContext()
    value = attribute.decode(stored)
    written = attribute.write(value, stored, ("x",), context)
    assert written == (stored if value is not None or "NULL" in stored else None)
    assert context.problems == []


KEEPER = {"M": {"email": {"S": "x"}, "shift": {"NULL": True}, "odd": {"N": "1.0"}}}
python_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.text(max_size=5),
        st.binary(max_size=5),
        st.datetimes(timezones=st.none() | st.timezones()),
        st.timedeltas(),
        st.sets(st.integers() | st.text(max_size=3) | st.booleans(), max_size=3),
        st.just(object()),
        st.builds(Keeper, email=st.text(max_size=3)),
        st.builds(Meal, grams=st.floats()),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3)
        | st.tuples(inner)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda found: type(found).__name__)
@PURE
@given(value=python_values, old=st.none() | anything | st.just(KEEPER))
def test_writing_any_value_gives_an_attribute_value_or_a_problem(
    attribute: KxAttribute[Any], value: object, old: Any
) -> None:
    context = WriteContext()
    written = attribute.write(value, old, ("x",), context)
    assert written is None or len(written) == 1
    if written is not None and not context.problems:
        again = attribute.write(attribute.decode(written), written, ("x",), WriteContext())
        assert again == written


@PURE
@given(
    before=st.lists(numbers, min_size=1, max_size=5, unique_by=canonical),
    removed=st.sets(st.integers(0, 4)),
    added=st.sets(st.integers(-3, 3).map(float)),
)
def test_numbers_that_stay_in_a_set_keep_their_digits(
    before: list[str], removed: set[int], added: set[float]
) -> None:
    animal = Animal.from_item(
        {
            "PK": {"S": "t1#a"},
            "SK": {"S": "ANIMAL"},
            "sizes": {"NS": before},
            "anything": {"NS": before},
        }
    )
    gone = {float(text) for position, text in enumerate(before) if position in removed}
    animal.sizes = (animal.sizes - gone) | added
    kept = [text for text in before if float(text) not in gone]
    after = animal.to_item().get("sizes", {"NS": []})["NS"]
    assert {text for text in after if float(text) not in added} == {
        text for text in kept if float(text) not in added
    }
    assert {float(text) for text in after} == {float(text) for text in kept} | added
