"""The KMS keys of tables that are encrypted with one of their own, used through DynamoDB alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.iam.policy import Statement, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kxmodel.emit.iam.policy import Conditions
    from kxmodel.emit.iam.settings import Place
    from kxmodel.ir import Table


def key_statements(
    tables: Mapping[str, Table], place: Place, allowed: tuple[str, ...]
) -> Iterator[Statement]:
    """One for each table with a key of its own. tables: label -> table.

    An alias cannot be the resource of a statement; the key behind it is known by ``kms:ResourceAliases``
    (https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html).
    """
    for label, table in tables.items():
        key = table.settings.encryption
        if key in ("aws-owned", "aws-managed"):
            continue
        via: Conditions = {"StringLike": {"kms:ViaService": ("dynamodb.*",)}}
        _, _, alias = key.partition("alias/")
        if alias:
            conditions: Conditions = {
                **via,
                "ForAnyValue:StringEquals": {"kms:ResourceAliases": (f"alias/{literal(alias)}",)},
            }
            yield Statement(f"Key{label}", allowed, (place.arn("kms", "key/*"),), conditions)
        else:
            yield Statement(f"Key{label}", allowed, (literal(key),), via)
