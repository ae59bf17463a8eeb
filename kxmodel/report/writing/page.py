"""The report as one page of HTML that stands alone: no script, nothing fetched.

Everything from items is text on it: markup is escaped, and what steers the direction of text is shown
as its number. Its policy (https://www.w3.org/TR/CSP3/) lets a browser run and load nothing whatever
the page holds.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from kxmodel.errors import CODES
from kxmodel.report.tally import OTHERS
from kxmodel.report.text import percent, plural, visible
from kxmodel.report.writing.plain import notes
from kxmodel.report.writing.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kxmodel.report.finding import ItemFinding
    from kxmodel.report.tally import Count, Kind, Problems, Tally

_MAX_TENANTS: Final = 50
_MAX_SOURCES: Final = 200
#: The first kinds of problems, which are unfolded when the page opens.
_OPEN: Final = 1


class Page:
    """Writes the page at the end; it holds the counts and each kind's examples, not all findings."""

    def __init__(self, tally: Tally, now: datetime | None = None) -> None:
        """now: the moment that the page names, aware; the current one by default."""
        self._tally = tally
        self._now = now

    def begin(self) -> str:
        """Nothing can be written before everything is counted."""
        return ""

    def finding(self, finding: ItemFinding) -> str:
        """Nothing: see `end`."""
        return ""

    def end(self) -> str:
        """The page."""
        return "\n".join(self._parts()) + "\n"

    def _parts(self) -> Iterator[str]:
        tally = self._tally
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        title = _headline(tally)
        yield "<!DOCTYPE html>"
        yield '<html lang="en">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="referrer" content="no-referrer">'
        yield f"<title>{title} - kxmodel validate</title>"
        yield f"<style>{STYLE}</style>"
        yield "</head>"
        yield "<body>"
        yield "<main>"
        yield from self._head(title)
        yield from self._problems()
        yield from self._entities()
        yield from self._tenants()
        yield from self._sources()
        moment = (self._now or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC")
        yield f"<footer>Made by <code>kxmodel validate</code> on {moment}. It shows values of items: keep it as the data is kept.</footer>"
        yield "</main>"
        yield "</body>"
        yield "</html>"

    def _head(self, title: str) -> Iterator[str]:
        tally = self._tally
        tables = dict.fromkeys(source.table or source.name for source in tally.sources)
        yield f'<p class="dim">Items against the schema: {_text(", ".join(tables))}</p>'
        yield f'<h1 class="{"bad" if tally.findings else "good"}">{title}</h1>'
        good = tally.items - tally.bad
        figures = [
            ("Items checked", f"{tally.items:,}"),
            ("Without a problem", percent(good, tally.items) if tally.items else "-"),
            ("Problems found", f"{tally.findings - tally.unreadable:,}"),
            ("Unreadable", f"{tally.unreadable:,}"),
        ]
        cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in figures)
        yield f'<dl class="figures">{cells}</dl>'
        for note in notes(tally):
            yield f'<p class="dim">{_text(note[:1].upper() + note[1:])}.</p>'

    def _problems(self) -> Iterator[str]:
        ranked = self._tally.ranked()
        if not ranked:
            return
        yield f"<h2>{plural(len(ranked), 'kind')} of problem</h2>"
        most = ranked[0][1].count
        for number, (kind, problems) in enumerate(ranked):
            yield from _card(kind, problems, most, is_open=number < _OPEN)

    def _entities(self) -> Iterator[str]:
        counts = self._tally.entities.items()
        if counts:
            yield "<h2>By entity</h2>"
            named = [
                (f"{entity or '(no entity)'} in {table}", count)
                for (table, entity), count in counts
            ]
            yield from _counts("Entity", named)

    def _tenants(self) -> Iterator[str]:
        counts = self._tally.tenants.items()
        if counts:
            ranked = sorted(counts, key=lambda kv: (-kv[1].bad, -kv[1].items, kv[0]))
            yield "<h2>By tenant</h2>"
            yield from _counts("Tenant", ranked[:_MAX_TENANTS])
            if len(ranked) > _MAX_TENANTS:
                bad = sum(1 for _, count in ranked[_MAX_TENANTS:] if count.bad)
                yield f'<p class="dim">and {plural(len(ranked) - _MAX_TENANTS, "more tenant")}, {bad:,} of them with bad items.</p>'

    def _sources(self) -> Iterator[str]:
        found = self._tally.sources
        yield "<h2>What was read</h2>"
        yield from _counts("Source", [(source.name, source) for source in found[:_MAX_SOURCES]])
        if len(found) > _MAX_SOURCES:
            yield f'<p class="dim">and {plural(len(found) - _MAX_SOURCES, "more source")}.</p>'


