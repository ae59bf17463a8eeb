"""What a value becomes as text in a key: numbers that sort, parts that can be told apart."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.dialect import shape_at
from kxmodel.errors.base import shorten
from kxmodel.ir import Scalar
from kxmodel.lint.itemschema import held_at
from kxmodel.lint.language import may_hold, texts_of
from kxmodel.lint.rule import Fault, rule
from kxmodel.lint.uses import templates, uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Entity, Table
    from kxmodel.keys import Filter, Placeholder

_NUMBERS = frozenset({"integer", "number", "decimal", "version", "ttl"})
#: Characters with a meaning in a regular expression's class.
_IN_CLASS = frozenset("\\]^-[")


@rule("KX216", "error")
def unpadded_number(table: Table) -> Iterator[Fault]:
    """A number stands in a text sort key as it is, so that 9 comes behind 100."""
    for entity in table.entities:
        seen: set[str] = set()
        for use in uses(table, entity):
            if use.role != "range" or use.type != "S" or use.attribute in seen:
                continue
            seen.add(use.attribute)
            for placeholder in use.template.placeholders:
                if _is_number(table, entity, placeholder) and not _sorts(
                    table, entity, placeholder
                ):
                    source = placeholder.source
                    yield Fault(
                        use.pointer,
                        f"the number {shorten(source)} stands in {use.label} as it is written, and "
                        "text sorts 100 before 9",
                        f"Pad it, e.g. ${{{source}|pad:9}} or ${{{source}|pad:9.2}}; or declare "
                        f'the key as a number: {{"name": "{use.attribute}", "type": "N"}}.',
                    )


@rule("KX217", "warning")
def narrow_padding(table: Table) -> Iterator[Fault]:
    """The schema allows numbers that the padding refuses: valid items cannot be written."""
    for entity in table.entities:
        for use in templates(table, entity):
            for placeholder in use.template.placeholders:
                for bound in placeholder.filters:
                    if bound.name != "pad" or not _is_number(table, entity, placeholder):
                        continue
                    lacks = _beyond(table, entity, placeholder, bound)
                    if lacks:
                        yield Fault(
                            use.pointer,
                            f"pad:{bound.argument} in {use.label} refuses values of "
                            f"{shorten(placeholder.source)} that the schema allows",
                            f"Add to {shorten(placeholder.source)}: {', '.join(lacks)}; or widen "
                            "the padding.",
                        )


@rule("KX218", "warning")
def delimiter_possible(table: Table) -> Iterator[Fault]:
    """A part of a key can hold the text that ends it; the write would be refused."""
    for entity in table.entities:
        for use in templates(table, entity):
            for step in use.template.steps:
                placeholder, delimiter = step.placeholder, step.delimiter
                if not delimiter:
                    continue
                texts = texts_of(table, entity, placeholder)
                if any(may_hold(text, delimiter) for text in texts):
                    yield Fault(
                        use.pointer,
                        f"{shorten(placeholder.source)} can hold {shorten(delimiter)}, which ends "
                        f"it in {use.label} ({shorten(use.template.text)}); such a value is refused "
                        "when it is written",
                        f"Exclude it in the schema: {_excluding(delimiter)} on "
                        f"{shorten(placeholder.source)}; or move this part to the end of the key.",
                    )


def _is_number(table: Table, entity: Entity, placeholder: Placeholder) -> bool:
    structures = {structure.name: structure for structure in table.structures}
    shape = shape_at(entity, structures, placeholder.source)
    return isinstance(shape, Scalar) and shape.kind in _NUMBERS


def _sorts(table: Table, entity: Entity, placeholder: Placeholder) -> bool:
    """Whether the texts have one width: padded, or an enumeration of equally long ones."""
    if placeholder.width is not None:
        return True
    texts = texts_of(table, entity, placeholder)
    lengths = {len(text) if isinstance(text, str) and text.isdigit() else 0 for text in texts}
    return 0 not in lengths and len(lengths) == 1


def _beyond(
    table: Table, entity: Entity, placeholder: Placeholder, bound: Filter
) -> tuple[str, ...]:
    """The keywords that would keep the schema within ``pad:W.D``."""
    structures = {structure.name: structure for structure in table.structures}
    shape = shape_at(entity, structures, placeholder.source)
    assert isinstance(shape, Scalar)
    if shape.choices or shape.kind in ("version", "ttl"):
        return ()
    numbers, _, rounding = (bound.argument or "").partition(",")
    width, _, decimals = numbers.partition(".")
    step = Decimal(1).scaleb(-int(decimals or 0))
    most = Decimal(10) ** int(width) - step
    held = held_at(entity, placeholder.source)
    lacks = []
    if not any(least >= 0 for k in ("minimum", "exclusiveMinimum") for least in held.numbers(k)):
        lacks.append('"minimum": 0')
    if not (
        any(limit <= most for limit in held.numbers("maximum"))
        or any(limit <= most + step for limit in held.numbers("exclusiveMaximum"))
    ):
        lacks.append(f'"maximum": {most:f}')
    whole = shape.kind == "integer" or any(m % step == 0 for m in held.numbers("multipleOf") if m)
    if not rounding and not whole:
        lacks.append(f'"multipleOf": {step:f}')
    return tuple(lacks)


def _excluding(delimiter: str) -> str:
    """A `pattern` as JSON that keeps the delimiter from beginning inside a text."""
    first = delimiter[0]
    return f'"pattern": {json.dumps("^[^" + chr(92) * (first in _IN_CLASS) + first + "]+$")}'
