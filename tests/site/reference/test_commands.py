"""The page of the command line."""

from __future__ import annotations

import click
import pytest

from kxmodel.cli.app import VERBS, cli
from kxmodel.site.reference.commands import page

TEXT = page(cli)


def option_names(command: click.Command) -> set[str]:
    options = [each for each in command.params if isinstance(each, click.Option)]
    return {name for option in options for name in option.opts}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_everything_that_its_help_says(verb):
    context = click.Context(cli)
    command = cli.get_command(context, verb)
    section = TEXT.split(f"## `kxmodel {verb}` {{ #{verb} }}\n")[1].split("\n## ")[0]
    for name in option_names(command):
        assert f"`{name}`" in section
    assert command.get_short_help_str().rstrip(".")[:30] in section.replace("&#39;", "'")
    if not isinstance(command, click.Group):
        assert f"```sh\nkxmodel {verb}" in section
        return
    for inner in command.list_commands(context):
        assert f"### `kxmodel {verb} {inner}` {{ #{verb}-{inner} }}" in section


def test_a_command_is_told_with_its_limits_and_defaults():
    @click.command(epilog="\b\nExamples:\n  it run --so 3\n\nExit codes: 0 done.\n")
    @click.argument("what")
    @click.option(
        "--so", type=click.IntRange(1, 9), default=3, show_default=True, help="How | much."
    )
    def run(**_):
        """Runs *it*."""

    assert page(click.Group("it", {"run": run}), "it").split("{ #run }\n")[1] == (
        "\nRuns \\*it\\*.\n\n"
        "```text\nit run [OPTIONS] WHAT\n```\n\n"
        "| option | meaning |\n| --- | --- |\n"
        "| `--so` `INTEGER RANGE` | How &#124; much. At least 1 and at most 9. Default `3`. |\n\n"
        "```sh\nit run --so 3\n```\n\n"
        "Exit codes: 0 done.\n"
    )


def test_the_exit_codes_are_those_of_the_command_line():
    table = TEXT.split("{ #exit-codes }")[1].split("\n## ")[0]
    assert [row[2] for row in table.strip().splitlines()[2:]] == list("01234")


def test_it_is_on_the_site(own):
    assert {*VERBS, "exit-codes", "engine-install"} <= set(own.pages["reference/commands/"].ids)
