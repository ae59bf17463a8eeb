"""What importing the models costs over importing PynamoDB, in CPU time of fresh processes.

    python bench/import_cost.py [RUNS]

All contenders run in turn, so that a machine that slows down slows all of them; the first round
warms the file cache and does not count. The figures to quote are the ratios.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys

CONTENDERS = {
    "pynamodb.models": "import pynamodb.models",
    "kxmodel.models (lazy)": "import kxmodel.models",
    "one model": "from kxmodel.models import Lead",
    "all three models": "from kxmodel.models import Lead, Message, Persona",
}

#: As an installed package is imported: from compiled files.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def cpu_seconds(code: str) -> float:
    """User and system time of a fresh interpreter that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print a table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    times: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    empty: list[float] = []
    for round_number in range(runs + 1):
        nothing = cpu_seconds("pass")
        measured = {name: cpu_seconds(code) for name, code in CONTENDERS.items()}
        if round_number:
            empty.append(nothing)
            for name, seconds in measured.items():
                times[name].append(seconds)
    start = statistics.median(empty)
    floor = statistics.median(times["pynamodb.models"]) - start
    print(f"{'import':24} {'median ms':>10} {'over PynamoDB':>14}")
    for name, seconds in times.items():
        cost = statistics.median(seconds) - start
        print(f"{name:24} {cost * 1000:10.1f} {cost / floor:13.2f}x")


if __name__ == "__main__":
    main()
