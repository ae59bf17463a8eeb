"""A schema together with those that it is made of: its ``$ref`` and its ``allOf``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.dialect.node import Node
    from kxmodel.dialect.refs import References
    from kxmodel.dialect.text import Json

#: References that may follow on one another before a type is reached.
MAX_CHAIN: Final = 50


@dataclass(frozen=True)
class Layers:
    """A schema (`node`) and, below it, the schemas that hold for the same value.

    Looking a keyword up takes the first layer that has it, so that siblings of a ``$ref``
    override what it brings.
    """

    node: Node
    below: tuple[Layers, ...] = ()
    nullable: bool = False
    """Whether it is the alternative of a ``null``: ``anyOf: [X, {"type": "null"}]``."""
    nodes: tuple[Node, ...] = field(init=False, repr=False)
    """All layers, the outermost first."""
    _first: Mapping[str, Node] = field(init=False, repr=False)
    """Each keyword -> the first layer that has it."""

    def __post_init__(self) -> None:
        nodes = (self.node, *(node for layer in self.below for node in layer.nodes))
        first: dict[str, Node] = {}
        for node in nodes:
            for keyword in node.value if isinstance(node.value, dict) else ():
                first.setdefault(keyword, node)
        object.__setattr__(self, "nodes", nodes)
        object.__setattr__(self, "_first", first)

    def get(self, keyword: str) -> Node | None:
        """The keyword of the first layer that has it."""
        node = self._first.get(keyword)
        return node.get(keyword) if node else None

    def each(self, keyword: str) -> Iterator[Node]:
        """The keyword in every layer that has it."""
        if keyword in self._first:
            for node in self.nodes:
                if found := node.get(keyword):
                    yield found

    def value(self, keyword: str) -> Json:
        """The keyword's value in the first layer that has it, else None."""
        node = self._first.get(keyword)
        return node.value[keyword] if node and isinstance(node.value, dict) else None

    def text(self, keyword: str) -> str:
        """The keyword's text in the first layer that has it, else ``""``."""
        found = self.value(keyword)
        return found if isinstance(found, str) else ""

    def flag(self, keyword: str) -> bool:
        """Whether the keyword is true in the first layer that has it."""
        return self.value(keyword) is True

    def properties(self) -> dict[str, Node]:
        """The declared members of all layers, those of outer layers first.

        Where several layers declare one name, the outermost counts.
        """
        found = dict(self.node.members("properties"))
        for layer in self.below:
            found |= {name: node for name, node in layer.properties().items() if name not in found}
        return found

    def required(self) -> frozenset[str]:
        """The names of the members that any layer requires."""
        return frozenset(name for node in self.nodes for name in node.strings("required"))

    @property
    def open(self) -> bool:
        """Whether members that are not declared are allowed."""
        closing = ("additionalProperties", "unevaluatedProperties")
        return all(found.value is not False for key in closing for found in self.each(key))

    @property
    def bears_properties(self) -> bool:
        """Whether any layer declares members."""
        return any(node.has("properties") for node in self.nodes)

    @property
    def principal(self) -> Layers:
        """The layer that says what members there are: this one, unless it only refers on."""
        if not self.node.has("properties"):
            bearing = [layer for layer in self.below if layer.bears_properties]
            if len(bearing) == 1:
                return bearing[0].principal
        return self


def gather(refs: References, node: Node) -> Layers:
    """The layers of a schema.

    Raises SchemaError: KX110 and KX112 (see `References.target`), KX111 (a circle of references),
    KX104 (too many in a row).
    """
    return _gather(refs, node, (), set())


def _gather(
    refs: References, node: Node, trail: tuple[tuple[str, str], ...], seen: set[tuple[str, str]]
) -> Layers:
    trail = (*trail, node.identity)
    seen.add(node.identity)
    bases = list(node.elements("allOf"))
    if ref := node.get("$ref"):
        target = refs.target(ref)
        if target.identity in trail:
            ref.fail(f"$ref {shorten(ref.value)} leads back to itself", "KX111")
        if len(trail) > MAX_CHAIN:
            ref.fail(f"more than {MAX_CHAIN} references in a row", "KX104")
        bases.insert(0, target)
    alternative = _besides_null(node)
    # Two layers may share a third (a diamond); its second mention adds nothing.
    below = [
        _gather(refs, base, trail, seen)
        for base in (*bases, *([alternative] if alternative else []))
        if base.identity not in seen
    ]
    nullable = alternative is not None or any(layer.nullable for layer in below)
    return Layers(node, tuple(below), nullable)


def _besides_null(node: Node) -> Node | None:
    """The X of ``anyOf: [X, {"type": "null"}]`` (either order, or oneOf), the only alternative."""
    for keyword in ("anyOf", "oneOf"):
        branches = list(node.elements(keyword))
        others = [branch for branch in branches if branch.value != {"type": "null"}]
        if len(branches) == 2 and len(others) == 1:
            return others[0]
    return None
