"""HCL read back: strings by the language's own rules, blocks by python-hcl2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import hcl2

_PART = re.compile(r'\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\([nrt"\\])|([^"\\\n])')
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}


def read_string(written: str) -> str:
    """The text of a quoted template that holds no interpolation.

    "Template expressions" of https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
    """
    assert written[0] == written[-1] == '"'
    body, found, at = written[1:-1], [], 0
    assert not re.search(r"[$%]\{", body)
    while at < len(body):
        part = _PART.match(body, at)
        assert part, body[at:]
        four, eight, named, plain = part.groups()
        number = four or eight
        found.append(
            chr(int(number, 16)) if number else _NAMED.get(named, named) if named else plain
        )
        at = part.end()
    return "".join(found)


def blocks(text: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(type, label, body) of each ``resource`` and ``data`` of a file."""
    parsed = hcl2.loads(text)
    for entry in (*parsed.get("resource", ()), *parsed.get("data", ())):
        for type_, labelled in entry.items():
            for label, body in labelled.items():
                if label != "__is_block__":
                    yield type_.strip('"'), label.strip('"'), body
