import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.emit.models.names import Names
from kxmodel.emit.models.naming import check_identifier, constant, free, module_stem, pascal
from kxmodel.errors import UsageError


def test_imports_are_sorted_and_those_for_types_apart():
    names = Names()
    scope = names.scope()
    for name in ("nested", "TTLAttribute", "TableMeta", "Literal"):
        assert scope(name, run=True) == name
    for name in ("datetime", "Page", "list", "Mapping"):
        assert scope(name) == name
    assert names.imports() == [
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING, Literal",
        "",
        "from kxmodel.runtime import (",
        "    TableMeta,",
        "    TTLAttribute,",
        "    nested,",
        ")",
        "",
        "if TYPE_CHECKING:",
        "    from collections.abc import Mapping",
        "    from datetime import datetime",
        "",
        "    from kxmodel.runtime import Page",
    ]


def test_what_a_member_hides_has_another_name():
    names = Names({"Page"})
    names.reserve(["_datetime"])
    hidden = names.scope({"list", "datetime"})
    assert hidden("list") == "builtins.list"
    assert hidden("datetime") == "_datetime_"
    assert hidden("Page") == "_Page_"
    assert hidden("int") == "int"
    assert hidden.own("Page") == "Page"
    assert names.imports()[-4:] == [
        "    import builtins",
        "    from datetime import datetime as _datetime_",
        "",
        "    from kxmodel.runtime import Page as _Page_",
    ]


def test_a_hidden_builtins_is_renamed_and_an_own_class_is_aliased():
    names = Names({"Meta"})
    scope = names.scope({"str", "builtins", "Meta"})
    assert scope("str", run=True) == "_builtins.str"
    assert "import builtins as _builtins" in names.imports()
    assert scope.own("Meta") == "_Meta"
    assert names.aliased == {"Meta"}


@pytest.mark.parametrize(
    ("table", "stem"),
    [
        ("messages", "messages"),
        ("kxgen.messages-v2", "kxgen_messages_v2"),
        ("Orders", "orders"),
        ("class", "class_"),
        ("2024", "t_2024"),
        ("con", "con_"),
        ("annotations", "annotations_"),
        ("__init__", "init"),
        ("_schema", "schema"),
        ("---", "table"),
    ],
)
def test_module_stems(table, stem):
    assert module_stem(table) == stem


@given(st.from_regex(r"[a-zA-Z0-9_.-]{3,255}", fullmatch=True))
def test_every_table_name_makes_a_module_that_is_not_ours(name):
    stem = module_stem(name)
    check_identifier(stem, "a module")
    assert not stem.startswith("_")


def test_class_and_constant_names():
    assert [pascal(text) for text in ("lead status", "GSI1", "by-size", "2nd", "ø")] == [
        "LeadStatus",
        "GSI1",
        "BySize",
        "nd",
        "",
    ]
    assert constant("OrderLine") == "ORDER_LINE"
    taken = {"A"}
    assert [free("A", taken, "Index") for _ in range(3)] == ["AIndex", "AIndex2", "AIndex3"]


@pytest.mark.parametrize("name", ["annotations", "models", "Any", "values"])
def test_a_member_may_be_called_as_an_import_is(name):
    check_identifier(name, "an attribute")


@pytest.mark.parametrize("name", ["", "a b", "a\n", "1a", "größe", "class", "TYPE_CHECKING", "a;b"])
def test_what_is_no_identifier_is_refused(name):
    with pytest.raises(UsageError) as caught:
        check_identifier(name, "an attribute")
    assert caught.value.code == "KX025"
