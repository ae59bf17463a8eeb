"""Stored key attributes against what their templates give."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kxmodel.errors import KeyBuildError, Problem, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys import KeySet, derive, evaluate, is_absent, lookup, paths_overlap
from kxmodel.values import to_decimal
from kxmodel.values.item import raw_bytes, to_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kxmodel.keys import DerivedAttribute, KeyRules
    from kxmodel.values import JSON

    #: A problem, and the code it is reported with.
    Found = tuple[Problem, str]
    Path = tuple[str | int, ...]

_STALE = "KX662"
_UNUSABLE = "KX663"


class KeyCheck:
    """Compares the key attributes of one entity's items with their templates."""

    def __init__(self, rules: KeyRules) -> None:
        self._rules = rules
        self._fillers: dict[str, list[KeySet | DerivedAttribute]] = {}
        for key_set in rules.derived:
            for name in key_set.attributes:
                self._fillers.setdefault(name, []).append(key_set)
        self._sources = _sources(rules)
        self._binary = {
            part.template.sources[0]
            for key_set in (rules.primary, *rules.derived)
            if isinstance(key_set, KeySet)
            for part in key_set.keys
            if part.key_type == "B"
        }

    def problems(self, values: Mapping[str, JSON], broken: Collection[Path]) -> Iterator[Found]:
        """What is wrong with the key attributes. values: the item's plain JSON.

        broken: the paths at which the item breaks its schema. What such a value gives is not what the
        key should be, so that nothing is said of that key until the value is right.
        """
        sources = self._with_bytes(values) if self._binary else values
        for problem, code in self._all(sources, values):
            doubtful = {problem.path, *self._deciding(str(problem.path[0]), values)}
            if not any(paths_overlap(path, other) for path in broken for other in doubtful):
                yield problem, code

    def _deciding(self, name: str, values: Mapping[str, JSON]) -> Iterator[Path]:
        """The paths that decide about a key attribute, and what keeps it out of its index.

        The keys of an index are given together or not at all: whether one has to be there, the sources
        of all decide.
        """
        yield from self._sources.get(name, ())
        for key_set in self._fillers.get(name, ()):
            together = name not in values
            yield from (_path(s) for s in key_set.sources if together or _is_missing(values, s))

    def _all(self, sources: Mapping[str, object], values: Mapping[str, JSON]) -> Iterator[Found]:
        yield from self._primary(sources, values)
        derived = derive(self._rules, self._rules.derived, sources)
        for key_set, error in derived.errors:
            yield _cannot(key_set, error), _UNUSABLE
        for name, wanted in derived.present.items():
            problem = _differs(name, values, to_json(wanted))
            if problem is not None:
                yield problem, _STALE
        for name in sorted(derived.absent):
            if name in values:
                yield self._superfluous(name, values), _STALE

    def _primary(
        self, sources: Mapping[str, object], values: Mapping[str, JSON]
    ) -> Iterator[Found]:
        primary = self._rules.primary
        try:
            wanted = evaluate(primary, sources)
        except KeyBuildError as error:
            yield _cannot(primary, error), _UNUSABLE
            return
        for name, value in (wanted or {}).items():
            # That a key attribute is missing is said before its value is asked for.
            if name in values and name not in self._rules.natural and not isinstance(value, bytes):
                problem = _differs(name, values, value)
                if problem is not None:
                    yield problem, _STALE

    def _superfluous(self, name: str, values: Mapping[str, JSON]) -> Problem:
        why = dict.fromkeys(_why_absent(key_set, values) for key_set in self._fillers[name])
        return Problem((name,), values[name], "key", f"should not be there: {'; '.join(why)}")

    def _with_bytes(self, values: Mapping[str, JSON]) -> dict[str, object]:
        """The item with the sources of binary keys as bytes: in plain JSON they are base64."""
        made: dict[str, object] = dict(values)
        for source in self._binary:
            value = values.get(source)
            if isinstance(value, str):
                try:
                    made[source] = raw_bytes(value)
                except ValueRefused:
                    continue  # no base64: the key says of what type it is
        return made


def _sources(rules: KeyRules) -> dict[str, set[Path]]:
    """Each attribute that a template gives -> the paths that decide about its value."""
    found: dict[str, set[Path]] = {}
    for key_set in (rules.primary, *rules.derived):
        when = key_set.when.sources if isinstance(key_set, KeySet) and key_set.when else ()
        parts = (
            [(part.attribute, part.template) for part in key_set.keys]
            if isinstance(key_set, KeySet)
            else [(key_set.name, key_set.template)]
        )
        for name, template in parts:
            paths = map(_path, (*template.sources, *when))
            found.setdefault(name, set()).update(paths)
    return found


def _path(source: str) -> tuple[str, ...]:
    return tuple(source.split("."))


def _why_absent(key_set: KeySet | DerivedAttribute, values: Mapping[str, JSON]) -> str:
    missing = [source for source in key_set.sources if _is_missing(values, source)]
    if missing:
        return f"the item is not in {key_set.name} without {' and '.join(missing)}"
    return f"the item is not in {key_set.name} by its condition"


def _is_missing(values: Mapping[str, JSON], source: str) -> bool:
    try:
        return is_absent(lookup(values, _path(source)))
    except KeyBuildError:
        return True


def _differs(name: str, values: Mapping[str, JSON], wanted: object) -> Problem | None:
    if name not in values:
        words = f"is missing, and the item's attributes give {shorten(wanted)}"
        return Problem((name,), None, "key", words)
    if _same(values[name], wanted):
        return None
    words = f"is stale: the item's attributes give {shorten(wanted)}"
    return Problem((name,), values[name], "key", words)


def _same(stored: object, wanted: object) -> bool:
    if isinstance(wanted, str) or not isinstance(stored, int | float | Decimal):
        return stored == wanted
    if isinstance(stored, bool) or not isinstance(wanted, int | float | Decimal):
        return False
    return to_decimal(stored) == to_decimal(wanted)


def _cannot(key_set: KeySet | DerivedAttribute, error: KeyBuildError) -> Problem:
    words = f"lets no key of {key_set.name} be built: {error.message}"
    return Problem(_path(error.attribute), None, "key", words)
