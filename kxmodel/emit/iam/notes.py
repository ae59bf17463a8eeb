"""``NOTES.md``: what the policies hold, what they do not, and what stays with whoever uses them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kxmodel.emit.iam.leading import of_index, of_table
from kxmodel.emit.iam.public import (
    hidden_attributes,
    may_be_public,
    personal_keys_of,
    shown_attributes,
)
from kxmodel.emit.text import enumerate_words
from kxmodel.values.shown import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kxmodel.emit.iam.leading import Isolation
    from kxmodel.emit.iam.settings import Place
    from kxmodel.ir import Index, Table

_OPENING = """\
# What these policies allow

Made from the schemas by kxmodel; a policy can hold no comments, so what they mean stands here. Every
statement allows; what none of them allows is denied. No statement allows `Scan` or reading by PartiQL
but the migrator's `Scan`.

- `reader`: items by key and by query, of all tables and indexes.
- `writer`: the same, and writing items. For code that is trusted with all tenants.
- `migrator`: what `kxmodel migrate`, `verify` and `validate` send. Backfills write by PartiQL, hence
  `PartiQLUpdate`; no other PartiQL is sent. Take the statements that begin with `Drop` out unless a
  migration drops a table, and those that begin with `Move` unless one moves items to other keys. A
  stream is only seen in the table's description: the migrator reads none.
"""

_TENANTS = """\
- `tenant-reader`, `tenant-writer`: the same for principals of one tenant, as far as keys can tell.

## Principals of one tenant

The tenant is the value of the principal's tag {tag}. Who may set that tag may be any tenant: set it
where the role is assumed (session tags), and let nobody tag roles or sessions otherwise.

A request is allowed if every partition key in it is the tenant's. Patterns end at the delimiter, so
that tenant `a` does not reach tenant `ab`; an id that holds the delimiter cannot be, since kxmodel
refuses to make a key of it. Beside `ForAllValues`, which holds for a request without keys, stands a
`Null` check. Tags that are empty, or hold a delimiter, a wildcard or a `$`, are refused. A tag holds
letters, digits, spaces and `_ . : / = + - @`: a tenant with other characters in its id has no access by
these policies, and neither has a principal without the tag.

**An index isolates its readers only while all writers are trusted.** In a query of an index,
`dynamodb:LeadingKeys` is the index's key, which is an attribute of the item like any other: whoever
writes an item of one tenant can put another tenant's id into it, and it shows up there. No policy sees
that; kxmodel's models derive index keys from the item and never take them from the caller. A
`tenant-writer` that sends requests of its own making is not bound by that.
"""


def notes(tables: Sequence[Table], public: Mapping[str, Sequence[Index]], place: Place) -> str:
    """The page. Names of a schema are shown as code."""
    lines = [_OPENING.rstrip("\n")]
    if any(table.tenant is not None for table in tables):
        lines.append(_TENANTS.format(tag=code(place.tag)).rstrip("\n"))
        for table in tables:
            lines += ["", *_table(table, public.get(table.name, ()))]
    wide = [name for name in ("region", "account") if getattr(place, name) == "*"]
    if wide:
        lines += [
            "",
            "## Narrower still",
            "",
            f"The ARNs name any {enumerate_words(wide)}: give "
            f"{enumerate_words([f'`--set {name}=...`' for name in wide])}.",
        ]
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """`text` as code, whatever is in it."""
    shown = printable(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _table(table: Table, public: Sequence[Index]) -> Iterator[str]:
    yield f"### {code(table.name)}"
    yield ""
    if table.tenant is None:
        yield "- It names no tenant: principals of one tenant have no access to it."
        return
    yield from _isolated("The table", of_table(table))
    for index in table.indexes:
        name = f"Index {code(index.name)}"
        if index in public:
            yield from _public(name, table, index)
        else:
            yield from _isolated(name, of_index(table, index))
            if may_be_public(index):
                yield (
                    f"  If tenants may read it, give `--set public=...` with "
                    f"{code(f'{table.name}/{index.name}')}."
                )
                yield from _personal(table, index, "would show")


def _isolated(name: str, isolation: Isolation) -> Iterator[str]:
    if isolation.refusal:
        yield f"- {name}: denied, since {isolation.refusal}."
        return
    keys = [
        code(f"{lead.before}TENANT{lead.after}{'' if lead.exact else '*'}")
        for lead in isolation.leads
    ]
    yield f"- {name}: partition keys {enumerate_words(keys, 'or')}."
    if isolation.unreachable:
        yield f"  Out of reach, having no tenant in the key: {_names(isolation.unreachable)}."
    delimiters = sorted({lead.after for lead in isolation.leads} - {""})
    if delimiters and any(lead.exact for lead in isolation.leads):
        yield f"  This holds while no tenant's id contains {_names(delimiters)}."
    if isolation.barred:
        yield f"  No tenant may be called {_names(isolation.barred, 'or')}."
    if isolation.barred_starts:
        yield f"  No tenant's id may begin with {_names(isolation.barred_starts, 'or')}."


def _public(name: str, table: Table, index: Index) -> Iterator[str]:
    yield f"- {name}: shared by all tenants, and readable by each of them, in parts."
    yield f"  To be seen: {_names(shown_attributes(table, index))}."
    yield from _personal(table, index, "show")
    if hidden := hidden_attributes(table, index):
        yield f"  Not to be seen: {_names(hidden)}."
    yield (
        "  The query says `Select=SPECIFIC_ATTRIBUTES` and names what it wants; whole items, which "
        "is what the generated methods ask for, are refused."
    )


def _personal(table: Table, index: Index, show: str) -> Iterator[str]:
    if keys := personal_keys_of(table, index):
        yield f"  Its keys {show} **personal data** of every tenant: {_names(keys)}."


def _names(names: Sequence[str], last: str = "and") -> str:
    return enumerate_words([code(name) for name in names], last)
