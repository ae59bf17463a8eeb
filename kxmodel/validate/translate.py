"""From jsonschema-rs's errors to problems: a problem for each member at fault, in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.validate.alternatives import none_fits, several_fit
from kxmodel.validate.consequences import without_consequences
from kxmodel.validate.keywords import last_keyword
from kxmodel.validate.messages import listed, sentence
from kxmodel.validate.problem import MISSING, SchemaProblem, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema_rs import ValidationError

    from kxmodel.validate.problem import Path

#: Keywords that name the rule where their schema is `false`; elsewhere the rule is ``false``.
_CLOSING = frozenset(
    {
        "additionalProperties",
        "items",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
#: What jsonschema-rs calls all three keywords that count the elements that match.
_CONTAINS = "contains"


class Translator:
    """Translates the errors of one instance of one schema.

    depth: how many steps of the errors' paths lead to `instance`, and not into it.
    """

    def __init__(self, schema: object, instance: object, depth: int = 0) -> None:
        self._schema = schema
        self._instance = instance
        self._depth = depth

    def problems(self, errors: Iterable[ValidationError]) -> list[SchemaProblem]:
        """Everything that `errors` say, without what only follows from something else."""
        found = [problem for error in errors for problem in self._problems(error)]
        return without_consequences(self._schema, found)

    def _problems(self, error: ValidationError) -> Iterator[SchemaProblem]:
        """The problems that one error stands for: one for each member that it names."""
        path: Path = tuple(error.instance_path)
        place: Path = tuple(error.evaluation_path)
        value = value_at(self._instance, path[self._depth :])
        detail = error.kind.as_dict()
        keyword = last_keyword(place)
        match error.kind.name:
            case "required":
                words = self._why_required(error, detail["property"], value)
                yield SchemaProblem(
                    (*path, detail["property"]), None, keyword, words, evaluation=place
                )
            case "additionalProperties" | "unevaluatedProperties" as rule:
                yield from _members(path, place, value, rule, detail["unexpected"])
            case "falseSchema" if keyword in ("additionalProperties", "propertyNames"):
                # Such a schema is judged as a whole where no other keyword names members.
                yield from _members(path, place, value, keyword, value)
            case "falseSchema":
                rule = keyword if keyword in _CLOSING else "false"
                yield SchemaProblem(
                    path, value, rule, sentence(rule, detail, value), evaluation=place
                )
            case "propertyNames":
                yield from self._name(path, place, detail["error"])
            case "anyOf" | "oneOf" as rule:
                yield self._alternatives(path, place, value, rule, detail)
            case "contains":
                words = self._how_many(error)
                yield SchemaProblem(path, value, _CONTAINS, words, evaluation=place)
            case rule:
                yield SchemaProblem(
                    path,
                    value,
                    rule,
                    sentence(rule, detail, value),
                    evaluation=place,
                    expected=_expected(rule, detail),
                )

    def _name(self, path: Path, place: Path, error: ValidationError) -> Iterator[SchemaProblem]:
        """Problems of a member's name, which is the instance of the inner error."""
        name = str(error.instance)
        for inner in Translator(self._schema, name, len(error.instance_path)).problems([error]):
            words = f"has a name that {inner.message}"
            yield SchemaProblem((*path, name), name, "propertyNames", words, evaluation=place)

    def _alternatives(
        self, path: Path, place: Path, value: object, rule: str, detail: Mapping[str, object]
    ) -> SchemaProblem:
        context = detail["context"]
        assert isinstance(context, list)
        branches = tuple(tuple(self.problems(errors)) for errors in context)
        if all(branches):
            words = none_fits(path, branches, one=rule == "oneOf")
        else:
            words = several_fit(branches)
        return SchemaProblem(path, value, rule, words, evaluation=place, branches=branches)

    def _why_required(self, error: ValidationError, name: str, value: object) -> str:
        """``is required``, and for `dependentRequired` beside which members."""
        dependents = value_at(self._schema, tuple(error.schema_path))
        if isinstance(dependents, dict) and isinstance(value, dict):
            beside = [key for key, names in dependents.items() if key in value and name in names]
            return f"is required beside {listed(beside, 'and')}"
        return "is required"

    def _how_many(self, error: ValidationError) -> str:
        parent = value_at(self._schema, tuple(error.schema_path[:-1]))
        limits = parent if isinstance(parent, dict) else {}
        least = limits.get("minContains", 1)
        most = limits.get("maxContains")
        words = f"must have at least {least}" if least else "must have"
        if most is not None:
            words += f"{' and' if least else ''} at most {most}"
        count = most if most is not None else least
        return f"{words} element{'' if count == 1 else 's'} of the kind that it has to contain"


def _members(
    path: Path, place: Path, value: object, rule: str, names: object
) -> Iterator[SchemaProblem]:
    for name in names if isinstance(names, list | dict) else ():
        member = value_at(value, (name,))
        words = sentence(rule, {}, member)
        shown = name if rule == "propertyNames" else None if member is MISSING else member
        yield SchemaProblem((*path, name), shown, rule, words, evaluation=place)


def _expected(rule: str, detail: Mapping[str, object]) -> tuple[object, ...]:
    values = detail.get("types" if rule == "type" else "options")
    if isinstance(values, list):
        return tuple(values)
    return (detail["expected_value"],) if rule == "const" else ()
