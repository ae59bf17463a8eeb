"""Components of OpenAPI 3.1: valid, requests apart from responses."""

from __future__ import annotations

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from kxmodel.emit.registry import emitter
from tests.emit.designs import NAMES, design, differs
from tests.emit.tables import small
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden" / "openapi"


def described(tables, **given):
    (text,) = emitter("openapi").run(tables, given).values()
    return json.loads(text)


@pytest.mark.parametrize("name", NAMES)
def test_the_description_is_as_it_was(name):
    assert differs(emitter("openapi").run(design(name), {}), GOLDEN / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid(name):
    assert list(OpenAPIV31SpecValidator(described(design(name))).iter_errors()) == []


def test_a_wrong_description_would_be_noticed():
    document = described(design("shop"))
    document["components"]["schemas"]["Order"]["properties"]["total"]["$ref"] = 5
    assert list(OpenAPIV31SpecValidator(document).iter_errors())


def test_a_request_has_nothing_that_is_derived_or_generated():
    schemas = described(design("shop"))["components"]["schemas"]
    order, request = schemas["Order"], schemas["OrderInput"]
    made = {"PK", "SK", "orderId", "version", "GSI3PK", "GSI3SK", "createdAt", "updatedAt"}
    assert {n for n, one in order["properties"].items() if one.get("readOnly")} == made
    assert set(order["properties"]) - set(request["properties"]) == made
    assert set(request["required"]) == {"customerId", "status", "currency", "total"}
    assert all(not made & set(example) for example in request["examples"])
    assert order["properties"]["total"]["$ref"] == "#/components/schemas/Money"


def test_entities_of_one_name_are_told_apart():
    schemas = described([small("things"), small("more_things")])["components"]["schemas"]
    assert set(schemas) == {
        *("ThingsThing", "ThingsThingInput", "MoreThingsThing", "MoreThingsThingInput")
    }


def test_title_and_version_are_settings():
    info = described(design("shop"), title="Shop", version="2.1")["info"]
    assert info == {"title": "Shop", "version": "2.1"}
