"""The schema files of the project and of the examples, read as any JSON Schema tool would."""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import phonenumbers
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from ulid import ULID

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "kxgen": ROOT / "schemas",
    "shop": ROOT / "examples/shop/schemas",
    "membership": ROOT / "examples/membership/schemas",
}
TABLES = tuple(
    path
    for folder in FOLDERS.values()
    for path in sorted(folder.glob("*.json"))
    if path.name != "common.json"
)


def load(path: Path, *, exact: bool = False) -> dict[str, Any]:
    """A file's content; `exact` reads fractions as Decimal, as key building needs them."""
    return json.loads(path.read_text("utf-8"), parse_float=Decimal if exact else float)


def kxgen(name: str) -> dict[str, Any]:
    return load(FOLDERS["kxgen"] / f"{name}.json")


def entities(schema: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Entity name -> its JSON pointer and its schema."""
    places = [("", schema)] + [(f"/$defs/{name}", s) for name, s in schema.get("$defs", {}).items()]
    return {s["x-kx-entity"]["name"]: (at, s) for at, s in places if "x-kx-entity" in s}


def validator(path: Path, pointer: str = "") -> Draft202012Validator:
    """The validator of a file, or of a part of it; the folder's files can be referred to."""
    registry = Registry[Any]().with_resources(
        (sibling.name, Resource(load(sibling), DRAFT202012))
        for sibling in path.parent.glob("*.json")
    )
    return Draft202012Validator(
        {"$ref": f"{path.name}#{pointer}"}, registry=registry, format_checker=_FORMATS
    )


def problems(path: Path, item: object, pointer: str = "") -> list[str]:
    """Where the item breaks the schema, one dotted path a problem."""
    found = validator(path, pointer).iter_errors(item)
    return sorted(".".join(map(str, error.absolute_path)) for error in found)


def _stored_timestamp(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z", text):
        return False
    datetime.fromisoformat(text)
    return True


# The formats by libraries of their own, not by kxmodel's functions: this is the second opinion.
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("ulid", raises=ValueError)
def _ulid(value: object) -> bool:
    # python-ulid decodes letters outside the alphabet as if they were others.
    return not isinstance(value, str) or (
        not set(value) - set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        and str(ULID.from_str(value)) == value
    )


@_FORMATS.checks("date-time", raises=ValueError)
def _date_time(value: object) -> bool:
    return not isinstance(value, str) or _stored_timestamp(value)


@_FORMATS.checks("e164", raises=phonenumbers.NumberParseException)
def _e164(value: object) -> bool:
    if not isinstance(value, str):
        return True
    number = phonenumbers.parse(value, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == value


@_FORMATS.checks("email")
def _email(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[^@\s]+@[^@\s]+", value) is not None
