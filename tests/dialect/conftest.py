"""Ways to read a schema that a test has made or changed."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kxmodel.dialect import read_table
from kxmodel.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kxmodel.ir import Table

FIXTURES = Path(__file__).parent / "fixtures"

SMALL = {
    "$schema": "urn:kxmodel:dialect:1",
    "x-kx-table": {"name": "things", "key": {"hash": "id"}},
    "x-kx-entity": {"name": "Thing", "keys": {"id": "${id}"}},
    "type": "object",
    "properties": {"id": {"type": "string"}},
}


@pytest.fixture
def small() -> dict:
    """The smallest table there is, to add to."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a document (or text, or bytes) into a schemas folder of its own."""

    def run(document: object, name: str = "things.json") -> Path:
        path = tmp_path / "schemas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(document, bytes):
            path.write_bytes(document)
        else:
            text = document if isinstance(document, str) else json.dumps(document, indent=1)
            path.write_text(text, encoding="utf-8", newline="")
        return path

    return run


@pytest.fixture
def read(write: Callable[..., Path]) -> Callable[[object], Table]:
    """Write a document and read it as a table."""
    return lambda document: read_table(write(document))


@pytest.fixture
def refused(write: Callable[..., Path]) -> Callable[..., SchemaError]:
    """Write a document and return the error with which it is refused, of the code expected."""

    def run(document: object, code: str, *words: str) -> SchemaError:
        with pytest.raises(SchemaError) as caught:
            read_table(write(document))
        error = caught.value
        assert error.code == code, str(error)
        assert error.fix
        assert str(error.where).startswith("things.json"), error.where
        for word in words:
            assert word in str(error), str(error)
        return error

    return run


@pytest.fixture(scope="session")
def notes() -> Table:
    """A table with one entity and one of everything."""
    return read_table(FIXTURES / "notes.json")


@pytest.fixture(scope="session")
def market() -> Table:
    """A table with several entities."""
    return read_table(FIXTURES / "market.json")
