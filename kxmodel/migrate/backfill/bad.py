"""Bad items: one line of JSON each, in a file that says exactly what the checkpoints say."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from kxmodel.values import item_to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kxmodel.errors import Problem
    from kxmodel.migrate.tasks.task import Item
    from kxmodel.values import JSON

#: The path of what concerns no single attribute; see `Problem.pointer`.
_WHOLE: Final = "(item)"


@dataclass(frozen=True)
class BadItem:
    """key: plain JSON of the item's key. path: dotted. value: shortened; None where there is none."""

    key: Mapping[str, JSON]
    path: str
    reason: str
    code: str
    value: str | None = None

    @classmethod
    def of(cls, key: Item, problem: Problem) -> BadItem:
        """A row of the report."""
        value = None if problem.value is None else str(problem.value)
        return cls(item_to_json(key), problem.pointer, problem.message, problem.code, value)

    def to_json(self) -> dict[str, JSON]:
        """Plain JSON of all fields."""
        return cast("dict[str, JSON]", asdict(self))

    @classmethod
    def from_json(cls, value: Mapping[str, JSON]) -> BadItem:
        """The opposite of `to_json`."""
        shown = value.get("value")
        return cls(
            cast("Mapping[str, JSON]", value["key"]),
            str(value["path"]),
            str(value["reason"]),
            str(value["code"]),
            None if shown is None else str(shown),
        )


class BadItems:
    """The report of a run in JSON Lines.

    Lines are on disk before the checkpoint that counts them. What a crash left between the two is
    removed when the run resumes, so that no item stands there twice.
    """

    def __init__(self, path: Path, counted: Mapping[str, int]) -> None:
        """counted: unit -> how many bad items its checkpoint counts; empty for a new run."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _keep(path, counted)
        self._file = path.open("a", encoding="utf-8")

    def add(self, unit: str, rows: Iterable[BadItem]) -> None:
        """Append the bad items of a unit, and see them on disk."""
        lines = [json.dumps({"unit": unit, **row.to_json()}, default=str) + "\n" for row in rows]
        if lines:
            self._file.writelines(lines)
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def in_words(line: str) -> str:
    """The key of a bad item and what is wrong with which attribute, from its JSON text; any other text as
    it is."""
    try:
        row = json.loads(line)
        key = ", ".join(f"{name}={value!r}" for name, value in row["key"].items())
        path, reason = row["path"], row["reason"]
        whole = path == _WHOLE or reason.startswith(path)
        told = reason if whole else f"{path} {reason}"
        return f"{key}: {told} ({row['code']})"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return line


def read_rows(path: Path, most: int = 50) -> list[dict[str, JSON]]:
    """The first bad items of a report as `BadItem.to_json` gives them; none where it cannot be read."""
    rows = []
    try:
        with path.open(encoding="utf-8") as lines:
            for line in islice(lines, most):
                row = json.loads(line)
                del row["unit"]
                rows.append(row)
    except (OSError, ValueError, KeyError, TypeError):
        return rows
    return rows


def _keep(path: Path, counted: Mapping[str, int]) -> None:
    """Leave the first lines of each unit, as many as its checkpoint counts."""
    seen: Counter[str] = Counter()
    fresh = path.with_name(path.name + ".new")
    with path.open(encoding="utf-8") as old, fresh.open("w", encoding="utf-8") as new:
        for line in old:
            try:
                unit = str(json.loads(line)["unit"])
            except (ValueError, KeyError, TypeError):
                continue  # the crash cut it
            seen[unit] += 1
            if seen[unit] <= counted.get(unit, 0):
                new.write(line)
    os.replace(fresh, path)
