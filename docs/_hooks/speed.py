"""The page of what `make bench` measured, for kxmodel's own site: a chart, the targets, every figure.

Pure, apart from MkDocs' hook (https://www.mkdocs.org/user-guide/configuration/#hooks).
"""

from __future__ import annotations

import json
import math
import statistics
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    Results = Mapping[str, Any]
    Row = Mapping[str, Any]

RESULTS = Path(__file__).parents[2] / "bench" / "results.json"
PAGE = "speed.md"

OURS, REFERENCE = "kxmodel", "PynamoDB"

#: Contender -> its mark in the chart, drawn around (0, 0). Shapes differ, so that colour says nothing.
MARKS = {
    "floor": '<path d="M0-7V7"/>',
    "pydynox": '<circle r="4.5"/>',
    "pydynox + pydantic": '<circle r="4.5" class="full"/>',
    "boto3 client": '<rect x="-4" y="-4" width="8" height="8"/>',
    "boto3 resource": '<rect x="-4" y="-4" width="8" height="8" class="full"/>',
    "dyntastic": '<path d="M-5 4H5L0-5Z"/>',
    OURS: '<path d="M0-7L7 0L0 7L-7 0Z" class="ours"/>',
}

_WIDTH, _LEFT, _RIGHT, _TOP, _STEP = 760, 240, 24, 64, 30

