"""What each DynamoDB does differently: the one place. Ask these facts, never the engine's name.

Every field states a fact about behaviour; for AWS the fact is the documented one (Amazon DynamoDB
Developer Guide and API Reference), for a local engine it is what the pinned version was seen to do
(`tests/engines/test_quirks.py` asks each engine again).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

#: What outlives the engine's process: nothing, what it held when it was asked to stop, or
#: everything it acknowledged, even over a kill.
KeepsData = Literal["never", "on stop", "always"]

#: How one PartiQL UPDATE sets two attributes: ``SET a=? SET b=?`` (the documented form) or
#: ``SET a=?, b=?``.
SetForm = Literal["repeated", "comma"]


@dataclass(frozen=True, kw_only=True)
class Quirks:
    """Declared facts about one DynamoDB.

    keeps_data: what outlives its process.
    checks_credentials: a request with a made-up signature is refused.

    Items:
    concurrent_updates_safe: no update is lost when several clients update one item.
    enforces_item_size_on_update: UpdateItem refuses an item that grows over 400 KB.
    checks_index_key_types: PutItem refuses a wrong-typed or empty index key.
    checks_index_key_length: an index's sort key over 1,024 bytes is refused.
    max_transact_get: how many items one TransactGetItems takes.
    honours_client_request_token: a repeated TransactWriteItems with one token is done once.
    capacity_figures: ConsumedCapacity of Query and Scan follows what was read.

    PartiQL:
    partiql_set_form: how several attributes are set in one statement.
    partiql_functions: functions that work in a WHERE clause, in lower case.
    partiql_or: OR works in the WHERE clause of an UPDATE.
    partiql_conditions: a false condition or a missing item fails a statement of a batch.
    partiql_missing_last: ``IS MISSING`` as the last condition guards the write.
    partiql_old_on_failure: ReturnValuesOnConditionCheckFailure=ALL_OLD gives the item in a batch.
    partiql_limits_batch: more than 25 statements in a batch are refused.
    partiql_refuses_duplicates: one item twice in a batch is refused.
    partiql_refuses_mixed: reads beside writes in a batch are refused.
    partiql_enforces_item_size: UPDATE refuses an item that grows over 400 KB.
    partiql_checks_index_keys: UPDATE refuses a wrong-typed or empty index key.

    Tables:
    index_has_states: a new index is shown CREATING, with Backfilling, before it is ACTIVE.
    refuses_two_index_creates: one UpdateTable with two index creations is refused.
    refuses_same_ttl: enabling time-to-live that is enabled is refused.
    point_in_time_recovery: DescribeContinuousBackups and UpdateContinuousBackups work.
    """

    keeps_data: KeepsData = "always"
    checks_credentials: bool = True
    concurrent_updates_safe: bool = True
    enforces_item_size_on_update: bool = True
    checks_index_key_types: bool = True
    checks_index_key_length: bool = True
    max_transact_get: int = 100
    honours_client_request_token: bool = True
    capacity_figures: bool = True
    partiql_set_form: SetForm = "repeated"
    partiql_functions: frozenset[str] = frozenset(
        {"attribute_type", "begins_with", "contains", "size"}
    )
    partiql_or: bool = True
    partiql_conditions: bool = True
    partiql_missing_last: bool = True
    partiql_old_on_failure: bool = True
    partiql_limits_batch: bool = True
    partiql_refuses_duplicates: bool = True
    partiql_refuses_mixed: bool = True
    partiql_enforces_item_size: bool = True
    partiql_checks_index_keys: bool = True
    index_has_states: bool = True
    refuses_two_index_creates: bool = True
    refuses_same_ttl: bool = True
    point_in_time_recovery: bool = True


#: Amazon DynamoDB itself, as documented.
AWS = Quirks()

#: What the three local engines have in common.
_LOCAL = replace(
    AWS,
    checks_credentials=False,
    index_has_states=False,
    refuses_two_index_creates=False,
    refuses_same_ttl=False,
)

_DYNOXIDE = replace(
    _LOCAL,
    keeps_data="always",
    checks_index_key_length=False,
    partiql_set_form="comma",
    partiql_functions=frozenset({"begins_with", "contains"}),
    partiql_old_on_failure=False,
    point_in_time_recovery=False,
)

_MINISTACK = replace(
    _LOCAL,
    keeps_data="on stop",
    checks_index_key_length=False,
    capacity_figures=False,
    partiql_or=False,
    partiql_refuses_duplicates=False,
    partiql_refuses_mixed=False,
    partiql_checks_index_keys=False,
)

_MOTO = replace(
    _LOCAL,
    keeps_data="never",
    concurrent_updates_safe=False,
    checks_index_key_types=False,
    max_transact_get=25,
    honours_client_request_token=False,
    capacity_figures=False,
    partiql_set_form="comma",
    partiql_functions=frozenset(),
    partiql_or=False,
    partiql_conditions=False,
    partiql_missing_last=False,
    partiql_old_on_failure=False,
    partiql_limits_batch=False,
    partiql_refuses_duplicates=False,
    partiql_checks_index_keys=False,
)

#: Facts by the name of the engine. `custom` is an endpoint URL of which nothing is known: it is
#: taken to behave as documented, but not to check credentials.
QUIRKS: dict[str, Quirks] = {
    "dynoxide": _DYNOXIDE,
    "ministack": _MINISTACK,
    "moto": _MOTO,
    "aws": AWS,
    "custom": replace(AWS, checks_credentials=False, index_has_states=False),
}
