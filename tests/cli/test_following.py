"""How far a run is, where nobody looks through a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.cli import following
from kxmodel.migrate.backfill import Counts, Progress
from kxmodel.migrate.run.events import Work

HALF = Progress(Counts(scanned=500, updated=20), 97, 100, 1000, 0.0, 0.0)


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        (HALF, "50%"),  # one unit holds half of the table
        (replace(HALF, done=30), "30%"),  # DynamoDB's count of items is old
        (replace(HALF, expected=0), "97%"),
    ],
)
def test_the_share_is_by_units_and_not_more_than_by_items(
    progress: Progress,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(following, "_INTERVAL", 0.0)
    with following.following() as tell:
        tell(Work(progress))
    assert f"500 items, 20 written, 0 bad, {told}" in capsys.readouterr().err
