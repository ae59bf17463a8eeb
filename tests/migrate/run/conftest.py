from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kxmodel.migrate.run.database import Database

if TYPE_CHECKING:
    from kxmodel.migrate.client import ClientSettings
    from kxmodel.migrate.names import Names
    from kxmodel.migrate.schema import Control


@pytest.fixture
def db(control: Control, names: Names, settings: ClientSettings) -> Database:
    """One environment in a local engine."""
    return Database(control.client, names, settings)
