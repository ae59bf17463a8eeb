"""The frozen lists against the installed PynamoDB, which the reader itself never imports."""

from __future__ import annotations

import subprocess
import sys

from pynamodb.attributes import MapAttribute, UnicodeAttribute
from pynamodb.models import Model

from kxmodel.dialect.reserved import MAP_MEMBERS, MODEL_MEMBERS


class Inner(MapAttribute[str, object]):
    own = UnicodeAttribute()


class Outer(Model):
    class Meta:
        table_name = "t"
        region = "us-east-1"

    own_key = UnicodeAttribute(hash_key=True)
    own_map = Inner()


def public(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith(("__", "own"))}


def test_members_of_models() -> None:
    assert public({*dir(Outer), *vars(Outer())}) <= MODEL_MEMBERS
    assert {"kx", "find", "from_item", "to_item", "from_json", "to_json"} <= MODEL_MEMBERS


def test_members_of_maps() -> None:
    declared = vars(Outer.__dict__["own_map"])
    members = {*dir(Inner), *vars(Inner()), *vars(Inner(own="x")), *declared}
    assert public(members) <= MAP_MEMBERS
    assert {
        "hash_key",
        "range_key",
        "null",
        "default",
        "default_for_new",
        "attr_name",
    } <= MAP_MEMBERS


def test_the_reader_imports_no_pynamodb() -> None:
    program = "import sys, kxmodel.dialect; sys.exit('pynamodb' in sys.modules or 'botocore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
