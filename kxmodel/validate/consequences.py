"""Problems that follow from others and go away with them.

A subschema that fails gives no annotations (core specification, section 7.7.1.2), so that one wrong
value in `allOf` makes `unevaluatedProperties` report every member that this subschema declares. Said
beside the wrong value, that is noise; held against a write that touches such a member, it is untrue.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kxmodel.validate.keywords import subschemas
from kxmodel.validate.portable import python_pattern
from kxmodel.validate.problem import MISSING, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.validate.problem import Path, SchemaProblem

#: Keywords whose subschemas judge the same value as the schema they stand in.
_IN_PLACE = frozenset({"$ref", "allOf", "anyOf", "dependentSchemas", "else", "if", "oneOf", "then"})

_UNEVALUATED = frozenset({"unevaluatedItems", "unevaluatedProperties"})


def without_consequences(schema: object, problems: Sequence[SchemaProblem]) -> list[SchemaProblem]:
    """`problems` without those of `unevaluated...` that others among them explain."""
    causes = [problem.evaluation for problem in problems if problem.rule not in _UNEVALUATED]
    return [
        problem
        for problem in problems
        if problem.rule not in _UNEVALUATED or not _follows(schema, problem, causes)
    ]


def _follows(schema: object, problem: SchemaProblem, causes: Sequence[Path]) -> bool:
    owner = problem.evaluation[:-1]
    size = len(owner)
    if not any(
        len(cause) > size and cause[:size] == owner and cause[size] in _IN_PLACE for cause in causes
    ):
        return False
    if problem.rule == "unevaluatedItems":
        return True
    return _declares(schema, _schema_at(schema, owner), str(problem.path[-1]), set())


def _schema_at(root: object, evaluation: Path) -> object:
    """The subschema that a path of evaluation leads to, through references."""
    schema = root
    for step in evaluation:
        inner = value_at(schema, (step,))
        schema = _resolve(root, inner) if step == "$ref" else inner
    return schema


def _resolve(root: object, reference: object) -> object:
    """The schema of a `$ref` within `root`, or `MISSING`."""
    from urllib.parse import unquote

    fragment = unquote(str(reference).partition("#")[2])
    if not fragment or fragment.startswith("/"):
        schema = root
        for part in fragment.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            schema = value_at(schema, (int(name) if isinstance(schema, list) else name,))
        return schema
    return next((s for s in _all_schemas(root) if s.get("$anchor") == fragment), MISSING)


def _all_schemas(schema: object) -> Iterator[Mapping[str, object]]:
    if isinstance(schema, dict):
        yield schema
        for inner in subschemas(schema):
            yield from _all_schemas(inner)


def _declares(root: object, schema: object, name: str, seen: set[int]) -> bool:
    """Whether `schema`, or one that judges the same object, has a schema for the member `name`."""
    if not isinstance(schema, dict) or id(schema) in seen:
        return False
    seen.add(id(schema))
    if (
        name in schema.get("properties", ())
        or schema.get("additionalProperties", False) is not False
    ):
        return True
    if any(re.search(python_pattern(p), name) for p in schema.get("patternProperties", ())):
        return True
    return any(
        _declares(root, inner, name, seen)
        for keyword in _IN_PLACE & schema.keys()
        for inner in _in_place(root, keyword, schema[keyword])
    )


def _in_place(root: object, keyword: str, value: object) -> list[object]:
    if keyword == "$ref":
        return [_resolve(root, value)]
    if keyword == "dependentSchemas" and isinstance(value, dict):
        return [*value.values()]
    return value if isinstance(value, list) else [value]
