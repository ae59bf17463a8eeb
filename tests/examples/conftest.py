"""The designs under examples/, each with its generated package, on every engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.runtime.conftest import any_engine, engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.engines import RunningEngine

ROOT = Path(__file__).parents[2] / "examples"

# The generated packages are imported by the name that their project's configuration gives them.
for name in ("shop", "membership"):
    sys.path.insert(0, str(ROOT / name))

__all__ = ["any_engine", "engine"]


def examples_of(design: str) -> dict[str, list[dict[str, Any]]]:
    """Entity -> its example items, as the schema file has them."""
    document = json.loads((ROOT / design / "schemas" / f"{design}.json").read_text("utf-8"))
    return {
        definition["x-kx-entity"]["name"]: definition["examples"]
        for definition in document["$defs"].values()
        if "x-kx-entity" in definition
    }


@pytest.fixture
def shop(engine: RunningEngine) -> Iterator[Any]:
    """The shop's models, its table, and its example items in it."""
    import shop as models

    yield from _loaded(models, models.ShopTable, "shop")


@pytest.fixture
def membership(engine: RunningEngine) -> Iterator[Any]:
    """The membership design's models, its table, and its example items in it."""
    import membership as models

    yield from _loaded(models, models.MembershipTable, "membership")


def _loaded(models: Any, table: Any, design: str) -> Iterator[Any]:
    table.create_table(wait=True)
    for entity, items in examples_of(design).items():
        for item in items:
            getattr(models, entity).from_json(item).save(add_version_condition=False)
    yield models
    table.delete_table()
