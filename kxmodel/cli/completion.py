"""``kxmodel completion``."""

from __future__ import annotations

import click

EPILOG = """\b
Examples:
  kxmodel completion bash >> ~/.bashrc
  kxmodel completion zsh >> ~/.zshrc
  kxmodel completion fish > ~/.config/fish/completions/kxmodel.fish
"""


@click.command("completion", epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete kxmodel's verbs, options and tables."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    made = found(ctx.find_root().command, {}, "kxmodel", "_KXMODEL_COMPLETE")
    click.echo(made.source())
