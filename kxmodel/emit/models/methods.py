"""The typed methods of an entity: `find`, and one for each access pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.dialect.names import snake_case
from kxmodel.emit.models import describe
from kxmodel.emit.models.layout import INDENT, Code, Group, call, named, statement, tuple_of
from kxmodel.emit.models.naming import check_identifier, free
from kxmodel.emit.models.quote import docstring, quote
from kxmodel.emit.text import enumerate_words
from kxmodel.ir import Attribute, DictOf, ListOf, MapOf, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.models.names import Scope
    from kxmodel.emit.models.types import Types
    from kxmodel.ir import AccessPattern, Entity, Shape, Table

_FIND_OWN: Final = frozenset({"cls", "consistent_read"})
_RANGES: Final = frozenset({"between", "begins_with", "lt", "le", "gt", "ge"})
_PATTERN_OWN: Final = frozenset({"cls", "limit", "cursor", "reverse", "narrow"}) | _RANGES


@dataclass(frozen=True)
class Source:
    """What stands at a stored path: an attribute, and the class that declares it."""

    owner: str
    attribute: Attribute


@dataclass(frozen=True)
class Signature:
    """The parameters of a method. names: those of the sources; typed: all, with their types."""

    names: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True)
class Methods:
    """Writes the methods of one entity.

    base: the class of all items of the table. scope: the names as the class body sees them; outer:
    as the module does.
    """

    table: Table
    entity: Entity
    base: str
    types: Types
    scope: Scope
    outer: Scope

    def find(self) -> list[str]:
        """``find``: by the source attributes of the primary key."""
        signature = self.find_signature()
        names = signature.names
        returned = f"{self.scope('Self')} | None"
        known = enumerate_words([f"`{name}`" for name in names]) if names else ""
        said = (
            f"The {self.entity.name} with this {known}, or None."
            if known
            else f"The one {self.entity.name} of the table, or None."
        )
        answer = call("return cls.kx.find", tuple_of(*names), "consistent_read")
        return self._method("find", signature, returned, said, answer)

    def find_signature(self) -> Signature:
        """The parameters of ``find``."""
        templates = self.entity.keys.values()
        sources = tuple(dict.fromkeys(path for t in templates for path in t.sources))
        names = _parameter_names([self._default_name(path) for path in sources], _FIND_OWN)
        typed = [f"{n}: {self._given(p)}" for n, p in zip(names, sources, strict=True)]
        option = f"consistent_read: {self.scope('bool')} = False"
        return Signature(tuple(names), (*typed, "*", option))

    def pattern(self, pattern: AccessPattern) -> list[str]:
        """The method of an access pattern."""
        check_identifier(pattern.name, "an access pattern")
        signature = self.signature(pattern)
        names = signature.names
        arguments: list[Code] = [quote(pattern.name), tuple_of(*names)]
        ranged = self._source(pattern.range, pattern.returns) if pattern.range else None
        if pattern.result != "one":
            arguments += ["limit", "cursor", "reverse", *(["narrow"] if ranged is not None else [])]
        filtered = [n for n, p in zip(names, pattern.given, strict=True) if p in pattern.filter]
        said = describe.pattern(pattern, None if ranged is None else ranged.attribute, filtered)
        returned = self.returned(pattern)
        answer = call(f"cls.kx.{pattern.result}", *arguments)
        if self._is_foreign(pattern):
            # Names in a method's body are the module's, whatever the class calls its members.
            answer = call(self.outer("cast", run=True), quote(returned), answer)
        return self._method(pattern.name, signature, returned, said, named("return", answer, " "))

    def signature(self, pattern: AccessPattern) -> Signature:
        """The parameters of an access pattern's method."""
        scope = self.scope
        wanted = [*pattern.parameters] or [self._default_name(path) for path in pattern.given]
        own = _PATTERN_OWN | {"cast"} if self._is_foreign(pattern) else _PATTERN_OWN
        names = _parameter_names(wanted, own)
        typed = [
            f"{name}: {self._given(path, pattern.returns)}"
            for name, path in zip(names, pattern.given, strict=True)
        ]
        if pattern.result != "one":
            typed += [
                f"limit: {scope('int')} = {int(pattern.limit)}",
                f"cursor: {scope('str')} | None = None",
                f"reverse: {scope('bool')} = False",
            ]
            ranged = self._source(pattern.range, pattern.returns) if pattern.range else None
            if ranged is not None:
                kind = f"{describe.range_kind(ranged.attribute)}Range"
                typed.append(f"**narrow: {scope('Unpack')}[{scope(kind)}]")
        return Signature(tuple(names), tuple(typed))

    def _is_foreign(self, pattern: AccessPattern) -> bool:
        """Whether the pattern returns items of one other entity, and no collection."""
        alone = pattern.result != "collection" and len(pattern.returns) == 1
        return alone and self.entity.name not in pattern.returns

    def _method(
        self, name: str, signature: Signature, returned: str, said: str, answer: Code
    ) -> list[str]:
        head = Group(f"def {name}(", ("cls", *signature.typed), f") -> {returned}:")
        return [
            f"    @{self.scope('classmethod', run=True)}",
            *statement(head, INDENT),
            *docstring(said, 2 * INDENT),
            *statement(answer, 2 * INDENT),
        ]

    def returned(
        self,
        pattern: AccessPattern,
        own: str = "Self",
        page: str = "Page",
        collection: str = "ItemCollection",
    ) -> str:
        """What a pattern's method returns. own: the name of the class that it is called on."""
        scope = self.scope
        returns = pattern.returns or (pattern.entity,)
        if pattern.result == "collection":
            return f"{scope(collection)}[{' | '.join(map(scope.own, returns))}]"
        if returns == (self.entity.name,):
            found = scope(own)
        else:
            found = scope.own(returns[0] if len(returns) == 1 else self.base)
        return f"{found} | None" if pattern.result == "one" else f"{scope(page)}[{found}]"

    def _default_name(self, path: str) -> str:
        found = self._source(path)
        return found.attribute.python_name if found is not None else snake_case(path.split(".")[-1])

    def _given(self, path: str, returns: tuple[str, ...] = ()) -> str:
        found = self._source(path, returns)
        if found is None or not isinstance(found.attribute.shape, Scalar):
            return self.scope("str")
        return self.types.given(found.owner, found.attribute, self.scope)

    def _source(self, path: str, returns: tuple[str, ...] = ()) -> Source | None:
        """The attribute at a stored path of this entity, or of one that the pattern returns."""
        known = {entity.name: entity for entity in self.table.entities}
        wanted = [known[name] for name in returns if name in known]
        first = [self.entity] if self.entity in wanted or not wanted else []
        for entity in (*first, *wanted, self.entity):
            found = self._walk(entity, path.split("."))
            if found is not None:
                return found
        return None

    def _walk(self, entity: Entity, path: Sequence[str]) -> Source | None:
        owner, members = entity.name, entity.members
        found: Source | None = None
        for name in path:
            attribute = members.get(name)
            if attribute is None:
                return None
            found = Source(owner, attribute)
            structure = _structure(attribute.shape)
            inner = next((s for s in self.table.structures if s.name == structure), None)
            owner, members = (inner.name, inner.members) if inner is not None else ("", {})
        return found


def _structure(shape: Shape) -> str | None:
    return (
        None
        if isinstance(shape, ListOf | DictOf) or not isinstance(shape, MapOf)
        else (shape.structure)
    )


def _parameter_names(wanted: Sequence[str], own: frozenset[str]) -> list[str]:
    taken = set(own)
    names = [free(name, taken, "_") for name in wanted]
    for name in names:
        check_identifier(name, "a parameter")
    return names
