"""Send an update; where a source of a key changed meanwhile, plan it anew and send it again."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import UpdateError

from kxmodel.runtime.exceptions import UpdateContended
from kxmodel.runtime.prepare import describe_key
from kxmodel.runtime.update.plan import all_of, missing_item, plan_update, read_item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action

    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.update.plan import UpdatePlan
    from kxmodel.values import AttributeValue

#: How often an update is sent before it gives up on an item that keeps changing.
ATTEMPTS = 10

#: The longest wait before the second attempt, in seconds; it doubles, with full jitter.
FIRST_WAIT = 0.01


def run_update(
    model: Any,
    spec: ModelSpec,
    actions: Sequence[Action],
    condition: Condition | None,
    *,
    add_version_condition: bool,
    upsert: bool,
) -> dict[str, Any]:
    """Update the object's item and load what is stored then. Returns DynamoDB's answer.

    The caller's condition and version are part of every attempt: a retry never goes past them.
    """
    known: Mapping[str, AttributeValue] | None = None
    plan: UpdatePlan | None = None
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, FIRST_WAIT * 2 ** (attempt - 1)))  # noqa: S311  # jitter
        plan = plan_update(model, spec, actions, upsert=upsert, known=known)
        try:
            data = _send(model, plan, condition, add_version_condition=add_version_condition)
        except ClientError as error:
            if not _condition_failed(error):
                raise UpdateError(f"Failed to update item: {error}", error) from error
            known = _stored_item(error, model, plan)
            if known is None and not upsert:
                raise missing_item(model, spec, plan.key) from error
            asked = condition is not None or (spec.version is not None and add_version_condition)
            if asked and plan.holds_for(known or {}):
                # The guards are met, so it is the caller's condition or version that is not.
                raise UpdateError(f"Failed to update item: {error}", error) from error
            known = known if known is not None else plan.key
        except BotoCoreError as error:
            raise UpdateError(f"Failed to update item: {error}", error) from error
        else:
            model.deserialize(data["Attributes"])
            return data
    raise UpdateContended(
        f"the {spec.entity.name} changed under {ATTEMPTS} attempts of an update",
        where=describe_key(spec, plan.key) if plan is not None else None,
    )


def _send(
    model: Any, plan: UpdatePlan, condition: Condition | None, *, add_version_condition: bool
) -> dict[str, Any]:
    actions = list(plan.actions)
    version = model._handle_version_attribute(actions=actions)
    whole = all_of([condition, version if add_version_condition else None, plan.condition])
    table = model._get_connection()
    values = [next(iter(value.values())) for value in plan.key.values()]
    kwargs = table.get_operation_kwargs(
        *values,
        actions=actions,
        condition=whole,
        return_values="ALL_NEW",
        return_values_on_condition_failure="ALL_OLD",
    )
    answer: dict[str, Any] = table.connection.dispatch("UpdateItem", kwargs)
    return answer


def _condition_failed(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException"


def _stored_item(
    error: ClientError, model: Any, plan: UpdatePlan
) -> Mapping[str, AttributeValue] | None:
    """The item that the condition was asked of: from the error, or read where it has none."""
    cause = error.__cause__
    response: Any = cause.response if isinstance(cause, ClientError) else error.response
    item: Mapping[str, AttributeValue] | None = response.get("Item")
    return item if item is not None else read_item(model, plan.key)
