"""What is compared: each does the rows' work in the way that its own documentation shows.

A contender leaves out the methods that it has nothing for. It writes what a program holds (`kxgen.values`:
no key, times as times) as a whole item, keys and update time included, and reads items into objects with
all attributes of a message: times as datetime, numbers as int or float.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REGION = "us-east-1"

#: Module -> its contender, in the order of the table.
NAMES = {
    "kxmodel": "kxmodel",
    "pynamodb": "PynamoDB",
    "boto3_client": "boto3 client",
    "boto3_resource": "boto3 resource",
    "pydynox": "pydynox",
    "pydynox_pydantic": "pydynox + pydantic",
    "dyntastic": "dyntastic",
    "floor": "floor",
}


class Contender:
    """One way to talk to DynamoDB, bound to an endpoint."""

    def query(self, count: int) -> Sequence[object]:
        """The newest messages of the conversation, as objects."""
        raise NotImplementedError

    def get(self, ts: str) -> object:
        """One message by its key."""
        raise NotImplementedError

    def scan(self) -> Iterator[object]:
        """Every message of the table."""
        raise NotImplementedError

    def save(self, values: dict[str, Any]) -> object:
        """Make a message and put it."""
        raise NotImplementedError

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        """Make messages and put them, 25 a request."""
        raise NotImplementedError

    def move(self, message: Any, lead: str) -> object:
        """Give a message that was read to another lead, by which GSI2 has it under another key."""
        raise NotImplementedError

    def make(self, values: dict[str, Any]) -> object:
        """A message that is not stored yet, with its keys."""
        raise NotImplementedError

    def decode(self, stored: dict[str, Any]) -> object:
        """The object of an item in DynamoDB's JSON."""
        raise NotImplementedError

    def encode(self, message: Any) -> object:
        """An object's item in DynamoDB's JSON."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of connections, where that is not left to the end of the process."""

    def has(self, name: str) -> bool:
        """Whether it does that."""
        return getattr(type(self), name) is not getattr(Contender, name)


def contender(module: str, url: str) -> Contender:
    """Its module is imported here and not before: a fresh process pays for one only."""
    made: Contender = import_module(f"contenders.{module}").Subject(url)
    return made
