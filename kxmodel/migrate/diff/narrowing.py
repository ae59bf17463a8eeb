"""Where a JSON Schema allows less than another one did. Conservative: what is not known narrows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kxmodel.migrate.state import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_CLOSING: Final = ("additionalProperties", "unevaluatedProperties")
_ELEMENTS: Final = ("items", "contains", "propertyNames")
_TYPES: Final = frozenset({"null", "boolean", "object", "array", "number", "string"})
_SEEN_TO: Final = frozenset(
    {*_LOWER, *_UPPER, *_CLOSING, *_ELEMENTS, "type", "enum", "const", "required", "properties"}
    | {"$schema", "$defs", "$ref"}
)


def narrowings(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Each place where `after` may refuse what `before` allowed, as ``path: keyword``.

    A property that `before` does not declare narrows nothing. required: names it for properties that
    `before` declares as optional.
    """
    return list(_Comparison(before, after).compare(before, after, ""))


class _Comparison:
    def __init__(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self._roots = (before, after)
        self._seen: set[tuple[str, str]] = set()
        self._same_definitions = before.get("$defs", {}) == after.get("$defs", {})

    def compare(self, before: Any, after: Any, path: str) -> Iterator[str]:
        refs = tuple(
            str(s.get("$ref", "")) if isinstance(s, Mapping) else "" for s in (before, after)
        )
        if any(refs):
            pair = (refs[0] or dump(before), refs[1] or dump(after))
            if pair in self._seen:
                return
            self._seen.add(pair)
        b, a = self._resolved(before, 0), self._resolved(after, 1)
        if a is True or b is False:
            return
        if a is False:
            yield _told(path, "false")
            return
        b = {} if b is True else b
        yield from self._values(b, a, path)
        yield from self._members(b, a, path)
        for keyword in sorted(set(a) - _SEEN_TO):
            same = b.get(keyword, _NOTHING) == a[keyword]
            if not same or ("$ref" in dump(a[keyword]) and not self._same_definitions):
                yield _told(path, keyword)

    def _resolved(self, schema: Any, side: int) -> Any:
        """The schema with what it refers to in its place; in our schemas all refs lead to $defs."""
        merged: dict[str, Any] = {}
        for _ in range(100):
            if not isinstance(schema, Mapping):
                return schema
            merged = {**schema, **{k: v for k, v in merged.items() if k != "$ref"}}
            ref = schema.get("$ref")
            if ref is None:
                return merged
            merged.pop("$ref", None)
            schema = self._target(str(ref), side)
        return merged

    def _target(self, ref: str, side: int) -> Any:
        current: Any = self._roots[side]
        for part in ref.lstrip("#").split("/")[1:]:
            current = current.get(part.replace("~1", "/").replace("~0", "~"), {})
        return current

    def _values(self, b: Mapping[str, Any], a: Mapping[str, Any], path: str) -> Iterator[str]:
        if _types(b) - _types(a) - ({"integer"} if "number" in _types(a) else set()):
            yield _told(path, "type")
        allowed = _allowed(a)
        if allowed is not None:
            before = _allowed(b)
            if before is None or before - allowed:
                yield _told(path, "const" if "const" in a else "enum")
        for keywords, tighter in ((_LOWER, _over), (_UPPER, _under)):
            for keyword in keywords:
                if keyword in a and (keyword not in b or tighter(a[keyword], b[keyword])):
                    yield _told(path, keyword)

    def _members(self, b: Mapping[str, Any], a: Mapping[str, Any], path: str) -> Iterator[str]:
        declared, now = b.get("properties", {}), a.get("properties", {})
        for name in sorted(set(a.get("required", ())) - set(b.get("required", ()))):
            if name in declared:
                yield _told(f"{path}.{name}" if path else name, "required")
        closed = any(a.get(keyword) is False for keyword in _CLOSING)
        for name in sorted(declared):
            inner = f"{path}.{name}" if path else name
            if name in now:
                yield from self.compare(declared[name], now[name], inner)
            elif closed:
                yield _told(inner, "removed")
        for keyword in (*_CLOSING, *_ELEMENTS):
            if keyword in a and a[keyword] is not True:
                yield from self.compare(b.get(keyword, True), a[keyword], f"{path}[{keyword}]")


_NOTHING: Final = object()


def _told(path: str, keyword: str) -> str:
    return f"{path or '(item)'}: {keyword}"


def _types(schema: Mapping[str, Any]) -> frozenset[str]:
    named = schema.get("type", sorted(_TYPES))
    return frozenset([named] if isinstance(named, str) else named)


def _allowed(schema: Mapping[str, Any]) -> set[str] | None:
    if "const" in schema:
        return {dump(schema["const"])}
    return {dump(value) for value in schema["enum"]} if "enum" in schema else None


def _over(one: Any, other: Any) -> bool:
    return Decimal(str(one)) > Decimal(str(other))


def _under(one: Any, other: Any) -> bool:
    return _over(other, one)
