"""Moving items to another primary key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from kxmodel.keys import parse
from kxmodel.migrate.operations.arguments import templates
from kxmodel.migrate.operations.base import Kind, Operation
from kxmodel.migrate.operations.functions import canonical_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import Template
    from kxmodel.migrate.operations.transform import Function
    from kxmodel.migrate.state import EntityState, State
    from kxmodel.migrate.tasks import Task


@dataclass(frozen=True)
class Rekey(Operation):
    """Move every item whose primary key is not the one that its attributes give.

    keys: the table's key attributes -> templates. source: attribute -> the template that gives its new
    value first, e.g. ``{"email_lc": "${email_lc|lower}"}``; function: the same by a function of the
    whole item, which may change what `keys` are made of. Keys of indexes follow. One transaction an
    item: put if absent, delete guarded by every attribute copied. A collision is reported, never
    merged.
    """

    kind: ClassVar[Kind] = "data"

    table: str
    entity: str
    keys: Mapping[str, str]
    source: Mapping[str, str] = field(default_factory=dict)
    function: Function | None = None

    def __post_init__(self) -> None:
        self._check_name("table", "entity")
        self._set("keys", templates(self.keys))
        self._set("source", templates(self.source) if self.source else {})
        if self.source and self.function is not None:
            raise self._refuse("source and function both say what changes; give one of them")
        if self.function is not None:
            canonical_source(self.function)
        unused = sorted(set(self.source) - set(self._made_of))
        if unused:
            raise self._refuse(
                f"no key is made of {', '.join(unused)}",
                fix="Change it by a TransformAttribute of its own.",
            )

    @property
    def changes(self) -> tuple[str, ...]:
        """The attributes that may get another value, the derived ones apart."""
        return tuple(self.source) if self.function is None else self._made_of

    @property
    def _made_of(self) -> tuple[str, ...]:
        """The top-level attributes that the key's templates name."""
        sources = [source for text in self.keys.values() for source in parse(text).sources]
        return tuple(dict.fromkeys(source.partition(".")[0] for source in sources))

    def apply(self, state: State) -> State:
        table = state.table(self.table)
        if set(self.keys) != {key.name for key in table.keys}:
            raise self._refuse(f"keys are not those of {self.table}")
        entity = table.entity(self.entity)
        self._check_recognised(entity)
        return state.with_table(table.with_entity(replace(entity, keys=self.keys)))

    def _check_recognised(self, entity: EntityState) -> None:
        """Refuse keys by which no stored or no moved item would be known as what it is."""
        tests = [(name, text, False) for name, text in entity.recognise.get("prefix", {}).items()]
        tests += [(name, text, True) for name, text in entity.recognise.get("equals", {}).items()]
        for name, wanted, whole in tests:
            if name in entity.keys and not _can_be(parse(entity.keys[name]), wanted, whole):
                raise self._refuse(
                    f"no stored item would be moved: {self.entity} is known by {name} being or "
                    f"beginning with {wanted!r}, and is stored under {entity.keys[name]}",
                    fix="Have items known by another attribute before and after: recognise them by a "
                    "type attribute, which op.AddAttribute fills in, and change the key after that.",
                )
            if name in self.keys and not _can_be(parse(self.keys[name]), wanted, whole):
                raise self._refuse(
                    f"items of {self.entity} are known by {name} being or beginning with {wanted!r}, "
                    f"and {self.keys[name]} never is",
                    fix="Have them known by another attribute first: AddAttribute and SetEntity.",
                )

    def describe(self) -> str:
        pairs = ", ".join(f"{name} = {template}" for name, template in self.keys.items())
        first = ""
        if self.function is not None:
            name = getattr(self.function, "__name__", "a function")
            first = f", after {name}() changed {', '.join(self.changes)}"
        elif self.source:
            given = ", ".join(f"{name} = {text}" for name, text in self.source.items())
            first = f", after {given}"
        return (
            f"Move every {self.entity} of {self.table} to its primary key {pairs}{first}, each in one "
            "transaction."
        )

    @property
    def reversible(self) -> bool:
        return not self.source and self.function is None

    def inverse(self, before: State) -> Operation | None:
        if not self.reversible:
            return None
        return Rekey(self.table, self.entity, before.table(self.table).entity(self.entity).keys)

    @property
    def destroys(self) -> str | None:
        if self.reversible:
            return None
        return f"the old values of {', '.join(self.changes)} on every {self.entity} of {self.table}"

    def task(self, state: State, after: State | None = None) -> Task:
        """The judgement of single items. state: the one before; after: the migration's end."""
        from kxmodel.migrate import tasks
        from kxmodel.migrate.operations.judging import rekeying

        entity = replace(state.table(self.table).entity(self.entity), keys=self.keys)
        source: tasks.SourceTemplates | tasks.WholeItem | None = None
        if self.function is not None:
            source = tasks.WholeItem(self.table, self.function, self.changes, entity.version)
        elif self.source:
            source = tasks.SourceTemplates(self.table, self.source, entity.version)
        return rekeying(after or state, self.table, entity, source)


def _can_be(template: Template, wanted: str, whole: bool) -> bool:
    """Whether a key of the template can be this text, or begin with it."""
    start = template.literal_prefix
    if not template.sources:
        return start == wanted if whole else start.startswith(wanted)
    return wanted.startswith(start) or (not whole and start.startswith(wanted))
