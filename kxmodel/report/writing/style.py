"""The look of the page: one sheet, light and dark, from 320 pixels on."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --line: #dfe3e8; --ink: #1b2330; --dim: #5b6676;
  --accent: #2457c5; --bad: #b3261e; --good: #1a7f42; --track: #e9ecf1; --code: #f0f2f6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141a; --card: #181e27; --line: #2b3442; --ink: #e6eaf0; --dim: #98a4b5;
    --accent: #8ab0ff; --bad: #ff8b82; --good: #5fd08a; --track: #26303d; --code: #212a36;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: .8rem; margin: 1.25rem 0 .35rem; color: var(--dim); font-weight: 600; }
p { margin: .4rem 0; }
a { color: var(--accent); }
code, .mono {
  font: .88em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere;
}
.dim { color: var(--dim); }
.bad { color: var(--bad); }
.good { color: var(--good); }
.verdict { font-size: 1.1rem; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; margin: 1.5rem 0 0; }
.figures div, .card {
  background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
}
.figures div { padding: .8rem 1rem; }
.figures dt { color: var(--dim); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
dl { margin: 0; }
.card { margin: 0 0 .75rem; }
.card > summary {
  cursor: pointer; padding: .85rem 1rem; list-style: none; display: grid; gap: .15rem 1rem;
  grid-template-columns: minmax(0, 1fr) auto; border-radius: .6rem;
}
.card > summary::-webkit-details-marker { display: none; }
.card > summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.card > summary .what { font-weight: 600; overflow-wrap: anywhere; }
.card > summary .what::before { content: "\\25b8"; color: var(--dim); margin-right: .5rem; }
.card[open] > summary .what::before { content: "\\25be"; }
.card > summary .much { font-weight: 650; font-variant-numeric: tabular-nums; text-align: right; }
.card > summary .how { grid-column: 1 / -1; color: var(--dim); font-size: .9rem; overflow-wrap: anywhere; }
.card > summary svg { grid-column: 1 / -1; margin-top: .35rem; }
.inside { padding: 0 1rem 1rem; border-top: 1px solid var(--line); }
.fix { background: var(--code); border-radius: .4rem; padding: .6rem .8rem; margin: 0; }
svg { display: block; width: 100%; height: 6px; border-radius: 3px; background: var(--track); }
svg rect { fill: var(--bad); }
.examples { list-style: none; margin: 0; padding: 0; }
.examples li { padding: .6rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.examples li:first-child { border-top: 0; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .55rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; color: var(--dim); font-weight: 600; font-size: .85rem; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.bar { width: 30%; min-width: 5rem; vertical-align: middle; }
footer { margin-top: 3rem; color: var(--dim); font-size: .85rem; }
@media (max-width: 40rem) {
  main { padding-top: 1.25rem; }
  h1 { font-size: 1.35rem; }
  .figures { grid-template-columns: repeat(2, 1fr); }
  th, td { padding: .5rem .6rem; }
  td.bar, th.bar { display: none; }
}
@media print { .card, .figures div { break-inside: avoid; } }
"""
