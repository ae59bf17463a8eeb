"""What to do about a problem, by the rule that was broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.errors import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.report.finding import ItemFinding

_CHANGE: Final = "Rewrite the values with a migration (op.TransformAttribute)"

_BY_RULE: Final[Mapping[str, str]] = {
    "required": "Give the attribute a value with a migration (op.AddAttribute), or take it out of `required`.",
    "type": f"{_CHANGE}, or name the stored type in the schema as well.",
    "enum": f"{_CHANGE}, or add the values found to the `enum`.",
    "const": f"{_CHANGE}, or correct the `const`.",
    "format": f"{_CHANGE}; where the value is part of the primary key, op.Rekey moves the item. Or drop the `format` from the schema.",
    "pattern": f"{_CHANGE}, or widen the `pattern`.",
    "unevaluatedProperties": "Declare the attribute in the schema, or remove it with op.RemoveAttribute.",
    "additionalProperties": "Declare the member in the schema, or rewrite the map with op.TransformAttribute.",
    "dependentRequired": "Give the attribute a value with a migration (op.AddAttribute), or drop the dependency.",
    "utf-8": "Rewrite the text: half of a surrogate pair has no form that DynamoDB stores.",
    "number": "Store the number as text: DynamoDB holds 38 digits from 1E-130 to 9.99E+125.",
}
_BOUNDS: Final = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems"}
)


def how_to_fix(finding: ItemFinding) -> str:
    """One or two sentences with the next step."""
    if finding.code == "KX660":
        if finding.rule in _BOUNDS:
            return f"{_CHANGE}, or move the schema's `{finding.rule}`."
        return _BY_RULE.get(finding.rule, CODES["KX660"].fix)
    return CODES[finding.code].fix
