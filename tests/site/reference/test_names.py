"""Every public name is documented, in the source and on the site."""

from __future__ import annotations

from importlib import import_module
from types import FunctionType

import pytest

from kxmodel.site.reference.names import PARTS, index, page

NAMES = [name for part in PARTS for name in part.public()]


def found(name: str) -> object:
    module, _, last = name.rpartition(".")
    return getattr(import_module(module), last)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_documented(name):
    public = found(name)
    # A constant or a type alias has no docstring that Python keeps.
    if isinstance(public, type | FunctionType):
        assert (public.__doc__ or "").strip()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_names_are_on_the_site(part, own):
    ids = own.pages[f"reference/api/{part.slug}/"].ids
    assert [name for name in part.public() if name not in ids] == []


def test_pages_name_each_once_and_the_index_names_all_pages():
    for part in PARTS:
        names = list(part.public())
        assert page(part).count("\n::: ") == len(names) == len(set(names))
        assert f"[`{part.title}`]({part.slug}.md)" in index()
    assert len(NAMES) > 100
