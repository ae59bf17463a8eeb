"""An access pattern: programs to copy, the request and its answer, what it costs and whom it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.docs import addresses as at
from kxmodel.docs import markdown as md
from kxmodel.docs import told
from kxmodel.docs.jsonlines import json_line, json_lines
from kxmodel.docs.project import Answer, answer_name
from kxmodel.docs.snippets import LANGUAGES, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from kxmodel.docs.asking import Asked
    from kxmodel.docs.project import Project
    from kxmodel.ir import AccessPattern, Table

#: Lines of an answer that are shown unfolded, and characters of a line.
_LINES: Final = 40
_WIDTH: Final = 76
_OPTIONS: Final[Mapping[str, str]] = {
    "between": "`between=(first, last)`, both ends included",
    "begins_with": "`begins_with=beginning`",
    "lt": "`lt=value`",
    "le": "`le=value`",
    "gt": "`gt=value`",
    "ge": "`ge=value`",
}


def pages(project: Project) -> Iterator[tuple[PurePosixPath, str]]:
    """A page for each access pattern."""
    for table in project.tables:
        for pattern in table.patterns:
            yield at.pattern_page(table, pattern), _page(project, table, pattern)


def _page(project: Project, table: Table, pattern: AccessPattern) -> str:
    found = project.asked(table, pattern)
    answer = project.answers.get(answer_name(table, pattern))
    if answer is not None and (found is None or answer.arguments != found.arguments):
        answer = None
    return md.page(
        md.heading(1, md.line(pattern.question or f"{pattern.entity}.{pattern.name}")),
        md.prose(pattern.description),
        _facts(table, pattern, found),
        *(_programs(project, found, answer) if found else (_NO_EXAMPLE,)),
        md.heading(2, "Limits and options", "options"),
        _options(table, pattern),
        md.heading(2, "Whose items", "tenancy"),
        told.tenancy(table, pattern),
        *(_cost(found) if found else ()),
    )


_NO_EXAMPLE: Final = (
    "No example of the schema answers this: give an entity one that does under `examples`, and its "
    "programs stand here."
)


def _facts(table: Table, pattern: AccessPattern, found: Asked | None) -> str:
    page = at.pattern_page(table, pattern)
    index = told.index_of(table, pattern)
    anchor = at.index_anchor(table, index) if index else "keys"
    place = md.link(
        f"{md.text(index.name)} of {md.text(table.title or table.name)}"
        if index
        else md.text(table.title or table.name),
        at.to(page, at.table_page(table), anchor),
    )
    fixed = ", ".join(
        f"{md.code(path)} = {md.code(json_line(value))}" for path, value in pattern.fixed.items()
    )
    rows = [
        ("Method", md.code(f"{pattern.entity}.{pattern.name}")),
        ("Reads", f"{place}{', strongly consistent' if pattern.consistent else ''}"),
        ("Given", _given(table, pattern)),
        ("Only items with", fixed),
        ("Key condition", md.code(told.condition(found.key_conditions)) if found else ""),
        ("Filter", md.code(told.condition(found.filters)) if found and found.filters else ""),
        ("Order", told.order(table, pattern)),
        ("Comes back", told.comes_back(pattern)),
    ]
    return "\n".join(f"- {label}: {said}" for label, said in rows if said)


def _given(table: Table, pattern: AccessPattern) -> str:
    page = at.pattern_page(table, pattern)
    entity = table.entity(pattern.entity)
    shown = []
    for path, name in zip(pattern.given, pattern.parameters, strict=True):
        first = path.partition(".")[0]
        label = md.code(path)
        if first in entity.members:
            anchor = at.attribute_anchor(table, entity, first)
            label = md.link(label, at.to(page, at.attributes_page(table), anchor))
        shown.append(label if name == path else f"{md.code(name)}, which is {label}")
    return "; ".join(shown)


def _programs(project: Project, found: Asked, answer: Answer | None) -> Iterator[str]:
    yield md.heading(2, "Ask it", "ask")
    yield md.tabs(
        (label, md.fence(snippet(language, found, project.package), code))
        for language, (label, code) in LANGUAGES.items()
    )
    if answer is None:
        yield md.heading(2, "Request", "request")
        yield "The parameters of the Query that each of these sends."
        yield md.fence(json_lines(found.request, _WIDTH), "json")
        yield (
            "No answer is recorded yet. `kxmodel docs --record` runs these programs against a local "
            "DynamoDB that holds the schema's examples, and writes what comes back for this page."
        )
        return
    yield _ran(answer)
    yield md.heading(2, "Request", "request")
    yield f"The parameters of `{answer.operation}` as the generated method sent them."
    yield md.fence(json_lines(answer.request, _WIDTH), "json")
    yield md.heading(2, "Answer", "answer")
    yield "As it was received; the members of each object in alphabetical order."
    yield _folded(json_lines(answer.response, _WIDTH), "The whole answer")
    yield md.heading(2, "As objects", "objects")
    yield _objects(found, answer)


def _ran(answer: Answer) -> str:
    labels = [LANGUAGES[language][0] for language in answer.languages]
    left = [label for language, (label, _) in LANGUAGES.items() if language not in answer.languages]
    said = (
        f"The programs in {told.listing(labels)} were run as they stand here, against "
        f"{md.text(answer.engine)} with the schema's examples, and found the same items."
    )
    return said + (f" {told.listing(left)} could not be run." if left else "")


def _objects(found: Asked, answer: Answer) -> str:
    count = len(answer.returned)
    names = told.listing([md.code(name) for name in told.returned(found.pattern)], "or")
    said = f"The method gives {count} object{'' if count == 1 else 's'} of {names}"
    dropped = len(_items(answer)) - count
    if dropped:
        said += f"; {dropped} of the items that were read {_be(dropped)} left out"
    shown = json_lines(list(answer.returned), _WIDTH)
    return f"{said}. With stored names, by `to_json()`:\n\n{_folded(shown, 'All of them')}"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _items(answer: Answer) -> list[object]:
    items = answer.response.get("Items")
    return items if isinstance(items, list) else []


def _folded(text: str, label: str) -> str:
    """A block of JSON; a long one in a part that unfolds without a script."""
    block = md.fence(text, "json")
    if text.count("\n") < _LINES:
        return block
    return f'<details class="kx-answer" markdown="1">\n<summary>{label}</summary>\n\n{block}\n\n</details>'


def _options(table: Table, pattern: AccessPattern) -> str:
    if pattern.result == "one":
        return (
            "Gives the object, or `None`. It reads two items, so that it sees when a second one "
            "matches, and then raises `NotUniqueError`."
        )
    kind = "an item collection" if pattern.result == "collection" else "a page"
    lines = [
        f"`limit=` items at most, {pattern.limit} unless given; a Query also ends after 1 MB, and the "
        "method then asks for more until it has as many.",
        f"What comes back is {kind}; its `cursor` is text that continues it: "
        "`cursor=found.cursor`. It is `None` at the end.",
        "`reverse=True` turns the order round.",
    ]
    if pattern.result == "collection":
        lines.append(
            "`found.of(Class)` gives the objects of one class, `found.one(Class)` the only."
        )
    options = told.narrowings(table, pattern)
    if options and pattern.range is not None:
        listed = ", ".join(_OPTIONS[name] for name in options)
        lines.append(f"Narrowed by {md.code(pattern.range)}: {listed}.")
    if pattern.filter:
        names = told.listing([md.code(path) for path in pattern.filter])
        lines.append(f"{names}: compared after reading, so items that are left out cost as well.")
    return "\n".join(f"- {line}" for line in lines)


def _cost(found: Asked) -> Iterator[str]:
    price = told.cost(found)
    if price is None:
        return
    yield md.heading(2, "Cost", "cost")
    half = "1" if found.pattern.consistent else "0.5"
    kind = "strongly" if found.pattern.consistent else "eventually"
    yield (
        f"{half} read capacity unit for each begun 4,096 bytes of all items that one request reads, "
        f"since the read is {kind} consistent."
    )
    yield md.table(
        ("One request", "Items", "Bytes", "RCU"),
        [
            _priced("this example", price.read, price.bytes, price.units),
            _priced("a full page", price.most, price.most * price.typical, price.full),
        ],
        "lrrr",
    )
    yield f"A full page is reckoned with the examples' mean of {price.typical:,} bytes an item."


def _priced(what: str, items: int, size: int, units: float) -> tuple[str, str, str, str]:
    return what, f"{items:,}", f"{size:,}", told.number(units)
