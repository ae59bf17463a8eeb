"""`bind`: in force at once, restored by the context manager, never half done."""

from __future__ import annotations

import os
import threading

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import BindError
from kxmodel.runtime import binding as module
from kxmodel.runtime.binding import bind, current

LOCAL = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _restored():
    with bind():
        yield


def test_bind_takes_effect_at_once_and_keeps_what_it_does_not_name():
    bind(endpoint_url=LOCAL, region="eu-west-1")
    bind(table_prefix="dev-")
    assert (current().endpoint_url, current().region) == (LOCAL, "eu-west-1")
    assert current().table_prefix == "dev-"
    bind(region=None, table_prefix=None)
    assert (current().endpoint_url, current().region, current().table_prefix) == (LOCAL, None, "")


def test_nested_bindings_are_restored_one_by_one():
    outer = current()
    with bind(table_prefix="a-") as a:
        with bind(table_prefix="b-") as b:
            assert current() is b
        assert current() is a
    assert current() is outer


def test_an_exception_restores_too():
    outer = current()
    with pytest.raises(RuntimeError, match="boom"), bind(table_prefix="a-"):
        raise RuntimeError("boom")
    assert current() is outer


def test_a_plain_bind_inside_a_block_ends_with_the_block():
    outer = current()
    with bind(table_prefix="a-"):
        bind(table_prefix="b-")
        bind(table_prefix="c-")
        assert current().table_prefix == "c-"
    assert current() is outer


def test_exit_out_of_order():
    outer = current()
    a = bind(table_prefix="a-").__enter__()
    b = bind(table_prefix="b-").__enter__()
    a.__exit__(None, None, None)
    assert current() is b
    b.__exit__(None, None, None)
    assert current() is outer


def test_a_binding_can_be_entered_again_later_and_twice():
    outer = current()
    a = bind(table_prefix="a-")
    bind(table_prefix="b-")
    b = current()
    with a:
        assert current() is a
        with a:
            assert current() is a
        assert current() is a
    assert current() is b
    assert b is not outer


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_the_order_of_exits_the_first_binding_comes_back(data):
    outer = current()
    opened = []
    for step in range(data.draw(st.integers(1, 6))):
        opened.append(bind(table_prefix=f"{step}-").__enter__())
        if data.draw(st.booleans()):
            bind(table_prefix=f"plain{step}-")
    for one in data.draw(st.permutations(opened)):
        one.__exit__(None, None, None)
    assert current() is outer


def test_repeated_plain_binds_do_not_pile_up():
    import gc
    import weakref

    first = weakref.ref(bind(table_prefix="a-"))
    for step in range(3):
        bind(table_prefix=f"{step}-")
    gc.collect()
    assert first() is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"endpoint_url": "localhost:8000"}, "http://localhost:8000"),
        ({"endpoint_url": "ftp://localhost"}, "no URL"),
        ({"endpoint_url": "http://"}, "no URL"),
        ({"endpoint_url": "http://localhost:99999"}, "no URL"),
        ({"endpoint_url": "http://[::1"}, "no URL"),
        ({"endpoint_url": ""}, "endpoint_url is empty"),
        ({"endpoint_url": 8000}, "int instead of text"),
        ({"region": ""}, "region is empty"),
        ({"table_prefix": "dev#"}, "table's name"),
        ({"table_prefix": "dév-"}, "table's name"),
        ({"table_prefix": "dev-\n"}, "table's name"),
        ({"table_prefix": "x" * 253}, "253 characters"),
        ({"aws_access_key_id": "a"}, "only valid together"),
        ({"aws_session_token": "a"}, "belongs to"),
        ({"session": 3}, "neither a boto3 nor a botocore"),
        ({"connect_timeout": 0}, "seconds, more than 0"),
        ({"read_timeout": float("nan")}, "seconds, more than 0"),
        ({"max_attempts": 0}, "whole number from 1"),
        ({"max_attempts": True}, "whole number from 1"),
        ({"max_pool_connections": 1.5}, "whole number from 1"),
        ({"cursor_key": "password"}, "key 1 of 1"),
        ({"cursor_key": []}, "empty list"),
        ({"cursor_key": 5}, "cursor_key"),
    ],
)
def test_a_bad_argument_is_refused_and_changes_nothing(arguments, words):
    before = current()
    with pytest.raises(BindError, match=words) as raised:
        bind(**arguments)
    assert raised.value.fix
    assert current() is before


def test_a_session_and_credentials_replace_each_other_and_exclude_each_other():
    class Session:
        def client(self, *_, **__): ...

    mine = Session()
    bind(aws_access_key_id="a", aws_secret_access_key="b", aws_session_token="c")
    bind(session=mine)
    assert current().settings.aws_access_key_id is None
    bind(aws_access_key_id="a", aws_secret_access_key="b")
    assert current()._options.session is None
    assert current().settings.aws_session_token is None
    with pytest.raises(BindError, match="both given"):
        bind(session=mine, aws_access_key_id="a", aws_secret_access_key="b")


def test_secrets_are_in_no_repr_and_no_message():
    key = Fernet.generate_key().decode()
    bind(aws_access_key_id="AKIA", aws_secret_access_key="hush", cursor_key=key)
    shown = repr(current()) + repr(current().settings) + repr(current()._options)
    assert "hush" not in shown
    assert key not in shown
    with pytest.raises(BindError) as raised:
        bind(cursor_key="my password")
    assert "password" not in str(raised.value)


def test_a_missing_cryptography_names_the_extra(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "cryptography.fernet", None)
    with pytest.raises(BindError, match=r"kxmodel\[encryption\]") as raised:
        bind(cursor_key=Fernet.generate_key())
    assert raised.value.code == "KX433"


def test_the_seal_is_kept_until_named():
    bind(cursor_key=Fernet.generate_key())
    seal = current().seal
    assert seal is not None
    bind(table_prefix="x-")
    assert current().seal is seal
    bind(cursor_key=None)
    assert current().seal is None


def test_threads_share_the_binding_and_one_client():
    bind(endpoint_url=LOCAL)
    seen = []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        seen.append((current(), current().client()))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1


def test_no_client_is_made_before_it_is_needed(monkeypatch):
    def refuse(*_):
        raise AssertionError("a client was made")

    monkeypatch.setattr(module, "make_client", refuse)
    with bind(endpoint_url=LOCAL, region="us-east-1"):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_child_makes_its_own_client():
    with bind(endpoint_url=LOCAL):
        mine = current().client()
        child = os.fork()
        if child == 0:
            os._exit(0 if current().client() is not mine else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert current().client() is mine
