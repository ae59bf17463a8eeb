"""Narrowing a sort key gives what a filter in Python gives, in DynamoDB's order, however it pages."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import KeyBuildError, UsageError
from kxmodel.keys import nest, parse, render, render_part
from kxmodel.runtime.entity import Entity, Pattern
from kxmodel.runtime.patterns import run_page
from tests.runtime.patterns.pattern_fakes import FakeTable, Keys

# Around the delimiters in the order of bytes, at the borders of UTF-8's lengths, and the last ones.
ALPHABET = '\x00!"#$~ab\x7f\x80é\ud7ff\ue000\uffff\U00010000\U0010ffff'
TEXT = st.text(ALPHABET, min_size=1, max_size=4)
NUMBER = st.one_of(st.integers(0, 12), st.decimals(0, 12, places=2)).map(Decimal)
TIME = st.builds(
    "2024-0{}-1{}T0{}:00:00.000Z".format, st.integers(1, 2), st.integers(0, 2), st.integers(0, 2)
)

TEMPLATES = [
    ("${v}", TEXT),
    ("P#${v}", TEXT),
    ("\U0010ffff${v}", TEXT),
    ("${v}#${id}", TEXT),
    ("P#${v}#${id}", TEXT),
    ("P${v}~~${id}", TEXT),
    ("P#${v}!", TEXT),
    ("${v|lower}#${id}", TEXT),
    ("N#${v|pad:2.2}", NUMBER),
    ("${v|pad:2.2}#${id}", NUMBER),
    ("${v|pad:2.1,round}x${id}", NUMBER),
    ("D#${v|date:day}#${id}", TIME),
    ("${v}", TIME),
    ("${v}#${id}", TIME),
    ("${kind}#${v}#${id}", TEXT),
]


FIXED = {"kind": "k"}


def entity_with(template: str) -> Entity:
    return Entity(
        name="Thing",
        keys={"pk": "T#${tenant}", "sk": template},
        schema="x:X",
        patterns=(Pattern("by", given=("tenant",), range="v"),),
    )


def table_of(entity: Entity, rows: list[dict[str, object]], random: Random | None) -> FakeTable:
    items = []
    for row in rows:
        nested = nest(row)
        items.append(
            {
                "pk": {"S": render(entity.templates["pk"], nested)},
                "sk": {"S": render(entity.templates["sk"], nested)},
                "row": row,
            }
        )
    keys = Keys((("pk", "S"),), (("sk", "S"),))
    return FakeTable(
        keys, items=[i for i in items if len(i["sk"]["S"].encode()) <= 1024], random=random
    )


def narrowings(values: st.SearchStrategy[object], *, text: bool) -> st.SearchStrategy[dict]:
    one_sided = [st.just({})] + [
        values.map(lambda value, name=name: {name: value}) for name in ("lt", "le", "gt", "ge")
    ]
    two_sided = st.builds(
        lambda low, a, high, b: {low: a, high: b},
        st.sampled_from(["gt", "ge"]),
        values,
        st.sampled_from(["lt", "le"]),
        values,
    )
    between = st.builds(lambda a, b: {"between": (a, b)}, values, values)
    choices = [*one_sided, two_sided, between]
    if text:
        choices.append(st.text(ALPHABET + "2014-", max_size=3).map(lambda t: {"begins_with": t}))
    return st.one_of(*choices)


def bounds_of(narrow: dict) -> list[object]:
    return [
        bound
        for name, value in narrow.items()
        if name != "begins_with"
        for bound in (value if name == "between" else [value])
    ]


def holds(narrow: dict, text: str, rendered) -> bool:
    """What the narrowing means for the text that stands in the key."""
    value = text.encode()
    tests = {
        "lt": lambda bound: value < rendered(bound),
        "le": lambda bound: value <= rendered(bound),
        "gt": lambda bound: value > rendered(bound),
        "ge": lambda bound: value >= rendered(bound),
        "between": lambda ends: rendered(ends[0]) <= value <= rendered(ends[1]),
        "begins_with": lambda beginning: value.startswith(beginning.encode()),
    }
    return all(tests[name](bound) for name, bound in narrow.items())


def read_all(table, entity, pattern, args, limit, **arguments):
    first = run_page(table, entity, pattern, args, limit, **arguments)
    pages = list(first.pages())
    assert all(len(page) == limit for page in pages[:-1])
    assert pages[-1].cursor is None or len(pages[-1]) == limit
    return [item for page in pages for item in page]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_narrowing_is_a_filter(data):
    template, values = data.draw(st.sampled_from(TEMPLATES))
    entity = entity_with(template)
    pattern = Pattern("by", given=("tenant",), range="v", fixed=FIXED if "kind" in template else {})
    parsed = parse(template)
    placeholder = next(part for part in parsed.placeholders if part.source == "v")
    rows, taken = [], set()
    for row in data.draw(
        st.lists(st.builds(lambda v, i: {"v": v, "id": i}, values, TEXT), max_size=12)
    ):
        row |= {"tenant": "t1", "kind": "k"}
        try:
            key = render(parsed, nest(row))
        except KeyBuildError:
            continue
        if key not in taken:
            taken.add(key)
            rows.append(row)
    narrow = data.draw(narrowings(values, text=values is not NUMBER))
    reverse = data.draw(st.booleans())

    def rendered(bound: object) -> bytes:
        return render_part(parsed, placeholder, bound).encode()

    def text_of(row: dict[str, object]) -> str:
        return render_part(parsed, placeholder, row["v"])

    beginning = narrow.get("begins_with")
    meant = {"begins_with": beginning.lower()} if beginning and "lower" in template else narrow
    try:
        wanted = [row for row in rows if holds(meant, text_of(row), rendered)]
        for bound in bounds_of(narrow):
            rendered(bound)
    except KeyBuildError:
        # A bound that holds the delimiter is refused, as a write refuses such a value.
        table = table_of(entity, rows, None)
        with pytest.raises(KeyBuildError):
            run_page(table, entity, pattern, ("t1",), 5, narrow=narrow)
        return
    wanted.sort(key=lambda row: render(parsed, nest(row)).encode(), reverse=reverse)

    random = Random(data.draw(st.integers(0, 999))) if data.draw(st.booleans()) else None
    table = table_of(entity, rows, random)
    limit = data.draw(st.integers(1, 5))
    found = read_all(table, entity, pattern, ("t1",), limit, reverse=reverse, narrow=narrow)
    assert [item["row"] for item in found] == wanted


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.decimals(-100, 100, places=1), unique=True, max_size=12),
    narrowings(st.decimals(-100, 100, places=1), text=False),
    st.integers(1, 5),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_a_number_key_is_compared_as_a_number(numbers, narrow, limit, reverse, random):
    entity = Entity(name="Thing", keys={"pk": "${tenant}", "sk": "${sk}"}, schema="x:X")
    items = [{"pk": {"S": "t1"}, "sk": {"N": str(number)}} for number in numbers]
    table = FakeTable(Keys((("pk", "S"),), (("sk", "N"),)), items=items, random=random)
    pattern = Pattern("by", given=("tenant",), range="sk")
    tests = {
        "lt": lambda n, bound: n < bound,
        "le": lambda n, bound: n <= bound,
        "gt": lambda n, bound: n > bound,
        "ge": lambda n, bound: n >= bound,
        "between": lambda n, ends: ends[0] <= n <= ends[1],
    }
    wanted = sorted(
        (n for n in numbers if all(tests[name](n, bound) for name, bound in narrow.items())),
        reverse=reverse,
    )
    found = read_all(table, entity, pattern, ("t1",), limit, reverse=reverse, narrow=narrow)
    assert [Decimal(item["sk"]["N"]) for item in found] == wanted


LONG = st.builds(
    lambda a, n, b: a * n + b, st.sampled_from("ab\U0010ffff"), st.integers(1018, 1030), TEXT
)


@settings(max_examples=100, deadline=None)
@given(st.lists(LONG, max_size=6), narrowings(st.one_of(TEXT, LONG), text=True), st.booleans())
def test_bounds_longer_than_a_key_may_be(values, narrow, reverse):
    entity = entity_with("P#${v}")
    rows = [{"tenant": "t1", "v": value} for value in dict.fromkeys(values)]
    table = table_of(entity, rows, None)
    there = [item["row"] for item in table.items]
    wanted = [row for row in there if holds(narrow, row["v"], lambda bound: bound.encode())]
    wanted.sort(key=lambda row: row["v"].encode(), reverse=reverse)
    found = read_all(
        table,
        entity,
        entity.pattern_table["by"],
        ("t1",),
        3,
        reverse=reverse,
        narrow=narrow,
    )
    assert [item["row"] for item in found] == wanted


def condition(template: str, narrow: dict, **pattern: object) -> tuple[str, dict]:
    """The sort key's condition and its values, as sent."""
    entity = entity_with(template)
    table = table_of(entity, [], None)
    asked = Pattern("by", given=("tenant",), range="v", **pattern)
    page = run_page(table, entity, asked, ("t1",), 5, narrow=narrow)
    request = page.request
    if not request:
        return "", {}
    text = request["KeyConditionExpression"].removeprefix("#pk = :pk")
    values = {m: v["S"] for m, v in request["ExpressionAttributeValues"].items() if m != ":pk"}
    return text.removeprefix(" AND "), values


