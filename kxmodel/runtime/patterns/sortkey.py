"""One attribute of a sort key: the span of values that a pattern's arguments leave open. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kxmodel.errors import UsageError
from kxmodel.keys import (
    KeyPart,
    KeySet,
    check_key_size,
    evaluate,
    missing_sources,
    render_part,
    split,
)
from kxmodel.runtime.patterns.span import SortValue, Span, beginning_with, successor
from kxmodel.values import check_text, to_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import KeyType, Placeholder, Template
    from kxmodel.keys.template import Step
    from kxmodel.runtime.patterns.ranges import Narrowing

Accepts = Callable[[SortValue], bool]


class SortPart(NamedTuple):
    """What is asked of one sort-key attribute.

    span: every value that is asked for lies in it. accepts: whether a value is asked for; it alone
    is exact. settled: the sources whose value the span itself gives.
    open_source: the source that the span goes over, None where the value is given whole.
    """

    span: Span
    accepts: Accepts
    settled: frozenset[str]
    open_source: str | None


def sort_part(
    attribute: str,
    kind: KeyType,
    template: Template,
    values: Mapping[str, object],
    narrowing: Narrowing | None = None,
    over: str | None = None,
) -> SortPart:
    """The part of one attribute, given the values of some of its sources (nested by path).

    narrowing: applied if the first source that is not given is `over`.

    Comparisons are those of the text that the key holds: where the template cuts a value
    (``date:day``), they compare what is left of it.

    Raises KeyBuildError as `kxmodel.keys.render` does, and UsageError (KX409) for a narrowing that
    this kind of key cannot answer.
    """
    if kind != "S":
        return _typed(attribute, kind, template, values, narrowing, over)
    prefix, rest = split(template, values)
    check_key_size(attribute, prefix, "range")
    settled = _before(template, rest)
    if rest is None:
        span = Span(prefix, prefix)
        return SortPart(span, span.holds, settled, None)
    if narrowing is None or rest.source != over:
        return SortPart(
            beginning_with(prefix), lambda key: str(key).startswith(prefix), settled, rest.source
        )
    span, accepts = _narrowed(template, prefix, rest, narrowing)
    return SortPart(span, accepts, settled, rest.source)


def _before(template: Template, end: Placeholder | None) -> frozenset[str]:
    sources = set()
    for placeholder in template.placeholders:
        if placeholder is end:
            break
        sources.add(placeholder.source)
    return frozenset(sources)


def _typed(
    attribute: str,
    kind: KeyType,
    template: Template,
    values: Mapping[str, object],
    narrowing: Narrowing | None,
    over: str | None,
) -> SortPart:
    """The part of a number or binary key, which holds the attribute itself."""
    source = template.sources[0]
    if not missing_sources(template, values):
        part = KeySet(attribute, (KeyPart(attribute, template, "range", kind),), sparse=False)
        value = _plain((evaluate(part, values) or {})[attribute])
        span = Span(value, value)
        return SortPart(span, span.holds, frozenset({source}), None)
    span = Span()
    if narrowing is not None and source == over:
        if narrowing.beginning is not None:
            raise UsageError(
                f"begins_with is for text, and {source} is a key of type {kind}", code="KX409"
            )
        lower, upper = narrowing.lower, narrowing.upper
        span = Span(
            _plain(lower.value) if lower else None,
            _plain(upper.value) if upper else None,
            lower is not None and lower.open,
            upper is not None and upper.open,
        )
    return SortPart(span, span.holds, frozenset(), source)


def _plain(value: object) -> SortValue:
    return value if isinstance(value, bytes) else to_decimal(value)  # type: ignore[arg-type]  # raises for what is no number


def _narrowed(
    template: Template, prefix: str, rest: Placeholder, narrowing: Narrowing
) -> tuple[Span, Accepts]:
    """The span of the keys, and the exact test, where the text of `rest` is narrowed."""
    step = next(step for step in template.steps if step.placeholder is rest)
    _check_order(rest, narrowing)
    if narrowing.beginning is not None:
        beginning = _cased(rest, check_text(narrowing.beginning))

        def begins(key: SortValue) -> bool:
            text = _text_in(step, prefix, str(key))
            return text is not None and text.startswith(beginning)

        return beginning_with(prefix + beginning), begins

    lower, upper = narrowing.lower, narrowing.upper
    texts = Span(
        render_part(template, rest, lower.value) if lower else None,
        render_part(template, rest, upper.value) if upper else None,
        lower is not None and lower.open,
        upper is not None and upper.open,
    )

    def within(key: SortValue) -> bool:
        text = _text_in(step, prefix, str(key))
        return text is not None and texts.holds(text)

    if texts.empty:
        return texts, within
    return _around(prefix, step, texts), within


def _around(prefix: str, step: Step, texts: Span) -> Span:
    """The span of all keys ``prefix + text + after + ...`` whose text lies in `texts`."""
    whole = beginning_with(prefix)
    lower, lower_open = whole.lower, whole.lower_open
    upper, upper_open = whole.upper, whole.upper_open
    ends_here = not step.after and step.placeholder.width is None
    if texts.lower is not None:
        # A greater text makes a greater key, and one with the same text is longer: this never
        # cuts off too much. What follows a shorter text may still be greater; `accepts` drops it.
        lower = prefix + str(texts.lower)
        lower_open = texts.lower_open and ends_here
        if texts.lower_open and step.placeholder.width is not None:
            # All texts have one length, so every key of a greater one lies behind those of this.
            lower = successor(lower + step.after) or lower
    if texts.upper is not None:
        last = str(texts.upper)
        if ends_here:
            upper, upper_open = prefix + last, texts.upper_open
        else:
            upper, upper_open = _upper(prefix, last, step, texts.upper_open)
    return Span(lower, upper, lower_open, upper_open)


def _upper(prefix: str, last: str, step: Step, is_open: bool) -> tuple[str | None, bool]:
    """The least bound above all keys whose text is up to `last`, where other text follows it.

    With ``#`` after the text, ``a#z`` is a greater key than ``a!`` although ``a`` is the lesser
    text. So the bound lies behind the keys of every beginning of `last` too.
    """
    ends = [] if is_open else [prefix + last + step.after]
    if step.placeholder.width is None:
        ends += [prefix + last[:length] + step.after for length in range(1, len(last))]
    bounds = [prefix + last]
    for end in ends:
        after = successor(end)
        if after is None:
            return None, False
        bounds.append(after)
    return max(bounds), True


def _text_in(step: Step, prefix: str, key: str) -> str | None:
    """The text of the step's placeholder in a key that begins with `prefix`, or None."""
    if not key.startswith(prefix):
        return None
    rest = key[len(prefix) :]
    width = step.placeholder.width
    if width is not None:
        text = rest[:width]
        fits = len(text) == width and rest.startswith(step.after, width)
    elif step.delimiter:
        text, delimiter, _ = rest.partition(step.delimiter)
        fits = bool(delimiter)
    else:
        text = rest.removesuffix(step.after) if step.after else rest
        fits = rest.endswith(step.after)
    return text if fits and text else None


def _check_order(placeholder: Placeholder, narrowing: Narrowing) -> None:
    names = {bound.name for bound in placeholder.filters}
    if "shard" in names:
        raise UsageError(
            f"{placeholder.source} stands in the key as a shard, which has no order", code="KX409"
        )
    if "pad" in names and narrowing.beginning is not None:
        raise UsageError(
            f"begins_with is for text, and {placeholder.source} is a number", code="KX409"
        )


def _cased(placeholder: Placeholder, text: str) -> str:
    """The beginning of a text, after those filters that a beginning can pass."""
    for bound in placeholder.filters:
        if bound.name in ("lower", "upper"):
            text = bound.apply(text)
    return text
