"""The page of the command line, from the commands themselves."""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import dedent
from typing import TYPE_CHECKING, Final

import click

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXIT_CODES: Final = (
    ("0", "done"),
    ("1", "something was found, or failed"),
    ("2", "the command makes no sense: an unknown option, an unusable setting"),
    ("3", "`migrate` and `verify`: stopped before the end, paused, or waiting for `--confirm`"),
    ("4", "`migrate`: done, but with bad items, which the report names"),
)
_INTRO: Final = (
    "`kxmodel --help` lists the verbs, and `kxmodel VERB --help` prints what stands here. What a "
    "command gives goes to stdout, what it says while it works to stderr. It never asks: what needs "
    "consent is an option. `NO_COLOR` is honoured."
)


def page(root: click.Command, name: str = "kxmodel") -> str:
    """The page of a command and all commands below it. name: what it is called by."""
    context = click.Context(root, info_name=name)
    blocks = [
        md.heading(1, "Command line"),
        _INTRO,
        md.heading(2, "Exit codes", "exit-codes"),
        md.table(("code", "meaning"), [(code, md.line(said)) for code, said in _EXIT_CODES]),
        md.heading(2, "Options before the verb", "options"),
        *_options(root, context),
    ]
    for command, inner in _below(root, context):
        blocks += _command(command, inner)
    return md.page(*blocks)


def _below(
    command: click.Command, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None and not found.hidden:
            inner = click.Context(found, info_name=name, parent=context)
            yield found, inner
            yield from _below(found, inner)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    verb = context.command_path.partition(" ")[2]
    usage = " ".join(command.collect_usage_pieces(context))
    yield md.heading(2 + verb.count(" "), md.code(context.command_path), md.slug(verb))
    yield md.prose(cleandoc(command.help or "").replace("\b", ""))
    yield md.fence(f"{context.command_path} {usage}", "text")
    yield from _options(command, context)
    # A group prints the examples of its commands as well.
    if not isinstance(command, click.Group):
        yield from _epilog(command.epilog or "")


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    rows = [
        (
            " ".join(map(md.code, [*each.opts, *each.secondary_opts, *_takes(each, context)])),
            _said(each),
        )
        for each in command.get_params(context)
        if isinstance(each, click.Option) and "--help" not in each.opts
    ]
    if rows:
        yield md.table(("option", "meaning"), rows)


def _takes(option: click.Option, context: click.Context) -> list[str]:
    return [] if option.is_flag else [option.make_metavar(context)]


def _said(option: click.Option) -> str:
    said = [md.line(option.help)] if option.help else []
    if isinstance(option.type, click.IntRange | click.FloatRange):
        said += _bounds(option.type)
    if option.show_default and option.default is not None:
        said.append(f"Default {md.code(str(option.default))}.")
    return " ".join(said)


def _bounds(kind: click.IntRange | click.FloatRange) -> Iterator[str]:
    """At least and at most what, as a sentence."""
    limits = []
    if kind.min is not None:
        limits.append(f"{'more than' if kind.min_open else 'at least'} {kind.min:,}")
    if kind.max is not None:
        limits.append(f"{'less than' if kind.max_open else 'at most'} {kind.max:,}")
    if limits:
        yield f"{' and '.join(limits).capitalize()}."


def _epilog(text: str) -> Iterator[str]:
    """The examples as a block of code, everything else as prose."""
    for paragraph in re.split(r"\n\s*\n", cleandoc(text).replace("\b\n", "").strip()):
        first, _, rest = paragraph.partition("\n")
        if first == "Examples:":
            yield md.fence(dedent(rest), "sh")
        elif paragraph:
            yield md.prose(paragraph)
