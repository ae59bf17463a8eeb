"""Saving without asking the schema, which kxmodel itself never does: what validation costs in a save."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class _TakesEverything:
    """In place of `kxmodel.validate.Validator`."""

    def problems(self, instance: object, *, sound: bool = False) -> list[object]:
        return []


@contextmanager
def taking_everything() -> Iterator[None]:
    """For the block, messages are written as they are."""
    from kxmodel.models import Message
    from kxmodel.runtime.spec import spec_of

    spec: Any = spec_of(Message)
    kept, spec.validator = spec.validator, _TakesEverything()
    try:
        yield
    finally:
        spec.validator = kept
