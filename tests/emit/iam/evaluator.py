"""What IAM says to a request: allow policies of identities, as far as ours use the language.

"Policy evaluation logic", "Condition operators", "Condition keys with multiple values":
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Policy = Mapping[str, object]
_TOKEN = re.compile(r"\$\{([^}]+)\}|([*?])|([^*?$]+|\$)")


class Unresolved(Exception):
    """A variable has no value: the statement does not count."""


@dataclass(frozen=True)
class Request:
    """context: condition key -> value, a list for keys with several."""

    action: str
    resource: str
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluator:
    """wild_values: whether a wildcard in a variable's value works as one. AWS does not say."""

    policies: Sequence[Policy]
    wild_values: bool = False

    def allows(self, request: Request) -> bool:
        """Whether some statement allows the request; ours only allow."""
        statements = [s for policy in self.policies for s in policy["Statement"]]
        assert {s["Effect"] for s in statements} == {"Allow"}
        return any(self._applies(statement, request) for statement in statements)

    def _applies(self, statement: Mapping, request: Request) -> bool:
        try:
            return (
                any(self._like(p.lower(), request.action.lower(), {}) for p in statement["Action"])
                and any(self._like(p, request.resource, {}) for p in statement["Resource"])
                and all(
                    self._condition(operator, key, _several(values), request.context)
                    for operator, keys in statement.get("Condition", {}).items()
                    for key, values in keys.items()
                )
            )
        except Unresolved:
            return False

    def _condition(self, operator: str, key: str, values: list[str], context: Mapping) -> bool:
        if operator == "Null":
            return (key not in context) is (values == ["true"])
        quantifier, _, test = operator.rpartition(":")
        found = _several(context.get(key, []))
        matches = [
            any(self._test(test, value, each, context) for value in values) for each in found
        ]
        if quantifier == "ForAllValues":
            return all(matches)
        if quantifier == "ForAnyValue":
            return any(matches)
        assert not quantifier
        assert len(found) <= 1
        if test == "StringNotLike":
            return not any(matches)
        return bool(matches) and matches[0]

    def _test(self, test: str, value: str, found: str, context: Mapping) -> bool:
        if test == "StringEquals":
            return self._text(value, context) == found
        assert test in ("StringLike", "StringNotLike"), test
        return self._like(value, found, context)

    def _text(self, value: str, context: Mapping) -> str:
        return "".join(
            _resolve(name, context) if name else star or text
            for name, star, text in _TOKEN.findall(value)
        )

    def _like(self, pattern: str, text: str, context: Mapping) -> bool:
        made = []
        for name, star, literal in _TOKEN.findall(pattern):
            if name and name not in "*?$" and self.wild_values:
                value = _resolve(name, context)
                made.append(re.escape(value).replace(r"\*", ".*").replace(r"\?", "."))
            elif name:
                made.append(re.escape(_resolve(name, context)))
            else:
                made.append({"*": ".*", "?": "."}.get(star) or re.escape(literal))
        return re.fullmatch("".join(made), text, re.DOTALL) is not None


def _resolve(name: str, context: Mapping) -> str:
    if name in ("*", "?", "$"):
        return name
    if name not in context:
        raise Unresolved(name)
    return context[name]


def _several(values: str | Sequence[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)
