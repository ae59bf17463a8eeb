from __future__ import annotations

import sys
import warnings
from typing import Any

import botocore.session
import pytest
from botocore.parsers import JSONParser
from botocore.serialize import JSONSerializer

from kxmodel.runtime.client import ClientSettings, make_client
from kxmodel.wire import install
from kxmodel.wire.parser import ItemParser
from kxmodel.wire.serializer import ItemSerializer

LOCAL = ClientSettings(endpoint_url="http://127.0.0.1:1", region="us-east-1")
KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}


def parser_of(client: Any) -> object:
    return client._endpoint._response_parser_factory.create_parser("json")


def test_our_own_clients_read_the_short_way() -> None:
    assert isinstance(parser_of(make_client(LOCAL, None)), ItemParser)


def test_a_users_session_keeps_its_other_clients_as_they_are() -> None:
    session = botocore.session.Session()
    ours = make_client(LOCAL, session)
    other = session.create_client("dynamodb", region_name="us-east-1", **KEYS)
    assert isinstance(parser_of(ours), ItemParser)
    assert type(parser_of(other)) is JSONParser


def test_other_sessions_are_as_they_were() -> None:
    make_client(LOCAL, None)
    other = botocore.session.Session().create_client("dynamodb", region_name="us-east-1", **KEYS)
    assert type(parser_of(other)) is JSONParser


@pytest.mark.parametrize("session", [None, botocore.session.Session()])
def test_the_short_way_can_be_switched_off(
    session: botocore.session.Session | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(install.SWITCH, "0")
    assert type(parser_of(make_client(LOCAL, session))) is JSONParser


def test_a_botocore_that_is_not_as_expected_is_left_alone_with_one_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(install, "_warned", False)
    client: Any = botocore.session.Session().create_client(
        "dynamodb", region_name="us-east-1", **KEYS
    )
    del client._endpoint._response_parser_factory
    with pytest.warns(RuntimeWarning, match="slow way"):
        install.install_in_client(client)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        install.install_in_client(client)
        install.install_in_client(object())


@pytest.mark.parametrize("session", [None, botocore.session.Session()])
def test_our_clients_send_the_short_way_unless_it_is_switched_off(
    session: botocore.session.Session | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type(vars(make_client(LOCAL, session))["_serializer"]) is ItemSerializer
    monkeypatch.setenv(install.SWITCH, "0")
    assert type(vars(make_client(LOCAL, session))["_serializer"]) is JSONSerializer


def test_a_client_that_validates_parameters_goes_on_validating() -> None:
    client: Any = botocore.session.Session().create_client(
        "dynamodb", region_name="us-east-1", **KEYS
    )
    before = client._serializer
    install.install_serializer(client)
    assert client._serializer is before


def test_a_client_that_serialises_otherwise_keeps_its_way_of_calling() -> None:
    client: Any = botocore.session.Session().create_client(
        "dynamodb", region_name="us-east-1", **KEYS
    )
    install.install_short_call(client)
    assert "_make_api_call" not in vars(client)


def test_the_short_way_of_calling_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_make_api_call" in vars(make_client(LOCAL, None))
    monkeypatch.setenv(install.SWITCH, "0")
    assert "_make_api_call" not in vars(make_client(LOCAL, None))


def test_without_the_names_that_calling_takes_there_is_one_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(install, "_warned", False)
    monkeypatch.setitem(sys.modules, "kxmodel.wire.call", None)
    with pytest.warns(RuntimeWarning, match="slow way"):
        client = make_client(LOCAL, None)
    assert "_make_api_call" not in vars(client)
    make_client(LOCAL, None)


def test_a_client_without_the_serialiser_we_know_is_left_alone_with_one_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(install, "_warned", False)
    client: Any = botocore.session.Session().create_client(
        "dynamodb", region_name="us-east-1", **KEYS
    )
    del client._serializer
    with pytest.warns(RuntimeWarning, match="slow way"):
        install.install_serializer(client)
    install.install_serializer(object())
