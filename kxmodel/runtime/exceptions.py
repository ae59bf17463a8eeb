"""Errors of ours that stand where PynamoDB raises one of its own: both names catch them."""

from __future__ import annotations

from pynamodb.exceptions import AttributeNullError, DoesNotExist, UpdateError

from kxmodel.errors import ItemNotFound, StaleItemError, ValidationFailed


class RequiredMissing(ValidationFailed, AttributeNullError):
    """A write lacks an attribute that the schema requires."""

    def __str__(self) -> str:
        return ValidationFailed.__str__(self)


class UpdateOfMissingItem(ItemNotFound, DoesNotExist, UpdateError):
    """`update` found no item, and creates none."""

    def __str__(self) -> str:
        return ItemNotFound.__str__(self)


class UpdateContended(StaleItemError, UpdateError):
    """The sources of a key changed under every attempt of an update."""

    def __str__(self) -> str:
        return StaleItemError.__str__(self)
