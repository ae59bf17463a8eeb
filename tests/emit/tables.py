"""Hand-made tables, and any table at all."""

from __future__ import annotations

import keyword
from typing import Any, get_args

from hypothesis import strategies as st

from kxmodel import ir
from kxmodel.dialect.reserved import MAP_MEMBERS, MODEL_MEMBERS
from kxmodel.keys import parse, parse_condition

# What schemas are hostile with: quotes, escapes, line ends, controls, bidi, surrogates, braces.
PIECES = [
    '"',
    '"""',
    "'",
    "'''",
    "\\",
    "\\\\",
    '\\"',
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "\x00",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\u202e",
    "\u200b",
    "\ud800",
    "\udfff",
    "\U0001f600",
    "\U000e0041",
    "{x}",
    "{{",
    "%s",
    "${a}",
    "`",
    "- ",
    "1. ",
    "    ",
    "```",
    "| a | b |",
    ">>> 1/0",
    "#",
    "# fmt: off",
    "# type: ignore",
    "# noqa",
    "word",
    "words of a text",
    "x" * 130,
    "größe",
    "名前",
    "e\u0301",
    ".",
    " ",
]

texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
)

# Names that hide what the generated code itself uses.
SHADOWS = [
    "list",
    "dict",
    "set",
    "str",
    "int",
    "bool",
    "type",
    "range",
    "datetime",
    "builtins",
    "classmethod",
    "nested",
    "Attr",
    "Literal",
    "Mapping",
    "JsonValue",
    "TextAttribute",
    "Self",
    "Page",
    "Inner",
    "Tree",
    "_Inner",
]
_KEPT = {
    *keyword.kwlist,
    *MAP_MEMBERS,
    *MODEL_MEMBERS,
    *("find", "self", "cls", "l"),  # `l` is what ruff calls ambiguous (E741)
} - {"set"}
identifiers = st.one_of(
    st.sampled_from(SHADOWS),
    st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True),
    st.from_regex(r"[a-z][a-z0-9_]{90,120}", fullmatch=True),
).filter(lambda name: name not in _KEPT)
_scalars = st.sampled_from(get_args(ir.ScalarKind))


@st.composite
def shapes(draw: Any, structures: tuple[str, ...], depth: int = 2) -> ir.Shape:
    """Any shape."""
    nullable = draw(st.booleans())
    kind = draw(st.integers(0, 5 if depth else 2))
    if kind == 0:
        scalar = draw(_scalars)
        choices: tuple[ir.JsonScalar, ...] = ()
        if scalar == "text":
            choices = tuple(draw(st.lists(texts, max_size=4)))
        elif scalar == "integer":
            choices = tuple(draw(st.lists(st.integers(), max_size=3)))
        region = draw(st.none() | texts) if scalar == "phone" else None
        return ir.Scalar(scalar, choices, nullable, region, lower=draw(st.booleans()))
    if kind == 1:
        of = draw(st.sampled_from(["text", "integer", "number", "decimal", "binary"]))
        return ir.SetOf(of, nullable)
    if kind == 2:
        return ir.AnyValue()
    if kind == 3 and structures:
        return ir.MapOf(draw(st.sampled_from(structures)), nullable)
    inner = draw(shapes(structures, depth - 1))
    return ir.ListOf(inner, nullable) if kind == 4 else ir.DictOf(inner, nullable)


@st.composite
def attributes(draw: Any, names: list[str], structures: tuple[str, ...]) -> Any:
    """Attributes with these Python names."""
    made = []
    single = set()  # PynamoDB takes one of each
    for position, name in enumerate(names):
        shape = draw(shapes(structures))
        if isinstance(shape, ir.Scalar) and shape.kind in ("version", "ttl"):
            if shape.kind in single:
                shape = ir.AnyValue()
            else:
                single.add(shape.kind)
        default = draw(st.none() | texts | st.integers() | st.booleans())
        words = draw(st.lists(st.sampled_from(["minLength", "maxLength", "pattern"]), max_size=2))
        made.append(
            ir.Attribute(
                name=draw(st.just(name) | st.just(f"{name}{position}") | texts) or name,
                python_name=name,
                shape=shape,
                required=draw(st.booleans()),
                description=draw(texts),
                title=draw(texts),
                default=default,
                immutable=draw(st.booleans()),
                personal=draw(st.booleans()),
                constraints=tuple(ir.Constraint(word, draw(texts)) for word in words),
            )
        )
    return tuple(made)


