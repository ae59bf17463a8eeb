"""``x-kx-patterns``: the questions that the table answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

from kxmodel.dialect.names import is_identifier, snake_case
from kxmodel.dialect.node import listed, suggestion
from kxmodel.dialect.paths import known_paths, shape_at
from kxmodel.errors.base import shorten
from kxmodel.ir import AccessPattern, Entity, Structure
from kxmodel.keys import may_collide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kxmodel.dialect.keyschema import KeySchema
    from kxmodel.dialect.node import Node
    from kxmodel.keys import Template

#: Parameters that every pattern's method has of itself.
TAKEN_PARAMETERS: Final = frozenset(
    {
        *("limit", "cursor", "reverse", "between", "begins_with", "lt", "le", "gt", "ge"),
        *("cls", "self"),
    }
)


@dataclass(frozen=True)
class PatternReader:
    """Reads access patterns against the entities that they speak of."""

    schema: KeySchema
    entities: tuple[Entity, ...]
    structures: Mapping[str, Structure]

    def read(self, name: str, node: Node) -> AccessPattern:
        """The pattern `name`.

        Raises SchemaError: KX140 (an entity, index or path that is not there), KX141 (a parameter's
        name), KX142 (members that do not go together).
        """
        entity = self._entity(node)
        index = self._index(node, entity)
        given, parameters = self._given(node, entity)
        fixed = self._fixed(node, entity, given)
        result = cast("Literal['page', 'one', 'collection']", node.text("result", "page"))
        limit = node.get("limit")
        return AccessPattern(
            name=name,
            entity=entity.name,
            question=node.text("question"),
            given=given,
            parameters=parameters,
            index=index,
            range=self._range(node, entity, index, {*given, *fixed}, result),
            filter=self._filter(node, given),
            fixed=fixed,
            order=cast("Literal['ascending', 'descending']", node.text("order", "ascending")),
            limit=limit.value if limit and isinstance(limit.value, int) else 100,
            result=result,
            returns=self._returns(node, entity, index, result),
            description=node.text("description"),
            consistent=node.flag("consistent"),
            location=node.key_location,
            pointer=node.place,
        )

    def _entity(self, node: Node) -> Entity:
        names = {entity.name: entity for entity in self.entities}
        named = node.get("entity")
        if named:
            return names[_known(named, names, "entity")]
        if len(names) > 1:
            message = f"the pattern does not say which entity carries it: {listed(list(names))}"
            node.fail(message, "KX142", at_name=True)
        return self.entities[0]

    def _index(self, node: Node, entity: Entity) -> str | None:
        named = node.get("index")
        if not named:
            return None
        indexes = {index.name: index for index in self.schema.indexes}
        name = _known(named, indexes, "index")
        if name not in {keys.index for keys in entity.indexes}:
            named.fail(
                f"{entity.name} is never in {name}",
                "KX142",
                fix="Give the entity keys for the index in x-kx-entity.indexes.",
            )
        if node.flag("consistent") and not indexes[name].local:
            node.fail("a global index cannot be read consistently", "KX142")
        return name

    def _given(self, node: Node, entity: Entity) -> tuple[tuple[str, ...], tuple[str, ...]]:
        paths: list[str] = []
        names: list[str] = []
        for element in node.elements("given"):
            place = element.get("path") or element
            path = self._path(place, entity)
            name = element.text("name") or snake_case(path.rpartition(".")[2])
            if not is_identifier(name) or name in TAKEN_PARAMETERS or name in names:
                why = "taken" if is_identifier(name) else "no Python name"
                element.fail(f"the parameter name {shorten(name)} is {why}", "KX141")
            if path in paths:
                element.fail(f"{shorten(path)} is given twice", "KX142")
            paths.append(path)
            names.append(name)
        return tuple(paths), tuple(names)

    def _fixed(
        self, node: Node, entity: Entity, given: tuple[str, ...]
    ) -> dict[str, str | int | bool]:
        fixed: dict[str, str | int | bool] = {}
        for path, value in node.members("fixed"):
            self._check_path(value, path, entity, at_name=True)
            if path in given:
                value.fail(f"{shorten(path)} is both given and fixed", "KX142", at_name=True)
            if isinstance(value.value, str | int | bool):
                fixed[path] = value.value
        return fixed

    def _filter(self, node: Node, given: tuple[str, ...]) -> tuple[str, ...]:
        for element in node.elements("filter"):
            if element.value not in given:
                message = f"{shorten(element.value)} is a filter but not given"
                element.fail(message + suggestion(str(element.value), given), "KX142")
        return node.strings("filter")

    def _range(
        self, node: Node, entity: Entity, index: str | None, known: set[str], result: str
    ) -> str | None:
        sources = [
            source
            for template in self._templates(entity, index, "range")
            for source in template.sources
        ]
        free = [source for source in sources if source not in known]
        declared = node.get("range")
        if declared is None:
            return free[0] if free and result != "collection" else None
        path = declared.value
        if not isinstance(path, str):
            return None
        self._check_path(declared, path, entity)
        if path not in free[:1]:
            if path in known:
                reason = "the pattern gives it already"
            elif path in free:
                reason = f"{free[0]} comes before it and is not given"
            else:
                reason = f"the sort key is made of {listed(sources)}"
            declared.fail(f"no range over {shorten(path)}: {reason}", "KX142")
        return path

    def _templates(
        self, entity: Entity, index: str | None, role: Literal["hash", "range"]
    ) -> list[Template]:
        """The entity's templates of the partition or sort key that is read."""
        if index is None:
            key = self.schema.hash if role == "hash" else self.schema.range
            return [entity.keys[key.name]] if key else []
        found = next(i for i in self.schema.indexes if i.name == index)
        keys = next(k for k in entity.indexes if k.index == index)
        parts = found.hash if role == "hash" else found.range
        return [keys.keys[part.name] for part in parts]

    def _returns(
        self, node: Node, entity: Entity, index: str | None, result: str
    ) -> tuple[str, ...]:
        present = {
            other.name: other
            for other in self.entities
            if index is None or index in {keys.index for keys in other.indexes}
        }
        names = {other.name for other in self.entities}
        for element in node.elements("returns"):
            name = _known(element, names, "entity")
            if name not in present:
                element.fail(f"{name} is never in {index}", "KX142")
        if returns := node.strings("returns"):
            return returns
        if result != "collection":
            return (entity.name,)
        return tuple(name for name, other in present.items() if self._meets(entity, other, index))

    def _meets(self, entity: Entity, other: Entity, index: str | None) -> bool:
        """Whether items of both entities can stand in one partition."""
        pairs = zip(
            self._templates(entity, index, "hash"),
            self._templates(other, index, "hash"),
            strict=True,
        )
        return all(one == two or may_collide(one, two) is not None for one, two in pairs)

    def _path(self, node: Node, entity: Entity) -> str:
        path = node.value if isinstance(node.value, str) else ""
        self._check_path(node, path, entity)
        return path

    def _check_path(self, node: Node, path: str, entity: Entity, *, at_name: bool = False) -> None:
        if shape_at(entity, self.structures, path) is None:
            near = suggestion(path, known_paths(entity, self.structures))
            message = f"{entity.name} has no {shorten(path)}{near}"
            node.fail(message, "KX140", at_name=at_name)


def _known(node: Node, names: Iterable[str], what: str) -> str:
    """The name that the node's text is. Raises SchemaError (KX140) if it is none of `names`."""
    name = node.value if isinstance(node.value, str) else ""
    known = list(names)
    if name not in known:
        near = suggestion(name, known) or f"; there is {listed(known)}"
        node.fail(f"there is no {what} {shorten(name)}{near}", "KX140")
    return name
