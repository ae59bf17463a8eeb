from __future__ import annotations

import re
from itertools import combinations

import pytest

from kxmodel.docs.pictures.palette import HUES, INKS, TINT, hue, style


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: str, ground: str) -> str:
    """A tint of a colour on a ground."""
    pairs = [(int(colour[n : n + 2], 16), int(ground[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a * TINT + b * (1 - TINT)):02x}" for a, b in pairs)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_text_and_lines_are_seen(scheme: int, ground: str) -> None:
    """4.5 to 1 for text (WCAG 2.2, 1.4.3), 3 to 1 for what a picture needs to be understood (1.4.11)."""
    below = INKS[ground][scheme]
    for text in ("ink", "dim"):
        assert contrast(INKS[text][scheme], below) >= 4.5
    assert contrast(INKS["line"][scheme], below) >= 3
    for pair in HUES:
        assert contrast(pair[scheme], below) >= 3
        assert contrast(INKS["ink"][scheme], over(pair[scheme], below)) >= 4.5


def test_no_two_hues_are_one() -> None:
    for scheme in (0, 1):
        assert all(one[scheme] != other[scheme] for one, other in combinations(HUES, 2))
    assert hue(0) == hue(8)
    assert len({hue(n) for n in range(8)}) == 8


def test_rules_keep_to_pictures() -> None:
    """In a page, a picture's rules must change nothing else."""
    flat = re.sub(r"@media [^{]*\{((?:[^{}]*\{[^{}]*\})*)\}", r"\1", style())
    for selectors in re.findall(r"([^{}]+)\{", flat):
        assert all(".kx-svg" in each for each in selectors.split(",")), selectors


def test_every_colour_has_a_dark_and_a_light_form() -> None:
    assert style().count("--kx-h8:") == 4
    assert {len(pair) for pair in (*HUES, *INKS.values())} == {2}
