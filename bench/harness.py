"""Measuring side by side: CPU time of this process for each item, contenders in turn, ratios.

The database answers from another process, so that what is measured is the client alone. Every round runs
all contenders, so that a machine that slows down slows all of them; the first round does not count.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

#: Runs once and says how many items it went over.
Contender = Callable[[], int]

RESULTS = Path(__file__).parent / "results"

#: What else the figures depend on.
PACKAGES = ("kxmodel", "pynamodb", "botocore", "jsonschema", "jsonschema-rs")


@dataclass(frozen=True)
class Cost:
    """One figure a round: CPU microseconds an item, unless the row says otherwise."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.rounds)


@dataclass(frozen=True)
class Target:
    """A promise: `subject` costs at most `most` times what `than` costs."""

    subject: str
    than: str
    most: float

    def ratio(self, costs: Mapping[str, Cost]) -> float:
        """What it really is: the median of the rounds' ratios, since a round's figures go together."""
        pairs = zip(costs[self.subject].rounds, costs[self.than].rounds, strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    def sentence(self, costs: Mapping[str, Cost]) -> str:
        """In words, with the verdict."""
        ratio = self.ratio(costs)
        verdict = "met" if ratio <= self.most else "MISSED"
        return (
            f"{self.subject} / {self.than}: {times(ratio)}, "
            f"target at most {times(self.most)}: {verdict}"
        )


def cpu_per_item(contender: Contender) -> float:
    """One run: CPU microseconds an item, user and system time of all threads."""
    before = time.process_time()
    items = contender()
    return 1e6 * (time.process_time() - before) / items


def compare(contenders: Mapping[str, Contender], rounds: int) -> dict[str, Cost]:
    """Run all in turn, one round more than counts."""
    return in_turn({name: partial(cpu_per_item, run) for name, run in contenders.items()}, rounds)


def in_turn(
    measures: Mapping[str, Callable[[], float]], rounds: int, unused: int = 1
) -> dict[str, Cost]:
    """Take each figure once a round; the first `unused` rounds warm up and do not count."""
    figures: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + unused):
        for name, measure in measures.items():
            # One contender's garbage is not collected at another's expense.
            gc.collect()
            figure = measure()
            if number >= unused:
                figures[name].append(figure)
    return {name: Cost(tuple(rows)) for name, rows in figures.items()}


def table(costs: Mapping[str, Cost], unit: str = "CPU microseconds an item") -> str:
    """The figures for people."""
    width = max(map(len, [*costs, unit]))
    lines = [f"{unit:{width}} {'median':>10} {'least':>10} {'most':>10}"]
    lines += [
        f"{name:{width}} {c.median:10.1f} {min(c.rounds):10.1f} {max(c.rounds):10.1f}"
        for name, c in costs.items()
    ]
    return "\n".join(lines)


def save(name: str, figures: Mapping[str, object]) -> Path:
    """Add a run to ``results/NAME.json``, a list with the newest last."""
    path = RESULTS / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    runs = json.loads(path.read_text("utf-8")) if path.exists() else []
    runs.append({"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), **figures})
    path.write_text(json.dumps(runs, indent=1) + "\n", "utf-8")
    return path


def plain(costs: Mapping[str, Cost]) -> dict[str, list[float]]:
    """For `save`: the rounds of each."""
    return {name: [round(figure, 2) for figure in cost.rounds] for name, cost in costs.items()}


def times(ratio: float) -> str:
    """``1.57x``, or ``1/25.0`` of what is far less."""
    return f"1/{1 / ratio:.1f}" if ratio < 0.5 else f"{ratio:.2f}x"


def machine(packages: Sequence[str] = PACKAGES) -> dict[str, object]:
    """What figures are of: Python, the machine, versions of packages."""
    return {
        "python": sys.version.split()[0],
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "versions": {name: version(name) for name in packages},
    }
