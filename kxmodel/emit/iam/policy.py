"""Policies as values, and as the JSON documents that IAM takes. Pure.

"IAM JSON policy reference": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kxmodel.emit.jsontext import dump
from kxmodel.errors import ExportError
from kxmodel.values.shown import printable

#: Operator -> condition key -> values.
Conditions: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]

#: "IAM and AWS STS quotas": characters of a managed policy, white space not counted
#: (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
_MOST: Final = 6144
#: "Policy documents can contain only" tab, line ends and U+0020 to U+00FF
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
_OUTSIDE: Final = re.compile("[^\t\n\r -\xff]")


@dataclass(frozen=True)
class Statement:
    """Something that is allowed; whatever no statement allows is denied."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: Conditions = field(default_factory=dict)


def documents(name: str, statements: Sequence[Statement]) -> dict[str, str]:
    """File name -> policy as JSON: ``reader.json``, or ``reader-1.json``... where one is too long.

    All of them together allow what the statements do. Raises ExportError KX703 where a single statement
    is longer than IAM takes, or a schema's name holds a character that a policy cannot.
    """
    packs: list[list[dict[str, object]]] = [[]]
    for statement in statements:
        said = _statement(statement)
        if outside := _OUTSIDE.search(_texts(said)):
            raise ExportError(
                f"the policy {name} would hold {printable(outside[0])!r}, and IAM takes no character "
                "after U+00FF",
                code="KX703",
            )
        if packs[-1] and _length([*packs[-1], said]) > _MOST:
            packs.append([])
        packs[-1].append(said)
        if (length := _length(packs[-1])) > _MOST:
            raise ExportError(
                f"the statement {statement.sid} makes a policy of {length:,} characters, and IAM takes "
                f"{_MOST:,}",
                code="KX703",
            )
    if len(packs) == 1:
        return {f"{name}.json": _text(packs[0])}
    return {f"{name}-{number}.json": _text(pack) for number, pack in enumerate(packs, 1)}


def literal(text: str) -> str:
    """`text` where a policy would see wildcards and variables in it.

    "Special characters" of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    return re.sub(r"[*?$]", lambda found: f"${{{found[0]}}}", text)


def _statement(statement: Statement) -> dict[str, object]:
    said: dict[str, object] = {
        "Sid": statement.sid,
        "Effect": "Allow",
        "Action": list(statement.actions),
        "Resource": list(statement.resources),
    }
    if statement.conditions:
        said["Condition"] = {
            operator: {key: _one(values) for key, values in keys.items()}
            for operator, keys in statement.conditions.items()
        }
    return said


def _text(said: Sequence[dict[str, object]]) -> str:
    # Version 2012-10-17 is what makes ${...} a variable: "IAM policy elements: Variables and tags".
    policy = {"Version": "2012-10-17", "Statement": list(said)}
    return dump(policy, "a policy")


def _length(said: Sequence[dict[str, object]]) -> int:
    return len(re.sub(r"\s", "", _text(said)))


def _one(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _texts(value: object) -> str:
    """All texts of a JSON value, one after another."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(_texts(each) for pair in value.items() for each in pair)
    return "".join(map(_texts, value)) if isinstance(value, list) else ""
