"""What docstrings say, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.text import enumerate_words, sentence
from kxmodel.ir import Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.ir import AccessPattern, Attribute, Constraint, Index

_TIMES: Final = frozenset({"timestamp", "ulid", "ttl"})
_NUMBERS: Final = frozenset({"integer", "number", "decimal", "version"})


def attribute(declared: Attribute, template: str | None) -> str:
    """The docstring of an attribute. template: what a derived one is made of."""
    said = declared.description
    parts = [sentence(said)]
    if template and f"`{template}`" not in said:
        parts.append(f"Derived: `{template}`.")
    parts.extend(_constraints(declared.constraints))
    if declared.personal and "personal data" not in said.lower():
        parts.append("Personal data.")
    return " ".join(part for part in parts if part)


def index(declared: Index) -> str:
    """The docstring of an index: its purpose and its use case."""
    shared = {
        "key": "",
        "filter": "Several tenants can share a partition: every read filters by tenant.",
        "none": "Shared by all tenants on purpose.",
    }[declared.tenant_isolation]
    use_case = f"Use case: {declared.use_case}" if declared.use_case.strip() else ""
    parts = [declared.purpose.strip() or f"The index {declared.name}", use_case, shared]
    return "\n\n".join(sentence(part) for part in parts if part)


def pattern(declared: AccessPattern, ranged: Attribute | None, filtered: list[str]) -> str:
    """The docstring of a pattern's method.

    ranged: the attribute that the range applies to. filtered: parameters that every item is
    compared with.
    """
    place = f"index {declared.index}" if declared.index is not None else "the table"
    how = ", consistently" if declared.consistent else ""
    facts = [f"Reads {place}{how}{_order(declared, ranged)}{_result(declared)}."]
    if declared.result == "one":
        facts.append("Raises NotUniqueError, naming both, when two match.")
    if declared.fixed:
        fixed = [f"`{path}` {_shown(value)}" for path, value in declared.fixed.items()]
        facts.append(f"Only items with {enumerate_words(fixed)}.")
    if filtered:
        names = enumerate_words([f"`{name}`" for name in filtered])
        facts.append(
            f"Items of another {names} share the partition: they are left out and do not count "
            "towards `limit`."
        )
    if ranged is not None and declared.result != "one":
        facts.append(f"Narrow `{ranged.python_name}` by {_narrowings(ranged)}.")
    parts = [declared.question, declared.description]
    said = [sentence(part) for part in parts if part]
    return "\n\n".join([*said, " ".join(facts)])


def range_kind(declared: Attribute) -> str:
    """The kind of range that narrows by this attribute, the stem of its TypedDict's name."""
    kind = declared.shape.kind if isinstance(declared.shape, Scalar) else "text"
    return {
        "timestamp": "Timestamp",
        "ttl": "Timestamp",
        "integer": "Integer",
        "version": "Integer",
        "number": "Number",
        "decimal": "Decimal",
    }.get(kind, "Text")


def _narrowings(declared: Attribute) -> str:
    prefix = ["`begins_with`"] if range_kind(declared) in ("Text", "Timestamp") else []
    return enumerate_words(["`between`", *prefix, "`lt`", "`le`", "`gt`", "`ge`"], "or")


def _order(declared: AccessPattern, ranged: Attribute | None) -> str:
    if ranged is None or declared.result == "one":
        return ""
    name = f"`{ranged.python_name}`"
    kind = ranged.shape.kind if isinstance(ranged.shape, Scalar) else "text"
    descending = declared.order == "descending"
    if kind in _TIMES:
        return f", {'newest' if descending else 'oldest'} {name} first"
    if kind in _NUMBERS:
        return f", {'highest' if descending else 'lowest'} {name} first"
    return f", in {'descending ' if descending else ''}order of {name}"


def _result(declared: AccessPattern) -> str:
    names = list(declared.returns or (declared.entity,))
    if declared.result == "one":
        return f": one {enumerate_words(names, 'or')} or None"
    if declared.result == "collection":
        return f": {enumerate_words(names)} items, grouped by class"
    return f": {enumerate_words(names)} items" if len(names) > 1 else ""


def _shown(value: str | int | bool) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _constraints(constraints: tuple[Constraint, ...]) -> list[str]:
    values = {constraint.keyword: constraint.value for constraint in constraints}
    said = []
    for keyword, value in values.items():
        if keyword in _BOUNDS:
            least, most, noun = _BOUNDS[keyword]
            if keyword == least or least not in values:
                said.append(_bounds(values.get(least), values.get(most), noun))
        elif keyword in _WORDS:
            said.append(f"{_WORDS[keyword]} {value}.")
        elif keyword == "pattern":
            said.append(f"Matches `{value}`.")
    return said


def _bounds(least: str | None, most: str | None, noun: str) -> str:
    if least == most:
        return f"Exactly {_count(least, noun)}."
    if least is None or most is None:
        return (
            f"At least {_count(least, noun)}." if most is None else f"At most {_count(most, noun)}."
        )
    return f"From {least} to {_count(most, noun)}."


def _count(number: str | None, noun: str) -> str:
    return f"{number} {noun}{'' if number == '1' else 's'}" if noun else str(number)


#: Keyword -> (the lower bound, the upper bound, what is counted).
_BOUNDS: Final[Mapping[str, tuple[str, str, str]]] = {
    keyword: (least, most, noun)
    for least, most, noun in (
        ("minLength", "maxLength", "character"),
        ("minimum", "maximum", ""),
        ("minItems", "maxItems", "element"),
        ("minProperties", "maxProperties", "member"),
    )
    for keyword in (least, most)
}
_WORDS: Final[Mapping[str, str]] = {
    "exclusiveMinimum": "More than",
    "exclusiveMaximum": "Less than",
    "multipleOf": "A multiple of",
}
