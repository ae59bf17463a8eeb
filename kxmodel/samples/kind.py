"""What has to be known of an entity to make its items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kxmodel.errors import KxError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys import KeyRules


class NoSample(KxError):
    """No valid item was found in many attempts."""

    default_code = "KX705"


@dataclass(frozen=True)
class Kind:
    """name: the entity's. schema: the plain JSON Schema of one item, self-contained.

    rules: its key templates. derived: the stored names that they give. times: attribute that holds
    a ULID -> the attribute that holds the time inside it. words: path of stored names -> values to
    choose from, as the schema shows them. created, updated: names of the times of writing.
    """

    name: str
    schema: Mapping[str, object]
    rules: KeyRules
    derived: frozenset[str] = frozenset()
    times: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[tuple[str, ...], tuple[object, ...]] = field(default_factory=dict)
    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
