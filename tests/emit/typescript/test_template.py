"""Compiled templates as constants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kxmodel.emit.files import path
from kxmodel.emit.registry import emitter
from kxmodel.emit.typescript.scope import Scope
from kxmodel.emit.typescript.template import constant
from kxmodel.errors import ExportError
from kxmodel.keys import FILTERS as KINDS
from kxmodel.keys import Literal, Placeholder, Template, parse
from tests.emit.typescript.filters import FILTERS, TEMPLATES


def lines(template):
    return constant(Scope(FILTERS, "json"), FILTERS.entities[0], "T", template)


def test_the_table_of_filters_has_them_all():
    parts = [part for text in TEMPLATES for part in parse(text).placeholders]
    assert {bound.name for part in parts for bound in part.filters} == set(KINDS)


def test_a_constant_key():
    assert lines(parse("PROFILE")) == ['const T = new kx.Template("PROFILE", "PROFILE", []);']


def test_texts_of_one_width_have_a_form():
    assert lines(parse("${v|pad:3.2}#${v|date:hour}")) == [
        'const T = new kx.Template("${v|pad:3.2}#${v|date:hour}", "", [',
        '  kx.part("v", "#", { filters: [kx.pad(3, 2, false)], shape: [6, /^[0-9]{3}\\.[0-9]{2}$/] }),',
        '  kx.part("v", "", { filters: [kx.date("hour")], '
        "shape: [13, /^[0-9]{4}\\u002d[0-9]{2}\\u002d[0-9]{2}T[0-9]{2}$/] }),",
        "]);",
    ]


def test_a_filter_that_typescript_does_not_have_is_named():
    (part,) = parse("${v|lower}").placeholders
    unknown = Placeholder("v", (replace(part.filters[0], name="reverse"),), 0)
    with pytest.raises(ExportError, match="the filter reverse of a key template") as raised:
        lines(Template("x${v|reverse}", (Literal("x", 0), unknown)))
    assert raised.value.code == "KX703"


def test_a_template_of_several_places_is_one_constant():
    text = emitter("typescript").run([FILTERS], {})[path("filters.ts")]
    assert text.count('new kx.Template("${w}"') == 1
