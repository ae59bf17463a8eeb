"""The generated method of an access pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.docs.snippets.literals import python_value

if TYPE_CHECKING:
    from kxmodel.docs.asking import Asked


def snippet(asked: Asked, package: str) -> str:
    """A program that calls it and prints what it finds. package: of the models."""
    pattern = asked.pattern
    values = [python_value(asked.value(path), asked.kind(path)) for path in asked.arguments]
    exact = any(value.startswith("Decimal(") for value in values)
    lines = ["from decimal import Decimal", ""] if exact else []
    lines += [f"from {package} import {pattern.entity}", ""]
    lines.append(f"found = {pattern.entity}.{pattern.name}({', '.join(values)})")
    if pattern.result == "one":
        lines.append("print(found)")
    else:
        lines += ["for item in found:", "    print(item)"]
    return "\n".join(lines) + "\n"