@pytest.mark.parametrize(
    ("template", "narrow", "text", "values"),
    [
        ("${v}", {}, "", {}),
        ("P#${v}", {}, "begins_with(#sk, :sk)", {":sk": "P#"}),
        ("PROFILE", {}, "#sk = :sk", {":sk": "PROFILE"}),
        ("${v}", {"gt": "a"}, "#sk > :sk", {":sk": "a"}),
        ("${v}", {"ge": "a"}, "#sk >= :sk", {":sk": "a"}),
        ("${v}", {"lt": "a"}, "#sk < :sk", {":sk": "a"}),
        ("${v}", {"le": "a"}, "#sk <= :sk", {":sk": "a"}),
        ("${v}", {"begins_with": "2024-01"}, "begins_with(#sk, :sk)", {":sk": "2024-01"}),
        ("${v}", {"between": ("a", "a")}, "#sk = :sk", {":sk": "a"}),
        (
            "P#${v}",
            {"ge": "a"},
            "#sk BETWEEN :sk_from AND :sk_to",
            {":sk_from": "P#a", ":sk_to": "P$"},
        ),
        (
            "P#${v}",
            {"gt": "a", "le": "c"},
            "#sk BETWEEN :sk_from AND :sk_to",
            {":sk_from": "P#a", ":sk_to": "P#c"},
        ),
        (
            "P#${v}#${id}",
            {"between": ("a", "c")},
            "#sk BETWEEN :sk_from AND :sk_to",
            {":sk_from": "P#a", ":sk_to": "P#c$"},
        ),
        (
            "${v|date:day}#${id}",
            {"gt": "2024-01-15T10:00:00Z"},
            "#sk >= :sk",
            {":sk": "2024-01-15$"},
        ),
        ("${v}", {"begins_with": ""}, "", {}),
    ],
)
def test_the_condition_is_as_tight_as_dynamodb_allows(template, narrow, text, values):
    assert condition(template, narrow) == (text, values)


