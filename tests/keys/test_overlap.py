from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.keys import matches, may_collide, parse


@pytest.mark.parametrize(
    ("a", "b", "witness"),
    [
        ("A#${x}", "B#${x}", None),
        ("PROFILE", "PROFILE", "PROFILE"),
        ("PROFILE", "CONFIG", None),
        ("${x}", "PROFILE", "PROFILE"),
        ("${t}#${e}", "PROFILE", None),
        ("${t}#${e}", "CONFIG#", None),
        ("${t}#${e}", "#CONFIG", None),
        ("${t}#${e}", "A#B#C", "A#B#C"),
        ("${t}#PHONE", "${t}#${s}", "a#PHONE"),
        ("${t}#PHONE", "${t}#${s}#${u}", "a#a#PHONE"),
        ("${t}#${u}#PHONE", "${t}#${s}", "a#a#PHONE"),
        ("${x}#END", "${x}#FIN", None),
        ("${x|pad:3}", "${y|pad:4}", None),
        ("${x|pad:3}", "${y|pad:1.1}", None),
        ("${x|pad:3}", "${y}", "000"),
        ("${x|pad:3}#${y}", "A${y}", None),
        ("${x|date:day}", "${x|date:month}", None),
        ("${x|lower}#${y}", "ORDER#${y}", None),
        ("${x|upper}#${y}", "ORDER#${y}", "ORDER#a"),
        ("${x|upper}#${y}", "order#${y}", None),
        ("${t}#${p|e164}", "${t}#PROFILE", None),
        ("${p|e164}", "+1${x|pad:6}", "+1000000"),
        ("${p|e164}", "+1${x|pad:5}", None),
        ("${p|e164}", "+1${x|pad:15}", None),
        ("${a}--${b}", "---y", None),
        ("${a}--${b}", "x--y", "x--y"),
        ("${a}aba${b}", "ababax", None),
        ("${a}aba${b}", "cababax", "cababax"),
    ],
)
def test_whether_two_templates_share_a_key(a: str, b: str, witness: str | None) -> None:
    for left, right in ((a, b), (b, a)):
        assert may_collide(parse(left), parse(right)) == witness


PIECES = st.sampled_from(["${%}", "a", "#", "-", "a#", "--", "aba", "${%|pad:1}", "${%|pad:2}"])


@st.composite
def templates(draw: st.DrawFn) -> str:
    text, free = "", False
    for index, piece in enumerate(draw(st.lists(PIECES, min_size=1, max_size=4))):
        if piece.startswith("$") and free:
            text += "#"
        text += piece.replace("%", f"x{index}")
        free = piece == "${%}"
    return text


ALL_KEYS = ["".join(key) for size in range(1, 6) for key in product("ab#-0", repeat=size)]


@settings(max_examples=60, deadline=None)
@given(templates(), templates())
def test_the_answer_is_that_of_trying_every_short_key(a: str, b: str) -> None:
    left, right = parse(a), parse(b)
    witness = may_collide(left, right)
    if witness is not None:
        assert matches(left, witness)
        assert matches(right, witness)
    shared = next((key for key in ALL_KEYS if matches(left, key) and matches(right, key)), None)
    if shared is not None:
        assert witness is not None
        assert len(witness) == len(shared)
    elif witness is not None:
        assert len(witness) > 5


def test_a_long_template_ends_in_reasonable_time() -> None:
    a = parse("${a}" + "ab" * 250 + "${b}")
    b = parse("${a}" + "ba" * 250 + "${b}")
    witness = may_collide(a, b)
    assert witness is not None
    assert matches(a, witness)
    assert matches(b, witness)
