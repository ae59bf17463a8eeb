"""One engine for what is tried here: it is ours, and not the engine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kxmodel
from kxmodel import engines
from kxmodel.errors import EngineError
from kxmodel.models import Message
from kxmodel.testing.ci import skip_or_fail

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def dynoxide() -> Iterator[engines.RunningEngine]:
    try:
        running = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with running:
        yield running


@pytest.fixture
def messages(dynoxide: engines.RunningEngine) -> Iterator[type[Message]]:
    """The table of messages, empty."""
    with kxmodel.bind(endpoint_url=dynoxide.endpoint_url, region="us-east-1"):
        Message.create_table(wait=True)
        yield Message
        Message.delete_table()
