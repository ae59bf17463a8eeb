from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kxmodel.errors import TemplateError
from kxmodel.keys import Literal, Placeholder, delimiters, parse, render


def test_parts_of_a_template() -> None:
    template = parse("LEAD#${tenantId}#${contactInfo.phone|e164:US}")
    assert [type(part) for part in template.parts] == [Literal, Placeholder, Literal, Placeholder]
    assert template.sources == ("tenantId", "contactInfo.phone")
    assert template.literal_prefix == "LEAD#"
    assert [part.offset for part in template.parts] == [0, 5, 16, 17]
    phone = template.placeholders[1]
    assert phone.path == ("contactInfo", "phone")
    assert [(bound.name, bound.argument) for bound in phone.filters] == [("e164", "US")]
    assert delimiters(template) == (("tenantId", "#"),)


@pytest.mark.parametrize(
    ("text", "natural", "constant", "lossy"),
    [
        ("PROFILE", False, True, False),
        ("${ts}", True, False, False),
        ("${a.b}", True, False, False),
        ("x${ts}", False, False, False),
        ("${ts|upper}", False, False, True),
        ("${score|pad:5}", False, False, False),
        ("${score|pad:5.2,round}", False, False, True),
        ("${at|date:day}", False, False, True),
        ("${at|date:day}#${at}", False, False, False),
        ("${phone|e164}", False, False, False),
        ("${id|shard:10}#${x}", False, False, True),
    ],
)
def test_properties(text: str, natural: bool, constant: bool, lossy: bool) -> None:
    template = parse(text)
    assert (template.is_natural, template.is_constant, template.lossy) == (natural, constant, lossy)


def test_a_source_that_stands_twice_is_named_once() -> None:
    assert parse("${a|shard:4}#${b}#${a}").sources == ("a", "b")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("US$5", "US$5"),
        ("$$", "$"),
        ("$${a}", "${a}"),
        ("$$$${a}", "$${a}"),
        ("$$${a}", "$1"),
        ("{a}", "{a}"),
        ("a}b", "a}b"),
        ("$", "$"),
    ],
)
def test_dollar_signs(text: str, key: str) -> None:
    assert render(parse(text), {"a": 1}) == key


@pytest.mark.parametrize(
    ("text", "code", "offset", "words"),
    [
        ("", "KX301", 0, "empty"),
        ("x" * 513, "KX301", 512, "over 512"),
        ("ab${x", "KX301", 2, "never closed"),
        ("${}", "KX301", 2, "no attribute"),
        ("${|lower}", "KX301", 2, "no attribute"),
        ("${a.}", "KX301", 4, "dot"),
        ("${.a}", "KX301", 2, "dot"),
        ("${a b}", "KX301", 2, "no path"),
        ("${a[0]}", "KX301", 2, "list"),
        ("${a${b}}", "KX301", 2, "no path"),
        ("a\nb", "KX301", 1, "cannot be seen"),
        ("${a}\ud800", "KX301", 4, "cannot be seen"),
        ("x${a|padd:3}", "KX302", 5, "did you mean pad?"),
        ("${a|}", "KX302", 4, "there are default, pad"),
        ("${a|__class__}", "KX302", 4, "no filter"),
        ("${a|lower:x}", "KX303", 4, "no argument"),
        ("${a|pad}", "KX303", 4, "number of digits"),
        ("${a|pad:0}", "KX303", 4, "number of digits"),
        ("${a|pad:3.2,up}", "KX303", 4, "number of digits"),
        ("${a|pad:30.20}", "KX303", 4, "38 digits"),
        ("${a|date:week}", "KX303", 4, "unit"),
        ("${a|e164:us}", "KX303", 4, "capital"),
        ("${a|shard:0}", "KX303", 4, "shards"),
        ("${a|shard:1000001}", "KX303", 4, "shards"),
        ("${a|shard:٣}", "KX303", 4, "shards"),
        ("${a|default:}", "KX303", 4, "value"),
        ("${a|lower|default:x}", "KX303", 10, "first"),
        ("${a|default:x|pad:3}", "KX303", 0, "not a number"),
        ("${a|default:-1|pad:3}", "KX303", 0, "negative"),
        ("${a|default:x#y}#${b}", "KX303", 0, "delimiter"),
        ("${a}${b}", "KX304", 4, "separates a from b"),
        ("${a}${b|pad:3}", "KX304", 4, "separates a from b"),
    ],
)
def test_what_is_malformed_is_refused_at_its_character(
    text: str, code: str, offset: int, words: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.offset) == (code, offset)
    assert words in caught.value.message
    assert caught.value.template == text
    assert caught.value.fix


def test_a_fixed_width_separates_by_itself() -> None:
    template = parse("${n|pad:3}${at|date:day}${name}")
    values = {"n": 7, "at": "2024-01-15T10:30:00Z", "name": "x"}
    assert render(template, values) == "0072024-01-15x"


def test_templates_are_equal_by_text_and_survive_pickling() -> None:
    template = parse("${a|default:x|lower}#${b|pad:3}")
    assert render(template, {"b": 1}) == "x#001"
    for twin in (pickle.loads(pickle.dumps(template)), copy.deepcopy(template)):
        assert twin == template
        assert hash(twin) == hash(template)
        assert render(twin, {"b": 1}) == "x#001"
    assert template != parse("${a}#${b}")
    assert template != "${a|default:x|lower}#${b|pad:3}"
    assert str(template) == template.text


@given(st.text(alphabet="${}|.:#ab1,[]\\ \n\ud800", max_size=25))
@example("${a|default:${b}}")
def test_any_text_is_a_template_or_one_clear_error(text: str) -> None:
    refused: TemplateError | None = None
    try:
        assert parse(text).text == text
    except TemplateError as error:
        refused = error
    assert refused is None or 0 <= refused.offset <= max(len(text) - 1, 0)