@pytest.mark.parametrize(
    "narrow",
    [
        {"between": ("b", "a")},
        {"gt": "a", "lt": "a"},
        {"ge": "b", "le": "a"},
        {"gt": "a", "le": "a"},
    ],
)
def test_what_nothing_can_match_is_not_sent(narrow):
    entity = entity_with("${v}")
    table = table_of(entity, [{"tenant": "t1", "v": "a"}], None)
    page = run_page(table, entity, entity.pattern_table["by"], ("t1",), 5, narrow=narrow)
    assert (list(page), page.cursor, page.request, table.requests) == ([], None, {}, [])


@pytest.mark.parametrize(
    ("narrow", "words"),
    [
        ({"between": ("a", "b"), "begins_with": "a"}, "between stands alone"),
        ({"begins_with": "a", "lt": "b"}, "begins_with stands alone"),
        ({"gt": "a", "ge": "a"}, "gt and ge"),
        ({"lt": "a", "le": "a"}, "lt and le"),
        ({"begin_with": "a"}, "did you mean begins_with"),
        ({"x": "a"}, "there is no narrowing 'x'"),
        ({"ge": None}, "ge is None"),
        ({"between": "ab"}, "takes a pair"),
        ({"between": ("a",)}, "takes a pair"),
        ({"between": ("a", None)}, "takes a pair"),
        ({"begins_with": 5}, "takes text"),
    ],
)
def test_contradictions_are_refused(narrow, words):
    entity = entity_with("${v}")
    table = table_of(entity, [], None)
    with pytest.raises(UsageError, match=words) as raised:
        run_page(table, entity, entity.pattern_table["by"], ("t1",), 5, narrow=narrow)
    assert raised.value.code == "KX409"
    assert not table.requests


@pytest.mark.parametrize(
    ("template", "narrow", "code"),
    [
        ("${v|shard:10}#${id}", {"ge": "a"}, "KX409"),
        ("${v|pad:3}", {"begins_with": "0"}, "KX409"),
        ("${id}#${v}", {"ge": "a"}, "KX411"),
        ("FIXED", {"ge": "a"}, "KX411"),
    ],
)
def test_what_the_key_cannot_answer_is_refused(template, narrow, code):
    with pytest.raises(UsageError) as raised:
        condition(template, narrow)
    assert raised.value.code == code


def test_a_beginning_that_holds_the_delimiter_matches_nothing():
    entity = entity_with("${v}#${id}")
    table = table_of(entity, [{"tenant": "t1", "v": "a", "id": "b"}], None)
    pattern = entity.pattern_table["by"]
    assert len(run_page(table, entity, pattern, ("t1",), 5, narrow={"begins_with": "a"})) == 1
    assert len(run_page(table, entity, pattern, ("t1",), 5, narrow={"begins_with": "a#b"})) == 0


def test_a_pattern_without_a_range_is_not_narrowed():
    entity = entity_with("${v}")
    with pytest.raises(UsageError, match="has no range"):
        run_page(
            table_of(entity, [], None),
            entity,
            Pattern("by", given=("tenant",)),
            ("t1",),
            5,
            narrow={"ge": "a"},
        )


def test_begins_with_is_for_text_keys():
    entity = Entity(name="Thing", keys={"pk": "${tenant}", "sk": "${sk}"}, schema="x:X")
    table = FakeTable(Keys((("pk", "S"),), (("sk", "N"),)))
    pattern = Pattern("by", given=("tenant",), range="sk")
    with pytest.raises(UsageError, match="key of type N"):
        run_page(table, entity, pattern, ("t1",), 5, narrow={"begins_with": "1"})
