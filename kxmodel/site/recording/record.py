"""Asking every access pattern of a local DynamoDB that holds the schemas' examples."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import kxmodel
from kxmodel.docs.asking import questions
from kxmodel.docs.project import Answer, answer_name
from kxmodel.docs.snippets import LANGUAGES, snippet
from kxmodel.docs.worked import worked
from kxmodel.engines import start
from kxmodel.errors import ConfigError, DocsError
from kxmodel.runtime import connection
from kxmodel.site.recording.runners import RUNNERS, Place, missing
from kxmodel.site.recording.wiretap import Exchange, Wiretap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kxmodel.config import Config
    from kxmodel.docs.asking import Asked
    from kxmodel.engines import RunningEngine
    from kxmodel.ir import Table

#: "BatchWriteItem": at most 25 puts in one request.
_PUTS: Final = 25
_METHODS: Final = "python"


@dataclass(frozen=True)
class Recorded:
    """answers: `answer_name` -> the answer. missing: language -> what it lacked to be run."""

    answers: Mapping[str, Answer]
    missing: Mapping[str, str]


def record(
    config: Config,
    tables: Sequence[Table],
    engine: str = "auto",
    languages: Sequence[str] = tuple(RUNNERS),
) -> Recorded:
    """Start an engine, load the examples, run the snippets of these languages; nothing is written.

    The models are the project's own: ``kxmodel generate`` has made them. A language that cannot be run
    here is left out.

    Raises EngineError, ConfigError where the models cannot be imported, DocsError KX722 and KX723.
    """
    place = Place(_import_root(config))
    lacking = {name: lack for name, lack in missing(place).items() if name in languages}
    wanted = [one for table in tables for one in questions(table)]
    chosen = [name for name in RUNNERS if name in (*languages, _METHODS) and name not in lacking]
    with start(engine) as running:
        _load(config, tables, running)
        with Wiretap(running.endpoint_url) as tap:
            ran = {
                language: _run(
                    language,
                    [one for one in wanted if RUNNERS[language].takes(one, place)],
                    config.package,
                    tap,
                    place,
                )
                for language in chosen
            }
        name = f"{running.name} {running.version}".strip()
    answers = {}
    for one in wanted:
        called = answer_name(one.table, one.pattern)
        found = {language: of[called] for language, of in ran.items() if called in of}
        _check_agreement(one, {language: exchange for language, (exchange, _) in found.items()})
        first, objects = found[_METHODS]
        answers[called] = Answer(
            engine=name,
            arguments=one.arguments,
            operation=first.operation,
            request=first.request,
            response=_sorted(first.response),
            returned=tuple(map(_sorted, objects)),
            languages=tuple(found),
        )
    return Recorded(answers, lacking)


def _run(
    language: str, wanted: Sequence[Asked], package: str, tap: Wiretap, place: Place
) -> dict[str, tuple[Exchange, Any]]:
    """`answer_name` -> the Query that the snippet sent, and what it found as objects."""
    before = [len(tap.seen(number)) for number in range(len(wanted))]
    snippets = [snippet(language, one, package) for one in wanted]
    found = RUNNERS[language].run(snippets, tap, place)
    made = {}
    for number, one in enumerate(wanted):
        sent = [e for e in tap.seen(number)[before[number] :] if e.operation == "Query"]
        if not sent:
            raise DocsError(
                f"the snippet of {one.pattern.entity}.{one.pattern.name} in "
                f"{LANGUAGES[language][0]} sent no Query",
                code="KX722",
            )
        made[answer_name(one.table, one.pattern)] = sent[0], found[number] or []
    return made


def _sorted(value: Any) -> Any:
    """JSON with the members of each object in order: a database gives them in any, anew each time."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def _check_agreement(one: Asked, exchanges: Mapping[str, Exchange]) -> None:
    items = exchanges[_METHODS].response.get("Items")
    for language, exchange in exchanges.items():
        if exchange.response.get("Items") != items:
            raise DocsError(
                f"{one.pattern.entity}.{one.pattern.name} found other items in "
                f"{LANGUAGES[language][0]} than by its method",
                code="KX723",
            )


def _import_root(config: Config) -> Path:
    if config.import_root is None:
        raise ConfigError(
            f"models is {config.models}, which does not end like package {config.package}",
            where=str(config.source),
            fix="Let the folder's path end in the package's name, so that snippets can import it.",
        )
    return config.import_root


def _load(config: Config, tables: Sequence[Table], running: RunningEngine) -> None:
    """Tables as the models make them, and the examples with the keys that their values give."""
    with (
        _importable(_import_root(config)),
        kxmodel.bind(
            endpoint_url=running.endpoint_url,
            region="us-east-1",
            table_prefix="",
            aws_access_key_id="kxmodel",
            aws_secret_access_key="kxmodel",  # noqa: S106  # an engine takes any, and checks none
        ),
    ):
        try:
            package = importlib.import_module(config.package)
            models = [getattr(package, table.entities[0].name) for table in tables]
        except (ImportError, AttributeError) as error:
            raise ConfigError(
                f"the models cannot be imported: {error}",
                where=str(config.models),
                fix="Run: kxmodel generate",
            ) from error
        for model in models:
            model.create_table(wait=True)
        client: Any = connection().client
        for table in tables:
            puts = [{"PutRequest": {"Item": item.sent}} for item in worked(table)]
            for at in range(0, len(puts), _PUTS):
                client.batch_write_item(RequestItems={table.name: puts[at : at + _PUTS]})


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(root))
