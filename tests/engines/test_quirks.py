from __future__ import annotations

import dataclasses

import pytest

from kxmodel.engines import QUIRKS, Quirks

from .probes import PROBES, concurrent_updates_safe, make_table

#: Asked elsewhere: `test_starting.py` asks for keeps_data, every test for checks_credentials.
ELSEWHERE = {"keeps_data", "checks_credentials", "concurrent_updates_safe"}


@pytest.mark.parametrize("field", sorted(PROBES))
def test_engine_behaves_as_declared(engine, client, field):
    assert PROBES[field](client, make_table(client)) == getattr(engine.quirks, field)


def test_engine_declared_safe_loses_no_concurrent_update(engine, client):
    seen = concurrent_updates_safe(client, make_table(client))
    if engine.quirks.concurrent_updates_safe:  # losing one is luck: only this side can be asked
        assert seen


def test_every_fact_is_asked():
    assert set(PROBES) | ELSEWHERE == {field.name for field in dataclasses.fields(Quirks)}


def test_aws_has_no_quirk_and_every_local_engine_some():
    assert QUIRKS["aws"] == Quirks()
    assert all(quirks != Quirks() for name, quirks in QUIRKS.items() if name != "aws")