_STYLE = (
    ".speed{font:13px sans-serif;max-width:100%;height:auto}"
    ".speed text{fill:currentColor}"
    ".speed .mark{fill:none;stroke:currentColor;stroke-width:1.5}"
    ".speed .mark .full{fill:currentColor}"
    ".speed .mark .ours{fill:#b34700;stroke:#b34700}"
    "[data-md-color-scheme=slate] .speed .mark .ours{fill:#f0934f;stroke:#f0934f}"
    ".speed .grid{stroke:currentColor;stroke-opacity:.2}"
    ".speed .one{stroke:currentColor;stroke-opacity:.7;stroke-dasharray:4 3}"
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the page."""
    try:
        results = json.loads(RESULTS.read_text("utf-8"))
    except OSError as error:
        raise PluginError(
            f"there are no results of a benchmark ({error}): run `make bench`"
        ) from error
    files.append(File.generated(config, PAGE, content=markdown(results)))
    return files


def markdown(results: Results) -> str:
    """The page. results: what bench/speed.py writes."""
    return md.page(*_blocks(results))


def chart(rows: Sequence[Row]) -> str:
    """Every contender's cost as a multiple of PynamoDB's, a line for each row, as SVG.

    The scale is logarithmic: half as much and twice as much are equally far from the dashed line.
    """
    drawn = [row for row in rows if REFERENCE in row["rounds"]]
    ratios = [ratio for row in drawn for _, ratio in _ratios(row)]
    # The dashed line stands within, whatever was measured.
    low = 2.0 ** math.floor(math.log2(min([*ratios, 1 / 2])))
    high = 2.0 ** math.ceil(math.log2(max([*ratios, 2])))
    bottom = _TOP + _STEP * len(drawn)

    def across(ratio: float) -> float:
        share = math.log(ratio / low) / math.log(high / low)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    parts = [
        f'<svg class="speed" viewBox="0 0 {_WIDTH} {bottom + 28}" role="img" '
        f'aria-labelledby="speed-title" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="speed-title">Cost of each contender relative to {REFERENCE}</title>',
        f"<style>{_STYLE}</style>",
        *_legend(),
    ]
    ratio = low
    while ratio <= high:
        at, kind = across(ratio), "one" if ratio == 1 else "grid"
        parts.append(f'<path class="{kind}" d="M{at:.1f} {_TOP - 8}V{bottom}"/>')
        told = f"{ratio:.0f}x" if ratio >= 1 else f"1/{1 / ratio:.0f}"
        parts.append(f'<text x="{at:.1f}" y="{bottom + 18}" text-anchor="middle">{told}</text>')
        ratio *= 2
    for number, row in enumerate(drawn):
        y = _TOP + _STEP * number + _STEP // 2
        title = escape(row["title"].replace("`", ""))
        parts.append(f'<text x="{_LEFT - 16}" y="{y + 4}" text-anchor="end">{title}</text>')
        for name, ratio in _ratios(row):
            parts.append(
                f'<g class="mark" transform="translate({across(ratio):.1f} {y})">'
                f"<title>{escape(name)}: {_times(ratio)}</title>{MARKS[name]}</g>"
            )
    return "\n".join([*parts, "</svg>"])


def _legend() -> Iterator[str]:
    x = 8
    for name in [OURS, *(n for n in MARKS if n != OURS)]:
        yield f'<g class="mark" transform="translate({x} 16)">{MARKS[name]}</g>'
        yield f'<text x="{x + 12}" y="20">{escape(name)}</text>'
        x += 32 + 7 * len(name)
    yield f'<text x="8" y="42">{REFERENCE}: the dashed line</text>'


def _ratios(row: Row) -> Iterator[tuple[str, float]]:
    """Contender, and its cost over PynamoDB's; kxmodel last, so that it is drawn on top."""
    medians = {name: statistics.median(rounds) for name, rounds in row["rounds"].items()}
    for name in MARKS:
        if name in medians:
            yield name, medians[name] / medians[REFERENCE]


def _blocks(results: Results) -> Iterator[str]:
    yield md.heading(1, "Speed")
    yield (
        "What a program pays in CPU for using DynamoDB through kxmodel, beside what kxmodel replaces "
        "and what it stands on. Everything on this page is made from one run of `make bench`; no "
        "figure is typed by hand."
    )
    yield md.heading(2, "At a glance")
    yield (
        f"Each mark is a contender's cost as a multiple of {REFERENCE}'s in the same row: the further "
        "left, the cheaper. The scale is logarithmic."
    )
    # Markdown leaves an HTML block alone up to its first empty line.
    yield f"<div>\n{chart(results['rows'])}\n</div>"
    yield md.heading(2, "Targets")
    yield md.table(
        ("Target", ""),
        [
            (md.text(target["sentence"]), "met" if target["met"] else "**missed**")
            for target in results["targets"]
        ],
    )
    yield md.heading(2, "How it is measured")
    yield "\n".join(_METHOD)
    yield md.heading(2, "Run it again")
    yield _AGAIN
    yield f"This run: {_machine(results)}"
    yield md.heading(2, "Every figure")
    for row in results["rows"]:
        yield from _figures(row)


_METHOD = (
    "- CPU time of the client's process, all its threads, user and system; the server that answers "
    "is another process, and waiting costs nothing.",
    "- The items are the examples of KxGen's own schema of messages. The server answers from memory, "
    "so that no database's speed matters.",
    "- All contenders of a row run in turn, round after round, so that a machine that slows down "
    "slows all of them. The median counts; least and most show the spread.",
    "- All do the same work: before any timing, each has shown that it reads the same attributes "
    "with the same types, and writes the same items. Who writes by hand also makes the index keys "
    "and the update time by hand. Saving and batch writing begin with making the object.",
    "- *kxmodel*, *dyntastic* and *pydynox + pydantic* validate what they write; the others do not. "
    "kxmodel has no way of writing what it has not validated.",
    "- The *floor* is one open connection, a signed request and `json`: it makes no objects.",
    "- kxmodel's encoding also derives all keys. An item that was read holds what was stored too: "
    "that is how kxmodel keeps attributes that it does not know, and how an update follows a key.",
    "- A contender is missing from a row for which it has nothing of its own.",
)

_AGAIN = """\
```console
$ make bench                  # everything; writes bench/results.json
$ make bench BENCH=--quick    # a glance; writes nothing
```

The contenders are in `bench/contenders/`, one file each, for whoever doubts that one was given its best."""


def _figures(row: Row) -> Iterator[str]:
    medians = {name: statistics.median(rounds) for name, rounds in row["rounds"].items()}
    than = OURS if OURS in medians else next(iter(medians))
    yield md.heading(3, md.line(row["title"]))
    yield f"{md.line(row['unit'])}."
    yield md.table(
        ("", "Median", "Least", "Most", f"To {md.text(than)}"),
        [
            (
                f"**{md.text(name)}**" if name == OURS else md.text(name),
                _number(medians[name]),
                _number(min(rounds)),
                _number(max(rounds)),
                _times(medians[name] / medians[than]),
            )
            for name, rounds in row["rounds"].items()
        ],
        "lrrrr",
    )


def _machine(results: Results) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    return md.text(
        f"{results['at']}, Python {results['python']}, {results['machine']}, "
        f"{results['cores']} cores; {versions}."
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}x" if ratio >= 0.5 else f"1/{1 / ratio:.1f}"
