"""Building keys: the one implementation that every write, query, backfill and page uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from kxmodel.errors import KeyBuildError, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys.paths import MISSING, is_absent, lookup
from kxmodel.keys.template import holds_delimiter
from kxmodel.values.text import check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys.template import Placeholder, Step, Template


def render(template: Template, values: Mapping[str, object]) -> str | None:
    """The key of an item, or None where a source is missing, null or empty and has no default.

    values: the item with stored names, nested in mappings; text, numbers, booleans and datetimes.

    Two items whose sources differ never get one key, unless `template.lossy`. For that, only the
    last placeholder may hold the delimiter that follows it.

    Raises KeyBuildError naming attribute and value: KX321 for a delimiter, KX324 for a type that
    has no place in a key, and the code of the value's own error for what a filter refuses.
    """
    key = template.literal_prefix
    for step in template.steps:
        text = values.get(step.name) if step.name is not None else None
        if not _stands(text, step.delimiter):
            text = _text_of(template, step, values)
            if text is None:
                return None
        key += text + step.after
    return key


def _stands(text: object, delimiter: str) -> TypeGuard[str]:
    """Whether what a simple step names stands in the key as it is, told at once."""
    if type(text) is not str or not text or not text.isascii():
        return False
    return not delimiter or delimiter not in text


def render_prefix(template: Template, values: Mapping[str, object]) -> str:
    """The longest beginning of the key that the given values determine, for ``begins_with``.

    It ends before the first placeholder that is not given; a default does not stand in for it,
    since the query asks for every value of it. Raises as `render`.
    """
    return split(template, values)[0]


def split(template: Template, given: Mapping[str, object]) -> tuple[str, Placeholder | None]:
    """The prefix as by `render_prefix`, and the placeholder after it: what a range goes over.

    The placeholder is None where `given` determines the whole key. Raises as `render`.
    """
    prefix = template.literal_prefix
    for step in template.steps:
        if lookup(given, step.placeholder.path) is MISSING:
            return prefix, step.placeholder
        text = _text_of(template, step, given)
        if text is None:
            return prefix, step.placeholder
        prefix += text + step.after
    return prefix, None


def render_part(template: Template, placeholder: Placeholder, value: object) -> str:
    """The text of one placeholder alone, e.g. as a bound of ``between``. Raises as `render`.

    An absent `value` raises KeyBuildError (KX322) unless the placeholder has a default.
    """
    step = template.steps[template.placeholders.index(placeholder)]
    text = _checked(template, step, value)
    if text is None:
        raise KeyBuildError(
            f"{placeholder.source} is needed for key template {template.text} and not given",
            attribute=placeholder.source,
            value=value,
            code="KX322",
        )
    return text


def missing_sources(template: Template, values: Mapping[str, object]) -> tuple[str, ...]:
    """The sources that keep the key from being built, each once. Raises as `render` for a path."""
    return tuple(
        dict.fromkeys(
            part.source
            for part in template.placeholders
            if part.default is None and is_absent(lookup(values, part.path))
        )
    )


def _text_of(template: Template, step: Step, values: Mapping[str, object]) -> str | None:
    path = step.placeholder.path
    value = values.get(path[0]) if len(path) == 1 else lookup(values, path)
    return _checked(template, step, value)


def _checked(template: Template, step: Step, value: object) -> str | None:
    placeholder = step.placeholder
    if value is None or value is MISSING or (isinstance(value, str) and not value):
        value = placeholder.default
        if value is None:
            return None
    try:
        if type(value) is str and not placeholder.filters:
            text = check_text(value)
        else:
            text = placeholder.text_of(value)
    except ValueRefused as error:
        raise KeyBuildError(
            f"{placeholder.source} cannot be part of key template {template.text}: {error.message}",
            attribute=placeholder.source,
            value=value,
            code=error.code,
            fix=error.fix,
        ) from error
    if step.delimiter and holds_delimiter(text, step.delimiter):
        raise KeyBuildError(
            f"{placeholder.source} is {shorten(text)} and holds {step.delimiter!r}, which ends "
            f"this part of key template {template.text}",
            attribute=placeholder.source,
            value=value,
            code="KX321",
        )
    return text
