"""The page of the dialect: every keyword of ours, from the meta-schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.dialect.metaschema import Keyword
    from kxmodel.keys.filters import FilterKind

_PLACES: Final = {
    "table": "At the root of a table's file.",
    "patterns": "At the root of a table's file.",
    "entity": "At the root, or on the entries of its `$defs`.",
    "property": "On a property.",
}
_INTRO: Final = (
    "A schema is JSON Schema 2020-12 with the keywords of this page; every other JSON Schema tool "
    "ignores them. One file describes one table. `$schema` at its root names the dialect: "
    "`urn:kxmodel:dialect:1`."
)


_TEMPLATES: Final = (
    "A key is written as a template: text, and `${path|filter:argument}` for what an attribute gives. "
    "A path reaches into maps with dots (`${contactInfo.phone}`). Several filters follow one another: "
    "`${score|default:0|pad:9.4,round}`. No value but the last may contain the text that follows it, "
    "so that a key can be taken apart again; `kxmodel explain KEY` does so. A number in a sort key "
    "needs `pad`, or 9 would rank above 100."
)


def page(keywords: Sequence[Keyword], filters: Sequence[FilterKind]) -> str:
    """The page. keywords: as `kxmodel.dialect.metaschema.keywords` gives them."""
    rows = [
        (
            md.link(md.code(each.name), f"#{each.name}"),
            md.text(each.title),
            md.line(_PLACES[each.place]),
        )
        for each in keywords
    ]
    blocks = [
        md.heading(1, "The dialect"),
        _INTRO,
        md.table(("keyword", "what it is", "where it stands"), rows),
    ]
    for each in keywords:
        blocks += _keyword(each)
    blocks += [
        md.heading(2, "Key templates", "key-templates"),
        md.prose(_TEMPLATES),
        md.table(
            ("filter", "what it gives"), [(md.code(f.grammar), md.line(f.summary)) for f in filters]
        ),
    ]
    return md.page(*blocks)


def _keyword(keyword: Keyword) -> Iterator[str]:
    yield md.heading(2, md.code(keyword.name), keyword.name)
    yield f"{md.text(keyword.title)}. {md.line(keyword.description)}"
    if keyword.allowed:
        yield f"One of {_codes(keyword.allowed)}."
    for example in keyword.examples:
        yield md.fence(f'"{keyword.name}": {_laid_out(example)}', "json")
    rows = list(_members(keyword, ""))
    if rows:
        yield md.table(("member", "meaning", "example"), rows)


def _members(keyword: Keyword, above: str) -> Iterator[tuple[str, str, str]]:
    for member in keyword.members:
        name = f"{above}{member.name}"
        said = [md.line(member.description)] if member.description else []
        if member.required:
            said.append("Required.")
        if member.allowed:
            said.append(f"One of {_codes(member.allowed)}.")
        yield md.code(name), " ".join(said), "<br>".join(map(md.code, member.examples))
        yield from _members(member, f"{name}.")


def _codes(values: Sequence[str]) -> str:
    return ", ".join(md.code(value) for value in values)


def _laid_out(example: str) -> str:
    return json.dumps(json.loads(example), indent=2, ensure_ascii=False)
