"""A client that meets faults: one around another, or a botocore client itself for a while."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from kxmodel.testing.faults.errors import Errors
from kxmodel.testing.faults.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kxmodel.testing.faults.call import Answer, Parameters
    from kxmodel.testing.faults.rule import Rule
    from kxmodel.testing.faults.simulator import Entry

#: Methods of a botocore client that are no operations of DynamoDB.
_OWN: Final = frozenset({"can_paginate", "close", "generate_presigned_url"})
#: Those that make something which asks the client: it has to ask the faulty one.
_MAKERS: Final = frozenset({"get_paginator", "get_waiter"})


class FaultyClient:
    """Any client, with faults. Everything but the operations is the client's own."""

    def __init__(
        self,
        client: object,
        rules: Sequence[Rule] = (),
        *,
        seed: int = 0,
        told: Callable[[Entry], None] | None = None,
    ) -> None:
        """client: of botocore or boto3, or any object with its methods. told: see `Simulator`."""
        self.simulator = Simulator(tuple(rules), seed, told)
        self._client = client
        self._errors = Errors(getattr(client, "exceptions", None))

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name in _MAKERS:
            return getattr(type(self._client), name).__get__(self)
        if name.startswith("_") or name in _OWN or not callable(found):
            return found

        def operation(**parameters: Any) -> Answer:
            def send(changed: Parameters) -> Answer:
                return cast("Answer", found(**changed))

            return self.simulator.handle(name, parameters, send, self._errors)

        return operation


class _Botocore(Protocol):
    """What every request of a botocore client goes through; PynamoDB calls it as well."""

    def _make_api_call(self, operation_name: str, api_params: Parameters) -> Answer: ...


@contextmanager
def injected(
    client: object,
    rules: Sequence[Rule] = (),
    *,
    seed: int = 0,
    told: Callable[[Entry], None] | None = None,
) -> Iterator[Simulator]:
    """For the block, a botocore or boto3 client meets faults in whatever way it is used.

    Paginators, waiters, boto3 resources and PynamoDB models that have this client are included. An
    operation's name is that of the client's method, ``put_item``.
    """
    from botocore import xform_name

    real = cast("_Botocore", client)._make_api_call
    simulator = Simulator(tuple(rules), seed, told)
    errors = Errors(getattr(client, "exceptions", None))

    def call(operation_name: str, api_params: Parameters) -> Answer:
        def send(changed: Parameters) -> Answer:
            return real(operation_name, changed)

        return simulator.handle(xform_name(operation_name), api_params, send, errors)

    vars(client)["_make_api_call"] = call
    try:
        yield simulator
    finally:
        del vars(client)["_make_api_call"]
