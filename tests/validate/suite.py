"""The official JSON Schema Test Suite, and the parts of it that are not the dialect's.

https://github.com/json-schema-org/JSON-Schema-Test-Suite, under ../shared/data beside the repository.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kxmodel.testing.ci import skip_or_fail
from kxmodel.validate import portable_pattern
from kxmodel.validate.keywords import subschemas

if TYPE_CHECKING:
    from collections.abc import Iterator

SUITE = Path(__file__).parents[2].parent / "shared/data/json-schema-test-suite/tests/draft2020-12"

#: Whole files that are not the dialect's, with the reason.
OUTSIDE = {
    "dynamicRef.json": "$dynamicRef is not supported",
    "vocabulary.json": "$vocabulary is for meta-schemas",
    "refRemote.json": "a $ref is never fetched",
    "optional/dynamicRef.json": "$dynamicRef is not supported",
    "optional/cross-draft.json": "other drafts are not supported",
    "optional/refOfUnknownKeyword.json": "a $ref leads to a schema, not into an unknown keyword",
    "optional/unknownKeyword.json": "$id is for the root alone",
    "optional/id.json": "$id is for the root alone",
    "optional/dependencies-compatibility.json": "`dependencies` is not a keyword of 2020-12",
    "optional/format-assertion.json": "$vocabulary is for meta-schemas",
    "optional/no-schema.json": "the dialect is always this one",
    "optional/float-overflow.json": "holds 1e308, beyond DynamoDB's numbers",
    "format.json": "formats are asserted here; see optional/format",
    "optional/format/date-time.json": "ours is the stored form alone",
    "optional/format/email.json": "ours is a subset, without quoted parts and address literals",
    "optional/format/idn-email.json": "not a format of the dialect: an annotation",
    "optional/format/idn-hostname.json": "not a format of the dialect: an annotation",
    "optional/format/duration.json": "not a format of the dialect: an annotation",
    "optional/format/ecmascript-regex.json": "not a format of the dialect: an annotation",
    "optional/format/iri.json": "not a format of the dialect: an annotation",
    "optional/format/iri-reference.json": "not a format of the dialect: an annotation",
    "optional/format/json-pointer.json": "not a format of the dialect: an annotation",
    "optional/format/regex.json": "not a format of the dialect: an annotation",
    "optional/format/relative-json-pointer.json": "not a format of the dialect: an annotation",
    "optional/format/unknown.json": "not a format of the dialect: an annotation",
    "optional/format/uri-reference.json": "not a format of the dialect: an annotation",
    "optional/format/uri-template.json": "not a format of the dialect: an annotation",
}


#: Groups of tests that are not the dialect's, with the reason.
OUTSIDE_GROUPS = {
    "validation of A-label (punycode) host names": "IDNA (RFC 5891) is a registry of its own",
}


class Case(NamedTuple):
    name: str
    schema: dict[str, object] | bool
    instance: object
    valid: bool


def cases() -> Iterator[Case]:
    """Every test of the suite that the dialect has a meaning for."""
    if not SUITE.is_dir():
        skip_or_fail("the official JSON Schema Test Suite is not beside the repository")
    for file in sorted(SUITE.rglob("*.json")):
        name = file.relative_to(SUITE).as_posix()
        if name in OUTSIDE:
            continue
        for group in json.loads(file.read_text("utf-8"), parse_float=Decimal):
            if group["description"] in OUTSIDE_GROUPS or why_outside(group["schema"]):
                continue
            for test in group["tests"]:
                title = f"{name}: {group['description']}: {test['description']}"
                yield Case(title, group["schema"], test["data"], test["valid"])


def why_outside(schema: object, *, root: bool = True) -> str | None:
    """Why a schema is not the dialect's; None if it is."""
    if not isinstance(schema, dict):
        return None
    if "$dynamicRef" in schema or "$dynamicAnchor" in schema:
        return "$dynamicRef is not supported"
    if "$id" in schema and not root:
        return "$id is for the root alone"
    reference = str(schema.get("$ref", "#"))
    if not reference.startswith("#"):
        return "a $ref is never fetched"
    patterns = [schema.get("pattern"), *schema.get("patternProperties", ())]
    if any(isinstance(pattern, str) and portable_pattern(pattern) for pattern in patterns):
        return "a pattern is not portable"
    for inner in subschemas(schema):
        reason = why_outside(inner, root=False)
        if reason:
            return reason
    return None
