"""PynamoDB's connections over the client of the current binding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pynamodb.connection.base import Connection
from pynamodb.connection.table import TableConnection

from kxmodel.runtime.aio.stop import check_stop
from kxmodel.runtime.binding import KEEP, Binding, bind, current
from kxmodel.runtime.meta import declared
from kxmodel.runtime.pynamodb_private import WITHOUT_CAPACITY, is_heard, meta_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pynamodb.connection._botocore_private import BotocoreBaseClientPrivate
    from pynamodb.connection.base import MetaTable
    from pynamodb.models import Model

    from kxmodel.runtime.client import ClientSettings

__all__ = [
    "KEEP",
    "Binding",
    "KxConnection",
    "KxTableConnection",
    "bind",
    "connection",
    "current",
    "table_connection",
]


class KxConnection(Connection):
    """A connection that takes its client from a binding.

    binding: the one to stay with; None: whichever is in force when a request is sent.
    settings: those of a model whose Meta says something of its own.
    """

    def __init__(
        self, binding: Binding | None = None, settings: ClientSettings | None = None
    ) -> None:
        self._kx_binding = binding
        self._kx_settings = settings
        shown = settings or (binding or current()).settings
        super().__init__(region=shown.region, host=shown.endpoint_url)

    @property
    def client(self) -> BotocoreBaseClientPrivate:
        """The botocore client, shared with every other model of the binding."""
        binding = self._kx_binding or current()
        return cast("BotocoreBaseClientPrivate", binding.client(self._kx_settings))

    def dispatch(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        """PynamoDB's; of an asynchronous call that was cancelled nothing further is sent."""
        check_stop()
        if is_heard():
            return super().dispatch(operation_name, operation_kwargs)
        if operation_name not in WITHOUT_CAPACITY:
            operation_kwargs.setdefault("ReturnConsumedCapacity", "TOTAL")
        return self._make_api_call(operation_name, operation_kwargs)

    def dispatch_items(
        self, operation_name: str, operation_kwargs: dict[str, Any]
    ) -> tuple[dict[str, Any], Iterable[tuple[dict[str, Any], str | None]]]:
        """A page of a Query, Scan or ExecuteStatement: its answer without `Items`, and these one by one.

        Each item comes in DynamoDB's JSON, binary values as bytes, with the text that it was parsed
        from, or None where the page was parsed as a whole. Raises what `dispatch` raises; and in
        iterating botocore's ResponseParserError, where the answer turns out to be broken.
        """
        from kxmodel.wire.items import ItemByItem, WholeItems

        page = self.dispatch(operation_name, ItemByItem(operation_kwargs))
        items: Any = page.pop("Items", [])
        return page, WholeItems(items) if isinstance(items, list) else items


class KxTableConnection(TableConnection):
    """The connection of one table, for as long as one binding is in force.

    It stays with its binding: between taking the connection and sending the request, another
    thread may bind anew, and a table name with one prefix must not go to the endpoint of another.
    """

    def __init__(
        self, meta: MetaTable, binding: Binding, settings: ClientSettings | None = None
    ) -> None:
        super().__init__(meta.table_name)
        self.connection = KxConnection(binding, settings)
        self.connection.add_meta_table(meta)
        self.settings = settings
        """The client's settings, where they are not the binding's own."""


def connection() -> KxConnection:
    """A connection for ``TransactWrite(connection=...)`` and ``TransactGet``; it follows `bind`."""
    return KxConnection()


def table_connection(model: type[Model]) -> KxTableConnection:
    """The connection of a model class under the current binding, made on first use.

    Raises AttributeError, as PynamoDB does, where the model has no Meta with a table_name.
    """
    meta = getattr(model, "Meta", None)
    if meta is None or getattr(meta, "table_name", None) is None:
        raise AttributeError(
            f"{model.__module__}.{model.__qualname__} needs a class Meta with a table_name"
        )
    while True:
        binding = current()
        name = model.Meta.table_name
        # The name was read from the binding as well; only if that did not change do they agree.
        if binding is current():
            break
    known = binding.tables.get(model)
    settings = _settings_of(meta, binding)
    if known is None or known.table_name != name or known.settings != settings:
        # Two threads may each make one, which are alike: what they must share is the client.
        known = KxTableConnection(meta_table(model, name), binding, settings)
        binding.tables[model] = known
    return known


#: PynamoDB's names in Meta -> ours, apart from those that need a calculation.
_OVERRIDES = {
    "host": "endpoint_url",
    "region": "region",
    "connect_timeout_seconds": "connect_timeout",
    "read_timeout_seconds": "read_timeout",
    "max_pool_connections": "max_pool_connections",
}


def _settings_of(meta: object, binding: Binding) -> ClientSettings | None:
    """The settings where the user's Meta says something of its own, else None."""
    own: dict[str, object] = {
        ours: value
        for theirs, ours in _OVERRIDES.items()
        if (value := declared(meta, theirs)) is not None
    }
    retries = declared(meta, "max_retry_attempts")
    if retries is not None:
        own["max_attempts"] = 1 + retries
    headers = declared(meta, "extra_headers")
    if headers:
        own["extra_headers"] = tuple(sorted(headers.items()))
    if getattr(meta, "aws_access_key_id", None) and getattr(meta, "aws_secret_access_key", None):
        for name in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token"):
            own[name] = getattr(meta, name, None)
    if not own:
        return None
    return binding.settings._replace(**own)  # type: ignore[arg-type]  # the names are those of its fields
