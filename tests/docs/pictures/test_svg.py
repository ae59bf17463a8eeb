from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.docs.pictures import svg
from kxmodel.values.shown import INVISIBLE, printable
from tests.docs.pictures.drawn import SVG, desc, read, texts

HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (
            "</text><script>hurt()</script>",
            "]]><![CDATA[",
            '" onload="hurt()',
            "&lt;&#60;&nbsp;",
            "\u202eabc\u202c\x00\x1b\ud800",
        )
    ),
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_words_stay_words(title: str, about: str, shown: str) -> None:
    parts = svg.group((svg.text(1, 2, shown, whole=about),), about)
    root = read(svg.drawing("a", title.strip() or "t", about.strip() or "d", 10, 20, parts))
    assert texts(root) == [printable(shown)]
    assert not INVISIBLE.search(desc(root))
    assert desc(root) == printable(" ".join((about.strip() or "d").split()))


def test_numbers_are_the_same_on_every_machine() -> None:
    assert svg.text(1 / 3, 2.0, "a") == '<text x="0.3" y="2">a</text>'


@pytest.mark.parametrize("far", [100.0, 10.0, -100.0])
def test_a_bend_leaves_and_arrives_level(far: float) -> None:
    root = read(svg.drawing("a", "t", "d", 9, 9, svg.bend(0, 5, far, 50, "k")))
    (way,) = root.iter(f"{SVG}path")
    start, bent = (way.get("d") or "").removeprefix("M").split("C")
    numbers = [float(each) for each in bent.split()]
    assert [float(n) for n in start.split()][1] == numbers[1]
    assert numbers[3] == numbers[5] == 50
    assert (numbers[0] > 0) == (far > 0)


def test_a_tooltip_is_there_only_where_text_is_cut() -> None:
    assert "<title>" not in svg.text(0, 0, "abc", whole="abc")
    assert "<title>abcdef</title>" in svg.text(0, 0, "abc", whole="abcdef")