def _names(draw: Any, least: int, most: int, without: tuple[str, ...] = ()) -> list[str]:
    names = identifiers.filter(lambda name: name not in without)
    return draw(st.lists(names, min_size=least, max_size=most, unique=True))


KEYS = (
    ir.Attribute("pk", "pk", ir.Scalar("text")),
    ir.Attribute("sk", "sk", ir.Scalar("text")),
    ir.Attribute("tenant", "tenant", ir.Scalar("text"), required=True),
)


@st.composite
def tables(draw: Any) -> ir.Table:
    """Any table with hostile names and texts."""
    structures = tuple(draw(st.sets(st.sampled_from(["Inner", "Tree", "Meta", "Map", "Page"]))))
    structures = tuple(sorted(structures))
    entities = sorted(draw(st.sets(st.sampled_from(["Model", "Entity", "Lead"]), min_size=1)))
    used = ("pk", "sk", "tenant", "gsi", "ask")
    index = ir.Index(
        draw(texts) or "i",
        "gsi",
        (ir.KeyAttribute("sk"),),
        (ir.KeyAttribute("pk"),),
        projection="INCLUDE",
        include=("a", *draw(st.lists(texts, max_size=3))),
        purpose=draw(texts),
        use_case=draw(texts),
    )
    template = parse("${tenant}#x")
    made = [
        ir.Entity(
            name=name,
            attributes=KEYS + draw(attributes(_names(draw, 0, 8, used), structures)),
            keys={"pk": template, "sk": parse("K")},
            indexes=(
                ir.IndexKeys(
                    index.name,
                    {"sk": parse("K"), "pk": template},
                    parse_condition({"a": {"in": [draw(texts), 1, True]}, "b": {"equals": 1.5}}),
                ),
            ),
            recognition=ir.Recognition({"sk": draw(texts)}, {"pk": draw(texts)}),
            description=draw(texts),
            user_class=draw(st.none() | texts),
            schema={"type": "object", "properties": {draw(texts): {"const": draw(texts)}}},
        )
        for name in entities
    ]
    pattern = ir.AccessPattern(
        name="ask",
        entity=entities[0],
        question=draw(texts),
        description=draw(texts),
        given=("tenant",),
        parameters=(draw(identifiers),),
        index=draw(st.none() | st.just(index.name)),
        range=draw(st.none() | st.just("tenant")),
        fixed={draw(texts): draw(texts)},
        result=draw(st.sampled_from(["page", "one", "collection"])),
        returns=tuple(entities),
    )
    return ir.Table(
        name=draw(st.from_regex(r"[a-zA-Z0-9_.-]{3,40}", fullmatch=True)),
        source=draw(texts),
        hash=ir.KeyAttribute("pk"),
        range=ir.KeyAttribute("sk"),
        indexes=(index,),
        entities=tuple(made),
        patterns=(pattern,),
        structures=tuple(
            ir.Structure(name, draw(attributes(_names(draw, 0, 5), structures)), draw(texts))
            for name in structures
        ),
        tenant=draw(st.none() | st.just("tenant")),
        title=draw(texts),
        description=draw(texts),
        settings=ir.Settings(tags={draw(texts): draw(texts)}),
    )


def small(name: str = "things", entity: str = "Thing", **changes: Any) -> ir.Table:
    """One entity with a derived partition key and nothing else, but for `changes`."""
    attribute = ir.Attribute("id", "id", ir.Scalar("text"), required=True)
    key = ir.Attribute("pk", "pk", ir.Scalar("text"))
    made: dict[str, Any] = {
        "name": name,
        "source": f"schemas/{name}.json",
        "hash": ir.KeyAttribute("pk"),
        "range": None,
        "indexes": (),
        "entities": (
            ir.Entity(
                name=entity,
                attributes=(key, attribute),
                keys={"pk": parse("THING#${id}")},
                schema={"type": "object"},
            ),
        ),
        "patterns": (),
    }
    return ir.Table(**(made | changes))
