"""The colours of pictures, in light and dark, and the one style sheet that each picture carries.

Hues are chosen after Okabe and Ito's palette for the colour-blind (https://jfly.uni-koeln.de/color/),
darkened for a light ground and lightened for a dark one. Nothing is told by colour alone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

#: Role -> colour on a light and on a dark ground. ``paper`` is the ground, ``card`` what lies on it.
INKS: Final = MappingProxyType(
    {
        "paper": ("#ffffff", "#1b1d26"),
        "card": ("#f5f6f8", "#262a36"),
        "line": ("#747b88", "#8d94a5"),
        "ink": ("#1c2024", "#edeff4"),
        "dim": ("#525a66", "#b4bac8"),
    }
)

#: Light and dark form of the hues, in the order in which they are given out.
HUES: Final = (
    ("#0067a8", "#58b6f0"),
    ("#b34700", "#f0934f"),
    ("#00755a", "#34c9a0"),
    ("#a03a78", "#e79bca"),
    ("#7a5d00", "#e3c13f"),
    ("#5a48b8", "#b0a4fa"),
    ("#006a7a", "#5accdf"),
    ("#a02c2c", "#f29090"),
)

#: How much of a hue a filled shape has.
TINT: Final = 0.15


def hue(number: int) -> str:
    """The class of the n-th of several things; hues come again after the eighth."""
    return f"kx-h{number % len(HUES) + 1}"


def style() -> str:
    """The rules of a picture. All begin with ``.kx-svg``, since an inlined picture's reach the page.

    Alone, a picture follows the reader's system. In a page it follows the page, which may be light on a
    dark system: Material for MkDocs and Bootstrap say which they are; in any other, and in schemes that
    somebody else made, the picture is light on paper of its own. Print is light.
    """
    light, dark = _colours(0), _colours(1)
    hues = "".join(
        f".kx-svg .kx-h{n + 1}{{stroke:var(--kx-h{n + 1});fill:var(--kx-h{n + 1})}}"
        for n in range(len(HUES))
    )
    return (
        f".kx-svg,.kx-picture .kx-svg{{{light}}}"
        f"@media (prefers-color-scheme:dark){{.kx-svg{{{dark}}}}}"
        f"[data-bs-theme=dark] .kx-svg,[data-md-color-scheme=slate] .kx-svg{{{dark}}}"
        "[data-md-color-scheme=default] .kx-svg,[data-md-color-scheme=slate] .kx-svg"
        "{--kx-paper:transparent}"
        "@media print{.kx-svg,.kx-picture .kx-svg,[data-bs-theme] .kx-svg,"
        f"[data-md-color-scheme] .kx-svg{{{light}}}}}"
        f"{_SHAPES}{hues}{_AFTER_HUES}"
    )


def _colours(scheme: int) -> str:
    inks = "".join(f"--kx-{name}:{pair[scheme]};" for name, pair in INKS.items())
    hues = "".join(f"--kx-h{n + 1}:{pair[scheme]};" for n, pair in enumerate(HUES))
    return inks + hues


_SHAPES: Final = (
    ".kx-svg text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;"
    "fill:var(--kx-ink);stroke:none;unicode-bidi:isolate;direction:ltr}"
    ".kx-svg .kx-paper{fill:var(--kx-paper);stroke:none}"
    ".kx-svg .kx-card{fill:var(--kx-card);stroke:var(--kx-line)}"
    ".kx-svg .kx-rule{fill:none;stroke:var(--kx-line)}"
    ".kx-svg .kx-arrow{fill:var(--kx-line);stroke:none}"
)
_AFTER_HUES: Final = (
    f".kx-svg .kx-tint{{fill-opacity:{TINT}}}"
    ".kx-svg .kx-way{fill:none;stroke-width:1.75}"
    ".kx-svg .kx-solid{stroke:none}"
    ".kx-svg .kx-dash{stroke-dasharray:5 4}"
    ".kx-svg text.kx-code{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',"
    "monospace;white-space:pre}"
    ".kx-svg text.kx-dim{fill:var(--kx-dim)}"
    ".kx-svg text.kx-small{font-size:12px}"
    ".kx-svg text.kx-bold{font-weight:600}"
    ".kx-svg text.kx-middle{text-anchor:middle}"
    ".kx-svg text.kx-end{text-anchor:end}"
)
