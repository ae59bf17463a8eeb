"""What connections need of PynamoDB beyond its documented interface (6.1), all in this place."""

from __future__ import annotations

import logging
from types import FunctionType
from typing import TYPE_CHECKING, Any

from pynamodb import settings as _settings
from pynamodb import signals as _signals
from pynamodb.connection import base as _base
from pynamodb.connection.base import MetaTable

if TYPE_CHECKING:
    from pynamodb.models import Model


def setting(name: str) -> Any:
    """The value in the user's PynamoDB settings file (PYNAMODB_CONFIG), else PynamoDB's default."""
    return _settings.get_settings_value(name)


def settings_file(name: str) -> Any:
    """The value in the user's PynamoDB settings file, or None."""
    return getattr(_settings.override_settings, name, None)


def retry_settings() -> Any:
    """The retries that the user's settings file asks for, or None: botocore's own, AWS_* included."""
    asked = settings_file("retry_configuration")
    if asked not in (None, "LEGACY", "UNSET"):
        return asked
    retries = settings_file("max_retry_attempts")
    return None if retries is None else {"total_max_attempts": 1 + retries, "mode": "standard"}


_dispatch = _base.Connection.dispatch
_dispatch_is_own = (
    type(_dispatch) is FunctionType and _dispatch.__code__.co_filename == _base.__file__
)


def is_heard() -> bool:
    """Whether somebody would miss what PynamoDB says and records of a request, or wrapped it."""
    return (
        _base.Connection.dispatch is not _dispatch
        or not _dispatch_is_own
        or bool(getattr(_signals.pre_dynamodb_send, "receivers", None))
        or bool(getattr(_signals.post_dynamodb_send, "receivers", None))
        or _base.log.isEnabledFor(logging.DEBUG)
    )


#: The operations that PynamoDB asks no consumed capacity of.
WITHOUT_CAPACITY = frozenset(
    {
        "CreateTable",
        "DeleteTable",
        "DescribeTable",
        "ListTables",
        "UpdateTable",
        "UpdateTimeToLive",
    }
)


def meta_table(model: type[Model], table_name: str) -> MetaTable:
    """What PynamoDB's connection wants to know of a table: keys, indexes and attribute types."""
    schema = model._get_schema()
    return MetaTable(
        {
            "TableName": table_name,
            "KeySchema": schema["key_schema"],
            "AttributeDefinitions": schema["attribute_definitions"],
            "GlobalSecondaryIndexes": [
                {"IndexName": index["index_name"], "KeySchema": index["key_schema"]}
                for index in schema["global_secondary_indexes"]
            ],
            "LocalSecondaryIndexes": [
                {"IndexName": index["index_name"], "KeySchema": index["key_schema"]}
                for index in schema["local_secondary_indexes"]
            ],
        }
    )
