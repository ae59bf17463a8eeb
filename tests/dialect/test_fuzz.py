"""Whatever becomes of a schema file, it ends as a table or in one clear error."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kxmodel.dialect import metaschema, read_table
from kxmodel.dialect.metaschema import quick, validator
from kxmodel.dialect.text import parse
from kxmodel.errors import CODES, SchemaError
from tests.dialect.conftest import FIXTURES

if TYPE_CHECKING:
    from kxmodel.ir import Table

SOURCES = {
    name: json.loads((FIXTURES / f"{name}.json").read_text()) for name in ("notes", "market")
}
LIBRARY = (FIXTURES / "types.json").read_text()


def strings(value: object) -> set[str]:
    """Every text and every name in a document: what a mutation puts elsewhere."""
    if isinstance(value, dict):
        return set(value).union(*map(strings, value.values()))
    if isinstance(value, list):
        return set().union(*map(strings, value))
    return {value} if isinstance(value, str) else set()


WORDS = sorted(strings([*SOURCES.values(), metaschema()]))
HOSTILE = ["", "\x00", "'\"\\\n", "${", "${x}", "#", "#/", "../x.json", "a.b", "\u202e", "x" * 3000]
SCALARS = (
    st.sampled_from([None, True, False, 0, -1, 1.5, 10**40, 1e300])
    | st.sampled_from(WORDS)
    | st.sampled_from(HOSTILE)
    | st.text(max_size=4)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def containers(value: object) -> list[dict | list]:
    found = [value] if isinstance(value, dict | list) else []
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        found += containers(inner)
    return found


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The text of a fixture with up to three nodes deleted, replaced, inserted or copied."""
    document = copy.deepcopy(SOURCES[draw(st.sampled_from(sorted(SOURCES)))])
    for _ in range(draw(st.integers(1, 3))):
        places = containers(document)
        place = places[draw(st.integers(0, len(places) - 1))]
        what = draw(st.sampled_from(["delete", "replace", "insert", "copy"]))
        value = (
            copy.deepcopy(places[draw(st.integers(0, len(places) - 1))])
            if what == "copy"
            else draw(VALUES)
        )
        if isinstance(place, dict):
            names = sorted(place)
            name = (
                draw(st.sampled_from(names))
                if names and what != "insert"
                else draw(st.sampled_from(WORDS) | st.text(max_size=3))
            )
            place[name] = value
            if what == "delete":
                del place[name]
        elif what == "insert" or not place:
            place.append(value)
        else:
            at = draw(st.integers(0, len(place) - 1))
            place[at : at + 1] = [] if what == "delete" else [value]
    return json.dumps(document)


def ends_well(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "types.json").write_text(LIBRARY)
        path = Path(folder, "table.json")
        path.write_text(text, encoding="utf-8")
        found = read_or_error(path)
    if isinstance(found, SchemaError):
        assert found.code in CODES
        assert found.where
        assert found.fix
        # A few lines, whatever stands in the file.
        assert len(str(found)) < 5000
    else:
        assert found.entities
        assert all(found.locate(entity.pointer) for entity in found.entities)


def read_or_error(path: Path) -> Table | SchemaError:
    try:
        return read_table(path)
    except SchemaError as error:
        return error


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_mutations(text: str) -> None:
    ends_well(text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_the_quick_validator_lets_pass_what_the_reference_does(text: str) -> None:
    parsed = parse(text, "x.json")
    assert parsed.whole or quick()(parsed.value) is validator().is_valid(parsed.value)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 5000), st.integers(0, 3))
def test_truncations(name: str, at: int, drop: int) -> None:
    text = json.dumps(SOURCES[name])
    ends_well(text[:at])
    ends_well(text[:at] + text[at + drop :])


@pytest.mark.slow
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_many_mutations(text: str) -> None:
    ends_well(text)