def _headline(tally: Tally) -> str:
    if not tally.findings:
        return f"{plural(tally.items, 'item')}, no problem found"
    if not tally.bad:
        return f"{plural(tally.unreadable, 'record')} could not be read"
    return f"{tally.bad:,} of {plural(tally.items, 'item')} {'has' if tally.bad == 1 else 'have'} a problem"


def _card(kind: Kind, problems: Problems, most: int, *, is_open: bool) -> Iterator[str]:
    row = CODES[kind.code]
    whose = kind.entity or kind.table
    what = kind.shape if kind.shape not in ("(item)", OTHERS) else row.title
    about = f"{whose}: " if whose and what != row.title else whose
    why = f"breaks `{kind.rule}` of the schema" if kind.code == "KX660" else row.title
    why = "" if what == row.title else why
    yield f'<details class="card"{" open" if is_open else ""}>'
    yield "<summary>"
    yield f'<span class="what mono">{_text(what)}</span>'
    yield f'<span class="much">{problems.count:,}</span>'
    yield f'<span class="how">{_text(about)}{_marked(why)}</span>'
    yield _bar(problems.count, most)
    yield "</summary>"
    yield '<div class="inside">'
    yield "<h3>How to fix</h3>"
    yield f'<p class="fix">{_marked(problems.fix)}</p>'
    if problems.examples:
        first = problems.count > len(problems.examples)
        yield f"<h3>{'The first ' if first else ''}{plural(len(problems.examples), 'example')}</h3>"
        yield '<ul class="examples">'
        for finding in problems.examples:
            yield from _example(finding, kind.shape)
        yield "</ul>"
    yield f'<p class="dim">{kind.code}: {_text(row.cause)}</p>'
    yield "</div>"
    yield "</details>"


def _example(finding: ItemFinding, shape: str) -> Iterator[str]:
    keys = " ".join(f"<code>{_text(value)}</code>" for value in finding.key.values())
    place = f'<span class="dim">{_text(finding.place)}</span>'
    yield f"<li><div>{keys or place}{f' {place}' if keys else ''}</div>"
    where = "" if finding.path == shape else f"<code>{_text(finding.path)}</code> "
    yield f"<div>{where}{_text(finding.message)}</div>"
    if finding.shown:
        yield f'<div class="dim">stored: <code>{_text(finding.shown)}</code></div>'
    yield "</li>"


def _counts(head: str, named: Iterable[tuple[str, Count]]) -> Iterator[str]:
    yield '<div class="scroll"><table>'
    yield (
        f'<thead><tr><th scope="col">{head}</th><th scope="col" class="n">Items</th>'
        '<th scope="col" class="n">Bad</th><th scope="col" class="bar">Share</th></tr></thead>'
    )
    yield "<tbody>"
    for name, count in named:
        bad = f'<td class="n bad">{count.bad:,}</td>' if count.bad else '<td class="n">0</td>'
        yield (
            f'<tr><th scope="row">{_text(name)}</th><td class="n">{count.items:,}</td>{bad}'
            f'<td class="bar">{_bar(count.bad, count.items)}</td></tr>'
        )
    yield "</tbody></table></div>"


def _bar(part: int, whole: int) -> str:
    """A bar as long as the share; what there is at all can be seen."""
    width = max(100 * part / whole, 0.5) if whole and part else 0
    label = f"{percent(part, whole)}"
    return (
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 100 1" preserveAspectRatio="none">'
        f'<rect width="{width:.2f}" height="1"/></svg>'
    )


def _text(text: str) -> str:
    return escape(visible(text))


def _marked(text: str) -> str:
    """Our own sentence, with what stands between backquotes as code."""
    parts = _text(text).split("`")
    return "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(parts))
