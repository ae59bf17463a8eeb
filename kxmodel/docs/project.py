"""What the pages are made of: tables, their migrations as a story, and recorded answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kxmodel.docs import addresses as at
from kxmodel.docs.asking import questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import PurePosixPath

    from kxmodel.docs.asking import Asked
    from kxmodel.ir import AccessPattern, Table


@dataclass(frozen=True)
class Operation:
    """One operation of a migration, in words.

    sentence: what it does. kind: its class, e.g. ``BackfillKeys``. table: which it concerns; None: all.
    index: the index that it is about. destroys: what is lost for good, in words.
    """

    sentence: str
    kind: str
    table: str | None = None
    index: str | None = None
    reversible: bool = True
    destroys: str | None = None


@dataclass(frozen=True)
class Revision:
    """One migration.

    before, after: table -> the lines of its state as text, of the tables that it changes.
    brought: (table, attribute) pairs that no state before it knew.
    source: the text of its file.
    """

    name: str
    description: str = ""
    follows: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = ()
    before: Mapping[str, Sequence[str]] = field(default_factory=dict)
    after: Mapping[str, Sequence[str]] = field(default_factory=dict)
    brought: frozenset[tuple[str, str]] = frozenset()
    source: str = ""

    @property
    def reversible(self) -> bool:
        """Whether it can be undone as a whole."""
        return all(operation.reversible for operation in self.operations)


@dataclass(frozen=True)
class Answer:
    """What came back when an access pattern was asked of a local DynamoDB.

    engine: its name and version. arguments: stored path -> JSON value. request: the parameters of the
    request as the generated method sent it. response: the answer as received, both as plain JSON.
    returned: the items as the model gives them, in JSON with stored names.
    languages: those of `kxmodel.docs.snippets` whose snippet was run and found the same.
    """

    engine: str
    arguments: Mapping[str, object]
    operation: str
    request: Mapping[str, object]
    response: Mapping[str, object]
    returned: Sequence[Mapping[str, object]] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """Everything that the pages show.

    package: what the models are imported from. answers: `answer_name` -> the recorded answer.
    scripts: file name -> JavaScript of the exported key builders, for the playground.
    name, description: the site's, for the start page. start: where that lies; in a site that has a
    first page of its own, it heads the tables.
    """

    tables: tuple[Table, ...]
    package: str
    revisions: tuple[Revision, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    scripts: Mapping[PurePosixPath, str] = field(default_factory=dict)
    name: str = ""
    description: str = ""
    start: PurePosixPath = at.START

    def asked(self, table: Table, pattern: AccessPattern) -> Asked | None:
        """A pattern with arguments of the examples; None if none answers it."""
        return self._asked.get(answer_name(table, pattern))

    @cached_property
    def _asked(self) -> dict[str, Asked]:
        found = (one for table in self.tables for one in questions(table))
        return {answer_name(one.table, one.pattern): one for one in found}

    def brought_by(self, table: str, attribute: str) -> str | None:
        """The migration that brought an attribute; None where none is known."""
        for revision in self.revisions:
            if (table, attribute) in revision.brought:
                return revision.name
        return None


def answer_name(table: Table, pattern: AccessPattern) -> str:
    """The name of a pattern's answer, unique in a project: ``messages.Message.recent``."""
    return f"{table.name}.{pattern.entity}.{pattern.name}"
