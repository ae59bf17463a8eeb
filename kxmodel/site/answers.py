"""Recorded answers as files, one for each table: committed, so that a site needs no database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kxmodel.docs.jsonlines import json_lines
from kxmodel.docs.markdown import slug
from kxmodel.docs.project import Answer, answer_name
from kxmodel.docs.snippets import LANGUAGES
from kxmodel.errors import DocsError
from kxmodel.values.jsontext import json_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kxmodel.ir import Table

_MEMBERS: Final = {
    "arguments": dict,
    "operation": str,
    "request": dict,
    "response": dict,
    "returned": list,
    "languages": list,
}


def read_answers(folder: Path, tables: Iterable[Table]) -> dict[str, Answer]:
    """`answer_name` -> the answer; none of a pattern that is not recorded or was removed since.

    Raises DocsError KX724 for a file that is none of ours.
    """
    found: dict[str, Answer] = {}
    for table in tables:
        path = _path(folder, table)
        if path.is_file():
            names = {f"{p.entity}.{p.name}": answer_name(table, p) for p in table.patterns}
            for pattern, answer in _read(path).items():
                if pattern in names:
                    found[names[pattern]] = answer
    return found


def write_answers(
    folder: Path, tables: Sequence[Table], answers: Mapping[str, Answer]
) -> list[Path]:
    """Write the file of each table that has answers; their paths. Raises DocsError KX720."""
    written = []
    for table in tables:
        own = {
            f"{p.entity}.{p.name}": answers[name]
            for p in table.patterns
            if (name := answer_name(table, p)) in answers
        }
        if own:
            path = _path(folder, table)
            try:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(_text(own), "utf-8", newline="\n")
            except OSError as error:
                raise DocsError(
                    f"{path} cannot be written: {error.strerror}", code="KX720"
                ) from error
            written.append(path)
    return written


def _path(folder: Path, table: Table) -> Path:
    return folder / f"{slug(table.name)}.json"


def _text(answers: Mapping[str, Answer]) -> str:
    engine = next(iter(answers.values())).engine
    plain = {
        "engine": engine,
        "answers": {
            name: {member: getattr(answer, member) for member in _MEMBERS}
            for name, answer in answers.items()
        },
    }
    return json_lines(plain) + "\n"


def _read(path: Path) -> dict[str, Answer]:
    try:
        plain: Any = json_value(path.read_text("utf-8"))
        return {
            str(name): _answer(plain["engine"], each) for name, each in plain["answers"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DocsError(f"{path} holds no recorded answers: {error}", code="KX724") from error


def _answer(engine: object, plain: Mapping[str, Any]) -> Answer:
    for member, kind in _MEMBERS.items():
        if not isinstance(plain[member], kind):
            raise TypeError(f"{member} is no {kind.__name__}")
    return Answer(
        engine=str(engine),
        arguments=plain["arguments"],
        operation=plain["operation"],
        request=plain["request"],
        response=plain["response"],
        returned=tuple(each for each in plain["returned"] if isinstance(each, dict)),
        languages=tuple(each for each in plain["languages"] if each in LANGUAGES),
    )
