from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.docs.pictures.measure import cells, code_width, cut, fitting, text_width, wrapped


@pytest.mark.parametrize(
    ("words", "count"), [("abc", 3), ("漢字", 4), ("…→", 2), ("é", 1), ("", 0)]
)
def test_cells(words: str, count: int) -> None:
    assert cells(words) == count


@given(st.text(max_size=60), st.integers(1, 40))
def test_what_is_cut_fits(words: str, most: int) -> None:
    shown = cut(words, most)
    assert cells(shown) <= most
    assert "\n" not in shown


@given(st.text("il漢WM a.", max_size=40), st.integers(20, 200))
def test_what_is_fitted_fits(words: str, width: int) -> None:
    shown = fitting(words, width)
    assert text_width(shown) <= width
    assert shown == " ".join(words.split()) or shown.endswith("…")


@given(st.text("il漢WM a.", max_size=80), st.integers(20, 200))
def test_what_is_wrapped_fits_and_says_all_or_that_there_is_more(words: str, width: int) -> None:
    lines = wrapped(words, width)
    assert len(lines) <= 2
    assert all(text_width(line) <= width for line in lines)
    assert " ".join(lines) == " ".join(words.split()) or any(line.endswith("…") for line in lines)


def test_short_text_stays_whole() -> None:
    assert cut("PROFILE", 7) == "PROFILE"
    assert cut("PROFILES", 7) == "PROFIL…"
    assert fitting("Lead", 200) == "Lead"


def test_widths_hold_for_the_widest_fonts() -> None:
    """DejaVu Sans and DejaVu Sans Mono, in units of 2048 an em, by their hmtx tables."""
    sans = {"i": 569, "l": 569, "m": 1995, "W": 2025, "a": 1255, "A": 1401, "s": 1067, "0": 1303}
    for letter, units in sans.items():
        assert text_width(letter, 2048) >= units
    assert code_width("a", 2048) >= 1233
