"""What an object becomes by an update that a transaction sends: the answer to it brings no item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kxmodel.runtime.update.changes import read_changes
from kxmodel.runtime.update.evaluate import NotComputable, apply

if TYPE_CHECKING:
    from kxmodel.runtime.update.plan import UpdatePlan
    from kxmodel.values import AttributeValue


def foresee(
    model: Any, plan: UpdatePlan
) -> tuple[dict[str, AttributeValue] | None, frozenset[str]]:
    """The item after the request, and the stored names that it changes.

    None where the object does not know its whole item. Without it, a save after the transaction
    would write the old values back, and pass the check of the version.
    """
    if model._kx_stored is None or model._kx_partial:
        return None, frozenset()
    changes = read_changes(plan.actions)
    try:
        after = apply(changes, model._kx_stored)
    except NotComputable:
        return None, frozenset()
    return after, frozenset(str(change.path[0]) for change in changes)
