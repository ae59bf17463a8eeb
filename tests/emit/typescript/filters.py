"""A table with every filter, alone and together: one index for each template."""

from __future__ import annotations

from kxmodel import ir
from kxmodel.ir import Attribute, Scalar
from kxmodel.keys import parse, parse_condition

TEMPLATES = (
    "${v|pad:3}",
    "${v|pad:9.4,round}",
    "${v|pad:2.2}#${w}",
    "${v|pad:38}",
    "${v|date:year}",
    "${v|date:month}-${w}",
    "${v|date:day}",
    "${v|date:hour}#",
    "${v|lower}",
    "${v|upper}x${w|lower}",
    "${v|e164}",
    "${v|e164:CH}/${w}",
    "${v|shard:1}",
    "${v|shard:10}#${w}",
    "${v|shard:1000000}",
    "${v|default:none}",
    "${v|default:0|pad:4.1,round}:${w}",
    "a--${v}--${w}",
    "${v}$$${w|default:end}",
    "${m.n}#${v}",
    "${v|lower}#${v}",
    "${v|date:day}#${v}",
    "#${v|pad:2}${w}",
)
CONDITIONS = (
    {"v": {"present": True}},
    {"v": {"present": False}},
    {"v": {"equals": 1}, "w": {"present": True}},
    {"v": {"in": ["a", "2024-01-15T10:30:00.000Z", True, 1.5]}},
    {"m.n": {"equals": "x"}},
)

_INDEXES = {f"t{number}": (parse(text), None) for number, text in enumerate(TEMPLATES)}
_INDEXES |= {f"w{n}": (parse("${w}"), parse_condition(when)) for n, when in enumerate(CONDITIONS)}

FILTERS = ir.Table(
    name="filters",
    source="filters.json",
    hash=ir.KeyAttribute("pk"),
    range=None,
    indexes=tuple(ir.Index(name, name, (ir.KeyAttribute(f"{name}k"),)) for name in _INDEXES),
    entities=(
        ir.Entity(
            name="Thing",
            attributes=(
                Attribute("v", "v", ir.AnyValue()),
                Attribute("w", "w", Scalar("text")),
                Attribute("m", "m", ir.MapOf("Inner")),
            ),
            keys={"pk": parse("THING#${w}")},
            indexes=tuple(
                ir.IndexKeys(name, {f"{name}k": template}, when)
                for name, (template, when) in _INDEXES.items()
            ),
        ),
    ),
    patterns=(),
    structures=(ir.Structure("Inner", (Attribute("n", "n", Scalar("text")),)),),
)
