"""Compiled templates as constants of the runtime's `Template`."""

from __future__ import annotations

import string
from itertools import groupby
from typing import TYPE_CHECKING

from kxmodel.emit.text import WIDTH
from kxmodel.emit.typescript.quote import quote
from kxmodel.emit.typescript.types import kind_of
from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from kxmodel.emit.typescript.scope import Scope
    from kxmodel.ir import Entity
    from kxmodel.keys import Filter, Placeholder, Template
    from kxmodel.keys.shape import CharClass
    from kxmodel.keys.template import Step


def constant(scope: Scope, entity: Entity, name: str, template: Template) -> list[str]:
    """The lines that declare a template. Raises ExportError KX703 as `_filter`."""
    head = f"const {name} = new kx.Template({quote(template.text)}, {quote(template.literal_prefix)}, ["
    parts = [_part(scope, entity, step) for step in template.steps]
    line = f"{head}{', '.join(parts)}]);"
    return [line] if len(line) <= WIDTH else [head, *(f"  {one}," for one in parts), "]);"]


def _part(scope: Scope, entity: Entity, step: Step) -> str:
    placeholder = step.placeholder
    kind = kind_of(scope.shape(entity, placeholder.source))
    filters = [_filter(one) for one in placeholder.filters if one.default is None]
    more = {
        "kind": quote(kind) if kind != "as-is" else "",
        "filters": f"[{', '.join(filters)}]" if filters else "",
        "otherwise": quote(placeholder.default) if placeholder.default is not None else "",
        "delimiter": quote(step.delimiter) if step.delimiter else "",
        "shape": _shape(placeholder),
    }
    said = ", ".join(f"{word}: {text}" for word, text in more.items() if text)
    options = f", {{ {said} }}" if said else ""
    return f"kx.part({quote(placeholder.source)}, {quote(step.after)}{options})"


def _filter(bound: Filter) -> str:
    """The runtime's filter. Raises ExportError KX703 for one that it does not have."""
    argument = bound.argument or ""
    match bound.name:
        case "lower" | "upper" | "e164":
            return f"kx.{bound.name}"
        case "date":
            return f"kx.date({quote(argument)})"
        case "shard":
            return f"kx.shard({int(argument)})"
        case "pad":
            number, _, rounding = argument.partition(",")
            width, _, decimals = number.partition(".")
            return f"kx.pad({int(width)}, {int(decimals or 0)}, {'true' if rounding else 'false'})"
        case _:
            raise ExportError(
                f"the filter {bound.name} of a key template is not known in TypeScript",
                code="KX703",
            )


def _shape(placeholder: Placeholder) -> str:
    """The width of the texts and the expression that they match, where all have one width."""
    if placeholder.width is None:
        return ""
    classes = [_class(run.chars) for run in placeholder.shape for _ in range(run.least)]
    runs = [(text, len(list(group))) for text, group in groupby(classes)]
    pattern = "".join(text if count == 1 else f"{text}{{{count}}}" for text, count in runs)
    return f"[{placeholder.width}, /^{pattern}$/]"


def _class(chars: CharClass) -> str:
    """The expression of one character. Only letters, digits and a few marks stand for themselves."""
    listed = "".join(sorted(chars.listed))
    if chars.negated:
        return f"[^{''.join(map(_escaped, listed))}]"
    if listed == string.digits:
        return "[0-9]"
    return _escaped(listed) if len(listed) == 1 else f"[{''.join(map(_escaped, listed))}]"


def _escaped(character: str) -> str:
    if character.isascii() and (character.isalnum() or character == ":"):
        return character
    return "\\." if character == "." else f"\\u{ord(character):04x}"
