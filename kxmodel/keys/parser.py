"""Reading key templates from text."""

from __future__ import annotations

import re
from functools import lru_cache

from kxmodel.errors import TemplateError, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys.filters import FILTERS, Filter
from kxmodel.keys.template import Literal, Placeholder, Template, holds_delimiter

#: The longest template text, in characters: half of what DynamoDB takes as a sort key.
MAX_TEMPLATE_LENGTH = 512

_OPEN = re.compile(r"\$[${]")
#: What no attribute's name in a template may hold, white space aside.
_MARKS = frozenset(".|{}$[]")


@lru_cache(maxsize=1024)
def parse(text: str) -> Template:
    """Read a key template.

    Raises TemplateError, with the offset of the character at fault: KX301 for a text that is empty,
    too long or malformed, KX302 for an unknown filter, KX303 for a filter's argument, KX304 for two
    placeholders that nothing would separate.
    """
    if not text:
        raise TemplateError("a key template is empty, and so would the key be", template=text)
    if len(text) > MAX_TEMPLATE_LENGTH:
        raise TemplateError(
            f"a key template of {len(text)} characters is over {MAX_TEMPLATE_LENGTH}",
            template=text,
            offset=MAX_TEMPLATE_LENGTH,
        )
    parts: list[Literal | Placeholder] = []
    literal, literal_at, at = "", 0, 0
    while at < len(text):
        opening = _OPEN.search(text, at)
        literal += text[at : opening.start() if opening else len(text)]
        if opening is None:
            break
        if opening[0] == "$$":
            literal += "$"
            at = opening.end()
            continue
        if literal:
            parts.append(Literal(literal, literal_at))
        closing = text.find("}", opening.end())
        if closing < 0:
            raise _malformed(text, opening.start(), "${ is never closed")
        parts.append(_placeholder(text, opening.start(), closing))
        literal, literal_at, at = "", closing + 1, closing + 1
    if literal:
        parts.append(Literal(literal, literal_at))
    for at, character in enumerate(text):
        if _is_control(character):
            raise _malformed(text, at, f"{character!r} cannot be seen in a key")
    template = Template(text, tuple(parts))
    _check_separated(template)
    _check_defaults(template)
    return template


def _placeholder(text: str, start: int, end: int) -> Placeholder:
    """The placeholder whose ``${`` stands at `start` and whose ``}`` at `end`."""
    path, *filters = text[start + 2 : end].split("|")
    at = start + 2
    if not path:
        raise _malformed(text, at, "no attribute is named")
    for name in path.split("."):
        if not _is_name(name):
            raise _malformed(text, at, _why_no_name(name, path))
        at += len(name) + 1
    bound = []
    for index, written in enumerate(filters):
        bound.append(_filter(text, at, written))
        if bound[-1].default is not None and index:
            raise TemplateError(
                _at(text, at, "default comes first, before any other filter"),
                template=text,
                offset=at,
                code="KX303",
            )
        at += len(written) + 1
    return Placeholder(path, tuple(bound), start)


def _filter(text: str, at: int, written: str) -> Filter:
    name, colon, argument = written.partition(":")
    kind = FILTERS.get(name)
    if kind is None:
        from difflib import get_close_matches

        close = get_close_matches(name, FILTERS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(FILTERS)}"
        raise TemplateError(
            _at(text, at, f"there is no filter {shorten(name)}; {hint}"),
            template=text,
            offset=at,
            code="KX302",
        )
    try:
        return kind.bind(argument if colon else None)
    except ValueError as error:
        raise TemplateError(
            _at(text, at, f"{shorten(written)}: {error}"),
            template=text,
            offset=at,
            code="KX303",
            fix=f"Write it as {kind.grammar}.",
        ) from None


def _check_separated(template: Template) -> None:
    for first, second in zip(template.parts, template.parts[1:], strict=False):
        if isinstance(first, Placeholder) and isinstance(second, Placeholder):
            if first.width is not None:
                continue
            raise TemplateError(
                _at(
                    template.text,
                    second.offset,
                    f"nothing separates {first.source} from {second.source}, "
                    "so that ab and c would give the key of a and bc",
                ),
                template=template.text,
                offset=second.offset,
                code="KX304",
            )


def _check_defaults(template: Template) -> None:
    """A default that the rest of the template refuses would fail only on the first such item."""
    for step in template.steps:
        default = step.placeholder.default
        if default is None:
            continue
        try:
            text = step.placeholder.text_of(default)
        except ValueRefused as error:
            reason = error.message
        else:
            if not step.delimiter or not holds_delimiter(text, step.delimiter):
                continue
            reason = f"it holds the delimiter {step.delimiter!r}"
        raise TemplateError(
            _at(template.text, step.placeholder.offset, f"default:{default} cannot be: {reason}"),
            template=template.text,
            offset=step.placeholder.offset,
            code="KX303",
        )


def _is_name(text: str) -> bool:
    return bool(text) and not any(c in _MARKS or c.isspace() or _is_control(c) for c in text)


def _is_control(character: str) -> bool:
    """Whether it is a control character, or half of a surrogate pair."""
    return character < " " or character == "\x7f" or "\ud800" <= character <= "\udfff"


def _why_no_name(name: str, path: str) -> str:
    if not name:
        return f"{shorten(path)} has a dot with no name beside it"
    if "[" in name or "]" in name:
        return f"{shorten(path)} reaches into a list, whose elements cannot be part of a key"
    return f"{shorten(path)} is no path of attribute names"


def _malformed(text: str, offset: int, reason: str) -> TemplateError:
    return TemplateError(_at(text, offset, reason), template=text, offset=offset)


def _at(text: str, offset: int, reason: str) -> str:
    return f"key template {shorten(text)}, character {offset + 1}: {reason}"
