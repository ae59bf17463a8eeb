"""What a generated model declares beside its attributes: keys, indexes, recognition, patterns.

Plain data, compiled on first use: importing a model costs nothing for it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Never

    from kxmodel.keys import Template

_NOTHING: Final[Mapping[str, Never]] = {}


# No dataclasses: what those generate at import would cost every program that imports a model.


class IndexKeys:
    """The templates an entity fills one index's key attributes from.

    keys: stored attribute name -> template. when: stored path -> ``{"present": bool}``,
    ``{"equals": value}`` or ``{"in": [values]}``, all of which must hold.
    """

    def __init__(
        self,
        index: str,
        keys: Mapping[str, str],
        when: Mapping[str, Mapping[str, object]] = _NOTHING,
    ) -> None:
        self.index: Final = index
        self.keys: Final = keys
        self.when: Final = when


class Pattern:
    """An access pattern: which index answers it, from which arguments, in which order.

    given: stored paths, parallel to the method's parameters. range: the source path of the range
    key that a narrowing applies to. filter: the paths compared on every item that is read.
    fixed: stored paths whose value the pattern itself gives.
    returns: names of the entities that it may return; empty: the entity that declares it.
    """

    def __init__(
        self,
        name: str,
        given: tuple[str, ...],
        index: str | None = None,
        range: str | None = None,
        order: Literal["ascending", "descending"] = "ascending",
        result: Literal["page", "one", "collection"] = "page",
        filter: tuple[str, ...] = (),
        fixed: Mapping[str, str | int | bool] = _NOTHING,
        returns: tuple[str, ...] = (),
        consistent: bool = False,
    ) -> None:
        self.name: Final = name
        self.given: Final = given
        self.index: Final = index
        self.range: Final = range
        self.order: Final = order
        self.result: Final = result
        self.filter: Final = filter
        self.fixed: Final = fixed
        self.returns: Final = returns
        self.consistent: Final = consistent


class Entity:
    """What kxmodel knows of a model class beyond PynamoDB's declarations.

    keys: the table's key attributes -> templates. derive: other derived attributes -> templates.
    recognise: ``{"equals": {attribute: text}, "prefix": {attribute: text}}``; empty: every item.
    schema: ``module:NAME`` of the entity's JSON Schema, the module relative to the model's package.
    user_class: ``module:Class`` of the subclass that reads return.
    """

    def __init__(
        self,
        name: str,
        keys: Mapping[str, str],
        schema: str,
        indexes: tuple[IndexKeys, ...] = (),
        tenant: str | None = None,
        recognise: Mapping[str, Mapping[str, str]] = _NOTHING,
        derive: Mapping[str, str] = _NOTHING,
        patterns: tuple[Pattern, ...] = (),
        user_class: str | None = None,
    ) -> None:
        self.name: Final = name
        self.keys: Final = keys
        self.schema: Final = schema
        self.indexes: Final = indexes
        self.tenant: Final = tenant
        self.recognise: Final = recognise
        self.derive: Final = derive
        self.patterns: Final = patterns
        self.user_class: Final = user_class

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """The table's key attributes -> compiled templates."""
        from kxmodel.keys import parse

        return {name: parse(text) for name, text in self.keys.items()}

    @cached_property
    def index_templates(self) -> Mapping[str, Mapping[str, Template]]:
        """Index name -> its key attributes -> compiled templates."""
        from kxmodel.keys import parse

        return {
            index.index: {name: parse(text) for name, text in index.keys.items()}
            for index in self.indexes
        }

    @cached_property
    def primary_sources(self) -> tuple[str, ...]:
        """The source paths of the primary key, in the order of the templates."""
        paths = (path for template in self.templates.values() for path in template.sources)
        return tuple(dict.fromkeys(paths))

    @cached_property
    def derived(self) -> frozenset[str]:
        """The stored names that kxmodel computes: the caller never gives them."""
        templates = dict(self.templates)
        for index in self.index_templates.values():
            templates.update(index)
        names = {n for n, t in templates.items() if not (t.is_natural and t.sources == (n,))}
        return frozenset(names | set(self.derive))

    @cached_property
    def pattern_table(self) -> Mapping[str, Pattern]:
        """Name -> access pattern."""
        return {pattern.name: pattern for pattern in self.patterns}
