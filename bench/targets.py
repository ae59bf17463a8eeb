"""What kxmodel promises of its speed, as ratios between contenders of one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness import Target, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from harness import Cost

    Costs = Mapping[str, Mapping[str, Cost]]

OURS = "kxmodel"

#: In the row of saving: without asking the schema.
UNJUDGED = "kxmodel, not validated"

#: In the row of validation: an object, whose values are taken out first; and the library alone.
OBJECT, BARE = "kxmodel, an object", "jsonschema-rs"

#: Projects of so many tables are generated; and what stands for a contender in that row.
TABLES = (3, 30, 300)
SEVERAL = "{} tables"


@dataclass(frozen=True)
class Verdict:
    """A target as it came out."""

    row: str
    sentence: str
    met: bool


@dataclass(frozen=True)
class Ratio:
    """In a row, one contender costs at most so many times what another does."""

    row: str
    subject: str
    than: str
    most: float

    def verdicts(self, costs: Costs) -> Iterator[Verdict]:
        """None where the row was not measured."""
        row = costs.get(self.row, {})
        if self.subject in row and self.than in row:
            ratio = Target(self.subject, self.than, self.most).ratio(row)
            sentence = (
                f"{self.row}: {self.subject} / {self.than} is {times(ratio)}, "
                f"at most {times(self.most)}"
            )
            yield Verdict(self.row, sentence, ratio <= self.most)


@dataclass(frozen=True)
class Limit:
    """In a row, one contender costs at most so much, in the row's unit."""

    row: str
    subject: str
    most: float

    def verdicts(self, costs: Costs) -> Iterator[Verdict]:
        """None where the row was not measured."""
        cost = costs.get(self.row, {}).get(self.subject)
        if cost is not None:
            sentence = (
                f"{self.row}: {self.subject} take {cost.median:,.0f} ms, at most {self.most:,.0f}"
            )
            yield Verdict(self.row, sentence, cost.median <= self.most)


_SOME, _MANY = map(SEVERAL.format, TABLES[1:])

#: Ten times the tables may take a quarter more than ten times as long.
_LINEAR = 1.25 * TABLES[2] / TABLES[1]

TARGETS: tuple[Ratio | Limit, ...] = (
    Ratio("query", OURS, "PynamoDB", 1 / 5),
    Ratio("query", OURS, "pydynox", 1.0),
    Ratio("query", OURS, "floor", 1.6),
    Ratio("decode", OURS, "PynamoDB", 1 / 6),
    Ratio("encode", OURS, "PynamoDB", 1 / 6),
    Ratio("save", OURS, "PynamoDB", 1 / 2),
    Ratio("save", OURS, "pydynox + pydantic", 1.0),
    Ratio("batch_write", OURS, "PynamoDB", 1 / 4),
    Ratio("scan", OURS, "PynamoDB", 1 / 4),
    Ratio("validate", OURS, BARE, 2.0),
    Ratio("cold", OURS, "PynamoDB", 1.1),
    Limit("generate", _MANY, 5000),
    Ratio("generate", _MANY, _SOME, _LINEAR),
)
