"""What checking an item against its schema costs, beside the `jsonschema` library.

    python bench/validate.py [--items N] [--rounds N]

- schema: items of all three tables, parsed already, by kxmodel's validator and by the library, each with
  formats.
- file: the same items as JSON Lines, by what `kxmodel validate` runs, which also compares keys with their
  templates, checks sizes and counts; and by `json.loads` and the library.

The items are valid, as most of a table's are; a text is made only of what is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
from harness import Target, compare, plain, save, table

from kxmodel import report
from kxmodel.demo.legacy import legacy_items
from kxmodel.dialect import read_folder
from kxmodel.ir.rules import rules_of
from kxmodel.keys import derive
from kxmodel.report import ItemFile, Source
from kxmodel.validate import Validator
from kxmodel.values import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.ir import Table

OURS, THEIRS = "schema: kxmodel", "schema: jsonschema"
OURS_FILE, THEIRS_FILE = "file: kxmodel validate", "file: jsonschema"
TARGET = Target(OURS, THEIRS, 1 / 25)

#: The library is measured on a part of the items.
SHARE = 10

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Subject:
    """One table, its items, and a file of them."""

    table: Table
    items: list[Any]
    file: Path
    validator: Validator
    library: jsonschema.Draft202012Validator

    @classmethod
    def of(cls, one: Table, count: int, folder: Path) -> Subject:
        """With so many items, fewer those that are not valid."""
        (entity,) = one.entities
        validator = Validator(entity.schema, entity.name)
        items = list(_valid(one, count, validator))
        file = folder / f"{one.name}.jsonl"
        file.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
        formats = jsonschema.FormatChecker()
        library = jsonschema.Draft202012Validator(entity.schema, format_checker=formats)
        return cls(one, items, file, validator, library)


def _valid(one: Table, count: int, validator: Validator) -> Iterator[dict[str, Any]]:
    """Items with all their keys."""
    (entity,) = one.entities
    rules = rules_of(one, entity)
    for item in legacy_items(one, entity, count):
        if validator.is_valid(item):
            found = derive(rules, rules.derived, item)
            yield item | {name: to_json(value) for name, value in found.present.items()}


def schema_ours(subjects: list[Subject]) -> int:
    """Every item; how many."""
    for subject in subjects:
        for item in subject.items:
            assert not subject.validator.problems(item)
    return sum(len(subject.items) for subject in subjects)


def schema_theirs(subjects: list[Subject]) -> int:
    """The first items of each table; how many."""
    done = 0
    for subject in subjects:
        for item in subject.items[: len(subject.items) // SHARE]:
            assert not list(subject.library.iter_errors(item))
            done += 1
    return done


def file_ours(subjects: list[Subject]) -> int:
    """All files; the items."""
    sources = (
        Source(ItemFile(s.file, s.table.name, frozenset({s.table.hash.name})), s.table, [s.table])
        for s in subjects
    )
    tally = report.validate(sources, on_finding=print)
    assert not tally.findings
    return tally.items


def file_theirs(subjects: list[Subject]) -> int:
    """The first lines of each file; how many."""
    done = 0
    for subject in subjects:
        with subject.file.open(encoding="utf-8") as lines:
            for line, _ in zip(lines, range(len(subject.items) // SHARE), strict=False):
                assert not list(subject.library.iter_errors(json.loads(line)))
                done += 1
    return done


def main() -> int:
    """Measure, print and save; 1 where the target is missed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--items", type=int, default=15_000)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    tables = read_folder(ROOT / "schemas", ROOT)
    with tempfile.TemporaryDirectory() as folder:
        subjects = [Subject.of(one, chosen.items // len(tables), Path(folder)) for one in tables]
        costs = compare(
            {
                OURS: lambda: schema_ours(subjects),
                THEIRS: lambda: schema_theirs(subjects),
                OURS_FILE: lambda: file_ours(subjects),
                THEIRS_FILE: lambda: file_theirs(subjects),
            },
            chosen.rounds,
        )
    items = sum(len(subject.items) for subject in subjects)
    print(f"Validation of {items:,} items of {len(tables)} tables\n")
    print(table(costs))
    print(TARGET.sentence(costs))
    save("validate", {"items": items, "cpu_us_per_item": plain(costs)})
    return int(TARGET.ratio(costs) > TARGET.most)


if __name__ == "__main__":
    sys.exit(main())
