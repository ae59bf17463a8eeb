"""Errors of ours that stand where PynamoDB raises one of its own: both names catch them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.exceptions import AttributeNullError, DoesNotExist, PynamoDBException, UpdateError

from kxmodel.errors import ItemNotFound, StaleItemError, ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.errors import KxError, Problem


class RequiredMissing(ValidationFailed, AttributeNullError):
    """A write lacks an attribute that the schema requires.

    attr_path: PynamoDB's name for the first of them, in dotted form.
    """

    def __init__(self, problems: Sequence[Problem], **told: Any) -> None:
        super().__init__(problems, **told)
        self.attr_path = next(p.pointer for p in self.problems if p.rule == "required")

    def __str__(self) -> str:
        return ValidationFailed.__str__(self)


class _Caused(PynamoDBException):
    """PynamoDB's `cause` is the error that Python says this one was raised from."""

    @property
    def cause(self) -> Exception | None:
        """What DynamoDB answered, where it was asked."""
        return self.__cause__ if isinstance(self.__cause__, Exception) else None

    @cause.setter
    def cause(self, value: Exception | None) -> None:
        """PynamoDB's constructor assigns None."""


class UpdateOfMissingItem(_Caused, ItemNotFound, DoesNotExist, UpdateError):
    """`update` found no item, and creates none."""

    def _pickled_as(self) -> type[KxError]:
        # The class that is raised is made on the spot, to be the model's DoesNotExist as well.
        return UpdateOfMissingItem

    def __str__(self) -> str:
        return ItemNotFound.__str__(self)


class UpdateContended(_Caused, StaleItemError, UpdateError):
    """The sources of a key changed under every attempt of an update."""

    def __str__(self) -> str:
        return StaleItemError.__str__(self)
