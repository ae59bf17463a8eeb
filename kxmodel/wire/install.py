"""Giving a client of ours the short ways of reading and sending, and no other client of the process."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import botocore.session

#: Set to 0, every request and response goes botocore's own way.
SWITCH: Final = "KXMODEL_FAST"

_warned = False


def is_wanted() -> bool:
    """Whether the user has not switched the fast path off by `KXMODEL_FAST=0`."""
    return os.environ.get(SWITCH, "1") != "0"


def install_in_session(session: botocore.session.Session) -> None:
    """For a session that we made ourselves: by botocore's component registry, for its clients."""
    factory = _factory()
    if factory is not None:
        session.register_component("response_parser_factory", factory)
        from kxmodel.wire.loader import direct_loader

        plain = session.get_component("data_loader")
        session.register_component("data_loader", direct_loader(plain))


def install_in_client(client: Any) -> None:
    """For a client from the user's own session, whose other clients stay as they are.

    botocore has no public way for one client; where its endpoint is not as we know it (1.35 to 1.44),
    the client stays as it is, and one warning says so. What is no client of botocore's reads as it will.
    """
    from botocore.client import BaseClient

    if not isinstance(client, BaseClient):
        return
    factory = _factory()
    if factory is None:
        return
    endpoint: Any = getattr(client, "_endpoint", None)
    if hasattr(endpoint, "_response_parser_factory"):
        endpoint._response_parser_factory = factory
    else:
        _warn("its clients keep their parser elsewhere")


def install_serializer(client: Any) -> None:
    """The short way of sending, for one client of ours.

    botocore has no public way for it; a client that serialises otherwise than plainly, as one with
    parameter validation does, stays as it is.
    """
    from botocore.client import BaseClient
    from botocore.serialize import JSONSerializer

    if not is_wanted() or not isinstance(client, BaseClient):
        return
    plain: Any = getattr(client, "_serializer", None)
    if plain is None or not hasattr(JSONSerializer, "_serialize_type_map"):
        _warn("its clients keep their serialiser elsewhere")
    elif type(plain) is JSONSerializer:
        from kxmodel.wire.serializer import ItemSerializer

        made: Any = ItemSerializer()
        vars(made).update(vars(plain))
        vars(client)["_serializer"] = made


def install_short_call(client: Any, *handlers: Any) -> None:
    """The short way of making a request, for one client of ours that serialises the short way.

    handlers: those of its events that add the same headers to every request.
    botocore has no public way for it; a client that is not as we know it stays as it is, and one
    warning says so.
    """
    from kxmodel.wire.serializer import ItemSerializer

    if not isinstance(getattr(client, "_serializer", None), ItemSerializer):
        return
    try:
        from kxmodel.wire.call import ShortCall
        from kxmodel.wire.private import NotAsKnown
    except (ImportError, AttributeError) as error:
        _warn(str(error))
        return
    try:
        vars(client)["_make_api_call"] = ShortCall(client, _warn, handlers)
    except NotAsKnown as error:
        _warn(str(error))


def _factory() -> Any:
    """The factory of parsers; None where it is not wanted, or not to be had with this botocore."""
    if not is_wanted():
        return None
    try:
        from kxmodel.wire.parser import ItemParserFactory
    except ImportError as error:
        _warn(str(error))
        return None
    return ItemParserFactory()


def _warn(reason: str) -> None:
    global _warned
    if not _warned:
        _warned = True
        warnings.warn(
            f"kxmodel reads and sends items the slow way, since this botocore is not as expected: {reason}",
            RuntimeWarning,
            stacklevel=2,
        )
