from __future__ import annotations

import pytest

from kxmodel.engines import QUIRKS, attach
from kxmodel.errors import EngineError


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://127.0.0.1:8000", "custom"),
        ("http://[::1]:8000/", "custom"),
        ("https://dynamodb.us-east-1.amazonaws.com", "aws"),
        ("https://dynamodb.us-east-1.amazonaws.com.evil.example", "custom"),
        ("https://dynamodb.eu-central-1.api.aws", "aws"),
    ],
)
def test_attach_knows_aws_by_its_host(url, name):
    engine = attach(url)
    assert (engine.name, engine.pid, engine.quirks) == (name, None, QUIRKS[name])
    assert engine.endpoint_url == url.rstrip("/")
    with engine:
        pass
    assert engine.running
    assert engine.stop() == ""


@pytest.mark.parametrize(
    "url",
    ["", "localhost:8000", "ftp://host", "http://", "http://host:port", "http://[::1", "file:///x"],
)
def test_attach_refuses_what_is_no_endpoint(url):
    with pytest.raises(EngineError, match="not the URL") as caught:
        attach(url)
    assert caught.value.code == "KX509"
