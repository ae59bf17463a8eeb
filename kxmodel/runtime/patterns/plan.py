"""From an access pattern and its arguments to one Query, and the test of what it reads. Pure.

A Query can ask for more than the pattern: DynamoDB takes one condition on the sort key, BETWEEN
takes both its ends in, several entities can share a partition, and so can several tenants. So the
plan holds beside the request a test that every item must pass; the test alone is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kxmodel.errors import UsageError
from kxmodel.keys import KeyPart, KeySet, evaluate, missing_sources, nest, parse
from kxmodel.runtime.patterns.arguments import asked, normalised, read_arguments
from kxmodel.runtime.patterns.attribute_values import at_path, encode, encode_key, key_value, same
from kxmodel.runtime.patterns.ranges import read_narrowing
from kxmodel.runtime.patterns.request import build_request
from kxmodel.runtime.patterns.sortkey import SortPart, sort_part
from kxmodel.runtime.patterns.stretch import Stretch, stretch_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kxmodel.keys import Template
    from kxmodel.runtime.entity import Entity, Pattern
    from kxmodel.runtime.patterns.ranges import Narrowing
    from kxmodel.runtime.patterns.reader import KeyAttributes, Layout, RawItem
    from kxmodel.runtime.patterns.span import SortValue
    from kxmodel.values import AttributeValue


class Plan(NamedTuple):
    """One access pattern with its arguments, ready to be sent.

    request: the arguments of botocore's Query, apart from TableName, Limit and ExclusiveStartKey.
    hash: the partition key's attributes and values.
    returns: the names of the entities that may come back; None: all, unknown ones included.
    parts: entity name -> what is asked of its sort key, attribute by attribute.
    stretch: what is read; None: nothing can match.
    compared: stored path -> the value that every item must have there.
    digest_of: all that makes this query this query, as plain JSON values.
    """

    entity: Entity
    pattern: Pattern
    values: Mapping[str, object]
    table_hash: KeyAttributes
    table_range: KeyAttributes
    index_range: KeyAttributes
    request: Mapping[str, Any]
    hash: Mapping[str, AttributeValue]
    returns: frozenset[str] | None
    parts: Mapping[str, Mapping[str, SortPart]]
    stretch: Stretch | None
    compared: Mapping[str, AttributeValue]
    partial: bool
    digest_of: Sequence[object]

    @property
    def call(self) -> str:
        """The call as a message shows it."""
        return asked(self.entity, self.pattern, self.values)

    @property
    def position(self) -> KeyAttributes:
        """The attributes that say where an item stands among the results, partition key apart."""
        attributes = dict((*self.table_hash, *self.table_range, *self.index_range))
        return tuple((n, kind) for n, kind in attributes.items() if n not in self.hash)

    def accepts(self, item: RawItem, entity: str | None) -> bool:
        """Whether an item that was read belongs to the answer. entity: the name of its entity.

        In a collection, items of entities that the pattern does not name come along where they
        stand among those that it names.
        """
        if self.returns is not None and entity not in self.returns:
            return False
        parts = self.parts.get(entity or "")
        if parts is not None:
            in_range = self._in_range(item, parts)
        else:
            in_range = self.returns is None and self._in_stretch(item)
        if not in_range or not self.compared:
            return in_range
        return all(same(at_path(item, path), value) for path, value in self.compared.items())

    def holds_position(self, key: RawItem) -> bool:
        """Whether an item with that key could be part of the answer, as far as the key tells."""
        return any(self._in_range(key, parts) for parts in self.parts.values()) or (
            self.returns is None and self._in_stretch(key)
        )

    def _in_range(self, item: RawItem, parts: Mapping[str, SortPart]) -> bool:
        for name, kind in self.index_range:
            part = parts.get(name)
            if part is not None:
                value = key_value(item, name, kind)
                if value is None or not part.accepts(value):
                    return False
        return True

    def _in_stretch(self, item: RawItem) -> bool:
        return self.stretch is not None and self.stretch.holds(self._sort_values(item))

    def _sort_values(self, item: RawItem) -> dict[str, SortValue | None]:
        return {name: key_value(item, name, kind) for name, kind in self.index_range}


def make_plan(
    layout: Layout,
    entity: Entity,
    pattern: Pattern,
    args: tuple[object, ...],
    *,
    reverse: bool = False,
    narrow: Mapping[str, object] | None = None,
    entities: Sequence[Entity] = (),
) -> Plan:
    """The plan of one call.

    entity: the one that declares the pattern; its templates make the partition key.
    entities: those that `pattern.returns` names, as far as they are known; without one's templates
    its items are not held back by the sort key.

    Raises UsageError (KX408, KX409, KX411), ValueRefused for an argument that its attribute does
    not take, and KeyBuildError as a write with these values would: a delimiter in an argument
    cannot reach another partition.
    """
    values = read_arguments(layout, entity, pattern, args)
    nested = nest(values)
    hash_key, range_key = layout.key_schema(pattern.index)
    table_hash, table_range = layout.key_schema(None)
    hash_value = _hash(entity, pattern, hash_key, nested)
    narrowing = _narrowing(layout, entity, pattern, narrow or {})
    parts = _sort_parts(entity, pattern, entities, range_key, nested, narrowing)
    settled = _settled(entity, pattern, hash_key, parts)
    compared = {
        path: encode(values[path])
        for path in values
        if path in pattern.filter or path not in settled
    }
    _check_projected(layout, entity, pattern, compared, (*hash_key, *range_key))
    forward = (pattern.order == "ascending") is not reverse
    along = pattern.result == "collection" and narrowing is None
    stretch = stretch_of(list(parts.values()), range_key, along=along)
    return Plan(
        entity=entity,
        pattern=pattern,
        values=values,
        table_hash=table_hash,
        table_range=table_range,
        index_range=range_key,
        request=build_request(
            pattern, hash_value, stretch.spans if stretch else {}, range_key, compared, forward
        ),
        hash=hash_value,
        returns=_returned(entity, pattern),
        parts=parts,
        stretch=stretch,
        compared=compared,
        partial=layout.projection(pattern.index) != "ALL",
        digest_of=[
            layout.table,
            pattern.index,
            entity.name,
            pattern.name,
            forward,
            {path: _plain(encode(value)) for path, value in sorted(values.items())},
            _plain_narrowing(narrowing),
        ],
    )


def template_of(entity: Entity, index: str | None, attribute: str) -> Template:
    """The template of a key attribute: the index's, the table's, another index's, or its own name.

    An index can be made of attributes that are keys elsewhere, such as an inverted one.
    """
    named = entity.index_templates.get(index or "", {}).get(attribute)
    if named is None:
        named = entity.templates.get(attribute)
    if named is None:
        others = (t[attribute] for t in entity.index_templates.values() if attribute in t)
        named = next(others, None)
    return named or parse("${" + attribute + "}")


def _hash(
    entity: Entity, pattern: Pattern, hash_key: KeyAttributes, nested: Mapping[str, object]
) -> dict[str, AttributeValue]:
    """The partition key from the arguments, as a write with the same values makes it."""
    parts = tuple(
        KeyPart(name, template_of(entity, pattern.index, name), "hash", kind)
        for name, kind in hash_key
    )
    missing = [path for part in parts for path in missing_sources(part.template, nested)]
    if missing:
        raise UsageError(
            f"{asked(entity, pattern)} does not give {', '.join(missing)}, "
            "which the partition key is made of",
            code="KX411",
        )
    made = evaluate(KeySet(pattern.index or "table", parts, sparse=False), nested) or {}
    return {name: encode_key(value) for name, value in made.items()}


def _settled(
    entity: Entity,
    pattern: Pattern,
    hash_key: KeyAttributes,
    parts: Mapping[str, Mapping[str, SortPart]],
) -> set[str]:
    """The sources that the key settles: every item that is read has just that value.

    A shard does not settle its source: other values have the same one.
    """
    of_hash = {
        placeholder.source
        for name, _ in hash_key
        for placeholder in template_of(entity, pattern.index, name).placeholders
        if all(bound.name != "shard" for bound in placeholder.filters)
    }
    of_range = [{path for part in one.values() for path in part.settled} for one in parts.values()]
    return of_hash.union(set.intersection(*of_range) if of_range else set())


def _returned(entity: Entity, pattern: Pattern) -> frozenset[str] | None:
    if pattern.result == "collection":
        return None
    return frozenset(pattern.returns or (entity.name,))


def _narrowing(
    layout: Layout, entity: Entity, pattern: Pattern, narrow: Mapping[str, object]
) -> Narrowing | None:
    over = pattern.range
    if not narrow:
        return None
    if over is None:
        raise UsageError(
            f"{asked(entity, pattern)} has no range that {next(iter(narrow))} could narrow",
            code="KX409",
        )
    where = f"{asked(entity, pattern)}, range {over}"
    return read_narrowing(narrow, lambda value: normalised(layout, over, value, where))


def _sort_parts(
    entity: Entity,
    pattern: Pattern,
    entities: Sequence[Entity],
    range_key: KeyAttributes,
    nested: Mapping[str, object],
    narrowing: Narrowing | None,
) -> dict[str, dict[str, SortPart]]:
    """Entity name -> what is asked of its sort key. One that the narrowing rules out is absent."""
    known = {one.name: one for one in (entity, *entities)}
    names = pattern.returns or (entity.name,)
    if pattern.result == "collection" and not pattern.returns and narrowing is None:
        # All that is in the partition.
        return {entity.name: {}}
    parts: dict[str, dict[str, SortPart]] = {}
    for name in names:
        if name not in known:
            parts[name] = {}
            continue
        made = _parts_of(known[name], pattern, range_key, nested, narrowing)
        if narrowing is None or any(p.open_source == pattern.range for p in made.values()):
            parts[name] = made
    if not parts:
        raise UsageError(
            f"{asked(entity, pattern)} cannot be narrowed: {pattern.range} is not the first "
            "part of the sort key that the arguments leave open",
            code="KX411",
        )
    return parts


def _parts_of(
    entity: Entity,
    pattern: Pattern,
    range_key: KeyAttributes,
    nested: Mapping[str, object],
    narrowing: Narrowing | None,
) -> dict[str, SortPart]:
    """Attribute by attribute from the left, up to the first that is not given whole."""
    parts: dict[str, SortPart] = {}
    for name, kind in range_key:
        template = template_of(entity, pattern.index, name)
        part = sort_part(name, kind, template, nested, narrowing, pattern.range)
        parts[name] = part
        if part.open_source is not None:
            break
    return parts


def _check_projected(
    layout: Layout,
    entity: Entity,
    pattern: Pattern,
    compared: Mapping[str, AttributeValue],
    queried: KeyAttributes,
) -> None:
    if layout.projection(pattern.index) != "KEYS_ONLY":
        return
    keys = {name for key in layout.key_schema(None) for name, _ in key} | dict(queried).keys()
    for path in compared:
        if path.split(".")[0] not in keys:
            raise UsageError(
                f"{asked(entity, pattern)} compares {path}, which {pattern.index} does not project",
                code="KX411",
            )


def _plain(value: AttributeValue) -> dict[str, str]:
    return {kind: repr(content) for kind, content in value.items()}


def _plain_narrowing(narrowing: Narrowing | None) -> list[object] | None:
    if narrowing is None:
        return None
    bounds = [
        bound and [_plain(encode(bound.value)), bound.open]
        for bound in (narrowing.lower, narrowing.upper)
    ]
    return [narrowing.beginning, *bounds]
